#include "core/contract/template.h"

#include <QtTest>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace ephor;
using namespace ephor::contract;

namespace {

const std::filesystem::path specFolder = std::filesystem::path(EPHOR_SUITES_DIR) / "mustache" / "specs";

Json readSpec(const std::string& name)
{
    std::ifstream stream(specFolder / (name + ".json"), std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return Json::parse(text.str());
}

Result<std::string> renderCase(const Json& test)
{
    EPHOR_TRY(const Template parsed, Template::parse(test.at("template").get<std::string>()));
    Partials partials;
    if (test.contains("partials")) {
        for (const auto& [name, text] : test.at("partials").items()) {
            EPHOR_TRY(Template partial, Template::parse(text.get<std::string>()));
            partials.emplace(name, std::move(partial));
        }
    }
    RenderOptions options;
    options.undefined = Undefined::Empty;
    options.escape = Escape::Html;
    return parsed.render(test.at("data"), partials, options);
}

}

/// The cases of the public Mustache specification, with what it expects: nothing for undefined names, HTML escaped.
class TemplateSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!std::filesystem::exists(specFolder))
            QSKIP("The Mustache specification is not beside the project (EPHOR_SUITES_DIR).");
    }
    void cases_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* name : {"comments", "delimiters", "interpolation", "inverted", "partials", "sections"}) {
            const Json specification = readSpec(name);
            for (const Json& test : specification.at("tests")) {
                const std::string row = std::string(name) + ": " + test.at("name").get<std::string>();
                QTest::newRow(row.c_str()) << QString::fromStdString(test.dump());
            }
        }
    }
    void cases()
    {
        QFETCH(QString, text);
        const Json test = Json::parse(text.toStdString());
        const auto rendered = renderCase(test);
        QVERIFY2(rendered.has_value(), rendered ? "" : describe(rendered.error()).c_str());
        QCOMPARE(QString::fromStdString(*rendered), QString::fromStdString(test.at("expected").get<std::string>()));
    }
};

QTEST_GUILESS_MAIN(TemplateSuiteTest)
#include "template_suite_test.moc"

#include "core/contract/schema.h"

#include <QtTest>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

using namespace ephor;
using namespace ephor::contract;

namespace {

const std::filesystem::path suiteFolder = std::filesystem::path(EPHOR_SUITES_DIR) / "json-schema";

Json readJsonFile(const std::filesystem::path& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    auto value = parseJson(text.str());
    if (!value)
        qFatal("%s: %s", path.c_str(), describe(value.error()).c_str());
    return *value;
}

SchemaRegistry suiteRemotes()
{
    SchemaRegistry remotes;
    const auto folder = suiteFolder / "remotes";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() != ".json")
            continue;
        const std::string uri
            = "http://localhost:1234/" + std::filesystem::relative(entry.path(), folder).generic_string();
        if (auto added = remotes.add(uri, readJsonFile(entry.path())); !added)
            qFatal("%s", describe(added.error()).c_str());
    }
    return remotes;
}

// What this implementation leaves out, and why; everything else of the suite has to hold.
bool isLeftOut(const std::string& file, const std::string& group)
{
    // References into documents of older drafts, which are refused.
    return file == "cross-draft.json" && group == "refs to historic drafts are processed as historic drafts";
}

}

/// The public JSON Schema Test Suite, draft 2020-12: required cases, optional ones, and formats with assertion switched
/// on.
class SchemaSuiteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!std::filesystem::exists(suiteFolder / "tests" / "draft2020-12"))
            QSKIP("The JSON Schema Test Suite is not beside the project (EPHOR_SUITES_DIR).");
    }
    void suite_data();
    void suite();
};

void SchemaSuiteTest::suite_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("assertFormat");
    const auto tests = suiteFolder / "tests" / "draft2020-12";
    const std::vector<std::pair<std::string, bool>> folders{
        {"", false}, {"optional", false}, {"optional/format", true}};
    for (const auto& [folder, assertFormat] : folders) {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(tests / folder)) {
            if (entry.path().extension() == ".json")
                files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        for (const auto& file : files) {
            const std::string name = (std::filesystem::path(folder) / file.filename()).string();
            QTest::newRow(name.c_str()) << QString::fromStdString(file.string()) << assertFormat;
        }
    }
}

void SchemaSuiteTest::suite()
{
    QFETCH(QString, path);
    QFETCH(bool, assertFormat);
    static const SchemaRegistry remotes = suiteRemotes();
    const std::filesystem::path file(path.toStdString());
    SchemaOptions options;
    options.remotes = &remotes;
    options.format = assertFormat ? Format::Assert : Format::Annotate;
    QStringList wrong;
    for (const Json& group : readJsonFile(file)) {
        const std::string groupName = group.at("description");
        if (isLeftOut(file.filename().string(), groupName))
            continue;
        const auto schema = Schema::compile(group.at("schema"), options);
        if (!schema) {
            wrong << QString::fromStdString(groupName + ": " + describe(schema.error()));
            continue;
        }
        for (const Json& test : group.at("tests")) {
            const Validation validation = schema->validate(test.at("data"));
            const bool consistent = validation.valid == validation.errors.empty() && !validation.undecided;
            if (validation.valid != test.at("valid").get<bool>() || !consistent)
                wrong << QString::fromStdString(groupName + ": " + test.at("description").get<std::string>());
        }
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QStringLiteral("\n  "))));
}

QTEST_GUILESS_MAIN(SchemaSuiteTest)
#include "schema_suite_test.moc"

#include "core/contract/batch.h"

#include <QtTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract;

namespace {

Json checked(const char* item)
{
    return checkSchemaItem(Json::parse(item));
}

Json renderedItem(const char* item)
{
    return renderTemplateItem(Json::parse(item));
}

std::string codeOf(const Json& answer)
{
    return answer.contains("error") ? answer.at("error").at("code").get<std::string>() : "none";
}

}

class BatchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wrongSchemaItems();
    void templateItems();
    void wrongTemplateItems();
};

void BatchTest::wrongSchemaItems()
{
    for (const char* item : {"1", "null", "[]", "{}", R"({"schema": {}})", R"({"instance": 1})",
             R"({"schema": {}, "instance": 1, "format": "yes"})", R"({"schema": {}, "instance": 1, "remotes": []})"})
        QCOMPARE(codeOf(checked(item)), std::string("batch.item"));
    const Json wrong = checked(R"({"schema": {"type": 1}, "instance": 1})");
    QCOMPARE(codeOf(wrong), std::string("schema.invalid-keyword"));
    QCOMPARE(wrong.at("error").at("location"), Json("#/type"));
    QCOMPARE(codeOf(checked(R"({"schema": {"$ref": "#"}, "instance": 1})")), std::string("schema.budget-depth"));
}

void BatchTest::templateItems()
{
    QCOMPARE(renderedItem(R"({"template": "Hi {{> who}}", "partials": {"who": "{{name}}"}, "data": {"name": "Ada"}})"),
        Json::parse(R"({"text": "Hi Ada"})"));
    QCOMPARE(renderedItem(R"({"template": "[{{a}}]", "strict": false})"), Json::parse(R"({"text": "[]"})"));
    QCOMPARE(renderedItem(R"({"template": "{{a}}", "data": {"a": "<"}, "escape": "html"})"),
        Json::parse(R"({"text": "&lt;"})"));
    QCOMPARE(renderedItem(R"({"template": "{{.}}", "data": "x"})"), Json::parse(R"({"text": "x"})"));
}

void BatchTest::wrongTemplateItems()
{
    for (const char* item :
        {"1", "{}", R"({"template": 1})", R"({"template": "", "strict": 1})", R"({"template": "", "escape": "xml"})",
            R"({"template": "", "partials": {"a": 1}})", R"({"template": "", "partials": []})"})
        QCOMPARE(codeOf(renderedItem(item)), std::string("batch.item"));
    const Json undefined = renderedItem("{\"template\": \"a\\n{{b}}\"}");
    QCOMPARE(codeOf(undefined), std::string("template.undefined-variable"));
    QCOMPARE(undefined.at("error").at("line"), Json(2));
    QCOMPARE(undefined.at("error").at("column"), Json(3));
    QCOMPARE(undefined.at("error").at("name"), Json("b"));
    const Json partial = renderedItem(R"({"template": "", "partials": {"p": "{{"}})");
    QCOMPARE(codeOf(partial), std::string("template.unclosed-tag"));
    QCOMPARE(partial.at("error").at("partial"), Json("p"));
}

QTEST_GUILESS_MAIN(BatchTest)
#include "batch_test.moc"

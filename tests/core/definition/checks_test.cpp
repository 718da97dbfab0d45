#include <QtTest>

#include "core/definition/checks.h"

#include <algorithm>

using namespace ephor;
using namespace ephor::definition;

namespace {

QString codesOf(const std::vector<Problem>& problems)
{
    QStringList codes;
    for (const Problem& problem : problems)
        codes << QString::fromStdString((problem.warning ? "(" : "") + problem.code + (problem.warning ? ")" : ""));
    return codes.join(' ');
}

PromptBody prompt(const std::string& text, const std::string& schema = {})
{
    PromptBody body;
    body.text = text;
    body.variables.text = schema;
    return body;
}

ToolBody httpTool(const std::string& url)
{
    ToolBody body;
    body.http.url = url;
    return body;
}

ToolBody sqlTool(const std::string& statement, const std::string& input = R"({"type":"object"})")
{
    ToolBody body;
    body.kind = ToolKind::Sql;
    body.sql.database = "orders.db";
    body.sql.statement = statement;
    body.input.text = input;
    return body;
}

const std::string orderSchema = R"({"type":"object","required":["name","items","customer"],"properties":{
    "name":{"type":"string"},"nick":{"type":"string"},"urgent":{"type":"boolean"},
    "customer":{"type":"object","required":["city"],"properties":{"city":{"type":"string"}}},
    "items":{"type":"array","items":{"type":"object","properties":{"sku":{"type":"string"}}}}}})";

}

class ChecksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void prompts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("codes");
        QTest::newRow("plain") << "Hello" << "";
        QTest::newRow("declared") << "Hello {{name}} of {{customer.city}}" << "";
        QTest::newRow("unknown") << "Hello {{nmae}}" << "prompt.unknown-variable";
        QTest::newRow("unknown below") << "{{customer.zip}}" << "prompt.unknown-variable";
        QTest::newRow("of an item") << "{{#items}}{{sku}} for {{name}} {{.}}{{/items}}" << "";
        QTest::newRow("unknown of an item") << "{{#items}}{{price}}{{/items}}" << "prompt.unknown-variable";
        QTest::newRow("item's outside its section") << "{{sku}}" << "prompt.unknown-variable";
        QTest::newRow("of an object") << "{{#customer}}{{city}}{{/customer}}" << "";
        QTest::newRow("unknown section") << "{{#item}}x{{/item}}" << "prompt.unknown-variable";
        QTest::newRow("optional") << "{{nick}}" << "(prompt.optional-variable)";
        QTest::newRow("section over a plain value") << "{{#urgent}}{{name}} {{sku}}{{/urgent}}"
                                                    << "prompt.unknown-variable (prompt.optional-variable)";
        QTest::newRow("unclosed") << "Hello {{name" << "template.unclosed-tag";
        QTest::newRow("unknown partial") << "{{> footer}}" << "prompt.unknown-partial";
        QTest::newRow("empty") << "" << "prompt.empty";
    }
    void prompts()
    {
        QFETCH(QString, text);
        QFETCH(QString, codes);
        QCOMPARE(codesOf(problemsOf(prompt(text.toStdString(), orderSchema))), codes);
    }

    void problemsSayWhere()
    {
        const auto problems = problemsOf(prompt("Hello\nand {{ nmae }}", orderSchema));
        QCOMPARE(problems.size(), std::size_t(1));
        QCOMPARE(problems[0].line, 2u);
        QCOMPARE(problems[0].column, 8u);
        QCOMPARE(problems[0].length, 4u);
        QCOMPARE(problems[0].at, std::string("nmae"));
        const auto refused = refuseProblems(problems);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("prompt.unknown-variable"));
        QVERIFY(std::ranges::find(refused.error().fields, std::pair<std::string, std::string>("line", "2"))
            != refused.error().fields.end());
        const auto syntax = problemsOf(prompt("a\nb\n{{#c}}"));
        QCOMPARE(syntax.size(), std::size_t(1));
        QCOMPARE(syntax[0].line, 3u);
    }

    void withoutSchemaAnyVariableGoes()
    {
        QCOMPARE(codesOf(problemsOf(prompt("{{anything}} {{#at}}{{all}}{{/at}}"))), QString());
        QCOMPARE(codesOf(problemsOf(prompt("{{anything}}", "null"))), QString());
        QCOMPARE(codesOf(problemsOf(prompt("{{anything}}", R"({"type":"object"})"))), QString());
        QCOMPARE(
            codesOf(problemsOf(prompt("{{anything}}", R"({"type":"objekt"})"))), QString("schema.invalid-keyword"));
        QCOMPARE(codesOf(problemsOf(prompt("x", "{"))), QString("json.syntax"));
    }

    void partialsAreChecked()
    {
        PromptBody body = prompt("{{> footer}}", orderSchema);
        body.partials["footer"] = "Bye {{name}}";
        QCOMPARE(codesOf(problemsOf(body)), QString());
        body.partials["footer"] = "Bye {{nmae}}";
        QCOMPARE(codesOf(problemsOf(body)), QString("prompt.unknown-variable"));
        body.partials["footer"] = "Bye {{/name}}";
        QCOMPARE(codesOf(problemsOf(body)), QString("template.section-unopened"));
        body.partials["footer"] = "Bye";
        body.partials["spare"] = "x";
        QCOMPARE(codesOf(problemsOf(body)), QString("(prompt.unused-partial)"));
        body.text = "{{#items}}{{> footer}}{{/items}}{{> spare}}";
        body.partials["footer"] = "{{sku}}";
        QCOMPARE(codesOf(problemsOf(body)), QString("(prompt.unknown-variable)"));
        QVERIFY(refuseProblems(problemsOf(body)));
    }

    void variablesAreListed()
    {
        PromptBody body = prompt("{{b}} {{#a}}{{.}}{{c.d}}{{/a}} {{b}} {{> p}}");
        body.partials["p"] = "{{z}}";
        QCOMPARE(variablesOf(body), (std::vector<std::string>{"a", "b", "c.d", "z"}));
    }

    void agentsThatUseItAreAsked()
    {
        AgentBody agent;
        QVERIFY(undeclaredBy(prompt("No variable."), "helper", agent).empty());
        QCOMPARE(codesOf(undeclaredBy(prompt("{{x}}"), "helper", agent)), QString("(prompt.not-in-agent)"));
        QVERIFY(undeclaredBy(prompt("{{name}}", orderSchema), "helper", agent).empty());
        agent.inputSchema.text = orderSchema;
        const auto problems = undeclaredBy(prompt("{{x}} {{name}}"), "helper", agent);
        QCOMPARE(codesOf(problems), QString("(prompt.not-in-agent)"));
        QCOMPARE(problems[0].at, std::string("x"));
    }

    void urls_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("codes");
        QTest::newRow("https") << "https://api.example.com/v1/orders" << "";
        QTest::newRow("http with port") << "http://127.0.0.1:8080/x?y=1" << "";
        QTest::newRow("argument") << "https://api.example.com/orders/{id}" << "";
        QTest::newRow("relative") << "/orders" << "definition.url";
        QTest::newRow("empty") << "" << "definition.url";
        QTest::newRow("file") << "file:///etc/passwd" << "definition.url";
        QTest::newRow("no host") << "https:///orders" << "definition.url";
        QTest::newRow("argument as host") << "https://{host}/orders" << "definition.url";
        QTest::newRow("password") << "https://ada:secret@example.com/" << "definition.url-secret";
        QTest::newRow("space") << "https://example.com/a b" << "definition.url";
        QTest::newRow("line break") << "https://example.com/\r\nX: y" << "definition.url";
        QTest::newRow("fragment") << "https://example.com/#x" << "definition.url";
    }
    void urls()
    {
        QFETCH(QString, url);
        QFETCH(QString, codes);
        QCOMPARE(codesOf(problemsOf(httpTool(url.toStdString()))), codes);
        ModelBody model;
        model.provider = ProviderKind::OpenAi;
        model.model = "m";
        model.baseUrl = url.toStdString();
        QCOMPARE(codesOf(problemsOf(model)), codes);
    }

    void headersHoldNoSecrets_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("codes");
        QTest::newRow("plain") << "application/json" << "";
        QTest::newRow("reference") << "secret:orders" << "";
        QTest::newRow("key") << "sk-live-123456" << "definition.secret-value";
        QTest::newRow("no name") << "secret:" << "definition.secret-name";
        QTest::newRow("bad name") << "secret:Open AI" << "definition.secret-name";
        QTest::newRow("value behind the prefix") << "secret:sk-live-1" << "definition.secret-name";
        QTest::newRow("bearer") << "Bearer abc" << "definition.secret-value";
        QTest::newRow("line break") << "a\r\nb" << "definition.header";
    }
    void headersHoldNoSecrets()
    {
        QFETCH(QString, value);
        QFETCH(QString, codes);
        ToolBody tool = httpTool("https://example.com");
        tool.http.headers["X-Test"] = value.toStdString();
        QCOMPARE(codesOf(problemsOf(tool)), codes);
    }

    void modelSecretsAreReferences_data()
    {
        QTest::addColumn<QString>("secret");
        QTest::addColumn<bool>("good");
        QTest::newRow("none") << "" << true;
        QTest::newRow("reference") << "secret:openai" << true;
        QTest::newRow("value") << "sk-proj-abc" << false;
        QTest::newRow("value behind the prefix") << "secret:sk-proj-abc" << false;
        QTest::newRow("bare name") << "openai" << false;
        QTest::newRow("no name") << "secret:" << false;
        QTest::newRow("space") << "secret:open ai" << false;
    }
    void modelSecretsAreReferences()
    {
        QFETCH(QString, secret);
        QFETCH(bool, good);
        ModelBody model;
        model.secret = secret.toStdString();
        QCOMPARE(codesOf(problemsOf(model)), QString(good ? "" : "definition.secret-value"));
    }

    void modelLimits()
    {
        ModelBody model;
        QCOMPARE(codesOf(problemsOf(model)), QString());
        model.scenario.text = "{";
        QCOMPARE(codesOf(problemsOf(model)), QString("json.syntax"));
        model.scenario.text = R"({"seed":1})";
        model.timeoutSeconds = 0;
        QCOMPARE(codesOf(problemsOf(model)), QString("definition.limit"));
        model.timeoutSeconds = 60;
        model.provider = ProviderKind::OpenAi;
        model.baseUrl = "https://api.example.com/v1";
        QCOMPARE(codesOf(problemsOf(model)), QString("definition.no-model"));
    }

    void statements_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("count");
        QTest::newRow("one") << "SELECT 1" << 1;
        QTest::newRow("one, ended") << "SELECT 1; \n" << 1;
        QTest::newRow("two") << "SELECT 1; DELETE FROM x" << 2;
        QTest::newRow("none") << " -- nothing\n" << 0;
        QTest::newRow("semicolon in a string") << "SELECT ';''; DROP' AS x" << 1;
        QTest::newRow("semicolon in a name") << "SELECT \"a;b\", [c;d], `e;f` FROM t" << 1;
        QTest::newRow("semicolon in comments") << "SELECT 1 -- ; x\n /* ; */ + 2" << 1;
        QTest::newRow("comment after the end") << "SELECT 1; -- done" << 1;
        QTest::newRow("second after a comment") << "SELECT 1; /* */ SELECT 2" << 2;
        QTest::newRow("unclosed string") << "SELECT 'a; b" << 1;
        QTest::newRow("begins with a name") << "\"x\"; y" << 2;
    }
    void statements()
    {
        QFETCH(QString, sql);
        QFETCH(int, count);
        QCOMPARE(int(countStatements(sql.toStdString())), count);
    }

    void argumentsAreFound()
    {
        QCOMPARE(
            statementArguments("SELECT :a, ':b', :a_2 -- :c\n WHERE x = :a"), (std::vector<std::string>{"a", "a_2"}));
        QCOMPARE(urlArguments("https://x/{id}/{id}?q={word}&r={"), (std::vector<std::string>{"id", "word"}));
    }

    void argumentsAreDeclared()
    {
        const std::string input = R"({"type":"object","properties":{"id":{"type":"string"}}})";
        QCOMPARE(codesOf(problemsOf(sqlTool("SELECT * FROM o WHERE id = :id", input))), QString());
        QCOMPARE(codesOf(problemsOf(sqlTool("SELECT * FROM o WHERE id = :no", input))),
            QString("definition.unknown-argument"));
        ToolBody tool = httpTool("https://example.com/{no}");
        tool.input.text = input;
        QCOMPARE(codesOf(problemsOf(tool)), QString("definition.unknown-argument"));
    }

    void toolLimits()
    {
        ToolBody tool = httpTool("https://example.com");
        tool.timeoutMs = 120'001;
        QCOMPARE(codesOf(problemsOf(tool)), QString("definition.limit"));
        tool.timeoutMs = 120'000;
        tool.input.text = R"({"type":"string"})";
        QCOMPARE(codesOf(problemsOf(tool)), QString("definition.input-object"));
        tool.input.text = R"({"type":"object","properties":{"a":{"minimum":"x"}}})";
        QVERIFY(problemsOf(tool).front().at.starts_with("/input"));
        tool.input.text = R"({"type":"object"})";
        tool.http.method = "TRACE";
        QCOMPARE(codesOf(problemsOf(tool)), QString("definition.method"));
        QCOMPARE(codesOf(problemsOf(sqlTool("SELECT 1; SELECT 2"))), QString("definition.one-statement"));
        QCOMPARE(codesOf(problemsOf(sqlTool(""))), QString("definition.one-statement"));
    }

    void agentLimits()
    {
        AgentBody agent;
        QCOMPARE(codesOf(problemsOf(agent)), QString("definition.no-prompt definition.no-model"));
        agent.prompt = "p";
        agent.model = "m";
        QCOMPARE(codesOf(problemsOf(agent)), QString());
        agent.tools = {"a", "b", "a"};
        QCOMPARE(codesOf(problemsOf(agent)), QString("definition.tool-twice"));
        agent.tools = {"a"};
        agent.decision.outcomeTool = "b";
        QCOMPARE(codesOf(problemsOf(agent)), QString("definition.outcome-tool"));
        agent.decision.outcomeTool = "a";
        agent.temperature = 3;
        QCOMPARE(codesOf(problemsOf(agent)), QString("definition.limit"));
        agent.temperature = 0.2;
        agent.inputSchema.text = R"({"$ref":"https://example.com/other.json"})";
        QCOMPARE(codesOf(problemsOf(agent)), QString("schema.unresolved-reference"));
    }

    void protections()
    {
        ProtectionBody body;
        QCOMPARE(codesOf(problemsOf(body)), QString());
        ProtectionRule rule;
        body.rules = {rule};
        QCOMPARE(codesOf(problemsOf(body)), QString("protection.nothing"));
        body.rules[0].what = {"CREDIT_CARD", "personal", "shoes"};
        QCOMPARE(codesOf(problemsOf(body)), QString("protection.word"));
        body.rules[0].what = {"CREDIT_CARD"};
        body.rules[0].action = ProtectAction::Ask;
        QCOMPARE(codesOf(problemsOf(body)), QString("protection.ask"));
        body.rules[0].surfaces = {TextSurface::Arguments};
        body.rules[0].tools = {"mail.send"};
        QCOMPARE(codesOf(problemsOf(body)), QString());
        body.rules[0].what = {"instruction"};
        QCOMPARE(codesOf(problemsOf(body)), QString("protection.ask-orders"));
        body.rules[0].what = {"CREDIT_CARD"};
        body.rules[0].surfaces = {TextSurface::Answer};
        body.rules[0].action = ProtectAction::Mask;
        QCOMPARE(codesOf(problemsOf(body)), QString("protection.tools"));
        body.rules.clear();
        OwnDetector detector;
        detector.entity = "PROJECT_CODE";
        body.detectors = {detector};
        QCOMPARE(codesOf(problemsOf(body)), QString("protection.pattern-or-words"));
        body.detectors[0].pattern = "(?<=x)PX-[0-9]+";
        QCOMPARE(codesOf(problemsOf(body)), QString("detector.pattern-lookaround"));
        body.detectors[0].pattern = "PX-[0-9]+";
        QCOMPARE(codesOf(problemsOf(body)), QString());
        // A wrong name is told once, and of the name.
        body.detectors[0].entity = "project-code";
        QCOMPARE(codesOf(problemsOf(body)), QString("protection.entity"));
        body.detectors[0].entity = "PROJECT_CODE";
        body.allowedHosts = {"example.com", ".example.com", "https://example.com/"};
        QCOMPARE(codesOf(problemsOf(body)), QString("protection.host"));
    }
};

QTEST_GUILESS_MAIN(ChecksTest)
#include "checks_test.moc"

#include "core/contract/schema.h"

#include <QtTest>
#include <nlohmann/json.hpp>
#include <thread>

using namespace ephor;
using namespace ephor::contract;

namespace {

Json json(const char* text)
{
    return Json::parse(text);
}

Schema compiled(const char* text, const SchemaOptions& options = {})
{
    auto schema = Schema::compile(json(text), options);
    if (!schema)
        qFatal("%s", describe(schema.error()).c_str());
    return *schema;
}

bool accepts(const char* schema, const char* instance)
{
    return compiled(schema).validate(json(instance)).valid;
}

std::string compileCode(const char* text, const SchemaOptions& options = {})
{
    const auto schema = Schema::compile(json(text), options);
    return schema ? "compiled" : schema.error().code;
}

std::string nested(std::size_t depth, const std::string& open, const std::string& inner, const std::string& close)
{
    std::string text = inner;
    for (std::size_t i = 0; i < depth; ++i)
        text = open + text + close;
    return text;
}

}

class SchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void numbersAreComparedByValue();
    void multiplesAreDecimal_data();
    void multiplesAreDecimal();
    void lengthCountsCodePoints();
    void itemsAreUniqueByValue();
    void violationsNameTheirPlaces();
    void violationsHoldNoValues();
    void violationsAreBounded();
    void wrongSchemasAreRefused_data();
    void wrongSchemasAreRefused();
    void unusedDefinitionsMayDangle();
    void nothingIsFetched();
    void documentsComeFromTheRegistry();
    void formatsAreAssertedOnlyWhenAsked();
    void circularReferencesEnd();
    void stepsAreBounded();
    void slowPatternsEnd();
    void deepSchemasAreRefused();
    void deepInstancesEnd();
    void limitsNeverMakeNegationsHold();
    void aPlanServesManyThreads();
};

void SchemaTest::numbersAreComparedByValue()
{
    QVERIFY(accepts(R"({"const": 1})", "1.0"));
    QVERIFY(accepts(R"({"enum": [[1.0, {"a": 0}]]})", R"([1, {"a": -0.0}])"));
    QVERIFY(accepts(R"({"type": "integer"})", "1e3"));
    QVERIFY(!accepts(R"({"type": "integer"})", "1.5"));
    // These two are one number to a reader of doubles.
    QVERIFY(!accepts(R"({"const": 9007199254740993})", "9007199254740992"));
    QVERIFY(!accepts(R"({"const": 9007199254740993})", "9007199254740992.0"));
    QVERIFY(!accepts(R"({"maximum": 18446744073709551614})", "18446744073709551615"));
    QVERIFY(accepts(R"({"exclusiveMinimum": -9223372036854775808})", "-9223372036854775807"));
    QVERIFY(!accepts(R"({"const": 0})", "false"));
}

void SchemaTest::multiplesAreDecimal_data()
{
    QTest::addColumn<QString>("divisor");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("multiple");
    QTest::newRow("tenths") << "0.1" << "0.3" << true;
    QTest::newRow("cents") << "0.01" << "19.99" << true;
    QTest::newRow("more than cents") << "0.01" << "19.999" << false;
    QTest::newRow("small divisor of a large integer") << "1e-8" << "12391239123" << true;
    QTest::newRow("very large value") << "0.123456789" << "1e308" << false;
    QTest::newRow("very large multiple") << "0.5" << "1e308" << true;
    QTest::newRow("very small value") << "1" << "1e-300" << false;
    QTest::newRow("zero") << "7" << "0.0" << true;
    QTest::newRow("largest integer") << "5" << "18446744073709551615" << true;
    QTest::newRow("smallest integer") << "2" << "-9223372036854775808" << true;
    QTest::newRow("divisor larger than value") << "1e30" << "10" << false;
}

void SchemaTest::multiplesAreDecimal()
{
    QFETCH(QString, divisor);
    QFETCH(QString, value);
    QFETCH(bool, multiple);
    const std::string schema = R"({"multipleOf": )" + divisor.toStdString() + "}";
    QCOMPARE(accepts(schema.c_str(), value.toStdString().c_str()), multiple);
}

void SchemaTest::lengthCountsCodePoints()
{
    QVERIFY(accepts(R"({"maxLength": 2})", R"("🐲🐲")"));
    QVERIFY(!accepts(R"({"minLength": 3})", R"("🐲🐲")"));
    QVERIFY(accepts(R"({"minLength": 2})", R"("e\u0301")"));
}

void SchemaTest::itemsAreUniqueByValue()
{
    QVERIFY(!accepts(R"({"uniqueItems": true})", R"([{"a": 1, "b": 2}, {"b": 2, "a": 1.0}])"));
    QVERIFY(accepts(R"({"uniqueItems": true})", R"([0, false, null, "", [], {}, "0", [false], [0]])"));
    // More items than are compared pair by pair.
    QVERIFY(!accepts(R"({"uniqueItems": true})", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.0, 12]"));
    QVERIFY(accepts(R"({"uniqueItems": true})", "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, [12], 12]"));
}

void SchemaTest::violationsNameTheirPlaces()
{
    const Schema schema = compiled(R"({
        "properties": {"a/b": {"items": {"$ref": "#/$defs/small number"}}, "x~y": {"type": "string"}},
        "required": ["name"], "additionalProperties": false,
        "$defs": {"small number": {"maximum": 5}}})");
    const Validation validation = schema.validate(json(R"({"a/b": [1, 9], "x~y": 1, "z": 0})"));
    QVERIFY(!validation.valid);
    std::map<std::string, std::string> places;
    for (const Violation& violation : validation.errors)
        places[violation.keyword] = violation.instancePath + " " + violation.schemaPath;
    QCOMPARE(places.size(), std::size_t(4));
    QCOMPARE(places["maximum"], std::string("/a~1b/1 #/$defs/small%20number/maximum"));
    QCOMPARE(places["type"], std::string("/x~0y #/properties/x~0y/type"));
    QCOMPARE(places["required"], std::string(" #/required"));
    QCOMPARE(places["additionalProperties"], std::string(" #/additionalProperties"));
}

void SchemaTest::violationsHoldNoValues()
{
    const Schema schema
        = compiled(R"({"properties": {"a": {"enum": ["x"], "pattern": "^x", "maxLength": 1, "type": "integer"}}})");
    for (const Violation& violation : schema.validate(json(R"({"a": "secret value"})")).errors)
        QVERIFY(violation.message.find("secret") == std::string::npos);
}

void SchemaTest::violationsAreBounded()
{
    SchemaOptions options;
    options.limits.violations = 5;
    const Schema schema = compiled(R"({"items": {"type": "string"}})", options);
    const Validation validation = schema.validate(Json(std::vector<int>(1000, 1)));
    QVERIFY(!validation.valid);
    QCOMPARE(validation.errors.size(), std::size_t(5));
}

void SchemaTest::wrongSchemasAreRefused_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("code");
    const QString keyword = QStringLiteral("schema.invalid-keyword");
    QTest::newRow("not a schema") << "[]" << "schema.not-a-schema";
    QTest::newRow("unknown type") << R"({"type": "text"})" << keyword;
    QTest::newRow("no type") << R"({"type": []})" << keyword;
    QTest::newRow("type twice") << R"({"type": ["null", "null"]})" << keyword;
    QTest::newRow("negative length") << R"({"maxLength": -1})" << keyword;
    QTest::newRow("broken length") << R"({"maxLength": 1.5})" << keyword;
    QTest::newRow("multiple of zero") << R"({"multipleOf": 0})" << keyword;
    QTest::newRow("items of older drafts") << R"({"items": [{}]})" << keyword;
    QTest::newRow("empty allOf") << R"({"allOf": []})" << keyword;
    QTest::newRow("required twice") << R"({"required": ["a", "a"]})" << keyword;
    QTest::newRow("required of older drafts") << R"({"properties": {"a": {"required": true}}})" << keyword;
    QTest::newRow("property that is no schema") << R"({"properties": {"a": 1}})" << keyword;
    QTest::newRow("in an unused definition") << R"({"$defs": {"a": {"minimum": "1"}}})" << keyword;
    QTest::newRow("$id with a fragment") << R"({"$id": "http://x.test/y#z"})" << keyword;
    QTest::newRow("bad anchor") << R"({"$anchor": "1a"})" << keyword;
    QTest::newRow("pattern") << R"({"pattern": "("})" << "schema.pattern-syntax";
    QTest::newRow("pattern of a property") << R"({"patternProperties": {"[": {}}})" << "schema.pattern-syntax";
    QTest::newRow("look-behind without a length") << R"({"pattern": "(?<=a+)b"})" << "schema.pattern-unsupported";
    QTest::newRow("reference") << R"({"$ref": "#/$defs/a"})" << "schema.unresolved-reference";
    QTest::newRow("reference to no schema") << R"({"$ref": "#/$defs", "$defs": {}})" << "compiled";
    QTest::newRow("reference to a number") << R"({"$ref": "#/minimum", "minimum": 1})" << "schema.not-a-schema";
    QTest::newRow("one $id for two") << R"({"$defs": {"a": {"$id": "x", "type": "null"}, "b": {"$id": "x"}}})"
                                     << "schema.duplicate-identifier";
    QTest::newRow("one anchor for two") << R"({"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}})"
                                        << "schema.duplicate-identifier";
    QTest::newRow("older dialect") << R"({"$schema": "http://json-schema.org/draft-07/schema#"})"
                                   << "schema.unknown-dialect";
}

void SchemaTest::wrongSchemasAreRefused()
{
    QFETCH(QString, schema);
    QFETCH(QString, code);
    QCOMPARE(QString::fromStdString(compileCode(schema.toStdString().c_str())), code);
}

void SchemaTest::unusedDefinitionsMayDangle()
{
    QVERIFY(accepts(R"({"$defs": {"a": {"$ref": "#/$defs/missing"}}, "type": "null"})", "null"));
}

void SchemaTest::nothingIsFetched()
{
    QCOMPARE(compileCode(R"({"$ref": "https://example.com/schema.json"})"), std::string("schema.unresolved-reference"));
    QCOMPARE(compileCode(R"({"$ref": "file:///etc/hostname"})"), std::string("schema.unresolved-reference"));
}

void SchemaTest::documentsComeFromTheRegistry()
{
    SchemaRegistry remotes;
    QVERIFY(remotes.add(
        "https://example.com/types/age.json", json(R"({"maximum": 150, "$defs": {"old": {"minimum": 90}}})")));
    QVERIFY(!remotes.add("HTTPS://example.com/types/./age.json", json("true")));
    QVERIFY(!remotes.add("https://example.com/x#y", json("true")));
    SchemaOptions options;
    options.remotes = &remotes;
    options.baseUri = "https://example.com/schemas/person.json";
    const Schema schema = compiled(
        R"({"properties": {"age": {"$ref": "../types/age.json"}, "old": {"$ref": "../types/age.json#/$defs/old"}}})",
        options);
    QVERIFY(schema.validate(json(R"({"age": 30, "old": 95})")).valid);
    const Validation validation = schema.validate(json(R"({"age": 151})"));
    QCOMPARE(validation.errors.size(), std::size_t(1));
    QCOMPARE(validation.errors[0].schemaPath, std::string("https://example.com/types/age.json#/maximum"));
    QVERIFY(!schema.validate(json(R"({"old": 15})")).valid);
}

void SchemaTest::formatsAreAssertedOnlyWhenAsked()
{
    QVERIFY(accepts(R"({"format": "ipv4"})", R"("no address")"));
    SchemaOptions options;
    options.format = Format::Assert;
    const Schema schema = compiled(R"({"format": "ipv4"})", options);
    QVERIFY(!schema.validate(json(R"("no address")")).valid);
    QVERIFY(schema.validate(json(R"("127.0.0.1")")).valid);
    QVERIFY(schema.validate(json("1")).valid);
    QVERIFY(compiled(R"({"format": "no-such-format"})", options).validate(json(R"("x")")).valid);
}

void SchemaTest::circularReferencesEnd()
{
    for (const char* text : {R"({"$ref": "#"})", R"({"$dynamicRef": "#a", "$dynamicAnchor": "a"})",
             R"({"allOf": [{"$ref": "#"}, {"$ref": "#"}]})", R"({"not": {"$ref": "#"}})"}) {
        const Validation validation = compiled(text).validate(json("1"));
        QVERIFY(!validation.valid);
        QVERIFY(validation.undecided.has_value());
        QCOMPARE(validation.undecided->code, std::string("schema.budget-depth"));
        QCOMPARE(validation.errors.size(), std::size_t(1));
    }
    QVERIFY(accepts(
        R"({"properties": {"next": {"$ref": "#"}}, "required": ["value"]})", R"({"value": 1, "next": {"value": 2}})"));
}

void SchemaTest::stepsAreBounded()
{
    SchemaOptions options;
    options.limits.evaluationSteps = 1000;
    const Schema schema = compiled(R"({"items": {"items": {"type": "integer"}}})", options);
    QVERIFY(schema.validate(Json(std::vector<std::vector<int>>(10, std::vector<int>(10, 1)))).valid);
    const Validation validation = schema.validate(Json(std::vector<std::vector<int>>(100, std::vector<int>(100, 1))));
    QVERIFY(!validation.valid);
    QCOMPARE(validation.undecided->code, std::string("schema.budget-steps"));
}

void SchemaTest::slowPatternsEnd()
{
    const Schema schema = compiled(R"x({"pattern": "^(([a-z])+.)+[A-Z]([a-z])+$"})x");
    const Validation validation = schema.validate(Json(std::string(64, 'a')));
    QVERIFY(!validation.valid);
    QCOMPARE(validation.undecided->code, std::string("schema.budget-pattern"));
    QVERIFY(schema.validate(Json("abcDe")).valid);
}

void SchemaTest::deepSchemasAreRefused()
{
    QCOMPARE(compileCode(nested(400, R"({"not": )", "{}", "}").c_str()), std::string("schema.too-deep"));
    QCOMPARE(compileCode(nested(400, "[", "", "]").insert(0, R"({"const": )").append("}").c_str()),
        std::string("schema.too-deep"));
    SchemaOptions options;
    options.limits.subschemas = 3;
    QCOMPARE(compileCode(R"({"allOf": [true, true, true]})", options), std::string("schema.too-many-subschemas"));
}

void SchemaTest::deepInstancesEnd()
{
    const Validation validation
        = compiled(R"({"uniqueItems": true})").validate(json(("[0, " + nested(600, "[", "", "]") + "]").c_str()));
    QVERIFY(!validation.valid);
    QCOMPARE(validation.undecided->code, std::string("schema.instance-depth"));
}

// A sub-evaluation that was cut short must not read as "does not conform" where that is what makes the whole conform.
void SchemaTest::limitsNeverMakeNegationsHold()
{
    const std::string slow = R"x({"pattern": "^(([a-z])+.)+[A-Z]([a-z])+$"})x";
    const Json instance(std::string(64, 'a'));
    for (const std::string& text :
        {R"({"not": )" + slow + "}", R"({"if": )" + slow + R"(, "then": false})", R"({"oneOf": [)" + slow + ", true]}",
            R"({"contains": )" + slow + R"(, "minContains": 0, "not": )" + slow + "}"}) {
        const Validation validation = compiled(text.c_str()).validate(instance);
        QVERIFY(!validation.valid);
        QVERIFY(validation.undecided.has_value());
    }
}

void SchemaTest::aPlanServesManyThreads()
{
    const Schema schema = compiled(
        R"({"items": {"type": "object", "patternProperties": {"^a+$": {"type": "string"}}, "unevaluatedProperties": false}})");
    std::atomic<int> wrong = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([schema, &wrong] {
            for (int round = 0; round < 200; ++round) {
                wrong += schema.validate(json(R"([{"aa": "x"}])")).valid ? 0 : 1;
                wrong += schema.validate(json(R"([{"b": "x"}])")).valid ? 1 : 0;
            }
        });
    }
    threads.clear();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "schema_test.moc"

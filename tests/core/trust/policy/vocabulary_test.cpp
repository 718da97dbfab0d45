#include "core/trust/policy/vocabulary.h"

#include "core/contract/schema.h"
#include "core/trust/cedar/policy_set.h"
#include "core/trust/cedar/validator.h"
#include "tests/core/trust/policy/rule_scene.h"

#include <QTest>
#include <random>

using namespace ephor;
using namespace ephor::policy;
using ephor::test::RuleScene;
using ephor::test::take;

namespace {

constexpr int generatedSchemas = 250;
constexpr int argumentsEach = 12;

/// Schemas of tools and arguments for them, hostile ones among them.
class ShapeMaker {
public:
    std::size_t below(std::size_t limit) { return m_chance() % limit; }

    Json schema(int depth)
    {
        static const char* const plain[] = {"integer", "number", "string", "boolean"};
        const std::size_t kind = below(depth > 2 ? 4 : 8);
        if (kind < 4)
            return {{"type", plain[kind]}};
        if (kind == 4)
            return {{"type", "array"}, {"items", schema(depth + 1)}};
        if (kind == 5)
            return below(2) == 0 ? Json(true) : Json{{"enum", {1, "a", nullptr}}};
        if (kind == 6)
            return {{"type", {"string", "null"}}};
        return object(depth + 1);
    }

    Json object(int depth)
    {
        static const char* const names[] = {"amount", "in", "order id", "", "a\"b", "\xc3\xa9", "context", "x"};
        Json properties = Json::object();
        Json required = Json::array();
        for (std::size_t count = 1 + below(3); count > 0; --count) {
            const std::string name = names[below(std::size(names))];
            if (properties.contains(name))
                continue;
            properties[name] = schema(depth);
            if (below(2) == 0)
                required.push_back(name);
        }
        return {{"type", "object"}, {"properties", properties}, {"required", required}};
    }

    Json value(const Json& schema)
    {
        static const Json wild[] = {nullptr, true, "text", 3, -0.5, Json::array({1, "a"}), Json{{"amount", 1}},
            18446744073709551615ULL, 1e300, 9.5e15, 3.0, 1e-9, Json::array(), "\xe2\x82\xac"};
        if (below(6) == 0 || !schema.is_object() || !schema.contains("type") || !schema["type"].is_string())
            return wild[below(std::size(wild))];
        const std::string type = schema["type"].get<std::string>();
        if (type == "integer")
            return below(3) == 0 ? Json(-4.0) : Json(std::int64_t(below(1'000)));
        if (type == "number")
            return below(2) == 0 ? Json(double(below(100)) / 8) : Json(below(100));
        if (type == "string")
            return std::string(below(4), 'x');
        if (type == "boolean")
            return below(2) == 0;
        Json made = type == "array" ? Json::array() : Json::object();
        if (type == "array") {
            for (std::size_t count = below(4); count > 0; --count)
                made.push_back(value(schema["items"]));
            return made;
        }
        for (const auto& [name, property] : schema["properties"].get_ref<const Json::object_t&>()) {
            if (below(4) != 0)
                made[name] = value(property);
        }
        return made;
    }

private:
    std::mt19937_64 m_chance{11};
};

// `.amount` or `["order id"]`, for each member that the type has, the nested ones of records too.
void namePaths(const Json& type, const std::string& path, const std::string& guard, std::vector<std::string>& rules)
{
    for (const auto& [name, attribute] : type["attributes"].get_ref<const Json::object_t&>()) {
        const std::string key = Json(name).dump();
        const std::string inner = path + "[" + key + "]";
        const bool required = !attribute.contains("required") || attribute["required"].get<bool>();
        const std::string next = required ? guard : guard + path + " has " + key + " && ";
        const std::string kind = attribute["type"].get<std::string>();
        std::string asks = inner + " == " + inner;
        if (kind == "Long")
            asks = inner + " < 5";
        else if (kind == "Extension")
            asks = inner + ".lessThan(decimal(\"5.0\"))";
        else if (kind == "String")
            asks = inner + " like \"x*\"";
        else if (kind == "Boolean")
            asks = inner;
        else if (kind == "Set")
            asks = inner + ".isEmpty()";
        rules.push_back("permit(principal, action == Action::\"tool\", resource) when { " + next + asks + " };");
        if (kind == "Record")
            namePaths(attribute, inner, next, rules);
    }
}

ToolWords toolOf(const Json& schema)
{
    ToolBody body;
    body.input.text = schema.dump();
    return toolWords("tool", "care", body);
}

std::shared_ptr<const cedar::Schema> sceneSchema()
{
    return take(schemaOf(RuleScene().words));
}

}

class VocabularyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void validRulesNeverErrOnArguments();
    void saysTheArgumentsOfATool();
    void knowsItsOwnWords_data();
    void knowsItsOwnWords();
    void refusesOtherWords_data();
    void refusesOtherWords();
    void grantsAreValid();
    void contradictingToolsLeaveTheirDataUnclassified();
    void aToolCannotBeCalledAny();
    void defaultsOfTools();
};

void VocabularyTest::validRulesNeverErrOnArguments()
{
    ShapeMaker maker;
    int judged = 0;
    int held = 0;
    for (int i = 0; i < generatedSchemas; ++i) {
        const Json input = maker.object(0);
        const auto contract = contract::Schema::compile(input);
        QVERIFY(contract.has_value());
        const ToolWords tool = toolOf(input);
        const auto schema = take(schemaOf(std::span(&tool, 1)));
        const ArgumentShape shape = ArgumentShape::of(input);
        std::vector<std::string> texts;
        namePaths(shape.type(), "context.input", "", texts);
        if (texts.empty())
            continue;
        std::vector<cedar::PolicySource> sources;
        for (const std::string& text : texts)
            sources.push_back({std::to_string(sources.size()), text});
        const auto policies = take(cedar::PolicySet::fromPolicies(sources));
        const cedar::Validation validation = cedar::validate(*policies, *schema);
        QVERIFY2(validation.valid(),
            validation.valid() ? "" : (validation.errors.front().message + "\n" + input.dump()).c_str());
        Cast cast;
        cast.agent = "clerk";
        cast.tools = std::span(&tool, 1);
        const auto entities = take(entitiesOf(cast));
        for (int j = 0; j < argumentsEach; ++j) {
            const Json arguments = maker.value(input);
            if (!contract->validate(arguments).valid)
                continue;
            ++judged;
            const CallRequests requests = requestsOf({*entities, "clerk", cast.requester, tool, shape, arguments,
                parseInstant("2026-03-16T12:00:00Z").value(), {}, {}, {}, {}, 0});
            const cedar::Satisfied satisfied = cedar::satisfied(*policies, *entities, requests.agent);
            held += int(satisfied.permits.size());
            QVERIFY2(satisfied.errors.empty(),
                satisfied.errors.empty()
                    ? ""
                    : (satisfied.errors.front().message + "\n" + input.dump() + "\n" + arguments.dump()).c_str());
        }
    }
    QVERIFY2(judged > generatedSchemas && held > generatedSchemas,
        (std::to_string(judged) + " " + std::to_string(held)).c_str());
}

void VocabularyTest::saysTheArgumentsOfATool()
{
    const Json type = RuleScene().shapes[0].type();
    const Json expected
        = parseJson("{\"type\":\"Record\",\"attributes\":{"
                    "\"amount\":{\"type\":\"Long\",\"required\":false},"
                    "\"rate\":{\"type\":\"Extension\",\"name\":\"decimal\",\"required\":false},"
                    "\"customer\":{\"type\":\"String\",\"required\":true},"
                    "\"order id\":{\"type\":\"String\",\"required\":false},"
                    "\"urgent\":{\"type\":\"Boolean\",\"required\":false},"
                    "\"tags\":{\"type\":\"Set\",\"element\":{\"type\":\"String\"},\"required\":false}}}")
              .value();
    QCOMPARE(type.dump(), expected.dump());
    for (const Json& open :
        {Json(), Json(true), Json{{"type", "string"}}, Json{{"properties", {{"a", {{"type", "string"}}}}}}})
        QVERIFY(ArgumentShape::of(open).type()["attributes"].empty());
}

void VocabularyTest::knowsItsOwnWords_data()
{
    QTest::addColumn<QString>("rule");
    for (const char* const rule : {"permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);",
             "forbid(principal is User in Team::\"care\", action in Action::\"effect:irreversible\", resource is "
             "Asset);",
             "forbid(principal in Role::\"officer\", action in Action::\"any\", resource in Team::\"it\");",
             "forbid(principal is Service, action, resource) when { principal.name == \"nightly\" };",
             "forbid(principal is Agent, action, resource) when { principal.environment != \"production\" };",
             "permit(principal, action == Action::\"pay\", resource) when { context.input has amount && "
             "context.input.amount <= 5 };",
             "permit(principal, action, resource) when { resource has classification && resource.classification == "
             "\"public\" };",
             "permit(principal, action == Action::\"pay\", resource) when { context.input.customer == "
             "context.session.person };",
             "permit(principal, action, resource) when { context.now.toTime() < duration(\"18h\") && "
             "context.run.toolCalls < 3 };",
             "permit(principal, action, resource) unless { context.labels.contains(\"secret\") || "
             "context.findings.contains(\"EMAIL\") };"})
        QTest::newRow(rule) << QString(rule);
}

void VocabularyTest::knowsItsOwnWords()
{
    QFETCH(QString, rule);
    const auto policies = take(cedar::PolicySet::fromText(rule.toStdString()));
    const cedar::Validation validation = cedar::validate(*policies, *sceneSchema());
    QVERIFY2(validation.valid(), validation.valid() ? "" : validation.errors.front().message.c_str());
    QVERIFY2(
        validation.warnings.empty(), validation.warnings.empty() ? "" : validation.warnings.front().message.c_str());
}

void VocabularyTest::refusesOtherWords_data()
{
    QTest::addColumn<QString>("rule");
    for (const char* const rule : {"permit(principal == Person::\"1\", action, resource);",
             "permit(principal, action == Action::\"transfer\", resource);",
             "permit(principal, action in Action::\"effect:delete\", resource);",
             "permit(principal, action, resource is Table);",
             "permit(principal, action == Action::\"pay\", resource) when { context.input.amount <= 5 };",
             "permit(principal, action == Action::\"pay\", resource) when { context.input has amount && "
             "context.input.amount.lessThan(decimal(\"5.0\")) };",
             "permit(principal, action == Action::\"pay\", resource) when { context.input.total == 5 };",
             "permit(principal, action == Action::\"look\", resource) when { context.input.customer == \"c\" };",
             "permit(principal, action, resource) when { resource.classification == \"public\" };",
             "permit(principal, action, resource) when { context.user == \"x\" };",
             "permit(principal is User, action, resource) when { principal.team == \"care\" };"})
        QTest::newRow(rule) << QString(rule);
}

void VocabularyTest::refusesOtherWords()
{
    QFETCH(QString, rule);
    const auto policies = take(cedar::PolicySet::fromText(rule.toStdString()));
    QVERIFY(!cedar::validate(*policies, *sceneSchema()).valid());
}

void VocabularyTest::grantsAreValid()
{
    using Kind = GrantConditionKind;
    GrantRule grant;
    grant.agent = "clerk";
    grant.tool = "pay";
    grant.access = Access::Ask;
    grant.expires = parseInstant("2026-07-01T00:00:00Z").value();
    grant.conditions
        = {{Kind::AtMost, "amount", {"5"}}, {Kind::AtLeast, "rate", {"0.5"}}, {Kind::OneOf, "order id", {"a"}},
            {Kind::OwnOnly, "customer", {}}, {Kind::Hours, {}, {"08:00", "18:00"}}, {Kind::AskAbove, "amount", {"3"}}};
    std::string text;
    for (const PolicyText& policy : take(policiesOf(grant)))
        text += policy.text + "\n";
    const auto policies = take(cedar::PolicySet::fromText(text));
    const cedar::Validation validation = cedar::validate(*policies, *sceneSchema());
    QVERIFY2(validation.valid(), validation.valid() ? "" : validation.errors.front().message.c_str());
}

void VocabularyTest::contradictingToolsLeaveTheirDataUnclassified()
{
    RuleScene scene;
    scene.release({"permit(principal == Agent::\"clerk\", action, resource);",
        "forbid(principal, action, resource) when { resource.classification == \"confidential\" };"});
    QCOMPARE(scene.judge().rule, std::string("r1"));
    // A tool that says nothing leaves it to the other; one that says something else leaves nothing certain.
    scene.words[1].asset = "payments";
    scene.cast();
    QCOMPARE(scene.judge(Json::object(), 1).rule, std::string("r1"));
    scene.words[1].classification = "public";
    for (int order = 0; order < 2; ++order) {
        scene.cast();
        for (const std::size_t tool : {0u, 1u}) {
            const PermissionVerdict verdict = scene.judge(Json::object(), tool);
            QVERIFY(verdict.word == VerdictWord::Deny);
            QVERIFY(verdict.reason.find("could not be evaluated") != std::string::npos);
        }
        std::swap(scene.words[0], scene.words[1]);
        std::swap(scene.shapes[0], scene.shapes[1]);
    }
}

void VocabularyTest::aToolCannotBeCalledAny()
{
    RuleScene scene;
    scene.words[0].name = "any";
    const auto schema = schemaOf(scene.words);
    QVERIFY(!schema);
    QCOMPARE(schema.error().code, std::string("policy.reserved-name"));
    const auto entities = entitiesOf({"clerk", "care", "production", scene.requester, scene.words});
    QVERIFY(!entities);
    QCOMPARE(entities.error().code, std::string("policy.reserved-name"));
}

void VocabularyTest::defaultsOfTools()
{
    const RuleScene scene;
    QCOMPARE(scene.words[0].asset, std::string("payments"));
    QCOMPARE(scene.words[1].asset, std::string("look"));
    QCOMPARE(effectGroup(SideEffect::Irreversible), std::string("effect:irreversible"));
    QCOMPARE(agentText("a\"b"), std::string("Agent::\"a\\\"b\""));
    QCOMPARE(std::string(requesterType(scene.requester)), std::string("User"));
    QCOMPARE(std::string(requesterType({})), std::string("Service"));
}

QTEST_GUILESS_MAIN(VocabularyTest)
#include "vocabulary_test.moc"

#include "tests/core/trust/cedar/desk.h"

#include <QTest>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

constexpr const char* officeSchema = R"(
entity User in [Group] { age: Long, boss?: User, address?: ipaddr, home?: { city: String, since?: datetime } } tags Set<Long>;
entity Group in [Group];
entity Color enum ["red"];
action all;
action read in [all] appliesTo { principal: [User, Color], resource: [Group], context: { from?: ipaddr, as?: User } };
)";

Json uidJson(const std::string& type, const std::string& id)
{
    return {{"type", type}, {"id", id}};
}

Json entityJson(
    const std::string& type, const std::string& id, Json attributes = Json::object(), Json parents = Json::array())
{
    return {{"uid", uidJson(type, id)}, {"attrs", std::move(attributes)}, {"parents", std::move(parents)}};
}

}

/// The JSON form of entities and requests, who is in whom, and what a schema adds.
class EntitiesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void worksOutAncestors();
    void refuses_data();
    void refuses();
    void takesTheSameEntityTwice();
    void readsEscapes();
    void readsRequests_data();
    void readsRequests();
    void readsWithoutEscapesBySchema();
    void refusesWhatDoesNotConform_data();
    void refusesWhatDoesNotConform();
    void knowsTheActionsOfASchema();
};

void EntitiesTest::worksOutAncestors()
{
    const auto entities = take(Entities::fromJson(people()));
    const Entity* const ann = entities->find(EntityUid(Text("User"), Text("ann")));
    QVERIFY(ann != nullptr);
    QCOMPARE(ann->ancestors.size(), std::size_t(2));
    QVERIFY(ann->isIn(EntityUid(Text("Group"), Text("staff"))));
    QVERIFY(ann->isIn(*ann->uid));
    QVERIFY(!ann->isIn(EntityUid(Text("Group"), Text("night"))));
    QVERIFY(entities->find(EntityUid(Text("Group"), Text("staff"))) == nullptr);
    QCOMPARE(Entities::none()->size(), std::size_t(0));
}

void EntitiesTest::refuses_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const char* list, const char* code) {
        QTest::newRow(name) << QByteArray(list) << QByteArray(code);
    };
    row("no list", "{}", "cedar.entity");
    row("no uid", R"([{"attrs":{},"parents":[]}])", "cedar.entity");
    row("no attrs", R"([{"uid":{"type":"U","id":"a"},"parents":[]}])", "cedar.entity");
    row("no parents", R"([{"uid":{"type":"U","id":"a"},"attrs":{}}])", "cedar.entity");
    row("a uid as text", R"([{"uid":"U::\"a\"","attrs":{},"parents":[]}])", "cedar.entity");
    row("a type that is no name", R"([{"uid":{"type":"U b","id":"a"},"attrs":{},"parents":[]}])", "cedar.entity");
    row("a reserved type", R"([{"uid":{"type":"__cedar::U","id":"a"},"attrs":{},"parents":[]}])", "cedar.entity");
    row("null", R"([{"uid":{"type":"U","id":"a"},"attrs":{"x":[null]},"parents":[]}])", "cedar.value");
    row("a fraction", R"([{"uid":{"type":"U","id":"a"},"attrs":{"x":1.5},"parents":[]}])", "cedar.value");
    row("too large a number", R"([{"uid":{"type":"U","id":"a"},"attrs":{"x":9223372036854775808},"parents":[]}])",
        "cedar.value");
    row("no such function",
        R"([{"uid":{"type":"U","id":"a"},"attrs":{"x":{"__extn":{"fn":"f","arg":"1"}}},"parents":[]}])", "cedar.value");
    row("no address", R"([{"uid":{"type":"U","id":"a"},"attrs":{"x":{"__extn":{"fn":"ip","arg":"1"}}},"parents":[]}])",
        "cedar.value");
    row("the old escape", R"([{"uid":{"type":"U","id":"a"},"attrs":{"x":{"__expr":"1"}},"parents":[]}])",
        "cedar.value");
    row("in itself", R"([{"uid":{"type":"U","id":"a"},"attrs":{},"parents":[{"type":"U","id":"a"}]}])", "cedar.cycle");
    row("in each other", R"([{"uid":{"type":"U","id":"a"},"attrs":{},"parents":[{"type":"U","id":"b"}]},
        {"uid":{"type":"U","id":"b"},"attrs":{},"parents":[{"type":"U","id":"a"}]}])",
        "cedar.cycle");
    row("twice and differently", R"([{"uid":{"type":"U","id":"a"},"attrs":{},"parents":[]},
        {"uid":{"type":"U","id":"a"},"attrs":{"x":1},"parents":[]}])",
        "cedar.duplicate-entity");
    row("an action in a group of people",
        R"([{"uid":{"type":"Action","id":"a"},"attrs":{},"parents":[{"type":"G","id":"g"}]}])", "cedar.entity");
}

void EntitiesTest::refuses()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, code);
    const auto entities = Entities::fromJson(take(parseJson(list.toStdString())));
    QVERIFY(!entities.has_value());
    QCOMPARE(QByteArray::fromStdString(entities.error().code), code);
}

void EntitiesTest::takesTheSameEntityTwice()
{
    Json list = people();
    list.push_back(list[0]);
    QCOMPARE(take(Entities::fromJson(list))->size(), std::size_t(4));
}

void EntitiesTest::readsEscapes()
{
    Json attributes = {{"who", {{"__entity", uidJson("User", "bob")}}},
        {"when", {{"__extn", {{"fn", "datetime"}, {"arg", "2024-01-01"}}}}},
        {"until",
            {{"__extn",
                {{"fn", "offset"},
                    {"args",
                        Json::array({{{"__extn", {{"fn", "datetime"}, {"arg", "2024-01-01"}}}},
                            {{"__extn", {{"fn", "duration"}, {"arg", "1d"}}}}})}}}}},
        {"plain", {{"type", "User"}, {"id", "bob"}}}, {"half", {{"__entity", "bob"}}}};
    const auto entities = take(Entities::fromJson(Json::array({entityJson("User", "ann", attributes)})));
    const Request request = take(Request::fromJson(annReadsPlan()));
    const auto policies = take(PolicySet::fromText(R"(permit(principal, action, resource) when {
        principal.who == User::"bob" && principal.until.durationSince(principal.when) == duration("1d") &&
        principal.plain.id == "bob" && principal.half["__entity"] == "bob" };)"));
    QVERIFY(decide(*policies, *entities, request).decision == Decision::Allow);
}

void EntitiesTest::readsRequests_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, const char* request, const char* code) {
        QTest::newRow(name) << QByteArray(request) << QByteArray(code);
    };
    row("texts", R"({"principal":"A::U::\"a\"","action":"Action::\"x\"","resource":"R::\"r\""})", "");
    row("objects", R"({"principal":{"type":"U","id":"a"},"action":{"__entity":{"type":"Action","id":"x"}},
        "resource":{"type":"R","id":"r"},"context":{"a":[1,{"b":"c"}]}})",
        "");
    row("no principal", R"({"action":"Action::\"x\"","resource":"R::\"r\""})", "cedar.request");
    row("no uid", R"({"principal":"U","action":"Action::\"x\"","resource":"R::\"r\""})", "cedar.entity");
    row("more than a uid", R"({"principal":"U::\"a\".b","action":"Action::\"x\"","resource":"R::\"r\""})",
        "cedar.entity");
    row("a number", R"({"principal":7,"action":"Action::\"x\"","resource":"R::\"r\""})", "cedar.entity");
    row("a context that is no object",
        R"({"principal":"U::\"a\"","action":"Action::\"x\"","resource":"R::\"r\"","context":[]})", "cedar.request");
    row("null in the context",
        R"({"principal":"U::\"a\"","action":"Action::\"x\"","resource":"R::\"r\"","context":{"a":null}})",
        "cedar.value");
    row("no object", "[]", "cedar.request");
}

void EntitiesTest::readsRequests()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, code);
    const auto read = Request::fromJson(take(parseJson(request.toStdString())));
    QCOMPARE(QByteArray::fromStdString(read ? std::string() : read.error().code), code);
}

void EntitiesTest::readsWithoutEscapesBySchema()
{
    const auto schema = take(Schema::fromText(officeSchema));
    Json attributes = {{"age", 4}, {"boss", uidJson("User", "bob")}, {"address", "10.0.0.1"},
        {"home", {{"city", "Oslo"}, {"since", {{"fn", "datetime"}, {"arg", "2024-01-01"}}}}}};
    Json ann = entityJson("User", "ann", attributes, Json::array({uidJson("Group", "desk")}));
    ann["tags"] = {{"rooms", {1, 2}}};
    const auto entities = take(Entities::fromJson(Json::array({ann}), schema.get()));
    Json asked = annReadsPlan();
    asked["resource"] = "Group::\"desk\"";
    asked["context"] = {{"from", "10.0.0.2"}, {"as", uidJson("User", "bob")}};
    const Request request = take(Request::fromJson(asked, schema.get()));
    const auto policies = take(PolicySet::fromText(R"(permit(principal, action in Action::"all", resource) when {
        principal.boss == context.as && principal.address.isInRange(ip("10.0.0.0/8")) && context.from.isIpv4() &&
        principal.home.since < datetime("2025-01-01") && principal.getTag("rooms").contains(2) };)"));
    QVERIFY(decide(*policies, *entities, request).decision == Decision::Allow);
}

void EntitiesTest::refusesWhatDoesNotConform_data()
{
    QTest::addColumn<QByteArray>("list");
    QTest::addColumn<QByteArray>("request");
    const char* const fine = R"({"principal":"User::\"a\"","action":"Action::\"read\"","resource":"Group::\"g\""})";
    const auto entity
        = [&](const char* name, const char* list) { QTest::newRow(name) << QByteArray(list) << QByteArray(fine); };
    const auto asked
        = [](const char* name, const char* request) { QTest::newRow(name) << QByteArray("[]") << QByteArray(request); };
    entity("an attribute is missing", R"([{"uid":{"type":"User","id":"a"},"attrs":{},"parents":[]}])");
    entity("an attribute is wrong", R"([{"uid":{"type":"User","id":"a"},"attrs":{"age":"x"},"parents":[]}])");
    entity("an attribute too many", R"([{"uid":{"type":"User","id":"a"},"attrs":{"age":1,"x":1},"parents":[]}])");
    entity("a parent of no such type",
        R"([{"uid":{"type":"User","id":"a"},"attrs":{"age":1},"parents":[{"type":"User","id":"b"}]}])");
    entity("a tag is wrong", R"([{"uid":{"type":"User","id":"a"},"attrs":{"age":1},"parents":[],"tags":{"x":"y"}}])");
    entity("no tags allowed", R"([{"uid":{"type":"Group","id":"a"},"attrs":{},"parents":[],"tags":{"x":[1]}}])");
    entity("an unknown type", R"([{"uid":{"type":"Robot","id":"a"},"attrs":{},"parents":[]}])");
    entity("an id not enumerated", R"([{"uid":{"type":"Color","id":"blue"},"attrs":{},"parents":[]}])");
    entity("an unknown action", R"([{"uid":{"type":"Action","id":"x"},"attrs":{},"parents":[]}])");
    entity("an action without its group", R"([{"uid":{"type":"Action","id":"read"},"attrs":{},"parents":[]}])");
    asked(
        "an action not declared", R"({"principal":"User::\"a\"","action":"Action::\"x\"","resource":"Group::\"g\""})");
    asked("a principal not allowed",
        R"({"principal":"Group::\"a\"","action":"Action::\"read\"","resource":"Group::\"g\""})");
    asked("a resource not allowed",
        R"({"principal":"User::\"a\"","action":"Action::\"read\"","resource":"User::\"g\""})");
    asked("a principal not enumerated",
        R"({"principal":"Color::\"x\"","action":"Action::\"read\"","resource":"Group::\"g\""})");
    asked("a context that is wrong",
        R"({"principal":"User::\"a\"","action":"Action::\"read\"","resource":"Group::\"g\"","context":{"from":true}})");
    asked("more context than declared",
        R"({"principal":"User::\"a\"","action":"Action::\"read\"","resource":"Group::\"g\"","context":{"x":1}})");
}

void EntitiesTest::refusesWhatDoesNotConform()
{
    QFETCH(QByteArray, list);
    QFETCH(QByteArray, request);
    const auto schema = take(Schema::fromText(officeSchema));
    const auto entities = Entities::fromJson(take(parseJson(list.toStdString())), schema.get());
    const auto asked = Request::fromJson(take(parseJson(request.toStdString())), schema.get());
    QVERIFY(!entities.has_value() || !asked.has_value());
    const Error& error = entities ? asked.error() : entities.error();
    QVERIFY2(error.code == "cedar.nonconforming", describe(error).c_str());
}

void EntitiesTest::knowsTheActionsOfASchema()
{
    const auto schema = take(Schema::fromText(officeSchema));
    const auto entities = take(Entities::fromJson(Json::array(), schema.get()));
    const Entity* const read = entities->find(EntityUid(Text("Action"), Text("read")));
    QVERIFY(read != nullptr);
    QVERIFY(read->isIn(EntityUid(Text("Action"), Text("all"))));
}

QTEST_GUILESS_MAIN(EntitiesTest)
#include "entities_test.moc"

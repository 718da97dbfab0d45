#include "tests/core/trust/cedar/desk.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

/// Both forms of a schema: what they declare, and what is refused.
class SchemaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bothFormsSayTheSame();
    void namesAreLookedUpInwardOut();
    void refusesTexts_data();
    void refusesTexts();
    void refusesDocuments_data();
    void refusesDocuments();
    void closesHierarchies();
};

void SchemaTest::bothFormsSayTheSame()
{
    const auto text = take(Schema::fromText(R"(
        @doc("people") entity User in [Group] { name: String, "e mail"?: Email, at: Set<ipaddr> } tags Long;
        entity Group = {};
        entity Color enum ["red", "green"];
        type Email = { user: String, host: String };
        action all;
        action read, "write to" in [all] appliesTo { principal: User, resource: [Group, User], context: { mfa: Bool } };)"));
    const auto json = take(Schema::fromJson(take(parseJson(R"({"": {
        "commonTypes": {"Email": {"type":"Record","attributes":{"user":{"type":"String"},"host":{"type":"String"}}}},
        "entityTypes": {"User": {"memberOfTypes":["Group"],"tags":{"type":"Long"},"shape":{"type":"Record","attributes":{
            "name":{"type":"String"},"e mail":{"type":"Email","required":false},
            "at":{"type":"Set","element":{"type":"Extension","name":"ipaddr"}}}}},
            "Group": {}, "Color": {"enum":["red","green"]}},
        "actions": {"all": {},
            "read": {"memberOf":[{"id":"all"}],"appliesTo":{"principalTypes":["User"],"resourceTypes":["Group","User"],
                "context":{"type":"Record","attributes":{"mfa":{"type":"Boolean"}}}}},
            "write to": {"memberOf":[{"id":"all","type":"Action"}],"appliesTo":{"principalTypes":["User"],
                "resourceTypes":["Group","User"],"context":{"type":"Record","attributes":{"mfa":{"type":"Bool"}}}}}}}})"))));
    QCOMPARE(text->types().size(), json->types().size());
    for (const SchemaEntityType& type : text->types()) {
        const SchemaEntityType* const other = json->findType(type.name);
        QVERIFY(other != nullptr);
        QVERIFY(sameType(*type.attributes, *other->attributes));
        QVERIFY(type.parents == other->parents && type.choices == other->choices);
        QVERIFY((type.tags == nullptr) == (other->tags == nullptr));
    }
    QCOMPARE(text->actions().size(), std::size_t(3));
    for (const SchemaAction& action : text->actions()) {
        const SchemaAction* const other = json->findAction(*action.uid);
        QVERIFY(other != nullptr);
        QVERIFY(action.principals == other->principals && action.resources == other->resources);
        QVERIFY(sameType(*action.context, *other->context));
        QCOMPARE(action.ancestors.size(), other->ancestors.size());
    }
    QVERIFY(toText(*text->findType(Text("User"))->attributes->find(Text("e mail"))->type).find("host: String")
        != std::string::npos);
}

void SchemaTest::namesAreLookedUpInwardOut()
{
    const auto schema = take(Schema::fromText(R"(
        entity Person; type Size = Long; entity decimal;
        namespace Bank { entity Agent in Person { owner: Person, size: Size, own: Limit, sum: decimal, raw: __cedar::decimal };
            type Limit = { top: Size }; action pay appliesTo { principal: [Agent, Person], resource: Bank::Agent }; }
        namespace Shop { entity Till in [Bank::Agent] { limit: Bank::Limit }; })"));
    const SchemaEntityType* const agent = schema->findType(Text("Bank::Agent"));
    QVERIFY(agent != nullptr && agent->parents.front() == Text("Person"));
    const auto typeOf = [&](std::string_view name) { return toText(*agent->attributes->find(Text(name))->type); };
    QVERIFY(typeOf("owner") == "Person");
    QVERIFY(typeOf("size") == "Long");
    QVERIFY(typeOf("own") == "{top: Long}");
    QVERIFY(agent->attributes->find(Text("sum"))->type->kind == TypeKind::Entity);
    QVERIFY(agent->attributes->find(Text("raw"))->type->kind == TypeKind::Decimal);
    QVERIFY(schema->findType(Text("Shop::Till"))->mayBeIn(Text("Person")));
    QVERIFY(schema->findAction(EntityUid(Text("Bank::Action"), Text("pay")))->principals.size() == 2);
}

void SchemaTest::refusesTexts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("column");
    const auto row = [](const char* text, const char* line, const char* column) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(line) << QByteArray(column);
    };
    row("entity U", "1", "9");
    row("entity U;\nentity U;", "2", "8");
    row("entity U { a: X };", "1", "15");
    row("entity U { a Long };", "1", "14");
    row("entity U { if: Long };", "1", "12");
    row("entity U in [G];", "1", "14");
    row("entity Action;", "1", "8");
    row("entity U enum [];", "1", "16");
    row("type Long = String;", "1", "6");
    row("type A = B; type B = A;", "1", "10");
    row("action a in [b];", "1", "14");
    row("entity U; action a appliesTo { principal: U };", "1", "30");
    row("entity U; action a appliesTo { principal: [], resource: U };", "1", "32");
    row("entity U; action a appliesTo { principal: U, principal: U };", "1", "46");
    row("entity U; type C = Long; action a appliesTo { principal: U, resource: U, context: C };", "1", "33");
    row("entity U; namespace A { entity U; }", "1", "32");
    row("namespace A {} namespace A {}", "1", "26");
    row("namespace __cedar {}", "1", "11");
    row("@a @a entity U;", "1", "5");
    row("entity U { a: __cedar::foo };", "1", "15");
}

void SchemaTest::refusesTexts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, column);
    const auto schema = Schema::fromText(text.toStdString());
    QVERIFY(!schema.has_value());
    QCOMPARE(QByteArray::fromStdString(fieldOf(schema.error(), "line")), line);
    // Which of two types in a circle is named is a matter of chance.
    if (!text.startsWith("type A"))
        QCOMPARE(QByteArray::fromStdString(fieldOf(schema.error(), "column")), column);
}

void SchemaTest::refusesDocuments_data()
{
    QTest::addColumn<QByteArray>("document");
    for (const char* document :
        {"[]", R"({"":{"entityTypes":{}}})", R"({"":{"entityTypes":{},"actions":{},"x":1}})",
            R"({"A b":{"entityTypes":{},"actions":{}}})", R"({"":{"entityTypes":{"A::B":{}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{"shape":{"type":"Long"}}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{"shape":{"type":"Record"}}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{"shape":{"type":"Record","attributes":{},"additionalAttributes":true}}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{"shape":{"type":"Record","attributes":{"a":{"type":"U"}}}}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{"tags":{"type":"Set"}}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{"tags":{"type":"Extension","name":"x"}}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{"enum":[]}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{"enum":["a"],"shape":{"type":"Record","attributes":{}}}},"actions":{}}})",
            R"({"":{"entityTypes":{"U":{}},"actions":{"a":{"appliesTo":{"principalTypes":["U"]}}}}})",
            R"({"":{"entityTypes":{},"actions":{"a":{"attributes":{}}}}})",
            R"({"":{"entityTypes":{},"actions":{"a":{"memberOf":[{"id":"b"}]}}}})",
            R"({"":{"entityTypes":{},"actions":{"a":{"memberOf":[{"id":"a"}]}}}})",
            R"({"":{"entityTypes":{},"actions":{},"commonTypes":{"Long":{"type":"String"}}}})"})
        QTest::newRow(document) << QByteArray(document);
}

void SchemaTest::refusesDocuments()
{
    QFETCH(QByteArray, document);
    const auto schema = Schema::fromJson(take(parseJson(document.toStdString())));
    QVERIFY(!schema.has_value());
    QVERIFY2(schema.error().code == "cedar.schema", describe(schema.error()).c_str());
}

void SchemaTest::closesHierarchies()
{
    const auto schema = take(
        Schema::fromText("entity A in B; entity B in [C, B]; entity C; action x in [y]; action y in [z]; action z;"));
    QVERIFY(schema->findType(Text("A"))->mayBeIn(Text("C")));
    QVERIFY(schema->findType(Text("B"))->mayBeIn(Text("B")));
    QVERIFY(!schema->findType(Text("A"))->mayBeIn(Text("A")));
    QVERIFY(schema->findAction(EntityUid(Text("Action"), Text("x")))->isIn(EntityUid(Text("Action"), Text("z"))));
    const auto cycle = Schema::fromText("action x in [y]; action y in [x];");
    QVERIFY(!cycle.has_value() && cycle.error().code == "cedar.schema");
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "schema_test.moc"

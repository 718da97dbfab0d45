#include "core/trust/cedar/validator.h"
#include "tests/core/trust/cedar/desk.h"

#include <QTest>

using namespace ephor;
using namespace ephor::cedar;
using namespace ephor::cedar::tests;

namespace {

constexpr const char* officeSchema = R"(
entity User in [Group] { age: Long, manager?: User, profile: { level: Long, nick?: String }, friends: Set<User> } tags String;
entity Group in [Group];
entity Doc in [Folder] { owner: User, size?: Long, meta?: { made: datetime, by?: User } };
entity Folder;
entity Color enum ["red", "green"];
action reads;
action view in [reads] appliesTo { principal: [User], resource: [Doc, Folder], context: { mfa: Bool, color?: Color } };
action edit appliesTo { principal: [User, Group], resource: [Doc], context: { mfa: Bool } };
action unused;
)";

Validation validationOf(const QByteArray& text)
{
    const std::string policy = text.startsWith("permit") || text.startsWith("forbid")
        ? text.toStdString()
        : "permit(principal is User, action, resource) when { " + text.toStdString() + " };";
    static const auto schema = take(Schema::fromText(officeSchema));
    // Findings point into the set, which these tests keep alive to the end.
    static std::vector<std::shared_ptr<const PolicySet>> kept;
    kept.push_back(take(PolicySet::fromText(policy)));
    return validate(*kept.back(), *schema);
}

}

/// The strict rules: what a policy may use where, what must be tested for first, and what is only odd.
class ValidatorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void finds_data();
    void finds();
    void warns_data();
    void warns();
    void tellsWhere();
    void tellsAMistakeOnce();
    void validatesTemplates();
};

void ValidatorTest::accepts_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char* text : {"principal.age + 1 < 40", "principal has manager && principal.manager.age > 1",
             "principal has manager.manager && principal.manager.manager.age > 1",
             "(principal has manager && true) && principal.manager.age > 1",
             "(if principal has manager then true else false) && true",
             "if principal has manager then principal.manager.age == 1 else false",
             "principal.profile has nick && principal.profile.nick like \"a*\"",
             "resource is Doc && resource has meta.by && resource.meta.by.age > 3",
             "resource is Doc && resource.owner == principal", "!(resource is Doc) || resource.owner == principal",
             "action == Action::\"view\" && context has color && context.color == Color::\"red\"",
             "principal.hasTag(\"a\") && principal.getTag(\"a\") == \"b\"", "principal in Group::\"g\"",
             "principal.friends.contains(User::\"x\")",
             "ip(\"::1\").isLoopback() && decimal(\"1.0\").lessThan(decimal(\"2.0\"))",
             "principal has nope && principal.nope", "permit(principal, action in Action::\"reads\", resource);",
             "permit(principal, action, resource) unless { principal is Group } when { principal.age == 1 };"})
        QTest::newRow(text) << QByteArray(text);
}

void ValidatorTest::accepts()
{
    QFETCH(QByteArray, text);
    const Validation validation = validationOf(text);
    QVERIFY2(validation.valid(), validation.valid() ? "" : validation.errors.front().message.c_str());
}

void ValidatorTest::finds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    const auto row
        = [](const char* text, const char* code) { QTest::newRow(text) << QByteArray(text) << QByteArray(code); };
    row("principal.age == \"1\"", "cedar.incompatible-types");
    row("principal.age && true", "cedar.type");
    row("principal.nope == 1", "cedar.unknown-attribute");
    row("principal.manager.age == 1", "cedar.unguarded-attribute");
    row("(principal has manager || true) && principal.manager.age == 1", "cedar.unguarded-attribute");
    row("!(principal has manager) && principal.manager.age == 1", "cedar.unguarded-attribute");
    row("User::\"a\" has manager && User::\"b\".manager.age == 1", "cedar.unguarded-attribute");
    row("principal.getTag(\"a\") == \"b\"", "cedar.unguarded-tag");
    row("principal.hasTag(\"a\") && principal.getTag(\"b\") == \"b\"", "cedar.unguarded-tag");
    row("principal is Robot", "cedar.unknown-type");
    row("principal == Robot::\"r2\"", "cedar.unknown-type");
    row("action == Action::\"nope\"", "cedar.unknown-action");
    row("false && resource == Color::\"blue\"", "cedar.unknown-id");
    row("[].isEmpty()", "cedar.empty-set");
    row("[1, \"a\"].contains(1)", "cedar.incompatible-types");
    row("[1].contains(\"a\")", "cedar.incompatible-types");
    row("[1].containsAny([\"a\"])", "cedar.incompatible-types");
    row("principal in [Group::\"a\", Folder::\"b\"]", "cedar.incompatible-types");
    row("principal in 1", "cedar.type");
    row("(if context.mfa then 1 else \"a\") == 1", "cedar.incompatible-types");
    row("decimal(\"x\") == decimal(\"1.0\")", "cedar.extension-argument");
    row("ip(if context.mfa then \"::1\" else \"::2\").isLoopback()", "cedar.extension-argument");
    row("decimal(\"1.0\") < decimal(\"2.0\")", "cedar.type");
    row("ip(\"::1\").isLoopback(1)", "cedar.type");
    row("1", "cedar.type");
    row("permit(principal, action in [], resource);", "cedar.empty-set");
    row("permit(principal, action, resource) when { principal.age == 1 };", "cedar.unknown-attribute");
    row("permit(principal, action == Action::\"nope\", resource);", "cedar.unknown-action");
}

void ValidatorTest::finds()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    const Validation validation = validationOf(text);
    QVERIFY(!validation.valid());
    QCOMPARE(QByteArray::fromStdString(validation.errors.front().code), code);
}

void ValidatorTest::warns_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("false") << QByteArray("principal is Group") << QByteArray("cedar.impossible");
    QTest::newRow("no such principal") << QByteArray("permit(principal is Folder, action, resource);")
                                       << QByteArray("cedar.no-applicable-action");
    QTest::newRow("an action that applies to nothing")
        << QByteArray("permit(principal, action == Action::\"unused\", resource);")
        << QByteArray("cedar.no-applicable-action");
}

void ValidatorTest::warns()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    const Validation validation = validationOf(text);
    QVERIFY(validation.valid());
    QCOMPARE(validation.warnings.size(), std::size_t(1));
    QCOMPARE(QByteArray::fromStdString(validation.warnings.front().code), code);
}

void ValidatorTest::tellsWhere()
{
    const QByteArray text = "permit(principal, action, resource)\nwhen { resource is Doc && resource.nope == 1 };";
    const Validation validation = validationOf(text);
    QCOMPARE(validation.errors.size(), std::size_t(1));
    QCOMPARE(int(validation.errors.front().offset), int(text.indexOf(".nope")));
    QVERIFY(validation.errors.front().policy->id == "policy0");
}

// The policy is typed for five kinds of request, and the mistake shows under each.
void ValidatorTest::tellsAMistakeOnce()
{
    QCOMPARE(validationOf("principal.nope == 1 && principal.age == \"1\"").errors.size(), std::size_t(2));
}

void ValidatorTest::validatesTemplates()
{
    QVERIFY(validationOf("permit(principal in ?principal, action, resource) when { principal has age };").valid());
    QVERIFY(!validationOf("permit(principal == ?principal, action, resource) when { principal.nope };").valid());
}

QTEST_GUILESS_MAIN(ValidatorTest)
#include "validator_test.moc"

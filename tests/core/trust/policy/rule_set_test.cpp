#include "core/trust/policy/rule_set.h"

#include "core/trust/policy/rule_info.h"
#include "core/trust/temporal/plan.h"
#include "tests/core/trust/policy/rule_scene.h"

#include <QTest>

using namespace ephor;
using namespace ephor::policy;
using ephor::test::take;

namespace {

RuleSource source(std::string id, std::string text, RuleMode mode = RuleMode::Enforce)
{
    return {std::move(id), std::move(text), mode};
}

std::string fieldOf(const Error& error, std::string_view name)
{
    for (const auto& [known, value] : error.fields) {
        if (known == name)
            return value;
    }
    return {};
}

}

class RuleSetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsSeveralRulesOfAText();
    void refusesATextThatIsWrong_data();
    void refusesATextThatIsWrong();
    void readsObligations_data();
    void readsObligations();
    void refusesObligationsThatMeanNothing_data();
    void refusesObligationsThatMeanNothing();
    void joinsDemands();
    void compilesALimitBesideItsPermit();
    void refusesWhatCannotStandTogether_data();
    void refusesWhatCannotStandTogether();
    void tellsARuleInASentence();
};

void RuleSetTest::readsSeveralRulesOfAText()
{
    const auto rules
        = take(rulesIn("permit(principal, action, resource);\n\n// a comment\n@id(\"cap\")\nforbid(principal, "
                       "action, resource) when { true };\n@id(\"\") permit(principal, action, resource);",
            "limits", RuleMode::Observe));
    QCOMPARE(rules.size(), std::size_t(3));
    QCOMPARE(rules[0].id, std::string("limits/0"));
    QCOMPARE(rules[1].id, std::string("limits/cap"));
    QCOMPARE(rules[2].id, std::string("limits/2"));
    QVERIFY(rules[1].text.starts_with("@id(\"cap\")") && rules[1].text.ends_with("};"));
    const auto set = take(RuleSet::compile(rules));
    for (const cedar::Policy& policy : set->policies().policies())
        QVERIFY(set->mode(policy) == RuleMode::Observe);
    QVERIFY(take(rulesIn("  // nothing\n", "limits", RuleMode::Enforce)).empty());
}

void RuleSetTest::refusesATextThatIsWrong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("column");
    const auto row = [](const char* name, const char* text, const char* code, const char* line, const char* column) {
        QTest::newRow(name) << QString(text) << QString(code) << QString(line) << QString(column);
    };
    row("not the language", "permit(principal, action, resource);\nallow all;", "cedar.syntax", "2", "1");
    row("two of one id",
        "@id(\"a\") permit(principal, action, resource);\n@id(\"a\") forbid(principal, action, resource);",
        "cedar.duplicate-id", "2", "1");
    row("a number for an id", "permit(principal, action, resource);\n  @id(\"0\") forbid(principal, action, resource);",
        "cedar.duplicate-id", "2", "3");
    row("a template", "\npermit(principal == ?principal, action, resource);", "cedar.template", "2", "1");
    row("an obligation",
        "permit(principal, action, resource);\n\n  @approve(\"nobody\") permit(principal, action, resource);",
        "policy.obligation", "3", "3");
}

void RuleSetTest::refusesATextThatIsWrong()
{
    QFETCH(QString, text);
    QFETCH(QString, code);
    QFETCH(QString, line);
    QFETCH(QString, column);
    const auto refused = rulesIn(text.toStdString(), "limits", RuleMode::Enforce);
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().code), code);
    QCOMPARE(QString::fromStdString(fieldOf(refused.error(), "line")), line);
    QCOMPARE(QString::fromStdString(fieldOf(refused.error(), "column")), column);
}

void RuleSetTest::readsObligations_data()
{
    QTest::addColumn<QString>("annotations");
    QTest::addColumn<QString>("approval");
    QTest::addColumn<QStringList>("redact");
    QTest::addColumn<QString>("stepUp"); // "-": none
    QTest::addColumn<QString>("explain");
    const auto row = [](const char* annotations, const char* approval, const QStringList& redact, const char* stepUp,
                         const char* explain) {
        QTest::newRow(annotations) << QString(annotations) << QString(approval) << redact << QString(stepUp)
                                   << QString(explain);
    };
    row("", "", {}, "-", "");
    row("@approve(\"officer\")", "officer", {}, "-", "");
    row("@approve(\"1-of-officers\")", "officer", {}, "-", "");
    row("@approve(\"2-of-owner\")", "2-of-owners", {}, "-", "");
    row("@approve(\"10-of-officers\")", "10-of-officers", {}, "-", "");
    row("@redact(\"EMAIL\")", "", {"EMAIL"}, "-", "");
    row("@redact(\" EMAIL ,IBAN\")", "", {"EMAIL", "IBAN"}, "-", "");
    row("@stepup(\"money\")", "", {}, "money", "");
    row("@stepup", "", {}, "", "");
    row("@reason(\"a\") @explain(\"b\")", "", {}, "-", "b");
    row("@explain(\"b\") @reason(\"a\")", "", {}, "-", "b");
    row("@reason(\"a\") @explain(\"\")", "", {}, "-", "a");
    row("@unknown(\"x\")", "", {}, "-", "");
}

void RuleSetTest::readsObligations()
{
    QFETCH(QString, annotations);
    QFETCH(QString, approval);
    QFETCH(QStringList, redact);
    QFETCH(QString, stepUp);
    QFETCH(QString, explain);
    const RuleSource one = source("r", annotations.toStdString() + " permit(principal, action, resource);");
    const auto set = take(RuleSet::compile(std::span(&one, 1)));
    const Obligations& obligations = set->obligations(set->policies().policies().front());
    QCOMPARE(
        QString::fromStdString(obligations.approval ? approvalText(*obligations.approval) : std::string()), approval);
    QCOMPARE(obligations.redact.size(), std::size_t(redact.size()));
    for (qsizetype i = 0; i < redact.size(); ++i)
        QCOMPARE(QString::fromStdString(obligations.redact[std::size_t(i)]), redact[i]);
    QCOMPARE(QString::fromStdString(obligations.stepUp.value_or("-")), stepUp);
    QCOMPARE(QString::fromStdString(obligations.explain), explain);
}

void RuleSetTest::refusesObligationsThatMeanNothing_data()
{
    QTest::addColumn<QString>("annotation");
    for (const char* const annotation :
        {"@approve", "@approve(\"\")", "@approve(\"admin\")", "@approve(\"0-of-officers\")",
            "@approve(\"11-of-officers\")", "@approve(\"-1-of-officers\")", "@approve(\"two-of-officers\")",
            "@approve(\"officerss\")", "@approve(\"99999999999999999999-of-officers\")",
            "@approve(\"2-of-2-of-officers\")", "@approve(\"Officer\")", "@redact", "@redact(\"\")",
            "@redact(\"EMAIL,\")", "@redact(\",\")", "@redact(\"E MAIL\")", "@redact(\"a-b\")"})
        QTest::newRow(annotation) << QString(annotation);
}

void RuleSetTest::refusesObligationsThatMeanNothing()
{
    QFETCH(QString, annotation);
    const RuleSource one = source("r", annotation.toStdString() + " permit(principal, action, resource);");
    const auto refused = RuleSet::compile(std::span(&one, 1));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("policy.obligation"));
    QCOMPARE(fieldOf(refused.error(), "policy"), std::string("r"));
    QVERIFY(!refused.error().hint.empty());
}

void RuleSetTest::joinsDemands()
{
    const ApprovalDemand owners{Role::Owner, 3};
    const ApprovalDemand officer{Role::Officer, 1};
    QVERIFY((joined(owners, officer) == ApprovalDemand{Role::Officer, 3}));
    QVERIFY(joined(owners, officer) == joined(officer, owners));
    QVERIFY(joined(owners, owners) == owners);
    QVERIFY(rankOf(Role::Officer) > rankOf(Role::Owner) && rankOf(Role::Owner) > rankOf(Role::Viewer));
    QCOMPARE(whoOf(officer), std::string("a governance officer"));
    QCOMPARE(whoOf({Role::Owner, 1}), std::string("an owner of the agent"));
    QCOMPARE(whoOf(owners), std::string("3 people with the role owner of the agent"));
    for (const ApprovalDemand& demand : {owners, officer})
        QVERIFY(take(approvalFrom(approvalText(demand))) == demand);
}

void RuleSetTest::compilesALimitBesideItsPermit()
{
    const std::vector<RuleSource> sources{source("a", "permit(principal, action, resource);"),
        source("b", "@limit(\"5 per 1h\") permit(principal, action, resource);", RuleMode::Observe)};
    const auto set = take(RuleSet::compile(sources));
    QCOMPARE(set->policies().policies().size(), std::size_t(3));
    const cedar::Policy* const limit = set->policies().find("limit:b");
    QVERIFY(limit != nullptr && limit->effect == cedar::Effect::Forbid);
    QVERIFY(set->mode(*limit) == RuleMode::Observe);
    QVERIFY(set->temporal() != nullptr);
    QVERIFY(take(RuleSet::compile(std::span(sources).first(1)))->temporal() == nullptr);
}

void RuleSetTest::refusesWhatCannotStandTogether_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("code");
    const auto row = [](const char* name, const char* first, const char* second, const char* code) {
        QTest::newRow(name) << QString(first) << QString(second) << QString(code);
    };
    const char* const permit = "permit(principal, action, resource);";
    row("the same id", "a", permit, "cedar.duplicate-id");
    row("two policies under one id", "b", "permit(principal, action, resource); permit(principal, action, resource);",
        "cedar.syntax");
    row("a template", "b", "permit(principal, action, resource == ?resource);", "cedar.template");
    row("a limit of a forbid", "b", "@limit(\"5 per 1h\") forbid(principal, action, resource);", "temporal.limit");
    row("a limit without a window", "b", "@limit(\"5\") permit(principal, action, resource);", "temporal.limit");
}

void RuleSetTest::refusesWhatCannotStandTogether()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(QString, code);
    const std::vector<RuleSource> sources{
        source("a", "permit(principal, action, resource);"), source(first.toStdString(), second.toStdString())};
    const auto refused = RuleSet::compile(sources);
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().code), code);
}

void RuleSetTest::tellsARuleInASentence()
{
    const std::vector<RuleSource> sources{
        source("a",
            "@approve(\"2-of-officers\") permit(principal == Agent::\"clerk\", action == Action::\"pay\", resource);"),
        source("b",
            "@explain(\"Nobody sends.\") forbid(principal, action in Action::\"effect:egress\", resource) when { true "
            "};",
            RuleMode::Observe),
        source("c", "@approve(\"owner\") forbid(principal is User in Team::\"care\", action, resource);"),
        source("d", "forbid(principal in Role::\"viewer\", action in [Action::\"pay\", Action::\"any\"], resource);")};
    const auto set = take(RuleSet::compile(sources));
    const auto says = [&](std::size_t index) { return infoOf(*set, set->policies().policies()[index]).says; };
    QCOMPARE(says(0), std::string("clerk may call pay, after the word of 2 people with the role governance officer."));
    QCOMPARE(says(1), std::string("Nobody may call any tool that is egress, under conditions. Nobody sends."));
    QCOMPARE(says(2), std::string("Every person in care may call any tool, after the word of an owner of the agent."));
    QCOMPARE(says(3), std::string("Nobody who is a viewer may call pay, any tool."));
    const RuleInfo observed = infoOf(*set, set->policies().policies()[1]);
    QVERIFY(observed.mode == RuleMode::Observe && observed.effect == "forbid" && observed.id == "b");
}

QTEST_GUILESS_MAIN(RuleSetTest)
#include "rule_set_test.moc"

#include "core/trust/temporal/limit_rule.h"
#include "core/trust/temporal/rule_form.h"
#include "tests/core/trust/temporal/desk.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::temporal;
using namespace ephor::temporal::tests;

namespace {

RuleForm calls()
{
    RuleForm form;
    form.principal = "Agent::\"till\"";
    form.action = "Action::\"pay\"";
    form.window = hour;
    form.most = "5";
    return form;
}

RuleForm after(RuleKind kind)
{
    RuleForm form = calls();
    form.kind = kind;
    form.most.clear();
    form.event = "Action::\"approve\"::response";
    return form;
}

bool equalForms(const RuleForm& a, const RuleForm& b)
{
    return a.kind == b.kind && a.principal == b.principal && a.action == b.action && a.isGroup == b.isGroup
        && a.window == b.window && a.most == b.most && a.argument == b.argument && a.decimal == b.decimal
        && a.event == b.event && a.sameArgument == b.sameArgument;
}

}

/// The console's three forms both ways, and what @limit stands for.
class RuleFormTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void formsReadBack();
    void writesRulesThatBind();
    void readsHoweverItIsLaidOut();
    void noFormForOtherTexts_data();
    void noFormForOtherTexts();
    void refusesBadParts();
    void limitsBecomeRules();
    void refusesLimits_data();
    void refusesLimits();
};

void RuleFormTest::formsReadBack()
{
    RuleForm sum = calls();
    sum.argument = "amount";
    sum.principal.clear();
    RuleForm decimal = sum;
    decimal.argument = "has \"odd\" name";
    decimal.decimal = true;
    decimal.most = "100.5";
    RuleForm everyAction = calls();
    everyAction.action.clear();
    everyAction.window = 90 * minute;
    RuleForm group = calls();
    group.isGroup = true;
    group.action = "Action::\"effect:write\"";
    RuleForm same = after(RuleKind::OnlyAfter);
    same.sameArgument = "order";
    for (const RuleForm& form :
        {calls(), sum, decimal, everyAction, group, after(RuleKind::OnlyAfter), after(RuleKind::NeverAfter), same}) {
        const std::string text = take(formText(form));
        const auto read = formOf(text);
        QVERIFY2(read.has_value(), text.c_str());
        QVERIFY2(equalForms(*read, form), text.c_str());
        QVERIFY(formOf("@id(\"x\") @reason(\"y\") // remark\n" + text).has_value());
    }
}

void RuleFormTest::writesRulesThatBind()
{
    const std::string everything = "permit(principal, action, resource);";
    RuleForm most = calls();
    most.most = "2";
    Session limited(everything + take(formText(most)));
    QVERIFY(limited.allows(0, "pay"));
    QVERIFY(limited.allows(1, "pay"));
    QVERIFY(!limited.allows(2, "pay"));
    RuleForm sum = calls();
    sum.argument = "amount";
    sum.most = "10";
    Session capped(everything + take(formText(sum)));
    QVERIFY(capped.allows(0, "pay", {{"amount", 6}}));
    QVERIFY(!capped.allows(1, "pay", {{"amount", 5}}));
    QVERIFY(capped.allows(2, "pay", {{"amount", 4}}));
    Session only(everything + take(formText(after(RuleKind::OnlyAfter))));
    QVERIFY(!only.allows(0, "pay"));
    only.happened(cedar::EventKind::Response, 1, "approve");
    QVERIFY(only.allows(2, "pay"));
    Session never(everything + take(formText(after(RuleKind::NeverAfter))));
    QVERIFY(never.allows(0, "pay"));
    never.happened(cedar::EventKind::Response, 1, "approve");
    QVERIFY(!never.allows(2, "pay"));
    QVERIFY(never.allows(2 + hour, "pay"));
}

void RuleFormTest::readsHoweverItIsLaidOut()
{
    const auto form = formOf("forbid(principal,action==Action::\"pay\",resource,)when temporal{ // five\n(count within "
                             "60m Action::\"pay\"::request)>=5};");
    QVERIFY(form.has_value());
    QCOMPARE(form->window, hour);
    QCOMPARE(QString::fromStdString(form->most), "5");
}

void RuleFormTest::noFormForOtherTexts_data()
{
    QTest::addColumn<QString>("text");
    const QString scope = "forbid(principal, action == Action::\"pay\", resource) ";
    QTest::newRow("nothing") << "";
    QTest::newRow("no rule") << "when temporal";
    QTest::newRow("two") << scope + ";" + scope + ";";
    QTest::newRow("plain") << scope + "when { context.x };";
    QTest::newRow("permit") << "permit(principal, action == Action::\"pay\", resource) when temporal { count within 1h "
                               "Action::\"pay\"::request >= 5 };";
    QTest::newRow("more than") << scope + "when temporal { count within 1h Action::\"pay\"::request > 5 };";
    QTest::newRow("other action") << scope + "when temporal { count within 1h Action::\"x\"::request >= 5 };";
    QTest::newRow("responses") << scope + "when temporal { count within 1h Action::\"pay\"::response >= 5 };";
    QTest::newRow("another condition") << scope
            + "when temporal { count within 1h Action::\"pay\"::request >= 5 } when { context.x };";
    QTest::newRow("unless") << scope + "unless temporal { count within 1h Action::\"pay\"::request >= 5 };";
    QTest::newRow("resource")
        << "forbid(principal, action == Action::\"pay\", resource == Asset::\"a\") when temporal { "
           "count within 1h Action::\"pay\"::request >= 5 };";
    QTest::newRow("annotated") << "@approve(\"officer\") " + scope
            + "when temporal { count within 1h Action::\"pay\"::request >= 5 };";
    QTest::newRow("request's number") << scope
            + "when temporal { count within 1h Action::\"pay\"::request >= context.n };";
    QTest::newRow("two arguments") << scope
            + "when temporal { sum within 1h Action::\"pay\"::request of event.input.a + context.input.b > 5 };";
    QTest::newRow("two parts") << scope
            + "unless temporal { formerly within 1h any::request && formerly within 1h any::error };";
    QTest::newRow("where") << scope
            + "unless temporal { formerly within 1h any::request where { event.input.a == 1 } };";
    QTest::newRow("since") << scope + "unless temporal { any::request since within 1h any::error };";
    QTest::newRow("template") << "forbid(principal == ?principal, action == Action::\"pay\", resource) when temporal { "
                                 "count within 1h Action::\"pay\"::request >= 5 };";
}

void RuleFormTest::noFormForOtherTexts()
{
    QFETCH(QString, text);
    QVERIFY(!formOf(text.toStdString()).has_value());
}

void RuleFormTest::refusesBadParts()
{
    const auto codeOf = [](const RuleForm& form) {
        const auto text = formText(form);
        return text ? QString("written") : QString::fromStdString(text.error().code);
    };
    RuleForm form = calls();
    form.window = 25 * hour;
    QCOMPARE(codeOf(form), "temporal.window");
    form = calls();
    form.most = "5 || true";
    QCOMPARE(codeOf(form), "temporal.form");
    form = calls();
    form.principal = "Agent::\"a\", action, resource); permit(principal";
    QCOMPARE(codeOf(form), "temporal.form");
    form = calls();
    form.action = "pay";
    QCOMPARE(codeOf(form), "cedar.syntax");
    form = after(RuleKind::NeverAfter);
    form.event.clear();
    QCOMPARE(codeOf(form), "temporal.form");
    form.event = "any::request && true || formerly any::error";
    QCOMPARE(codeOf(form), "temporal.form");
}

void RuleFormTest::limitsBecomeRules()
{
    const std::string text
        = "@limit(\"2 per 1h\") permit(principal, action in Action::\"money\", resource is Asset);\n"
          "@limit(\"1 per 1d\") permit(principal == Agent::\"till\", action in [Action::\"x\", "
          "Action::\"approve\"], resource);permit(principal, action == Action::\"other\", resource);";
    const auto policies = policiesOf(text);
    const std::vector<cedar::PolicySource> rules = take(limitRules(*policies));
    QCOMPARE(rules.size(), std::size_t(2));
    QCOMPARE(QString::fromStdString(rules.front().id), "limit:policy0");
    QCOMPARE(QString::fromStdString(rules.front().text),
        "forbid(principal, action in Action::\"money\", resource is Asset) when temporal { count within 1h "
        "Action::\"money\"::request >= 2 };");
    Session session(text + rules[0].text + rules[1].text);
    QVERIFY(session.allows(0, "pay"));
    QVERIFY(session.allows(1, "refund"));
    QVERIFY(!session.allows(2, "pay"));
    QVERIFY(session.allows(3, "approve"));
    QVERIFY(!session.allows(4, "x"));
}

void RuleFormTest::refusesLimits_data()
{
    QTest::addColumn<QString>("policy");
    const QString rest = " permit(principal, action, resource);";
    QTest::newRow("empty") << "@limit" + rest;
    QTest::newRow("no window") << "@limit(\"5\")" + rest;
    QTest::newRow("none") << "@limit(\"0 per 1h\")" + rest;
    QTest::newRow("negative") << "@limit(\"-1 per 1h\")" + rest;
    QTest::newRow("too long") << "@limit(\"5 per 2d\")" + rest;
    QTest::newRow("words") << "@limit(\"five per hour\")" + rest;
    QTest::newRow("forbid") << "@limit(\"5 per 1h\") forbid(principal, action, resource);";
    QTest::newRow("template") << "@limit(\"5 per 1h\") permit(principal == ?principal, action, resource);";
}

void RuleFormTest::refusesLimits()
{
    QFETCH(QString, policy);
    const auto rules = limitRules(*policiesOf("\n " + policy.toStdString()));
    QVERIFY(!rules.has_value());
    QVERIFY(rules.error().code == "temporal.limit");
    QCOMPARE(QString::fromStdString(fieldOf(rules.error(), "line") + ":" + fieldOf(rules.error(), "column")), "2:2");
}

QTEST_GUILESS_MAIN(RuleFormTest)
#include "rule_form_test.moc"

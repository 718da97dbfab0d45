#include "tests/ui/screens/policies/policies_data.h"
#include "tests/ui/screens/policies/rules_data.h"

#include "core/trust/temporal/rule_form.h"
#include "ui/bridge/route.h"
#include "ui/bridge/values.h"
#include "ui/screens/policies/argument_fields.h"
#include "ui/screens/policies/backtest_words.h"
#include "ui/bridge/explanation_words.h"
#include "ui/screens/policies/cell_story.h"
#include "ui/screens/policies/grant_words.h"
#include "ui/screens/policies/house_rows.h"
#include "ui/screens/policies/policy_cases.h"
#include "ui/screens/policies/policy_editor.h"
#include "ui/screens/policies/rule_pane.h"
#include "ui/screens/policies/rule_rows.h"
#include "ui/screens/policies/session_rule.h"
#include "ui/screens/policies/staged_bar.h"
#include "ui/screens/policies/staged_edits.h"

#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::policies;
using namespace ephor::ui::test;

namespace {

Document paymentSchema()
{
    return {
        "{\"type\":\"object\",\"required\":[\"account\",\"amount\"],\"properties\":{\"note\":{\"type\":\"string\"},"
        "\"amount\":{\"type\":\"integer\",\"description\":\"In cents\"},\"rate\":{\"type\":\"number\"},\"urgent\":"
        "{\"type\":\"boolean\"},\"currency\":{\"type\":\"string\",\"enum\":[\"EUR\",\"USD\"]},\"account\":{\"type\":"
        "\"string\"},\"lines\":{\"type\":\"array\"}}}"};
}

GrantCondition conditionOf(GrantConditionKind kind, const char* argument, std::vector<std::string> values)
{
    GrantCondition condition;
    condition.kind = kind;
    condition.argument = argument;
    condition.values.assign(values.begin(), values.end());
    return condition;
}

}

class RuleWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesAreFilteredByWordsAndChoices()
    {
        const auto rules = rulesOfBank();
        QCOMPARE(ruleCells(rules, {}).size(), rules.size());
        QCOMPARE(ruleCells(rules, {.origin = QStringLiteral("house")}).size(), std::size_t(2));
        QCOMPARE(ruleCells(rules, {.mode = QStringLiteral("observe")}).size(), std::size_t(1));
        QCOMPARE(ruleCells(rules, {.effect = QStringLiteral("ask")}).size(), std::size_t(1));
        // Its own grant and policy, and the three over every agent.
        QCOMPARE(ruleCells(rules, {.agent = QStringLiteral("customer-refunds")}).size(), std::size_t(5));
        QCOMPARE(ruleCells(rules, {.words = QStringLiteral("priya salary")}).size(), std::size_t(1));
        QCOMPARE(ruleCells(rules, {.words = QStringLiteral("priya officer")}).size(), std::size_t(0));
        const auto observed = ruleCells(rules, {.mode = QStringLiteral("observe")});
        QCOMPARE(observed[0].cells[0].text, QStringLiteral("Would forbid"));
        // What is part of the program comes last, and says what it is for.
        const auto all = ruleCells(rules, {});
        QVERIFY(!all[0].cells[1].text.contains(QStringLiteral("anything")));
        QCOMPARE(all.back().key.toULongLong(), 0ULL);
        QVERIFY(all.back().cells[1].text.startsWith(QStringLiteral("An agent may work for any person")));
    }

    void tighteningsGetTheTitleOfTheirAgent()
    {
        auto rules = rulesOfBank();
        rules[3].agent = rules[4].agent;
        rules[3].agentTitle.clear();
        rules[3].says = "customer-refunds may not call documents.share.";
        completeTitles(rules);
        QCOMPARE(agentWords(rules[3]), QStringLiteral("Customer refunds"));
        QCOMPARE(saysOf(rules[3]), QStringLiteral("Customer refunds may not call documents.share."));
    }

    void cellTellsRulesWrittenAsText()
    {
        ExplainGrant::Response explained = explainedAsk();
        QVERIFY(cellStory(explained).written.empty());
        const auto rules = rulesOfBank();
        explained.rules = {rules[1], rules[2], rules[5]};
        const CellStory story = cellStory(explained);
        QCOMPARE(story.written.size(), std::size_t(3));
        // One that only watches binds nobody, so that it has no answer of its own.
        QVERIFY(story.written[0].title.startsWith(QStringLiteral("Would forbid")));
        QCOMPARE(story.written[0].access, ui::Access::none);
        QCOMPARE(story.written[1].access, ui::Access::deny);
        QCOMPARE(story.written[2].source, QStringLiteral("limits/0"));
        QVERIFY(story.written[2].title.contains(QStringLiteral("Customer refunds")));
        // They make no cell: what the cell shows stays the grant.
        QCOMPARE(story.rules.size(), std::size_t(1));
        QCOMPARE(story.access, ui::Access::ask);
    }

    void ruleLeadsToWhereItIsEdited()
    {
        const auto rules = rulesOfBank();
        QVERIFY(originRoute(rules[0]).place.isEmpty());
        QCOMPARE(originRoute(rules[1]).format(), QStringLiteral("policies/house"));
        QCOMPARE(originRoute(rules[3]).format(), QStringLiteral("policies/tightenings"));
        QCOMPARE(
            originRoute(rules[4]), routes::matrix(QStringLiteral("customer-refunds"), QStringLiteral("payments.send")));
        QCOMPARE(originRoute(rules[5]).format(), QStringLiteral("policies/definitions/limits"));
        RuleInfo beside = rules[4];
        beside.id += "#ask-amount";
        QCOMPARE(originRoute(beside), originRoute(rules[4]));
    }

    void houseRulesAreGatheredByName()
    {
        auto rules = rulesOfBank();
        RuleInfo second = rules[1];
        second.id = "house:nights/1";
        second.text = "forbid(principal, action, resource);";
        rules.push_back(second);
        const auto standing = standingRules(rules);
        QCOMPARE(standing.size(), std::size_t(2));
        QCOMPARE(standing[0].parts.size(), std::size_t(2));
        QVERIFY(standing[0].text.endsWith(text(second.text)));
        QVERIFY(!standing[0].isGoing());
        QVERIFY(standing[1].isGoing());
        QCOMPARE(houseRows(standing, QStringLiteral("gateway"), fixedNow()).size(), std::size_t(0));
        QCOMPARE(houseRows(standing, QStringLiteral("salary"), fixedNow()).size(), std::size_t(1));
    }

    void schemaBecomesFieldsAndFieldsBecomeArguments()
    {
        const auto fields = argumentFields(paymentSchema());
        QCOMPARE(fields.size(), std::size_t(7));
        QVERIFY(fields[0].required && fields[1].required && !fields[2].required);
        const auto amount = std::ranges::find(fields, QStringLiteral("amount"), &ArgumentField::name);
        QCOMPARE(amount->kind, ArgumentField::Kind::integer);
        QCOMPARE(amount->about, QStringLiteral("In cents"));
        const auto currency = std::ranges::find(fields, QStringLiteral("currency"), &ArgumentField::name);
        QCOMPARE(currency->choices, QStringList({QStringLiteral("EUR"), QStringLiteral("USD")}));
        QString problem;
        const ArgumentTexts typed{{QStringLiteral("amount"), QStringLiteral("1200")},
            {QStringLiteral("account"), QStringLiteral("12")}, {QStringLiteral("urgent"), QStringLiteral("true")},
            {QStringLiteral("lines"), QStringLiteral("[1]")}, {QStringLiteral("note"), QString()}};
        const auto input = argumentsFrom(fields, typed, problem);
        QVERIFY(input);
        QCOMPARE(
            text(input->text), QStringLiteral("{\"account\":\"12\",\"amount\":1200,\"lines\":[1],\"urgent\":true}"));
        QVERIFY(fieldsHold(fields, *input));
        QVERIFY(!fieldsHold(fields, {"{\"other\":1}"}));
        auto back = argumentTexts(fields, *input);
        QCOMPARE(back[QStringLiteral("account")], QStringLiteral("12"));
        QCOMPARE(back[QStringLiteral("amount")], QStringLiteral("1200"));
        QVERIFY(!argumentsFrom(fields, {{QStringLiteral("amount"), QStringLiteral("12.5")}}, problem));
        QVERIFY(problem.contains(QStringLiteral("amount")));
        QVERIFY(argumentFields({"[]"}).empty());
        QVERIFY(argumentFields({}).empty());
    }

    void grantIsToldInOneSentence()
    {
        GrantRule rule;
        rule.tool = "payments.send";
        rule.access = ephor::Access::Allow;
        rule.conditions = {conditionOf(GrantConditionKind::AtMost, "amount", {"1000"}),
            conditionOf(GrantConditionKind::Hours, "", {"08:00", "18:00"}),
            conditionOf(GrantConditionKind::AskAbove, "amount", {"500"})};
        const QString said = grantSentence(rule, QStringLiteral("Customer refunds"));
        QVERIFY(said.contains(QStringLiteral("amount at most 1000")));
        QVERIFY(said.contains(QStringLiteral("from 08:00 to 18:00")));
        QVERIFY(said.contains(QStringLiteral("above 500")));
        rule.access = ephor::Access::Ask;
        rule.approvals = 2;
        QVERIFY(grantSentence(rule, QStringLiteral("X")).contains(QStringLiteral("2 people")));
        rule.access = ephor::Access::None;
        QVERIFY(grantSentence(rule, QStringLiteral("X")).contains(QStringLiteral("denied")));
        QCOMPARE(limitWords(rule).size(), 3);
    }

    void conditionsAreReadAsTheyAreTyped()
    {
        using Kind = GrantConditionKind;
        const auto hours
            = policies::conditionFrom(Kind::Hours, QStringLiteral("ignored"), QStringLiteral("08:00 - 18:00"));
        QCOMPARE(whyNoCondition(hours), QString());
        QVERIFY(hours.argument.empty());
        QCOMPARE(valuesText(hours), QStringLiteral("08:00-18:00"));
        QVERIFY(!whyNoCondition(policies::conditionFrom(Kind::Hours, {}, QStringLiteral("18:00-08:00"))).isEmpty());
        const auto one = policies::conditionFrom(Kind::OneOf, QStringLiteral("currency"), QStringLiteral("EUR, USD,"));
        QCOMPARE(one.values.size(), std::size_t(2));
        QCOMPARE(whyNoCondition(one), QString());
        QVERIFY(
            !whyNoCondition(policies::conditionFrom(Kind::AtMost, QStringLiteral("amount"), QStringLiteral("a lot")))
                .isEmpty());
        QVERIFY(!whyNoCondition(policies::conditionFrom(Kind::AtMost, {}, QStringLiteral("12"))).isEmpty());
        QCOMPARE(
            whyNoCondition(policies::conditionFrom(Kind::AtMost, QStringLiteral("amount"), QStringLiteral("12.5"))),
            QString());
        QCOMPARE(whyNoCondition(policies::conditionFrom(Kind::OwnOnly, QStringLiteral("customer"), {})), QString());
    }

    void formsWriteTextThatReadsBackAsTheForm_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("argument");
        QTest::addColumn<bool>("decimal");
        QTest::addColumn<QString>("tool");
        QTest::newRow("count") << 0 << QString() << false << QStringLiteral("payments.send");
        QTest::newRow("count of a group") << 0 << QString() << false << QStringLiteral("effect:write");
        QTest::newRow("sum") << 0 << QStringLiteral("amount") << false << QStringLiteral("payments.send");
        QTest::newRow("sum of decimals") << 0 << QStringLiteral("order-total") << true
                                         << QStringLiteral("payments.send");
        QTest::newRow("only after") << 1 << QString() << false << QStringLiteral("payments.send");
        QTest::newRow("never after") << 2 << QStringLiteral("in") << false << QStringLiteral("any");
    }

    void formsWriteTextThatReadsBackAsTheForm()
    {
        QFETCH(int, kind);
        QFETCH(QString, argument);
        QFETCH(bool, decimal);
        QFETCH(QString, tool);
        SessionRule rule;
        rule.kind = SessionRule::Kind(kind);
        rule.agent = QStringLiteral("refunds \"new\"");
        rule.tool = tool;
        rule.minutes = 90;
        rule.most = QStringLiteral("5000");
        rule.before = QStringLiteral("orders.lookup");
        (kind == 0 ? rule.argument : rule.same) = argument;
        rule.number = decimal ? SessionRule::Number::decimal : SessionRule::Number::whole;
        QCOMPARE(whyNoRule(rule), QString());
        const auto read = temporal::formOf(utf8(sessionRuleText(rule)));
        QVERIFY2(read, qPrintable(sessionRuleText(rule)));
        const auto back = sessionRuleFrom(u'\n' + sessionRuleText(rule));
        QVERIFY2(back, qPrintable(sessionRuleText(rule)));
        QCOMPARE(sessionRuleText(*back), sessionRuleText(rule));
        QCOMPARE(int(back->kind), kind);
        QCOMPARE(back->agent, rule.agent);
        QCOMPARE(kind == 0 ? back->argument : back->same, argument);
        QVERIFY(!sessionRuleFrom(sessionRuleText(rule) + QStringLiteral(" // by hand")));
        QCOMPARE(int(read->kind), kind);
        QCOMPARE(read->window, std::int64_t(90) * 60 * 1000);
        QCOMPARE(text(kind == 0 ? read->argument : read->sameArgument), argument);
        QCOMPARE(read->decimal, decimal);
        QCOMPARE(read->isGroup, tool != QStringLiteral("payments.send"));
        QVERIFY(text(read->action).contains(tool));
    }

    void formsSayWhatIsMissing()
    {
        SessionRule rule;
        QVERIFY(!whyNoRule(rule).isEmpty());
        rule.tool = QStringLiteral("payments.send");
        QCOMPARE(whyNoRule(rule), QString());
        rule.most = QStringLiteral("5; permit(principal, action, resource)");
        QVERIFY(!whyNoRule(rule).isEmpty());
        rule.most = QStringLiteral("5");
        rule.minutes = mostWindowMinutes + 1;
        QVERIFY(!whyNoRule(rule).isEmpty());
        rule.minutes = 60;
        rule.kind = SessionRule::Kind::onlyAfter;
        QVERIFY(!whyNoRule(rule).isEmpty());
    }

    void casesAreKeptAsTextAndJudged()
    {
        PolicyCases cases;
        PolicyCase one;
        one.name = "No payment over 5,000";
        one.agent = "customer-refunds";
        one.tool = "payments.send";
        one.input = {"{\"amount\":6200}"};
        one.roles.push_back("officer");
        one.at = fixedInstant();
        cases.push_back(one);
        const auto back = casesFrom(casesText(cases));
        QVERIFY(back && *back == cases);
        QVERIFY(casesText({}).isEmpty());
        QVERIFY(!casesFrom(QStringLiteral("[{")));
        QVERIFY(caseRows(cases, {})[0].cells[3].text.contains(QStringLiteral("not judged")));
        PolicyCaseResult result{one.name, "deny", "allow", false, "Nothing forbids it."};
        QVERIFY(caseRows(cases, {result})[0].cells[3].text.contains(QStringLiteral("Allow")));
        QVERIFY(caseSummary({result}).contains(QStringLiteral("0 of 1")));
    }

    void flipsAreListedBothWaysAndUnknownIsNeverZero()
    {
        auto found = backtestOfBank();
        QVERIFY(backtestSummary(found).contains(QStringLiteral("2 stricter, 1 looser")));
        QVERIFY(backtestSummary(found).contains(QStringLiteral("12 could not be judged")));
        QCOMPARE(flipRows(found.first, {}, FlipWay::all, fixedNow()).size(), std::size_t(3));
        QCOMPARE(flipRows(found.first, {}, FlipWay::looser, fixedNow()).size(), std::size_t(1));
        QCOMPARE(
            flipRows(found.first, QStringLiteral("8f3a21c1"), FlipWay::stricter, fixedNow()).size(), std::size_t(1));
        // What was recorded that day is not known.
        QCOMPARE(flipRows(found.first, {}, FlipWay::all, fixedNow())[1].cells[6].state, std::optional(State::unknown));
        QVERIFY(backtestSummary({}).contains(QStringLiteral("nothing is known")));
    }

    void csvIsSafeForSpreadsheets()
    {
        const QString csv
            = flipsCsv(backtestOfBank(), QStringLiteral("Northwind Bank"), QStringLiteral("limits"), fixedNow());
        const QStringList lines = csv.split(QStringLiteral("\r\n"));
        QVERIFY(lines[0].startsWith(QStringLiteral("# ")));
        QVERIFY(csv.contains(QStringLiteral(",'=mail.send,")));
        QVERIFY(csv.contains(QStringLiteral("\"Allowed, for \"\"this\"\"\"")));
    }

    void explanationIsReadForPeople()
    {
        const Explained explained = explainedOf(explanationOfDeny());
        QVERIFY(explained.sentence.startsWith(QStringLiteral("Denied")));
        QCOMPARE(explained.determining.size(), std::size_t(1));
        QCOMPARE(explained.determining[0].values, QStringList({QStringLiteral("context.input.amount is 6200")}));
        QCOMPARE(explained.determining[0].paths.size(), 1);
        QVERIFY(explained.nearest);
        QVERIFY(explained.nearest->condition.contains(QStringLiteral("context.input.amount <= 1000")));
        QVERIFY(explained.flip.contains(QStringLiteral("5000 instead of 6200")));
        QVERIFY(explainedOf({}).sentence.isEmpty());
        QVERIFY(explainedOf({"[1"}).sentence.isEmpty());
    }

    void placesAreCountedInCharacters()
    {
        QCOMPARE(charactersOf("\xC3\xA4\xC3\xB6 x", 5), 3);
        QCOMPARE(charactersOf("ab", 9), 2);
    }

    void formsAreStagedAndGoByAChange()
    {
        StagedEdits edits;
        const CellAt at{"customer-refunds", "payments.send"};
        GrantRule form;
        form.agent = at.agent;
        form.tool = at.tool;
        form.access = ephor::Access::Allow;
        form.conditions = {conditionOf(GrantConditionKind::AtMost, "amount", {"1000"})};
        QVERIFY(edits.stageForm(at, ephor::Access::Allow, std::nullopt, form));
        QCOMPARE(wayOf(edits.cells().at(at)), EditWay::rewrites);
        QVERIFY(edits.stageForm(at, ephor::Access::Ask, std::nullopt, form));
        QCOMPARE(wayOf(edits.cells().at(at)), EditWay::loosens);
        const EditPlan plan = planOf(edits.cells(), "Why");
        QVERIFY(plan.tightenings.empty());
        QCOMPARE(plan.changes.at(at.agent)[0].conditions.size(), std::size_t(1));
        QCOMPARE(std::string(plan.changes.at(at.agent)[0].reason), std::string("Why"));
        // What is in force has the same answer, and still other limits.
        edits.settle({{at, ephor::Access::Allow}});
        QCOMPARE(edits.cells().size(), std::size_t(1));
        QVERIFY(stagedWords(countsOf(edits.cells()), nullptr).removes.contains(QStringLiteral("rewrites")));
    }
};

QTEST_MAIN(RuleWordsTest)

#include "rule_words_test.moc"

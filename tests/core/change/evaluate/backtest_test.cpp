#include "core/change/evaluate/agent_rules.h"
#include "core/change/evaluate/rule_checks.h"
#include "core/run/runtime/sealing_subject.h"
#include "tests/core/change/evaluate/recorded_house.h"

#include <QTest>

using namespace ephor;
using namespace ephor::evaluate::testing;
using evaluate::AgentRules;

class BacktestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void listsExactlyWhatWouldFlip();
    void tellsLooserFromStricter();
    void judgesASessionAsItWas();
    void erasedContentIsNotJudged();
    void looksAtTheDaysAsked();
    void opensOnlyWhatTheCallerMayOpen();
    void judgesWhatAChangeWouldRelease();
    void aCandidateThatCannotBeReadIsToldFirst();
    void triesACallThatNobodyMakes();
    void triesWithARoleOrWithout();
    void checksATextWithItsCases();
    void namesTheAgentOfADraftByItsTitle();
    void listsTheRulesInForce();
};

void BacktestTest::listsExactlyWhatWouldFlip()
{
    RecordedHouse recorded;
    recorded.record({{"look", 5}, {"wipe", 1}});
    const std::string run = recorded.record({{"look", 11}, {"look", 10}}, {}, "c-7");
    const auto none = recorded.backtest({});
    QCOMPARE(none.runs, std::uint64_t(2));
    QCOMPARE(none.calls, std::uint64_t(4));
    QCOMPARE(none.flips + none.unjudged, std::uint64_t(0));
    const auto result = recorded.backtest(houseRule(overTen));
    QCOMPARE(result.calls, std::uint64_t(4));
    QCOMPARE(result.flips, std::uint64_t(1));
    QCOMPARE(result.tightened, std::uint64_t(1));
    QCOMPARE(result.first.size(), std::size_t(1));
    const VerdictFlip& flip = result.first.front();
    QCOMPARE(flip.run, run);
    QCOMPARE(flip.tool, std::string("look"));
    QCOMPARE(flip.person, std::string("c-7"));
    QCOMPARE(flip.before + ">" + flip.after + ", was " + flip.recorded, std::string("allow>deny, was allow"));
    QCOMPARE(flip.rule, std::string("house:draft/0"));
    QVERIFY(flip.reason.ends_with("Looks are small."));
}

void BacktestTest::tellsLooserFromStricter()
{
    RecordedHouse recorded;
    recorded.record({{"pay", 40}, {"wipe", 1}, {"note", 1}, {"look", 1}});
    const auto flipOf = [&](const CandidateRules& rules) {
        const auto result = recorded.backtest(rules);
        if (result.first.size() != 1)
            return "flips: " + std::to_string(result.first.size());
        const VerdictFlip& flip = result.first.front();
        return flip.tool + " " + flip.before + ">" + flip.after + ", was " + flip.recorded + ", looser "
            + std::to_string(result.loosened) + ", stricter " + std::to_string(result.tightened);
    };
    QCOMPARE(flipOf(granting("pay", Access::Allow)), std::string("pay ask>allow, was ask, looser 1, stricter 0"));
    QCOMPARE(flipOf(granting("pay", Access::Deny)), std::string("pay ask>deny, was ask, looser 0, stricter 1"));
    QCOMPARE(flipOf(granting("wipe", Access::Allow)), std::string("wipe deny>allow, was deny, looser 1, stricter 0"));
    QCOMPARE(flipOf(granting("note", Access::Ask)), std::string("note deny>ask, was deny, looser 1, stricter 0"));
    QCOMPARE(flipOf(granting("look", Access::None)), std::string("look allow>deny, was allow, looser 0, stricter 1"));
    QCOMPARE(flipOf(granting("look", Access::Allow)), std::string("flips: 0"));
}

void BacktestTest::judgesASessionAsItWas()
{
    RecordedHouse recorded;
    recorded.record({{"look", 1}}, "talk-1");
    recorded.record({{"look", 2}}, "talk-2");
    recorded.record({{"look", 3}, {"wipe", 3}}, "talk-1");
    const std::string third = recorded.record({{"look", 4}}, "talk-1");
    recorded.record({{"look", 5}}, "talk-2");
    const auto result
        = recorded.backtest(houseRule("forbid(principal is Agent, action == Action::\"look\", resource) when "
                                      "temporal { count within 1h any::request >= 2 };"));
    QCOMPARE(result.calls, std::uint64_t(6));
    QCOMPARE(result.flips, std::uint64_t(1));
    QCOMPARE(result.first.front().run, third);
}

void BacktestTest::erasedContentIsNotJudged()
{
    RecordedHouse recorded;
    recorded.record({{"look", 11}}, {}, "c-7");
    recorded.record({{"look", 12}}, {}, "c-8");
    const auto protection = take(recorded.house.routing->parts().protection({}, nullptr));
    take(recorded.house.database->write([&](store::Transaction& transaction) {
        return recorded.house.ledger->erase(
            transaction, runtime::personsSubject(*protection, "c-7"), "person:officer", "asked for");
    }));
    const auto result = recorded.backtest(houseRule(overTen));
    QCOMPARE(result.runs, std::uint64_t(2));
    QCOMPARE(result.unjudged, std::uint64_t(1));
    QCOMPARE(result.calls, std::uint64_t(1));
    QCOMPARE(result.flips, std::uint64_t(1));
    QCOMPARE(result.first.front().person, std::string("c-8"));
}

void BacktestTest::looksAtTheDaysAsked()
{
    RecordedHouse recorded;
    recorded.record({{"look", 11}});
    recorded.house.clock.advance(std::chrono::days(2));
    recorded.record({{"look", 12}});
    QCOMPARE(recorded.backtest(houseRule(overTen), 30).flips, std::uint64_t(2));
    QCOMPARE(recorded.backtest(houseRule(overTen), 1).flips, std::uint64_t(1));
    for (const std::uint64_t days : {0u, 367u}) {
        Backtest::Request request;
        request.days = days;
        QCOMPARE(codeOf(recorded.door.call<Backtest>(recorded.officer, request)), std::string("policy.days"));
    }
}

void BacktestTest::opensOnlyWhatTheCallerMayOpen()
{
    RecordedHouse recorded;
    recorded.record({{"look", 11}});
    Principal elsewhere = recorded.officer;
    elsewhere.roles = {{"elsewhere", "*", Role::Auditor}, {"elsewhere", "*", Role::Officer}};
    Backtest::Request request;
    request.candidate = houseRule(overTen);
    const auto result = recorded.door.call<Backtest>(elsewhere, request);
    QVERIFY(!result || (result->runs == 0 && result->flips == 0));
    request.agent = "clerk";
    QCOMPARE(codeOf(recorded.door.call<Backtest>(elsewhere, request)), std::string("forbidden"));
    elsewhere.roles = {{"*", "*", Role::Viewer}};
    QCOMPARE(codeOf(recorded.door.call<Backtest>(elsewhere, request)), std::string("forbidden"));
}

void BacktestTest::judgesWhatAChangeWouldRelease()
{
    RecordedHouse recorded;
    recorded.record({{"look", 5}, {"wipe", 1}});
    take(recorded.house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto serving, route::servingOf(snapshot, "clerk", "production"));
        EPHOR_TRY(recorded.candidate, route::release(snapshot, serving->production));
        return {};
    }));
    for (GrantRule& grant : recorded.candidate.grants)
        grant.access = Access::Deny;
    recorded.candidate.policies = take(route::policiesOf(recorded.candidate));
    Backtest::Request request;
    request.change = "CH-1";
    const auto result = take(recorded.door.call<Backtest>(recorded.officer, request));
    QCOMPARE(result.flips, std::uint64_t(1));
    QCOMPARE(result.first.front().rule, std::string("grant:clerk/look"));
}

void BacktestTest::aCandidateThatCannotBeReadIsToldFirst()
{
    RecordedHouse recorded;
    Backtest::Request request;
    request.agent = "clerk";
    request.candidate = houseRule("permit(principal, action, resource);");
    QCOMPARE(codeOf(recorded.door.call<Backtest>(recorded.officer, request)), std::string("policy.permits"));
    request.candidate = houseRule("forbid(");
    QVERIFY(codeOf(recorded.door.call<Backtest>(recorded.officer, request)).starts_with("cedar."));
    request.candidate = granting("look", Access::Allow);
    request.candidate.grants.front().conditions = {{GrantConditionKind::AtMost, "amount", {"many"}}};
    QCOMPARE(codeOf(recorded.door.call<Backtest>(recorded.officer, request)), std::string("grant.condition"));
    request.agent = "nobody";
    QCOMPARE(codeOf(recorded.door.call<Backtest>(recorded.officer, request)), std::string("definition.unknown"));
}

void BacktestTest::triesACallThatNobodyMakes()
{
    RecordedHouse recorded;
    const auto plain = recorded.tryCall("look", {{"amount", 11}});
    QVERIFY(plain.verdict.word == VerdictWord::Allow && plain.verdict.id.empty());
    const auto drafted = recorded.tryCall("look", {{"amount", 11}}, houseRule(overTen));
    QVERIFY(drafted.verdict.word == VerdictWord::Deny && drafted.inForce.word == VerdictWord::Allow);
    const Json why = jsonOf(drafted.explanation);
    QCOMPARE(why["decision"].get<std::string>(), std::string("deny"));
    QCOMPARE(why["determining"][0]["id"].get<std::string>(), std::string("house:draft/0"));
    QCOMPARE(jsonOf(drafted.requesterExplanation)["decision"].get<std::string>(), std::string("allow"));
    const auto unknown = recorded.tryCall("fly", Json::object());
    QVERIFY(unknown.verdict.word == VerdictWord::Deny && unknown.verdict.reason.find("fly") != std::string::npos);
    CandidateRules obliging;
    obliging.policies.push_back({});
    obliging.policies.front().name = "hiding";
    obliging.policies.front().body.text
        = "@redact(\"EMAIL\") permit(principal is Agent, action == Action::\"look\", resource);";
    const auto hiding = recorded.tryCall("look", Json::object(), obliging);
    QVERIFY(hiding.verdict.word == VerdictWord::Allow);
    QVERIFY(hiding.verdict.reason.ends_with("It leaves with EMAIL hidden, or not at all."));
    obliging.policies.front().body.text
        = "@stepup(\"it tells much\") permit(principal is Agent, action == Action::\"look\", resource);";
    const auto fresh = recorded.tryCall("look", Json::object(), obliging);
    QVERIFY(fresh.verdict.word == VerdictWord::Ask);
    QVERIFY(fresh.verdict.reason.find("fresh sign-in: it tells much.") != std::string::npos);
    obliging.policies.front().body.text = "forbid(principal, action, resource);";
    obliging.policies.front().body.mode = RuleMode::Observe;
    const auto observed = recorded.tryCall("look", Json::object(), obliging);
    QVERIFY(observed.verdict.word == VerdictWord::Allow);
    QCOMPARE(observed.observed.size(), std::size_t(1));
}

void BacktestTest::triesWithARoleOrWithout()
{
    RecordedHouse recorded;
    const CandidateRules rules
        = houseRule("forbid(principal is User, action, resource) unless { principal in Role::\"officer\" };");
    QVERIFY(recorded.tryCall("look", Json::object(), rules, {}).verdict.word == VerdictWord::Deny);
    QVERIFY(recorded.tryCall("look", Json::object(), rules, {"viewer"}).verdict.word == VerdictWord::Deny);
    QVERIFY(recorded.tryCall("look", Json::object(), rules, {"viewer", "officer"}).verdict.word == VerdictWord::Allow);
    QVERIFY(recorded.tryCall("look", Json::object(), rules, {"king"}).verdict.word == VerdictWord::Deny);
}

void BacktestTest::checksATextWithItsCases()
{
    RecordedHouse recorded;
    CheckPolicy::Request request;
    request.name = "limits";
    request.body.title = "Limits";
    request.body.text = overTen;
    request.body.mode = RuleMode::Observe;
    for (const int amount : {5, 11}) {
        PolicyCase& one = request.body.cases.emplace_back();
        one.name = std::to_string(amount);
        one.agent = "clerk";
        one.tool = "look";
        one.input = documentOf(Json{{"amount", amount}});
    }
    PolicyCase& third = request.body.cases.emplace_back();
    third.name = "somebody else's";
    third.agent = "nobody";
    auto checked = take(recorded.door.call<CheckPolicy>(recorded.officer, request));
    QVERIFY2(checked.problems.empty(), checked.problems.empty() ? "" : checked.problems.front().message.c_str());
    QCOMPARE(checked.rules.size(), std::size_t(1));
    QCOMPARE(checked.rules.front().id, std::string("limits/0"));
    QCOMPARE(checked.cases.size(), std::size_t(3));
    QCOMPARE(checked.cases[0].word, std::string("allow"));
    QVERIFY(!checked.cases[0].passed && checked.cases[1].passed);
    QVERIFY(checked.cases[2].word.empty() && !checked.cases[2].passed && !checked.cases[2].reason.empty());
    request.body.text
        = "// first\nforbid(principal, action == Action::\"look\", resource) when { context.input.amount > 10 };";
    checked = take(recorded.door.call<CheckPolicy>(recorded.officer, request));
    QVERIFY(!checked.problems.empty());
    QCOMPARE(checked.problems.front().line, std::uint64_t(2));
    request.body.text = "forbid(principal, action == Action::\"fly\", resource);";
    QVERIFY(!take(recorded.door.call<CheckPolicy>(recorded.officer, request)).problems.empty());
    request.body.text = "forbid(";
    checked = take(recorded.door.call<CheckPolicy>(recorded.officer, request));
    QVERIFY(!checked.problems.empty() && checked.rules.empty());
}

void BacktestTest::namesTheAgentOfADraftByItsTitle()
{
    RecordedHouse recorded;
    CheckPolicy::Request request;
    request.name = "limits";
    request.body.title = "Limits";
    request.body.text = "forbid(principal == Agent::\"clerk\", action == Action::\"look\", resource);\n"
                        "forbid(principal == Agent::\"ghost\", action == Action::\"look\", resource);";
    const auto checked = take(recorded.door.call<CheckPolicy>(recorded.officer, request));
    QCOMPARE(checked.rules.size(), std::size_t(2));
    QCOMPARE(checked.rules[0].agent, std::string("clerk"));
    QCOMPARE(checked.rules[0].agentTitle, std::string("Clerk"));
    QCOMPARE(checked.rules[1].agent, std::string("ghost"));
    QVERIFY(checked.rules[1].agentTitle.empty());
}

void BacktestTest::listsTheRulesInForce()
{
    RecordedHouse recorded;
    take(recorded.house.database->write([&](store::Transaction& transaction) {
        return recorded.house.tightenings.addRule(
            transaction, {"stop", overTen, RuleMode::Observe, "Olga", "a test", recorded.house.clock.now()});
    }));
    const auto listed = take(recorded.door.call<ListRules>(recorded.officer, {}));
    std::vector<std::string> ids;
    for (const RuleInfo& rule : listed.rules)
        ids.push_back(rule.id);
    for (const char* const id : {"people", "house:stop/0", "grant:clerk/look", "grant:clerk/pay", "grant:clerk/wipe"})
        QVERIFY2(std::ranges::find(ids, id) != ids.end(), id);
    QVERIFY(std::ranges::find(ids, "house:stop/0") < std::ranges::find(ids, "grant:clerk/look"));
}

QTEST_GUILESS_MAIN(BacktestTest)
#include "backtest_test.moc"

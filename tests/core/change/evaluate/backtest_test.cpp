#include "core/base/hash.h"
#include "core/change/evaluate/backtest.h"
#include "core/change/evaluate/operations.h"
#include "core/change/evaluate/rule_checks.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "tests/core/run/runtime/run_house.h"

// After Qt, which it uses.
#include "tests/core/trust/identity/fake_door.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime::testing;
using evaluate::AgentRules;

namespace {

template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s", describe(result.error()).c_str());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// A run path with recorded runs, and the operations that judge them again.
class RecordedHouse {
public:
    RecordedHouse()
        : door(*house.database)
    {
        evaluate::addHandlers(door,
            {*house.ledger, house.tightenings, house.clock, "production",
                [this](const store::Snapshot&, const std::string&) -> Result<Release> { return candidate; }});
        officer.kind = PrincipalKind::Person;
        officer.id = "person:officer";
        officer.name = "Olga";
        officer.roles = {{"*", "*", Role::Officer}, {"*", "*", Role::Owner}, {"*", "*", Role::Auditor}};
    }

    /// Runs to the end with these calls; what is asked is approved.
    std::string record(const std::vector<std::pair<std::string, int>>& calls, const std::string& conversation = {},
        const std::string& person = {})
    {
        Story story;
        bool asks = false;
        for (const auto& [tool, amount] : calls) {
            house.model->call(tool, {{"amount", amount}});
            asks = asks || tool == "pay";
        }
        house.model->say("Done.");
        StartRun::Request request;
        request.conversation = conversation;
        request.person = person;
        const auto handle = take(house.start(story, "Go", request));
        if (asks) {
            if (!story.waitFor(RunEventKind::Waiting))
                qFatal("nobody is asked");
            house.decide(house.waiting().front(), ApprovalState::Approved);
        }
        if (!story.waitFor(RunEventKind::Finished))
            qFatal("the run does not end");
        house.clock.advance(std::chrono::minutes(1));
        return handle->id();
    }

    Backtest::Response backtest(const CandidateRules& rules, std::uint64_t days = 30)
    {
        Backtest::Request request;
        request.days = days;
        request.candidate = rules;
        return take(door.call<Backtest>(officer, request));
    }

    TryRules::Response tryCall(const std::string& tool, const Json& input, const CandidateRules& rules = {},
        const std::vector<std::string>& roles = {"viewer"})
    {
        TryRules::Request request;
        request.agent = "clerk";
        request.tool = tool;
        request.input = documentOf(input);
        request.roles.assign(roles.begin(), roles.end());
        request.candidate = rules;
        return take(door.call<TryRules>(officer, request));
    }

    RunHouse house;
    test::FakeDoor door;
    Release candidate;
    Principal officer;
};

CandidateRules houseRule(const std::string& text)
{
    CandidateRules rules;
    rules.houseRule = text;
    return rules;
}

CandidateRules granting(const char* tool, Access access)
{
    GrantRule grant;
    grant.agent = "clerk";
    grant.tool = tool;
    grant.access = access;
    CandidateRules rules;
    rules.grants.push_back(grant);
    return rules;
}

const std::string overTen
    = "@explain(\"Looks are small.\") forbid(principal is Agent, action == Action::\"look\", resource) "
      "when { context.input has amount && context.input.amount > 10 };";

template <class T> std::string codeOf(const Result<T>& result)
{
    return result ? std::string() : result.error().code;
}

}

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
    take(recorded.house.database->write([&](store::Transaction& transaction) {
        return recorded.house.ledger->erase(
            transaction, "person:" + toHex(sha256(std::string("c-7"))).substr(0, 32), "person:officer", "asked for");
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
    const auto unmet = recorded.tryCall("look", Json::object(), obliging);
    QVERIFY(unmet.verdict.word == VerdictWord::Deny);
    QCOMPARE(unmet.verdict.gate, std::string("obligation"));
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

#include "core/run/runtime/recorded_calls.h"
#include "core/run/runtime/run_store.h"
#include "tests/core/run/runtime/house_rules.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::runtime::testing;

namespace {

template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s", describe(result.error()).c_str());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// Runs to the end with these calls of tools, one an answer of the model.
std::string runWith(RunHouse& house, const std::vector<std::string>& tools, const std::string& conversation = {})
{
    Story story;
    for (const std::string& tool : tools)
        house.model->call(tool, {{"amount", 1}});
    house.model->say("Done.");
    StartRun::Request request;
    request.conversation = conversation;
    const auto handle = take(house.start(story, "Go", request));
    if (!story.waitFor(RunEventKind::Finished))
        qFatal("the run does not end");
    return handle->id();
}

runtime::RecordedCalls recordOf(RunHouse& house, const std::string& run)
{
    runtime::RecordedCalls recorded;
    take(house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(recorded, runtime::recordedCalls(*house.ledger, snapshot, run));
        return {};
    }));
    return recorded;
}

std::vector<Verdict> verdictsOf(RunHouse& house, const std::string& run)
{
    std::vector<Verdict> verdicts;
    take(house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto steps, runtime::journal(snapshot, run));
        for (const runtime::JournalStep& step : steps) {
            EPHOR_TRY(const std::string text, house.ledger->body(snapshot, step.entry));
            EPHOR_TRY(const Json body, parseJson(text));
            EPHOR_TRY(const auto some,
                fromJson<std::vector<Verdict>>(body["data"].value("verdicts", Json::array()), UnknownMembers::Ignore));
            verdicts.insert(verdicts.end(), some.begin(), some.end());
        }
        return {};
    }));
    return verdicts;
}

std::vector<std::string> wordsOf(const runtime::RecordedCalls& recorded)
{
    std::vector<std::string> words;
    for (const runtime::RecordedCall& call : recorded.calls)
        words.push_back(call.tool + ":" + (call.word ? wordOf(*call.word) : "-") + (call.left ? ":left" : ""));
    return words;
}

const std::string twoLooks
    = "forbid(principal is Agent, action == Action::\"look\", resource) when temporal { count within 1h "
      "Action::\"look\"::request >= 2 };";

}

/// Rules as runs meet them.
class RulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stopsTheThirdOfThreeCalls();
    void countsAcrossTheRunsOfAConversation();
    void countsAfterARestart();
    void aHouseRuleBindsAWaitingRun();
    void aHouseRuleThatCountsReadsTheRecord();
    void whoAsksMattersToo();
    void anObligationThatCannotBeMetDenies_data();
    void anObligationThatCannotBeMetDenies();
    void observedRulesAreRecordedAndBindNobody();
    void theRecordKnowsWhatBecameOfEachCall();
    void theRecordKnowsACallRefusedWhileItWaited();
    void theRecordKnowsACallThatAPersonRefused();
    void whatTheBudgetRefusedIsAnError_data();
    void whatTheBudgetRefusedIsAnError();
    void anApprovedCallIsOfTheTimeItLeft();
};

void RulesTest::stopsTheThirdOfThreeCalls()
{
    RunHouse house;
    pinRules(house, twoLooks);
    const std::string run = runWith(house, {"look", "look", "look"});
    QCOMPARE(house.tools["look"]->calls(), std::size_t(2));
    QCOMPARE(house.run(run).denied, std::uint64_t(1));
    QCOMPARE(
        wordsOf(recordOf(house, run)), (std::vector<std::string>{"look:allow:left", "look:allow:left", "look:deny"}));
    // Another run without a conversation is a session of its own.
    runWith(house, {"look"});
    QCOMPARE(house.tools["look"]->calls(), std::size_t(3));
}

void RulesTest::countsAcrossTheRunsOfAConversation()
{
    RunHouse house;
    pinRules(house, twoLooks);
    runWith(house, {"look"}, "talk-1");
    runWith(house, {"look"}, "talk-1");
    runWith(house, {"look"}, "talk-1");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(2));
    runWith(house, {"look"}, "talk-2");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(3));
    house.clock.advance(std::chrono::hours(2));
    runWith(house, {"look"}, "talk-1");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(4));
}

void RulesTest::countsAfterARestart()
{
    RunHouse house;
    pinRules(house, twoLooks);
    runWith(house, {"look", "look"}, "talk-1");
    house.restart();
    runWith(house, {"look"}, "talk-1");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(2));
    runWith(house, {"look"}, "talk-2");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(3));
}

void RulesTest::aHouseRuleBindsAWaitingRun()
{
    RunHouse house;
    Story story;
    house.model->call("pay", {{"amount", 40}});
    house.model->say("It was refused.");
    const auto handle = take(house.start(story, "Pay"));
    QVERIFY(story.waitFor(RunEventKind::Waiting));
    QCOMPARE(house.waiting().front().rule, std::string("grant:clerk/pay"));
    addHouseRule(house,
        "forbid(principal, action == Action::\"pay\", resource) when { context.input has amount && "
        "context.input.amount > 30 };");
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(story.waitFor(RunEventKind::Finished));
    QCOMPARE(house.tools["pay"]->calls(), std::size_t(0));
    QVERIFY(house.model->requests().back().messages.back().content.find("denied") != std::string::npos);
}

void RulesTest::aHouseRuleThatCountsReadsTheRecord()
{
    RunHouse house;
    runWith(house, {"look", "look"}, "talk-1");
    addHouseRule(house, twoLooks);
    // What happened before the rule was there counts.
    runWith(house, {"look"}, "talk-1");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(2));
}

void RulesTest::whoAsksMattersToo()
{
    RunHouse house;
    pinRules(house,
        "forbid(principal is User, action == Action::\"look\", resource) unless { principal in "
        "Role::\"officer\" };");
    runWith(house, {"look"});
    QCOMPARE(house.tools["look"]->calls(), std::size_t(0));
    house.caller.roles.push_back({"desk", "*", Role::Officer});
    runWith(house, {"look"});
    QCOMPARE(house.tools["look"]->calls(), std::size_t(1));
    // The role of another team is none here.
    house.caller.roles = {{"*", "*", Role::Owner}, {"elsewhere", "*", Role::Officer}};
    runWith(house, {"look"});
    QCOMPARE(house.tools["look"]->calls(), std::size_t(1));
}

void RulesTest::anObligationThatCannotBeMetDenies_data()
{
    QTest::addColumn<QString>("annotation");
    QTest::newRow("redact") << QString("@redact(\"EMAIL\")");
    QTest::newRow("stepup") << QString("@stepup(\"it moves money\")");
}

void RulesTest::anObligationThatCannotBeMetDenies()
{
    QFETCH(QString, annotation);
    RunHouse house;
    pinRules(house,
        annotation.toStdString() + " permit(principal == Agent::\"clerk\", action == Action::\"note\", resource);");
    const std::string run = runWith(house, {"note"});
    QCOMPARE(house.tools["note"]->calls(), std::size_t(0));
    QCOMPARE(house.run(run).denied, std::uint64_t(1));
    QCOMPARE(wordsOf(recordOf(house, run)), (std::vector<std::string>{"note:deny"}));
}

void RulesTest::observedRulesAreRecordedAndBindNobody()
{
    RunHouse house;
    pinRules(house, "forbid(principal, action == Action::\"look\", resource);", RuleMode::Observe);
    Story story;
    house.model->call("look", Json::object());
    const auto handle = take(house.start(story, "Look"));
    QVERIFY(story.waitFor(RunEventKind::Finished));
    QCOMPARE(house.tools["look"]->calls(), std::size_t(1));
    const auto verdicts = verdictsOf(house, handle->id());
    const auto observed = std::ranges::find(verdicts, "observe", &Verdict::gate);
    QVERIFY(observed != verdicts.end() && observed->rule == "rules/0");
    QVERIFY(observed->reason.find("would have refused") != std::string::npos);
    QCOMPARE(wordsOf(recordOf(house, handle->id())), (std::vector<std::string>{"look:allow:left"}));
}

void RulesTest::theRecordKnowsWhatBecameOfEachCall()
{
    RunHouse house;
    Story story;
    house.model->call("wipe", Json::object());
    house.model->call("look", {{"amount", "three"}});
    house.model->call("pay", {{"amount", 40}});
    house.model->call("look", {{"amount", 2}});
    house.model->call("nothing", Json::object());
    house.model->call("look", {{"amount", 3}});
    house.model->say("Done.");
    const auto handle = take(house.start(story, "Go"));
    QVERIFY(story.waitFor(RunEventKind::Waiting));
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(story.waitFor(RunEventKind::Finished));
    const auto recorded = recordOf(house, handle->id());
    QCOMPARE(wordsOf(recorded),
        (std::vector<std::string>{
            "wipe:deny", "look:-", "pay:ask:left", "look:allow:left", "nothing:deny", "look:allow:left"}));
    QVERIFY(!recorded.erased);
    QVERIFY(recorded.calls[2].answer && *recorded.calls[2].answer == Json({{"ok", true}}));
    QVERIFY(!recorded.calls[0].answer && recorded.calls[0].answeredAt);
    QCOMPARE((*recorded.calls[5].arguments)["amount"].get<int>(), 3);
}

void RulesTest::theRecordKnowsACallRefusedWhileItWaited()
{
    RunHouse house;
    Story story;
    house.model->call("pay", {{"amount", 40}});
    house.model->call("look", {{"amount", 1}});
    house.model->call("wipe", Json::object());
    house.model->say("Done.");
    const auto handle = take(house.start(story, "Go"));
    QVERIFY(story.waitFor(RunEventKind::Waiting));
    addHouseRule(house, "forbid(principal, action == Action::\"pay\", resource);");
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(story.waitFor(RunEventKind::Finished));
    const auto recorded = recordOf(house, handle->id());
    QCOMPARE(wordsOf(recorded), (std::vector<std::string>{"pay:deny", "look:allow:left", "wipe:deny"}));
    QCOMPARE(recorded.calls.front().rule, std::string("house:test/0"));
}

void RulesTest::theRecordKnowsACallThatAPersonRefused()
{
    RunHouse house;
    Story story;
    house.model->call("pay", {{"amount", 40}});
    house.model->call("look", {{"amount", 1}});
    house.model->say("Done.");
    const auto handle = take(house.start(story, "Go"));
    QVERIFY(story.waitFor(RunEventKind::Waiting));
    house.decide(house.waiting().front(), ApprovalState::Denied);
    QVERIFY(story.waitFor(RunEventKind::Finished));
    QCOMPARE(wordsOf(recordOf(house, handle->id())), (std::vector<std::string>{"pay:ask", "look:allow:left"}));
}

void RulesTest::whatTheBudgetRefusedIsAnError_data()
{
    QTest::addColumn<QString>("refused");
    QTest::addColumn<bool>("restarts");
    for (const bool restarts : {false, true}) {
        QTest::addRow("allowed, %s", restarts ? "read again" : "remembered") << QStringLiteral("look") << restarts;
        QTest::addRow("asked, %s", restarts ? "read again" : "remembered") << QStringLiteral("pay") << restarts;
    }
}

void RulesTest::whatTheBudgetRefusedIsAnError()
{
    QFETCH(const QString, refused);
    QFETCH(const bool, restarts);
    Budget budget;
    budget.toolCalls = 2;
    RunHouse house(budget);
    pinRules(house,
        "forbid(principal is Agent, action == Action::\"look\", resource) when temporal { formerly within 1h Action::\""
            + refused.toStdString() + "\"::error };");
    const std::string run = runWith(house, {"look", "look", refused.toStdString()}, "talk-1");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(2));
    const auto recorded = recordOf(house, run);
    QVERIFY(recorded.calls.back().overruled && !recorded.calls.back().word);
    if (restarts)
        house.restart();
    runWith(house, {"look"}, "talk-2");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(3));
    runWith(house, {"look"}, "talk-1");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(3));
}

void RulesTest::anApprovedCallIsOfTheTimeItLeft()
{
    RunHouse house;
    Story story;
    house.model->call("pay", {{"amount", 40}});
    house.model->say("Done.");
    StartRun::Request request;
    request.conversation = "talk-1";
    const auto handle = take(house.start(story, "Go", request));
    QVERIFY(story.waitFor(RunEventKind::Waiting));
    house.clock.advance(std::chrono::hours(2));
    house.decide(house.waiting().front(), ApprovalState::Approved);
    QVERIFY(story.waitFor(RunEventKind::Finished));
    QVERIFY(recordOf(house, handle->id()).calls.front().settledAt == house.clock.now());
    addHouseRule(house,
        "forbid(principal, action == Action::\"look\", resource) when temporal { formerly within 1h "
        "Action::\"pay\"::request };");
    runWith(house, {"look"}, "talk-1");
    QCOMPARE(house.tools["look"]->calls(), std::size_t(0));
}

QTEST_GUILESS_MAIN(RulesTest)
#include "rules_test.moc"

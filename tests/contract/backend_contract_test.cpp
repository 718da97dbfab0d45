#include "tests/contract/desk.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/insight.h"
#include "core/api/protection.h"
#include "core/api/run_event_data.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"

#include <QTest>
#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract_tests;

namespace {

// Collects what a subscription hears and waits for it.
template <class T> class Heard {
public:
    std::function<void(const T&)> listener()
    {
        return [state = m_state](const T& item) {
            const std::lock_guard lock(state->mutex);
            state->items.push_back(item);
            state->came.notify_all();
        };
    }
    template <class Predicate> bool waitFor(Predicate predicate)
    {
        std::unique_lock lock(m_state->mutex);
        return m_state->came.wait_for(
            lock, std::chrono::minutes(1), [&] { return std::ranges::any_of(m_state->items, predicate); });
    }
    std::vector<T> items() const
    {
        const std::lock_guard lock(m_state->mutex);
        return m_state->items;
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable came;
        std::vector<T> items;
    };
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

StartRun::Request say(const char* text)
{
    StartRun::Request request;
    request.agent = "clerk";
    request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", text}}}));
    request.person = "employee-7";
    request.reference = "REF-1";
    return request;
}

auto ofKind(RunEventKind kind)
{
    return [kind](const RunEvent& event) { return event.kind == kind; };
}

}

class BackendContractTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAndWrites_data() { ways(); }
    void readsAndWrites();
    void errorsArriveWhole_data() { ways(); }
    void errorsArriveWhole();
    void runsAnAgentWithATool_data() { ways(); }
    void runsAnAgentWithATool();
    void oneApprovalExecutesOnce_data() { ways(); }
    void oneApprovalExecutesOnce();
    void hearsWhatChanges_data() { ways(); }
    void hearsWhatChanges();
    void hearsThatFindingsCame_data() { ways(); }
    void hearsThatFindingsCame();
    void showsWhatAgentsWithoutAProtectionPassThrough_data() { ways(); }
    void showsWhatAgentsWithoutAProtectionPassThrough();
    void aChangeNeedsSomebodyElse_data() { ways(); }
    void aChangeNeedsSomebodyElse();

private:
    void ways();
};

void BackendContractTest::ways()
{
    QTest::addColumn<int>("way");
    QTest::newRow("local") << int(Way::Local);
    QTest::newRow("socket") << int(Way::Socket);
    QTest::newRow("http") << int(Way::Http);
}

void BackendContractTest::readsAndWrites()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    const CallContext context = desk.admin();
    SavePrompt::Request request;
    request.name = "clerk-prompt";
    request.body.text = "You keep the stock of the desk, politely.";
    request.message = "Be polite";
    request.expectedVersion = 1;
    const auto saved = desk.backend().call<SavePrompt>(request, context);
    QVERIFY2(saved.has_value(), saved ? "" : describe(saved.error()).c_str());
    QCOMPARE(saved->saved.version, std::uint64_t(2));
    const auto versions = desk.backend().call<ListVersions>({DefinitionKind::Prompt, "clerk-prompt"}, context);
    QVERIFY(versions);
    QCOMPARE(versions->versions.size(), std::size_t(2));
    QCOMPARE(versions->versions.back().state, std::string("production"));
    const auto diff = desk.backend().call<DiffVersions>({DefinitionKind::Prompt, "clerk-prompt", 1, 2}, context);
    QVERIFY(diff);
    QCOMPARE(diff->added, std::uint64_t(1));
}

void BackendContractTest::errorsArriveWhole()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    const auto missing = desk.backend().call<GetDefinition>({DefinitionKind::Prompt, "nowhere", 0}, desk.admin());
    QVERIFY(!missing);
    QVERIFY(missing.error().kind == ErrorKind::NotFound);
    QCOMPARE(missing.error().code, std::string("definition.unknown"));
    QVERIFY(!missing.error().message.empty());
    const auto forbidden = desk.backend().call<ApproveChange>({"CH-1", "sha256:0", "because"}, desk.admin());
    QVERIFY(!forbidden);
    QVERIFY(forbidden.error().kind == ErrorKind::Forbidden);
    QVERIFY(!forbidden.error().hint.empty());
}

void BackendContractTest::runsAnAgentWithATool()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    Heard<RunEvent> heard;
    const auto handle = desk.backend().start(say("How is the stock?"), desk.key(), heard.listener());
    QVERIFY2(handle.has_value(), handle ? "" : describe(handle.error()).c_str());
    QVERIFY(heard.waitFor(ofKind(RunEventKind::Finished)));
    std::string text;
    std::uint64_t last = 0;
    for (const RunEvent& event : heard.items()) {
        QVERIFY(event.seq > last);
        last = event.seq;
        text += event.kind == RunEventKind::Text ? event.text : std::string();
    }
    QCOMPARE(text, std::string("That is done."));
    const auto run = desk.backend().call<GetRun>({(*handle)->id()}, desk.officer());
    QVERIFY2(run.has_value(), run ? "" : describe(run.error()).c_str());
    QVERIFY(run->run.state == RunState::Done);
    QCOMPARE(run->run.toolCalls, std::uint64_t(1));
    QVERIFY(std::ranges::any_of(
        run->spans, [](const Span& span) { return span.kind == SpanKind::Tool && span.name == "stock.look"; }));
    const auto opened = desk.backend().call<OpenRun>({(*handle)->id()}, desk.officer());
    QVERIFY(opened);
    QVERIFY(std::ranges::any_of(
        opened->parts, [](const TranscriptPart& part) { return part.text.find("\"count\":12") != std::string::npos; }));
    const auto proof = desk.backend().call<ProveEntry>({*run->run.lastEntry}, desk.officer());
    QVERIFY2(proof.has_value(), proof ? "" : describe(proof.error()).c_str());
}

void BackendContractTest::oneApprovalExecutesOnce()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    Heard<RunEvent> heard;
    const auto handle = desk.backend().start(say("Please take two pens."), desk.key(), heard.listener());
    QVERIFY(handle);
    QVERIFY(heard.waitFor(ofKind(RunEventKind::Waiting)));
    const CallContext officer = desk.officer();
    const auto waiting = desk.backend().call<ListApprovals>({}, officer);
    QVERIFY(waiting);
    QCOMPARE(waiting->requests.size(), std::size_t(1));
    const auto shown = desk.backend().call<GetApproval>({waiting->requests[0].id}, officer);
    QVERIFY2(shown.has_value(), shown ? "" : describe(shown.error()).c_str());
    QVERIFY(shown->mayDecide);
    QVERIFY(shown->argumentsText.find("\"count\": 2") != std::string::npos);
    DecideApproval::Request decision;
    decision.id = waiting->requests[0].id;
    decision.digest = waiting->requests[0].digest;
    decision.approve = true;
    decision.reason = "They need pens";
    QVERIFY(desk.backend().call<DecideApproval>(decision, officer));
    QVERIFY(heard.waitFor(ofKind(RunEventKind::Finished)));
    const auto again = desk.backend().call<DecideApproval>(decision, officer);
    QVERIFY(!again);
    QCOMPARE(again.error().code, std::string("approval.decided"));
    Heard<RunEvent> later;
    const auto look = desk.backend().start(say("How is the stock?"), desk.key(), later.listener());
    QVERIFY(later.waitFor(ofKind(RunEventKind::Finished)));
    const auto opened = desk.backend().call<OpenRun>({(*look)->id()}, officer);
    QVERIFY(std::ranges::any_of(
        opened->parts, [](const TranscriptPart& part) { return part.text.find("\"count\":10") != std::string::npos; }));
}

void BackendContractTest::hearsWhatChanges()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    Heard<Event> heard;
    const CallContext context = desk.admin();
    const auto subscription = desk.backend().subscribe({Topic::Definitions}, context, heard.listener());
    QVERIFY2(subscription.has_value(), subscription ? "" : describe(subscription.error()).c_str());
    SavePrompt::Request request;
    request.name = "another";
    request.team = "desk";
    request.body.text = "Another prompt.";
    QVERIFY(desk.backend().call<SavePrompt>(request, context));
    QVERIFY(heard.waitFor([](const Event& event) { return event.kind == "save" && event.id == "another"; }));
}

// Whoever shows counts asks again once they are written, not when the run ended.
void BackendContractTest::hearsThatFindingsCame()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    const CallContext officer = desk.officer();
    Heard<Event> heard;
    const auto subscription = desk.backend().subscribe({Topic::Findings}, officer, heard.listener());
    QVERIFY2(subscription.has_value(), subscription ? "" : describe(subscription.error()).c_str());
    Heard<RunEvent> run;
    const auto handle = desk.backend().start(say("My card is 4111 1111 1111 1111."), desk.key(), run.listener());
    QVERIFY(handle);
    QVERIFY(heard.waitFor([](const Event& event) { return event.kind == "counted"; }));
    const auto counts = desk.backend().call<CountFindings>({}, officer);
    QVERIFY(counts && counts->counts.size() == 1);
    QCOMPARE(counts->counts.front().what, std::string("CREDIT_CARD"));
}

void BackendContractTest::showsWhatAgentsWithoutAProtectionPassThrough()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    const auto shown = desk.backend().call<ShowStandardProtection>({}, desk.officer());
    QVERIFY2(shown.has_value(), shown ? "" : describe(shown.error()).c_str());
    QCOMPARE(shown->body.rules.size(), std::size_t(1));
    QCOMPARE(shown->body.rules.front().what.front(), std::string("secret"));
    QVERIFY(shown->body.rules.front().action == ProtectAction::Redact);
}

void BackendContractTest::aChangeNeedsSomebodyElse()
{
    QFETCH(int, way);
    Desk desk{Way(way)};
    const CallContext admin = desk.admin();
    SavePrompt::Request prompt;
    prompt.name = "clerk-prompt";
    prompt.body.text = "You keep the stock, and you are brief.";
    prompt.expectedVersion = 1;
    QVERIFY(desk.backend().call<SavePrompt>(prompt, admin));
    CreateChange::Request draft;
    draft.agent = "clerk";
    draft.title = "Be brief";
    draft.items = {{DefinitionKind::Prompt, "clerk-prompt", 1, 2}};
    const auto created = desk.backend().call<CreateChange>(draft, admin);
    QVERIFY2(created.has_value(), created ? "" : describe(created.error()).c_str());
    const std::string id = created->change.id;
    const auto submitted = desk.backend().call<SubmitChange>({id}, admin);
    QVERIFY2(submitted.has_value(), submitted ? "" : describe(submitted.error()).c_str());
    QVERIFY(submitted->change.state == ChangeState::Approval);
    QVERIFY(!desk.backend().call<StartRollout>({id, "early"}, admin));
    const CallContext officer = desk.officer();
    const auto shown = desk.backend().call<GetChange>({id}, officer);
    QVERIFY(shown);
    QVERIFY(shown->mayApprove);
    const auto approved = desk.backend().call<ApproveChange>({id, shown->change.digest, "Reads well"}, officer);
    QVERIFY2(approved.has_value(), approved ? "" : describe(approved.error()).c_str());
    QVERIFY(approved->change.state == ChangeState::Approved);
    const auto started = desk.backend().call<StartRollout>({id, "go"}, admin);
    QVERIFY2(started.has_value(), started ? "" : describe(started.error()).c_str());
    QCOMPARE(started->rollout.share, 0.05);
    const auto compared = desk.backend().call<CompareRollout>({started->rollout.id}, officer);
    QVERIFY2(compared.has_value(), compared ? "" : describe(compared.error()).c_str());
    QVERIFY(!compared->stoppingRule);
    const auto rolledBack = desk.backend().call<RollBack>({started->rollout.id, "Enough seen"}, officer);
    QVERIFY2(rolledBack.has_value(), rolledBack ? "" : describe(rolledBack.error()).c_str());
    QVERIFY(rolledBack->rollout.state == RolloutState::RolledBack);
}

QTEST_GUILESS_MAIN(BackendContractTest)
#include "backend_contract_test.moc"

#include "core/run/runtime/engine.h"

#include "core/domain/reflect.h"
#include "core/net/event_loop.h"
#include "core/run/runtime/sealing_subject.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/identity/known_principal.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightenings.h"

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace asio = boost::asio;

namespace {

// What a step added to the run: messages, and the values behind stand-ins, from the sealed part of its entry; what was
// learned of them from its open part.
Result<void> addStepOf(const ledger::Ledger& ledger, const store::Snapshot& snapshot, std::uint64_t entry, Run& run)
{
    EPHOR_TRY(const auto fields, ledger.open(snapshot, entry));
    for (const ledger::SealedField& field : fields) {
        if (field.path == "/messages") {
            EPHOR_TRY(const Messages added, fromStored(jsonOf(field.value)));
            run.messages.insert(run.messages.end(), added.begin(), added.end());
        } else if (field.path == vaultPath) {
            EPHOR_TRY(const auto standIns,
                fromJson<std::vector<guard::StandIn>>(jsonOf(field.value), UnknownMembers::Ignore));
            for (const guard::StandIn& standIn : standIns)
                run.vault.emplace(standIn.token, standIn.value);
        }
    }
    EPHOR_TRY(const std::string stored, ledger.body(snapshot, entry));
    EPHOR_TRY(const Json body, parseJson(stored));
    const Json data = body.value("data", Json::object());
    if (data.contains("inspected")) {
        EPHOR_TRY(const auto texts, fromJson<std::vector<Inspected>>(data["inspected"], UnknownMembers::Ignore));
        for (const Inspected& text : texts) {
            if (text.surface == TextSurface::Input || text.surface == TextSurface::Result)
                guard::join(run.label, text, run.origins);
        }
    }
    // What the record says of the whole holds, whatever is known of its parts.
    if (data.contains("label")) {
        EPHOR_TRY(run.label, fromJson<Label>(data["label"], UnknownMembers::Ignore));
    }
    return {};
}

const provider::ToolCall* callOf(const Messages& messages, const std::string& id)
{
    const provider::ToolCall* found = nullptr;
    for (const provider::ChatMessage& message : messages) {
        for (const provider::ToolCall& call : message.toolCalls)
            found = call.id == id ? &call : found;
    }
    return found;
}

std::string refusalText(const ApprovalRequest& request)
{
    std::string reason = "Nobody decided in time.";
    if (request.state == ApprovalState::Denied && !request.decisions.empty())
        reason = request.decisions.back().name + " denied it: " + request.decisions.back().reason;
    return compactJson(Json{{"error", "denied"}, {"reason", reason}});
}

}

// State is the fold of the journal: nothing of the coroutine that rested is kept.
Result<Runtime::Engine::RunPointer> Runtime::Engine::revive(
    const RunSummary& summary, std::string requester, const std::vector<JournalStep>& steps)
{
    EPHOR_TRY(auto plan, m_services.routing.planOf(summary.release));
    auto run = takeUp(std::move(plan), summary, std::move(requester), steps);
    EPHOR_TRY_VOID(m_services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(run->principal, identity::knownPrincipal(snapshot, run->requester, m_services.clock.now()));
        for (const JournalStep& step : steps) {
            EPHOR_TRY_VOID(addStepOf(m_services.ledger, snapshot, step.entry, *run));
        }
        return {};
    }));
    run->durableMessages = run->messages.size();
    return run;
}

// What has begun must be able to end, and for that neither its release nor what was said is needed.
Result<Runtime::Engine::RunPointer> Runtime::Engine::reviveToEnd(
    const RunSummary& summary, std::string requester, const std::vector<JournalStep>& steps, const Error& fault)
{
    auto plan = std::make_shared<Plan>();
    plan->agentName = summary.agent;
    plan->agent.decision.subject = summary.decision.subject;
    plan->agent.decision.riskClass = summary.decision.riskClass;
    EPHOR_TRY(plan->protection, m_services.routing.parts().protection({}, nullptr));
    auto run = takeUp(std::move(plan), summary, std::move(requester), steps);
    run->fault = describe(fault);
    return run;
}

Runtime::Engine::RunPointer Runtime::Engine::takeUp(std::shared_ptr<const Plan> plan, const RunSummary& summary,
    std::string requester, const std::vector<JournalStep>& steps)
{
    auto run = std::make_shared<Run>(std::move(plan), m_services.loop.context());
    run->summary = summary;
    run->person = summary.person;
    run->subject = sealingSubject(*run->plan->protection, summary);
    run->requester = std::move(requester);
    run->requesterName = summary.caller;
    run->label = guard::callerLabel; // the least that a run has; more is in the record
    run->step = steps.empty() ? 0 : steps.back().seq;
    run->stretch = std::to_string(run->step) + ".";
    run->externalBefore = summary.durationMicros - std::min(summary.durationMicros, summary.overheadMicros);
    run->budget.restore(summary);
    run->began = m_services.clock.steady();
    run->before = Duration(std::int64_t(summary.durationMicros));
    // Verdict ids count on from what earlier stretches may have used.
    run->verdictCount = (run->step + 1) * 100;
    run->channel = m_channels.open(summary.id);
    return run;
}

asio::awaitable<Runtime::Engine::Next> Runtime::Engine::goOnWithCall(
    RunPointer run, provider::ToolCall call, JournalStep last, std::optional<ApprovalRequest> request)
{
    const PlannedTool* const tool = run->plan->findTool(call.name);
    if (last.kind == JournalKind::Permitted && tool != nullptr && tool->body.effect != SideEffect::Read
        && !tool->body.idempotent) {
        CallRuling again;
        again.arguments = call.arguments.value_or(Json::object());
        std::string why = "Ephor stopped while this call was under way: nobody knows whether it happened. Approve to "
                          "send it again.";
        auto asking = askPerson(run, std::move(call), std::move(again), std::move(why));
        co_return co_await std::move(asking);
    }
    // Void: a rule forbids it since it was asked for, and the gates below say which; without it, people are asked anew.
    if (request && request->state != ApprovalState::Approved && request->state != ApprovalState::Void) {
        m_recorder.verdict(*run, "approval", VerdictWord::Deny, "The call of " + call.name + " was not approved.",
            "approval:" + request->id);
        run->messages.push_back(answerTo(call, refusalText(*request)));
        co_return Next::GoOn;
    }
    const auto stops = m_services.stops.table();
    const auto tightenings = m_services.tightenings.table();
    const bool given = request && request->state == ApprovalState::Approved;
    PersonsWord word;
    if (given && request->needed > 0)
        word.approval = PersonsWord::Approval::Given;
    if (given && request->confirmed)
        word.signIn = PersonsWord::SignIn::Fresh;
    CallRuling ruling = m_gates.rule(*run, call, *stops, *tightenings, word);
    if (ruling.word == VerdictWord::Deny) {
        run->messages.push_back(answerTo(call, compactJson(Json{{"error", "denied"}, {"reason", ruling.reason}})));
        co_return Next::GoOn;
    }
    if (ruling.word == VerdictWord::Ask) {
        std::string why = ruling.reason;
        auto asking = askPerson(run, std::move(call), std::move(ruling), std::move(why));
        co_return co_await std::move(asking);
    }
    std::string approval = given ? request->id : std::string();
    auto performing = performCall(run, std::move(call), std::move(ruling), std::move(approval));
    co_return co_await std::move(performing);
}

asio::awaitable<void> Runtime::Engine::goOn(RunPointer run, JournalStep last, std::optional<ApprovalRequest> request)
{
    co_await asio::this_coro::throw_if_cancelled(false);
    if (const auto ordered = run->ordered()) {
        auto ending = end(run, RunState::Stopped, "Ended by " + ordered->by + ": " + ordered->reason);
        co_await std::move(ending);
        co_return;
    }
    if (!run->fault.empty()) {
        auto ending = end(run, RunState::Failed, "It cannot go on: " + run->fault);
        co_await std::move(ending);
        co_return;
    }
    run->channel->emit(RunEventKind::Resumed, {});
    const provider::ToolCall* const waiting = last.call.empty() ? nullptr : callOf(run->messages, last.call);
    if (waiting != nullptr && (last.kind == JournalKind::Asked || last.kind == JournalKind::Permitted)) {
        provider::ToolCall call = *waiting;
        auto going = goOnWithCall(run, std::move(call), last, std::move(request));
        const Next next = co_await std::move(going);
        if (next == Next::Rest)
            co_return;
    }
    auto executing = execute(run);
    co_await std::move(executing);
}

// With an order it goes on only to end, whatever it waits for.
Result<void> Runtime::Engine::resume(const std::string& runId, const std::optional<EndOrder>& order)
{
    std::optional<RunSummary> summary;
    std::string requester;
    std::vector<JournalStep> steps;
    std::optional<ApprovalRequest> request;
    EPHOR_TRY_VOID(m_services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(summary, findRun(snapshot, runId));
        EPHOR_TRY(requester, requesterOf(snapshot, runId));
        EPHOR_TRY(steps, journal(snapshot, runId));
        if (!steps.empty() && steps.back().kind == JournalKind::Asked) {
            EPHOR_TRY(request, approval::get(snapshot, steps.back().approval));
        }
        return {};
    }));
    const bool ended = summary->state != RunState::Running && summary->state != RunState::Waiting;
    if (ended || steps.empty() || (!order && request && request->state == ApprovalState::Waiting))
        return {};
    summary->state = RunState::Running;
    auto revived = revive(*summary, requester, steps);
    // What the store cannot read now it may read later; a release that cannot be compiled stays so.
    if (!revived && !revived.error().code.starts_with("store."))
        revived = reviveToEnd(*summary, std::move(requester), steps, revived.error());
    EPHOR_TRY(const RunPointer run, std::move(revived));
    run->endOrder = order;
    bool taken = false;
    {
        // Two wake-ups of one run (a decision and an expiry) must not both go on with it.
        const std::lock_guard lock(m_mutex);
        if (m_draining)
            return {};
        taken = !m_active.emplace(runId, run).second;
    }
    if (taken) {
        if (order)
            cancel(runId, order->by, order->reason);
        return {};
    }
    asio::co_spawn(run->strand, goOn(run, steps.back(), std::move(request)),
        asio::bind_cancellation_slot(
            run->cancellation.slot(), [self = shared_from_this(), run](std::exception_ptr) { self->finished(run); }));
    announce(*run, "resumed");
    return {};
}

void Runtime::Engine::decided(const ApprovalRequest& request)
{
    if (request.state == ApprovalState::Waiting)
        return;
    // Called on the writer's thread: reading and compiling belong to another.
    asio::post(m_services.loop.context(), [self = shared_from_this(), id = request.run] { (void)self->resume(id); });
}

Result<void> Runtime::Engine::recover()
{
    std::vector<RunSummary> unfinished;
    EPHOR_TRY_VOID(m_services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(unfinished, unfinishedRuns(snapshot));
        return {};
    }));
    for (const RunSummary& run : unfinished)
        EPHOR_TRY_VOID(resume(run.id));
    return {};
}

// To the journal such a run is like one that a crash ended.
void Runtime::Engine::goOnAfterHalt()
{
    std::vector<std::string> unrecorded;
    {
        const std::lock_guard lock(m_mutex);
        unrecorded.swap(m_unrecorded);
    }
    for (const std::string& run : unrecorded)
        (void)resume(run);
}

}

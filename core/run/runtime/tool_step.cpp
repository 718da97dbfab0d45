#include "core/run/runtime/engine.h"

#include "core/api/run_event_data.h"
#include "core/base/id.h"
#include "core/domain/reflect.h"
#include "core/net/await_callback.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/identity/people.h"

#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace asio = boost::asio;

namespace {

// Begins a tool call for `awaitCallback`.
class ToolStart {
public:
    ToolStart(std::shared_ptr<connector::Connector> tool, connector::ToolInvocation invocation)
        : m_tool(std::move(tool))
        , m_invocation(std::move(invocation))
    {
    }
    std::shared_ptr<net::Cancellable> operator()(std::function<void(Result<connector::ToolAnswer>)> done)
    {
        return m_tool->start(std::move(m_invocation), std::move(done));
    }

private:
    std::shared_ptr<connector::Connector> m_tool;
    connector::ToolInvocation m_invocation;
};

// After a failure of these kinds the call may have happened all the same.
bool mayHaveHappened(const Error& error)
{
    return error.kind == ErrorKind::Timeout || error.kind == ErrorKind::Unavailable
        || error.kind == ErrorKind::Cancelled || error.kind == ErrorKind::Internal;
}

bool mayRepeat(const ToolBody& body)
{
    return body.effect == SideEffect::Read || body.idempotent;
}

std::string errorText(std::string_view word, const std::string& reason)
{
    return compactJson(Json{{"error", word}, {"reason", reason}});
}

Document callData(const provider::ToolCall& call, bool ok)
{
    return documentOf(Json{{"call", call.id}, {"tool", call.name}, {"ok", ok}});
}

}

asio::awaitable<Runtime::Engine::Next> Runtime::Engine::performCall(
    RunPointer run, provider::ToolCall call, CallRuling ruling, std::string approvalId)
{
    const PlannedTool* const tool = run->plan->findTool(call.name);
    Recorder::Point permit;
    permit.kind = JournalKind::Permitted;
    permit.operation = "tool.call";
    permit.outcome = "allow";
    permit.call = call.id;
    permit.approval = approvalId;
    permit.refs = {{"tool", call.name}, {"schema", tool->schemaDigest}};
    permit.sealed.push_back({"/arguments", run->subject, documentOf(ruling.arguments)});
    ++run->summary.toolCalls;
    run->budget.countToolCall();
    auto permitting
        = settle(run, std::move(permit), [&](store::Transaction& transaction, std::uint64_t) -> Result<void> {
              if (approvalId.empty())
                  return {};
              EPHOR_TRY(const ApprovalRequest request, approval::get(transaction, approvalId));
              return approval::consume(transaction, approvalId, request.digest, m_services.clock.now());
          });
    const Result<void> permitted = co_await std::move(permitting);
    if (!permitted) {
        auto ending = end(run, RunState::Failed, permitted.error().message);
        co_return co_await std::move(ending);
    }
    run->channel->emit(RunEventKind::ToolCall, {}, documentOf(Json{{"call", call.id}, {"tool", call.name}}));
    const std::size_t spanAt = m_recorder.openSpan(*run, SpanKind::Tool, call.name, wordOf(tool->body.effect));
    ToolStart starting(tool->connector, {run->summary.id, call.id, documentOf(ruling.sent)});
    auto calling = net::awaitCallback<Result<connector::ToolAnswer>>(std::move(starting));
    Result<connector::ToolAnswer> answer = co_await std::move(calling);
    m_recorder.closeSpan(*run, spanAt);
    const bool unknown = !answer && mayHaveHappened(answer.error()) && !mayRepeat(tool->body);
    if (spanAt < run->spans.size()) {
        run->spans[spanAt].failed = !answer || answer->failed;
        run->spans[spanAt].detail = answer ? answer->detail : answer.error().code;
        run->spans[spanAt].attributes = {{"gen_ai.operation.name", "execute_tool"}, {"gen_ai.tool.name", call.name},
            {"gen_ai.tool.call.id", call.id}};
    }
    if (unknown && !run->ordered()) {
        CallRuling again;
        again.arguments = std::move(ruling.arguments);
        std::string why = "The call was interrupted (" + answer.error().code
            + "): nobody knows whether it happened. Approve to send it again.";
        auto asking = askPerson(run, std::move(call), std::move(again), std::move(why));
        co_return co_await std::move(asking);
    }
    auto taking = takeToolAnswer(run, std::move(call), std::move(answer), unknown);
    co_return co_await std::move(taking);
}

asio::awaitable<Runtime::Engine::Next> Runtime::Engine::takeToolAnswer(
    RunPointer run, provider::ToolCall call, Result<connector::ToolAnswer> answer, bool unknown)
{
    const PlannedTool* const tool = run->plan->findTool(call.name);
    std::string text
        = answer ? std::move(answer->text) : errorText(unknown ? "unknown" : "failed", answer.error().message);
    Recorder::Point outcome;
    outcome.kind = JournalKind::Answered;
    outcome.entry = ledger::EntryKind::Outcome;
    outcome.operation = "tool.call";
    outcome.outcome = unknown ? "unknown" : !answer || answer->failed ? "failed" : "done";
    outcome.reason = answer ? std::string() : answer.error().message;
    outcome.call = call.id;
    outcome.refs = {{"tool", call.name}};
    if (answer && !answer->failed && tool->output) {
        const auto json = parseJson(text);
        const contract::Validation validation = json ? tool->output->validate(*json) : contract::Validation{};
        if (!validation.valid) {
            m_recorder.verdict(*run, "contract-result", VerdictWord::Deny,
                "The tool's result does not fit its contract.", "contract:" + call.name);
            text = errorText("contract", "The tool's result does not fit its contract.");
        }
    }
    const guard::Inspection inspection
        = m_texts.pass(*run, {guard::Hook::AfterTool, text, call.name, guard::resultLabel(tool->body)}, "guard-result");
    if (inspection.word == VerdictWord::Deny)
        text = errorText("withheld", inspection.reason);
    else if (inspection.replacement)
        text = *inspection.replacement;
    m_gates.answered(*run, call, text);
    run->messages.push_back(answerTo(call, std::move(text)));
    const bool ok = outcome.outcome == "done";
    auto settling = settle(run, std::move(outcome), {});
    const Result<void> settled = co_await std::move(settling);
    if (!settled) {
        auto ending = end(run, RunState::Failed, settled.error().message);
        co_return co_await std::move(ending);
    }
    run->channel->emit(RunEventKind::ToolResult, {}, callData(call, ok));
    co_return Next::GoOn;
}

// Whoever signed in and started the run, or else the person that the caller named: the name is only a claim, and the
// sign-in proves it.
Confirmer Runtime::Engine::confirmerOf(const Run& run) const
{
    Confirmer confirmer;
    (void)m_services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        const bool person = run.requester.starts_with("person:");
        std::optional<identity::PersonRecord> known;
        if (person) {
            EPHOR_TRY(known, identity::findPerson(snapshot, run.requester));
        } else if (const auto login = identity::loginFrom(run.person)) {
            EPHOR_TRY(known, identity::findLogin(snapshot, *login));
        }
        if (known && known->person.active)
            confirmer = {known->person.id, known->person.name};
        return {};
    });
    return confirmer;
}

asio::awaitable<Runtime::Engine::Next> Runtime::Engine::askPerson(
    RunPointer run, provider::ToolCall call, CallRuling ruling, std::string why)
{
    const PlannedTool* const tool = run->plan->findTool(call.name);
    ApprovalRequest request;
    request.id = newId(m_services.clock);
    request.run = run->summary.id;
    request.call = call.id;
    request.agent = run->summary.agent;
    request.agentTitle = run->summary.agentTitle;
    request.team = run->summary.team;
    request.tool = call.name;
    request.effect = tool->body.effect;
    request.why = why;
    request.rule = ruling.rule;
    request.approver = ruling.approver;
    request.needed = ruling.approvals;
    request.stepUp = ruling.stepUp;
    request.confirmer = ruling.confirmer.id;
    request.confirmerName = ruling.confirmer.name;
    request.requestedAt = m_services.clock.now();
    request.expiresAt = request.requestedAt + m_services.approvalTime;
    request.requester = run->requester;
    request.requesterName = run->requesterName;
    request.reference = run->summary.decision.reference;
    const auto digest = approval::digestOf({call.name, tool->schemaDigest, documentOf(ruling.arguments), run->requester,
        run->summary.release, request.expiresAt});
    if (!digest) {
        m_recorder.verdict(*run, "approval", VerdictWord::Deny,
            "The call has no canonical form to approve: " + digest.error().message, "approval:digest");
        run->messages.push_back(answerTo(call, errorText("denied", digest.error().message)));
        co_return Next::GoOn;
    }
    request.digest = *digest;
    run->summary.state = RunState::Waiting;
    m_recorder.measure(*run);
    Recorder::Point point;
    point.kind = JournalKind::Asked;
    point.entry = ledger::EntryKind::Approval;
    point.operation = "approvals.ask";
    point.outcome = "ask";
    point.reason = why;
    point.call = call.id;
    point.approval = request.id;
    point.refs = {{"tool", call.name}, {"digest", request.digest}};
    if (!request.rule.empty())
        point.refs.emplace("rule", request.rule);
    point.sealed.push_back({"/arguments", run->subject, documentOf(ruling.arguments)});
    auto settling = settle(run, std::move(point), [&request](store::Transaction& transaction, std::uint64_t entry) {
        return approval::add(transaction, request, entry);
    });
    const Result<void> settled = co_await std::move(settling);
    if (!settled) {
        auto ending = end(run, RunState::Failed, settled.error().message);
        co_return co_await std::move(ending);
    }
    run->channel->emit(RunEventKind::Waiting, why, documentOf(toJson(RunWaiting{request.id})));
    report(*run, false);
    announce(*run, "waiting");
    announceApprovals(request.id, "asked");
    co_return Next::Rest;
}

}

#include "core/run/runtime/engine.h"

#include "core/run/runtime/call_permission.h"
#include "core/run/runtime/hidden_values.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/policy/tightenings.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// More calls than this never wait at once: people could not answer them.
constexpr std::uint64_t mostWaiting = 10'000;

}

// Why the rules of now refuse a call that waits for people; nothing while they would still let it through.
Result<std::optional<std::string>> Runtime::Engine::refusedByRules(const ApprovalRequest& request)
{
    std::optional<RunSummary> summary;
    std::string requester;
    std::vector<JournalStep> steps;
    EPHOR_TRY_VOID(m_services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(summary, findRun(snapshot, request.run));
        EPHOR_TRY(requester, requesterOf(snapshot, request.run));
        EPHOR_TRY(steps, journal(snapshot, request.run));
        return {};
    }));
    EPHOR_TRY(const RunPointer run, revive(*summary, std::move(requester), steps));
    const PlannedTool* const tool = run->plan->findTool(request.tool);
    const provider::ToolCall* const call = nextUnanswered(run->messages);
    if (tool == nullptr || call == nullptr || !call->arguments)
        return std::nullopt;
    EPHOR_TRY(run->entities, sceneEntities(*run->plan, run->principal, summary->environment));
    const Json sent = m_gates.sentOf(*run, *tool, *call->arguments);
    const auto standing = m_services.tightenings.table();
    const policy::PermissionVerdict verdict
        = permissionOf({*run->plan, *run->entities, run->principal, summary->environment, summary->conversation,
                           run->person, summary->id, summary->toolCalls, m_services.clock.now()},
            *tool, sent, *standing);
    return verdict.word == VerdictWord::Deny ? std::optional(HiddenValues(*run).without(verdict.reason)) : std::nullopt;
}

void Runtime::Engine::enforceRules()
{
    std::vector<ApprovalRequest> waiting;
    (void)m_services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(waiting, approval::list(snapshot, {.limit = mostWaiting}));
        return {};
    });
    for (const ApprovalRequest& request : waiting) {
        const auto reason = refusedByRules(request);
        // What cannot be judged now is judged when the run goes on; a person's word alone never lets a call through.
        if (!reason || !*reason)
            continue;
        std::optional<ApprovalRequest> voided;
        const auto written = m_services.database.write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(voided, approval::voidByRule(transaction, request.id));
            if (!voided)
                return {};
            ledger::NewEntry entry;
            entry.kind = ledger::EntryKind::Approval;
            entry.actor = "system";
            entry.operation = "approvals.void";
            entry.subject = "approval:" + request.id;
            entry.outcome = "denied";
            entry.reason = "A rule set since forbids the call: " + **reason;
            entry.refs = {{"approval", request.id}, {"run", request.run}, {"tool", request.tool}};
            EPHOR_TRY([[maybe_unused]] const auto appended, m_services.ledger.append(transaction, entry));
            return {};
        });
        if (!written || !voided)
            continue;
        announceApprovals(request.id, "void");
        (void)resume(request.run);
    }
}

}

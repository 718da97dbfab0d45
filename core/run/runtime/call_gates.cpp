#include "core/run/runtime/call_gates.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/run/runtime/call_permission.h"

#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

void count(Run& run, const std::string& tool, VerdictWord word)
{
    run.toolVerdicts.push_back({tool, word});
    run.uncounted.push_back({tool, word});
}

std::string stopReason(const StopOrder& stop)
{
    const std::string what = stop.tool.empty()
        ? stop.mode == StopMode::NoWrites ? "Calls that change something are" : "Calls are"
        : "This tool is";
    return what + " stopped by " + stop.by + ": " + stop.reason;
}

}

CallRuling CallGates::deny(Run& run, const std::string& tool, std::string gate, std::string reason, std::string rule,
    std::string askWhom) const
{
    const Verdict& verdict = m_recorder.verdict(
        run, std::move(gate), VerdictWord::Deny, std::move(reason), std::move(rule), std::move(askWhom));
    if (const std::size_t span = m_recorder.openSpan(run, SpanKind::Permission, tool, "refused, never sent");
        span < run.spans.size())
        run.spans[span].verdict = verdict;
    count(run, tool, VerdictWord::Deny);
    CallRuling ruling;
    ruling.reason = verdict.reason;
    return ruling;
}

std::optional<CallRuling> CallGates::checkContract(
    Run& run, const PlannedTool& tool, const provider::ToolCall& call) const
{
    if (!call.arguments)
        return deny(run, tool.name, "contract-arguments", "The arguments are not a JSON object: " + call.argumentsError,
            "contract:" + tool.name, "");
    const contract::Validation validation = tool.input.validate(*call.arguments);
    if (validation.valid)
        return std::nullopt;
    std::string reason = "The arguments do not fit the tool's contract";
    if (!validation.errors.empty()) {
        const contract::Violation& first = validation.errors.front();
        reason += ": " + (first.instancePath.empty() ? std::string("/") : first.instancePath) + " " + first.message;
    }
    return deny(run, tool.name, "contract-arguments", reason, "contract:" + tool.name, "");
}

policy::PermissionVerdict CallGates::permissionOf(
    Run& run, const PlannedTool& tool, const Json& arguments, const policy::TighteningTable& tightenings) const
{
    const RunSummary& summary = run.summary;
    if (!run.entities) {
        // Made with the first call: most runs of most agents have none.
        auto made = sceneEntities(*run.plan, run.principal, summary.environment);
        if (!made) {
            policy::PermissionVerdict closed;
            closed.rule = "policy-error";
            closed.reason = "The rules could not be asked: " + made.error().message;
            return closed;
        }
        run.entities = std::move(*made);
    }
    const policy::PermissionVerdict verdict
        = runtime::permissionOf({*run.plan, *run.entities, run.principal, summary.environment, summary.conversation,
                                    summary.person, summary.id, summary.toolCalls, m_clock.now()},
            tool, arguments, tightenings);
    for (const policy::Observed& observed : verdict.observed)
        m_recorder.verdict(run, "observe", VerdictWord::Allow, observed.reason, observed.rule);
    return verdict;
}

// What a rule obliges to and nothing here can do denies: the call was only permitted with it.
std::optional<std::string> CallGates::unmet(const policy::PermissionVerdict& permission) const
{
    if (permission.word == VerdictWord::Deny)
        return std::nullopt;
    if (!permission.redact.empty()) {
        std::string classes;
        for (const std::string& each : permission.redact)
            classes += (classes.empty() ? "" : ", ") + each;
        return "The call is permitted only with " + classes + " hidden, and no detector for it is installed.";
    }
    if (permission.stepUp)
        return "The call needs a fresh sign-in of whoever asked for it. " + *permission.stepUp;
    return std::nullopt;
}

CallRuling CallGates::rule(Run& run, const provider::ToolCall& call, const policy::StopTable& stops,
    const policy::TighteningTable& tightenings, PersonsWord word) const
{
    const PlannedTool* const tool = run.plan->findTool(call.name);
    if (tool == nullptr)
        return deny(run, shorten(call.name, 64), "permission",
            "The agent has no tool \"" + shorten(call.name, 64) + "\".", "default-deny",
            "an administrator, by a change");
    if (auto refused = checkContract(run, *tool, call))
        return std::move(*refused);
    if (const StopOrder* const stop = stops.refusesCall(run.plan->agentName, tool->name, tool->body.effect))
        return deny(run, tool->name, "stop", stopReason(*stop), "stop:" + stop->id, stop->by);
    const policy::PermissionVerdict permission = permissionOf(run, *tool, *call.arguments, tightenings);
    if (permission.word == VerdictWord::Deny)
        return deny(run, tool->name, "permission", permission.reason, permission.rule, permission.askWhom);
    if (const auto reason = unmet(permission))
        return deny(run, tool->name, "obligation", *reason, permission.rule, "a governance officer");
    if (const auto used = run.budget.refusesToolCall(m_recorder.elapsed(run)))
        return deny(run, tool->name, "budget", *used, "budget:" + run.plan->agentName, "the agent's owner");
    CallRuling ruling;
    ruling.arguments = *call.arguments;
    const std::string text = compactJson(ruling.arguments);
    const guard::Inspection inspection
        = m_guards.inspect({guard::Hook::BeforeTool, text, run.plan->agentName, tool->name});
    if (inspection.word == VerdictWord::Deny)
        return deny(run, tool->name, "guard-tool", inspection.reason, inspection.rule, "a governance officer");
    if (inspection.replacement) {
        auto replaced = parseJson(*inspection.replacement);
        if (!replaced || !replaced->is_object())
            return deny(run, tool->name, "guard-tool", "A guard left arguments that cannot be sent.", inspection.rule,
                "a governance officer");
        ruling.arguments = std::move(*replaced);
        m_recorder.verdict(run, "guard-tool", VerdictWord::Transform, inspection.reason, inspection.rule);
    }
    const bool ask = permission.word == VerdictWord::Ask && word == PersonsWord::NotAsked;
    ruling.word = ask ? VerdictWord::Ask : VerdictWord::Allow;
    ruling.reason = permission.reason;
    ruling.approver = permission.demand.role;
    ruling.approvals = permission.demand.count;
    m_recorder.verdict(run, "permission", ruling.word, permission.reason, permission.rule, permission.askWhom);
    count(run, tool->name, ruling.word);
    return ruling;
}

}

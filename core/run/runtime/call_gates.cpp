#include "core/run/runtime/call_gates.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"

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
    const policy::PermissionVerdict permission
        = policy::check(run.plan->permissions, tightenings, tool->name, m_clock.now());
    if (permission.word == VerdictWord::Deny)
        return deny(run, tool->name, "permission", permission.reason, permission.rule, permission.askWhom);
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
    ruling.approver = permission.approver;
    ruling.approvals = permission.approvals;
    m_recorder.verdict(run, "permission", ruling.word, permission.reason, permission.rule, permission.askWhom);
    count(run, tool->name, ruling.word);
    return ruling;
}

}

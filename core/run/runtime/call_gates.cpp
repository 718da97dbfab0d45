#include "core/run/runtime/call_gates.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/run/runtime/call_permission.h"
#include "core/run/runtime/conversation_vault.h"
#include "core/run/runtime/hidden_values.h"
#include "core/run/runtime/session_book.h"
#include "core/trust/policy/call_explanation.h"

#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

void count(Run& run, const std::string& tool, VerdictWord word)
{
    run.toolVerdicts.push_back({tool, word});
    run.uncounted.push_back({tool, word});
}

// What rules see of a call beside its arguments. The words are built for the time of the question.
class Scene {
public:
    Scene(const Run& run, const provider::ToolCall& call, Instant now)
        : m_labels(guard::labelWords(run.label))
    {
        const RunSummary& summary = run.summary;
        const auto texts = run.callTexts.find(call.id);
        std::span<const std::string> findings;
        if (texts != run.callTexts.end())
            findings = texts->second.findings;
        m_scene.emplace(CallScene{*run.plan, *run.entities, run.principal, summary.environment, summary.conversation,
            run.person, summary.id, summary.toolCalls, now, m_labels, findings});
    }
    policy::CallFacts factsOf(const PlannedTool& tool, const Json& arguments) const
    {
        return runtime::factsOf(*m_scene, tool, arguments);
    }

private:
    std::vector<std::string> m_labels;
    std::optional<CallScene> m_scene;
};

// Models number the calls of each run anew, and a session may have several runs.
std::string inSession(const Run& run, const provider::ToolCall& call)
{
    return run.summary.id + "/" + call.id;
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

Json CallGates::sentOf(Run& run, const PlannedTool& tool, const Json& arguments) const
{
    m_vault.recall(run, tool, arguments);
    return m_texts.revealedTo(run, tool, arguments);
}

std::optional<CallRuling> CallGates::checkContract(Run& run, const Judged& judged) const
{
    const std::string& tool = judged.tool.name;
    const contract::Validation validation = judged.tool.input.validate(judged.sent);
    if (validation.valid)
        return std::nullopt;
    std::string reason = "The arguments do not fit the tool's contract";
    if (!validation.errors.empty()) {
        const contract::Violation& first = validation.errors.front();
        reason += ": " + (first.instancePath.empty() ? std::string("/") : first.instancePath) + " " + first.message;
    }
    reason = HiddenValues(run).without(std::move(reason));
    return deny(run, tool, "contract-arguments", std::move(reason), "contract:" + tool, "");
}

policy::PermissionVerdict CallGates::permissionOf(
    Run& run, const Judged& judged, const policy::TighteningTable& tightenings, PersonsWord word) const
{
    if (!run.entities) {
        // Made with the first call: most runs of most agents have none.
        auto made = sceneEntities(*run.plan, run.principal, run.summary.environment);
        if (!made) {
            policy::PermissionVerdict closed;
            closed.rule = "policy-error";
            closed.reason = "The rules could not be asked: " + made.error().message;
            return closed;
        }
        run.entities = std::move(*made);
        run.history = m_sessions.open(run.summary);
    }
    const auto approved = word.given() ? policy::Approved::Yes : policy::Approved::NotYet;
    const Scene scene(run, judged.call, m_clock.now());
    policy::PermissionVerdict verdict = run.history->judge({*run.plan->rules, tightenings.rules()},
        scene.factsOf(judged.tool, judged.sent), inSession(run, judged.call), approved, m_sessions.past(run));
    // A rule that errs tells the value that it could not read.
    const HiddenValues hiding(run);
    verdict.reason = hiding.without(std::move(verdict.reason));
    for (const policy::Observed& observed : verdict.observed)
        m_recorder.verdict(run, "observe", VerdictWord::Allow, hiding.without(observed.reason), observed.rule);
    return verdict;
}

// Of the verdict just reported. Whoever is refused or kept waiting is owed the whole story; where it cannot be told the
// verdict's own sentence stands alone.
void CallGates::keepWhy(Run& run, const Judged& judged, const policy::TighteningTable& tightenings) const
{
    if (!run.entities)
        return;
    const Scene scene(run, judged.call, m_clock.now());
    auto explained = policy::explainCall(
        {*run.plan->rules, tightenings.rules()}, scene.factsOf(judged.tool, judged.sent), m_sessions.past(run));
    if (!explained)
        return;
    const HiddenValues hiding(run);
    auto ofAgent = hiding.without(explained->agent, judged.sent);
    auto ofRequester = hiding.without(explained->requester, judged.sent);
    if (!ofAgent || !ofRequester)
        return;
    VerdictWhy why{run.verdicts.back().id, std::move(*ofAgent), std::move(*ofRequester), {}};
    for (const guard::LabelOrigin& origin : run.origins)
        why.origins.push_back(guard::sentenceOf(origin));
    run.whys.push_back(std::move(why));
}

void CallGates::answered(Run& run, const provider::ToolCall& call, const std::string& text) const
{
    const PlannedTool* const tool = run.plan->findTool(call.name);
    if (!run.history || tool == nullptr || !call.arguments)
        return;
    const Json sent = sentOf(run, *tool, *call.arguments);
    const Scene scene(run, call, m_clock.now());
    const policy::CallFacts facts = scene.factsOf(*tool, sent);
    const auto answer = parseJson(text);
    if (!answer || (answer->is_object() && answer->contains("error")))
        return run.history->answered(facts, inSession(run, call), nullptr);
    const policy::CallAnswer known{*answer, tool->outputShape};
    run.history->answered(facts, inSession(run, call), &known);
}

// A gate after the rules says no: what they let through was no request after all.
CallRuling CallGates::refuse(
    Run& run, const Judged& judged, std::string gate, std::string reason, std::string rule, std::string askWhom) const
{
    const Scene scene(run, judged.call, m_clock.now());
    run.history->refused(scene.factsOf(judged.tool, judged.sent), inSession(run, judged.call));
    return deny(run, judged.tool.name, std::move(gate), std::move(reason), std::move(rule), std::move(askWhom));
}

CallGates::TextRuling CallGates::ruleOfTexts(Run& run, const PlannedTool& tool, const provider::ToolCall& call) const
{
    const guard::Inspection& inspection = m_texts.ofCall(run, call).inspection;
    TextRuling ruling{inspection.word, "guard-tool", inspection.reason, inspection.rule};
    TextRuling flow = ruleOfFlow(run, tool);
    if (flow.word == VerdictWord::Deny || ruling.word != VerdictWord::Ask)
        return flow;
    return ruling;
}

// What the run has read decides about what it may send and change (information flow, core/trust/guard/label.h).
CallGates::TextRuling CallGates::ruleOfFlow(Run& run, const PlannedTool& tool) const
{
    const ProtectionBody& body = run.plan->protection->body();
    TextRuling ruling;
    const auto take = [&](FlowMode mode, const std::optional<std::string>& reason, std::string_view rule) {
        if (!reason || mode == FlowMode::Off)
            return;
        const std::string name = run.plan->protection->ruleOf(rule);
        if (mode == FlowMode::Observe) {
            if (run.observedFlows.insert(tool.name + "/" + name).second)
                m_recorder.verdict(run, "observe", VerdictWord::Allow, *reason, name);
            return;
        }
        const VerdictWord word = mode == FlowMode::Deny ? VerdictWord::Deny : VerdictWord::Ask;
        if (ruling.word == VerdictWord::Allow || word == VerdictWord::Deny)
            ruling = {word, "flow", *reason, name};
    };
    const std::vector<std::string> words = guard::labelWords(run.label);
    const auto since = [&](std::optional<std::string> reason, const std::string& word) {
        return reason ? std::optional(*reason + guard::originOf(word, run.origins)) : std::nullopt;
    };
    take(body.flows, since(guard::exceedsClearance(tool.name, tool.body, run.label), words.back()), "flow");
    take(body.trust, since(guard::actsOnUntrusted(tool.name, tool.body, run.label), words.front()), "trust");
    return ruling;
}

// What a rule permits only with something hidden leaves with it hidden, or not at all.
Result<Json> CallGates::hidden(const Run& run, const policy::PermissionVerdict& permission, const Json& arguments) const
{
    if (permission.redact.empty())
        return arguments;
    EPHOR_TRY(const auto text, run.plan->protection->without(permission.redact, compactJson(arguments)));
    std::string classes;
    for (const std::string& each : permission.redact)
        classes += (classes.empty() ? "" : ", ") + each;
    auto replaced = text ? parseJson(*text) : fail(ErrorKind::NotFound, "guard.no-detector", "");
    if (!replaced || !replaced->is_object())
        return fail(ErrorKind::CheckFailed, "guard.cannot-hide",
            "The call is permitted only with " + classes + " hidden, and "
                + (text ? "what has to be hidden is no text." : "no detector for it is installed."),
            "Name entities or classes that detectors know.");
    return std::move(*replaced);
}

// One verdict says all that the call waits for.
CallRuling CallGates::ask(Run& run, Question question) const
{
    const policy::PermissionVerdict& permission = question.permission;
    const bool byRule = permission.word == VerdictWord::Ask && !question.word.approved();
    const bool byTexts = !byRule && question.texts.word == VerdictWord::Ask && !question.word.approved();
    const bool signIn = question.wantsSignIn();
    CallRuling ruling;
    ruling.word = byRule || byTexts || signIn ? VerdictWord::Ask : VerdictWord::Allow;
    ruling.reason = byTexts ? question.texts.reason : permission.reason;
    ruling.rule = byTexts ? std::string() : permission.rule;
    ruling.approver = byTexts ? Role::Officer : permission.demand.role;
    ruling.approvals = byRule ? permission.demand.count : byTexts ? 1 : 0;
    std::string whom = byTexts ? question.texts.askWhom : permission.askWhom;
    if (signIn) {
        ruling.stepUp = policy::stepUpSentence(*permission.stepUp);
        ruling.confirmer = std::move(question.confirmer);
        ruling.reason += " " + ruling.stepUp;
        whom = whom.empty() || ruling.approvals == 0 ? ruling.confirmer.name : whom + ", and " + ruling.confirmer.name;
    }
    m_recorder.verdict(run, byTexts ? question.texts.gate : std::string("permission"), ruling.word, ruling.reason,
        byTexts ? question.texts.rule : permission.rule, whom);
    return ruling;
}

CallRuling CallGates::rule(Run& run, const provider::ToolCall& call, const policy::StopTable& stops,
    const policy::TighteningTable& tightenings, PersonsWord word) const
{
    const PlannedTool* const tool = run.plan->findTool(call.name);
    if (tool == nullptr)
        return deny(run, shorten(call.name, 64), "permission",
            "The agent has no tool \"" + shorten(call.name, 64) + "\".", "default-deny",
            "an administrator, by a change");
    // Of what the guards refuse nothing is left that a contract or a rule could be asked about.
    const guard::Inspection& held = m_texts.ofCall(run, call).inspection;
    if (held.word == VerdictWord::Deny)
        return deny(run, tool->name, "guard-tool", held.reason, held.rule,
            held.outage ? TextGates::outageAsk : "a governance officer");
    if (!call.arguments)
        return deny(run, tool->name, "contract-arguments",
            "The arguments are not a JSON object: " + call.argumentsError, "contract:" + tool->name, "");
    const Judged judged{*tool, call, sentOf(run, *tool, *call.arguments)};
    if (auto refused = checkContract(run, judged))
        return std::move(*refused);
    if (const StopOrder* const stop = stops.refusesCall(run.plan->agentName, tool->name, tool->body.effect))
        return deny(run, tool->name, "stop", stopReason(*stop), "stop:" + stop->id, stop->by);
    const policy::PermissionVerdict permission = permissionOf(run, judged, tightenings, word);
    if (permission.word == VerdictWord::Deny) {
        CallRuling ruling = deny(run, tool->name, "permission", permission.reason, permission.rule, permission.askWhom);
        keepWhy(run, judged, tightenings);
        return ruling;
    }
    if (const auto used = run.budget.refusesToolCall(m_recorder.elapsed(run)))
        return refuse(run, judged, "budget", *used, "budget:" + run.plan->agentName, "the agent's owner");
    const TextRuling texts = ruleOfTexts(run, *tool, call);
    if (texts.word == VerdictWord::Deny)
        return refuse(run, judged, texts.gate, texts.reason, texts.rule, texts.askWhom);
    CallRuling ruling = letPass(run, judged, {permission, texts, word, {}});
    if (permission.waits() && ruling.word == VerdictWord::Ask)
        keepWhy(run, judged, tightenings);
    return ruling;
}

// What rules and texts let through leaves as they want it, once whoever they name has said so.
CallRuling CallGates::letPass(Run& run, const Judged& judged, Question question) const
{
    const policy::PermissionVerdict& permission = question.permission;
    auto arguments = hidden(run, permission, *judged.call.arguments);
    auto sent = arguments ? hidden(run, permission, judged.sent) : fail(arguments.error());
    if (!sent)
        return refuse(run, judged, "obligation", sent.error().message, permission.rule, "a governance officer");
    if (question.wantsSignIn()) {
        question.confirmer = m_findConfirmer(run);
        if (question.confirmer.id.empty())
            return refuse(run, judged, "obligation",
                policy::stepUpSentence(*permission.stepUp) + " Nobody who can sign in here is known to be behind it.",
                permission.rule, "whoever called, to name a person of this workspace");
    }
    CallRuling ruling = ask(run, std::move(question));
    ruling.arguments = std::move(*arguments);
    ruling.sent = std::move(*sent);
    count(run, judged.tool.name, ruling.word);
    return ruling;
}

}

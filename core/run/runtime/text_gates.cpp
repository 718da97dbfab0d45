#include "core/run/runtime/text_gates.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/trust/guard/inspection_words.h"
#include "core/trust/guard/label.h"
#include "core/trust/guard/marker.h"
#include "core/trust/guard/protection.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

// "guard-in" as a person reads it in the waterfall: "Guard in".
std::string titleOf(std::string gate)
{
    std::ranges::replace(gate, '-', ' ');
    gate.front() = char(gate.front() - 'a' + 'A');
    return gate;
}

}

guard::Inspection TextGates::ask(const Run& run, guard::Hook hook, std::string_view text, std::string_view tool) const
{
    guard::Inspection inspection = run.plan->guards->inspect({hook, text, run.plan->agentName, tool});
    const bool leaves
        = hook == guard::Hook::BeforeTool || hook == guard::Hook::AfterModel || hook == guard::Hook::Output;
    const std::string marker = markerOf(run);
    // What is refused already may be no text at all.
    if (!leaves || marker.empty() || inspection.word == VerdictWord::Deny || !guard::holdsMarker(text, marker))
        return inspection;
    const bool refuses = run.plan->protection->body().marker != FlowMode::Observe;
    inspection.noticed.push_back(
        {std::string(guard::markerEntity), refuses ? ProtectAction::Deny : ProtectAction::Observe, 1});
    if (!refuses)
        return inspection;
    guard::Inspection refused;
    refused.word = VerdictWord::Deny;
    refused.reason = "In " + std::string(guard::placeWords(guard::surfaceOf(hook)))
        + " stands the marker of this run's prompt: the prompt is being told.";
    refused.rule = run.plan->protection->ruleOf(guard::markerEntity);
    refused.noticed = std::move(inspection.noticed);
    refused.holds = inspection.holds;
    return refused;
}

std::string TextGates::markerOf(const Run& run)
{
    const guard::Protection& protection = *run.plan->protection;
    return protection.body().marker == FlowMode::Off ? std::string()
                                                     : guard::markerOf(protection.key(), run.summary.id);
}

std::unique_ptr<guard::StreamInspector> TextGates::openStream(const Run& run)
{
    const guard::Protection& protection = *run.plan->protection;
    const bool refuses = protection.body().marker >= FlowMode::Ask;
    return run.plan->guards->openStream(
        refuses ? guard::openMarkerStream(markerOf(run), protection.ruleOf(guard::markerEntity)) : nullptr);
}

guard::Inspection TextGates::inspect(Run& run, const Look& look) const
{
    guard::Inspection inspection = ask(run, look.hook, look.text, look.tool);
    Inspected seen;
    seen.surface = guard::surfaceOf(look.hook);
    seen.tool = look.tool;
    seen.message = run.messages.size();
    seen.label = guard::joined(look.source, {inspection.integrity, inspection.holds});
    seen.noticed = inspection.noticed;
    // What goes to the model or into a call was read before, and is as it was then.
    if (look.hook == guard::Hook::Input || look.hook == guard::Hook::AfterTool)
        guard::join(run.label, seen, run.origins);
    for (guard::StandIn& standIn : inspection.standIns) {
        if (run.vault.emplace(standIn.token, standIn.value).second)
            run.freshStandIns.push_back(standIn);
    }
    // What goes to the model is in the record as it came.
    if (inspection.raw && look.hook != guard::Hook::BeforeModel)
        run.freshRawTexts.push_back(
            {seen.message, seen.tool, std::move(inspection.raw->text), std::move(inspection.raw->revealed)});
    inspection.raw.reset();
    if (!seen.noticed.empty() || look.hook == guard::Hook::AfterTool)
        run.inspected.push_back(std::move(seen));
    return inspection;
}

void TextGates::report(Run& run, const guard::Inspection& inspection, const char* gate) const
{
    const bool denies = inspection.word == VerdictWord::Deny;
    if (!denies && !inspection.replacement)
        return;
    const Verdict& verdict = denies
        ? m_recorder.verdict(run, gate, VerdictWord::Deny, inspection.reason, inspection.rule,
              inspection.outage ? outageAsk : "a governance officer")
        : m_recorder.verdict(run, gate, VerdictWord::Transform, inspection.reason, inspection.rule);
    const std::size_t span = m_recorder.openSpan(
        run, SpanKind::Guard, titleOf(gate), denies ? "refused" : "something was taken out or hidden");
    if (span < run.spans.size())
        run.spans[span].verdict = verdict;
}

guard::Inspection TextGates::pass(Run& run, const Look& look, const char* gate) const
{
    guard::Inspection inspection = inspect(run, look);
    report(run, inspection, gate);
    return inspection;
}

std::optional<std::string> TextGates::passToModel(Run& run) const
{
    for (; run.shownToModel < run.messages.size(); ++run.shownToModel) {
        const provider::ChatMessage& message = run.messages[run.shownToModel];
        // The prompt is a governed definition, but the caller's variables stand in it.
        const bool wanted = run.plan->guards->looksAt(guard::Hook::BeforeModel);
        if (!wanted || message.content.empty())
            continue;
        guard::Inspection inspection
            = pass(run, {guard::Hook::BeforeModel, message.content, {}, run.label}, "guard-model");
        if (inspection.word == VerdictWord::Deny)
            return inspection.reason;
        if (inspection.replacement)
            run.modelTexts[run.shownToModel] = std::move(*inspection.replacement);
    }
    return std::nullopt;
}

Json TextGates::passVariables(Run& run, const Json& variables) const
{
    if (variables.is_null() || (variables.is_object() && variables.empty()))
        return variables;
    // As the caller spelled it a value may be hidden in escapes.
    const std::string text = compactJson(variables);
    guard::Inspection inspection = inspect(run, {guard::Hook::Input, text, {}, guard::callerLabel});
    std::optional<Result<Json>> replaced;
    if (inspection.replacement)
        replaced = parseJson(*inspection.replacement);
    if (replaced && !*replaced) {
        inspection.word = VerdictWord::Deny;
        inspection.reason = "What had to be hidden in the variables is no text, so nothing can stand for it.";
    }
    report(run, inspection, "guard-in");
    if (inspection.word == VerdictWord::Deny)
        return {};
    if (replaced)
        return std::move(**replaced);
    return variables;
}

std::optional<Grounds> TextGates::groundsOf(const Run& run, const std::string& answer) const
{
    const ProtectionBody& body = run.plan->protection->body();
    if (body.grounded == 0 || body.ungrounded == FlowMode::Off)
        return std::nullopt;
    return runtime::groundsOf(answer, run.messages);
}

std::optional<std::string> TextGates::ungrounded(Run& run, const Grounds& grounds) const
{
    const ProtectionBody& body = run.plan->protection->body();
    const std::size_t unsupported = doubtedIn(grounds);
    const std::size_t all = grounds.citations.size();
    if (unsupported == 0 || (all - unsupported) * 100 >= body.grounded * all)
        return std::nullopt;
    std::string reason = std::to_string(unsupported) + " of " + countWords(all, "sentence")
        + " of the answer rest on nothing that was read for it.";
    const bool denies = body.ungrounded != FlowMode::Observe;
    if (!grounds.unjudged.empty())
        reason += " The judge was not of use: " + grounds.unjudged;
    // Had the judge answered, it might have passed: that is a trouble of this installation and no word about the
    // answer.
    if (denies && !grounds.unjudged.empty())
        run.inspected.push_back(
            {TextSurface::Answer, {}, run.messages.size(), run.label, {{"outage:judge", ProtectAction::Deny, 1}}});
    m_recorder.verdict(run, denies ? "groundedness" : "observe", denies ? VerdictWord::Deny : VerdictWord::Allow,
        reason, run.plan->protection->ruleOf("grounded"),
        !denies                        ? ""
            : grounds.unjudged.empty() ? "a governance officer"
                                       : outageAsk);
    return denies ? std::optional(std::move(reason)) : std::nullopt;
}

Json TextGates::revealedTo(const Run& run, const PlannedTool& tool, Json arguments) const
{
    if (guard::clearanceOf(tool.body) < Confidentiality::Confidential)
        return arguments;
    if (run.recalled.empty())
        return run.vault.empty() ? arguments : guard::restoredJson(std::move(arguments), run.vault);
    guard::Vault known = run.vault;
    known.insert(run.recalled.begin(), run.recalled.end());
    return guard::restoredJson(std::move(arguments), known);
}

std::string TextGates::revealed(const Run& run, std::string answer) const
{
    if (run.vault.empty() || !run.plan->protection->reveals())
        return answer;
    return guard::restored(answer, run.vault);
}

}

#include "core/run/runtime/run_story.h"

#include "core/domain/reflect.h"
#include "core/trust/guard/label.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

std::string about(const RunSummary& run)
{
    std::string text;
    if (!run.decision.amount.empty())
        text += " " + run.decision.amount;
    if (!run.decision.reference.empty())
        text += " for " + run.decision.reference;
    return text;
}

// Where a part came from, as far as this program saw it. What a caller sends names roles as it likes: an agent's
// earlier answer in it is the caller's word, and a person's text is one only where the caller named a person.
std::string sourceOf(const std::string& role, const RunSummary& run, JournalKind step)
{
    const bool fromCaller = step == JournalKind::Admitted;
    if (role == "system")
        return "system";
    if (role == "tool")
        return fromCaller ? "caller" : "tool";
    if (role == "assistant")
        return fromCaller ? "caller" : "model";
    if (role == "user")
        return run.person.empty() ? "caller" : "person";
    return "unknown";
}

}

Result<void> addTexts(std::string_view body, RecordedTexts& texts)
{
    EPHOR_TRY(const Json entry, parseJson(body));
    const Json data = entry.value("data", Json::object());
    RecordedTexts::Step& step = texts.steps.emplace_back();
    step.holdsMessages = data.contains("messages");
    if (data.contains("firstMessage"))
        step.firstMessage = data["firstMessage"].get<std::uint64_t>();
    if (data.contains("label")) {
        EPHOR_TRY(texts.label, fromJson<Label>(data["label"], UnknownMembers::Ignore));
    }
    if (data.contains("inspected")) {
        EPHOR_TRY(auto added, fromJson<std::vector<Inspected>>(data["inspected"], UnknownMembers::Ignore));
        std::ranges::move(added, std::back_inserter(texts.inspected));
    }
    if (data.contains("citations")) {
        EPHOR_TRY(texts.citations, fromJson<std::vector<Citation>>(data["citations"], UnknownMembers::Ignore));
        step.cites = true;
    }
    return {};
}

std::optional<std::uint64_t> StoryPlaces::begin(const RecordedTexts::Step& step)
{
    if (step.firstMessage)
        m_next = step.firstMessage;
    return m_next;
}

void StoryPlaces::opened(std::size_t messages)
{
    if (m_next)
        *m_next += messages;
}

void StoryPlaces::erased(const RecordedTexts::Step& step)
{
    if (step.holdsMessages)
        m_next.reset();
}

void citeAnswer(std::span<PlacedPart> parts, const RecordedTexts& texts)
{
    const auto answer = std::ranges::find(
        parts.rbegin(), parts.rend(), "model", [](const PlacedPart& placed) { return placed.part.source; });
    if (answer == parts.rend() || texts.citations.empty())
        return;
    // Stored text and places come from one record; a mismatch is a fault elsewhere, and wrong places help nobody.
    const bool fits = std::ranges::all_of(texts.citations,
        [&](const Citation& each) { return each.start <= each.end && each.end <= answer->part.text.size(); });
    if (fits)
        answer->part.citations = texts.citations;
}

void labelPart(PlacedPart& placed, const RecordedTexts& texts)
{
    TranscriptPart& part = placed.part;
    // A model's words are made of all that was read before them.
    std::optional<Label> before = placed.message && texts.label ? std::optional(guard::callerLabel) : std::nullopt;
    for (const Inspected& text : texts.inspected) {
        if (!placed.message)
            break;
        const bool isSource = text.surface == TextSurface::Input || text.surface == TextSurface::Result;
        if (isSource && before && text.message < *placed.message)
            before = guard::joined(*before, text.label);
        if (text.message != *placed.message || text.surface == TextSurface::Model)
            continue;
        if (isSource)
            part.label = text.label;
        part.noticed.insert(part.noticed.end(), text.noticed.begin(), text.noticed.end());
    }
    if (part.label)
        return;
    const bool isOwn
        = part.source == "system" || part.source == "person" || (part.source == "caller" && part.role == "user");
    if (part.source == "model")
        part.label = before;
    else if (isOwn)
        part.label = guard::callerLabel;
    else if (part.source == "caller")
        part.label = guard::hearsayLabel;
}

std::string sentenceOf(const RunSummary& run)
{
    const std::string who = run.agentTitle.empty() ? run.agent : run.agentTitle;
    switch (run.state) {
    case RunState::Running:
        return who + " is working on it.";
    case RunState::Waiting:
        return who + " waits for a person to decide about a call.";
    case RunState::Denied:
        return who + " was not let through: " + run.reason;
    case RunState::Failed:
        return who + " could not finish: " + run.reason;
    case RunState::Stopped:
        return who + " was stopped. " + run.reason;
    case RunState::Done:
        break;
    }
    std::string sentence
        = who + " " + (run.decision.outcome.empty() ? "answered" : run.decision.outcome) + about(run) + ".";
    if (run.denied > 0)
        sentence += run.denied == 1 ? " One call was refused on the way."
                                    : " " + std::to_string(run.denied) + " calls were refused on the way.";
    return sentence;
}

TranscriptPart partOf(const Json& stored, const RunSummary& run, JournalKind step)
{
    TranscriptPart part;
    part.role = stored.value("role", "");
    part.name = stored.value("name", "");
    part.text = stored.value("content", "");
    part.call = stored.value("call", "");
    part.source = sourceOf(part.role, run, step);
    if (stored.contains("calls")) {
        for (const Json& call : stored["calls"])
            part.text += (part.text.empty() ? "" : "\n") + call.value("name", "") + " " + call.value("arguments", "");
    }
    return part;
}

}

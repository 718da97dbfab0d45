#include "core/run/runtime/run_story.h"

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

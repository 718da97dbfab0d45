#include "core/run/runtime/outcome.h"

#include "core/base/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

constexpr std::size_t longestAmount = 64;

// The last call of the deciding tool, and whether its answer says that it happened.
struct Deciding {
    const provider::ToolCall* call = nullptr;
    bool done = false;
};

// Refusals reach the model as {"error": …}; a tool that did it answers with anything else.
bool saysDone(const std::string& text)
{
    const auto answer = parseJson(text);
    return answer && !(answer->is_object() && answer->contains("error"));
}

Deciding decidingCall(const std::string& tool, const Messages& messages)
{
    Deciding found;
    for (const provider::ChatMessage& message : messages) {
        for (const provider::ToolCall& call : message.toolCalls) {
            if (call.name == tool)
                found = {&call, false};
        }
        if (message.role == "tool" && found.call != nullptr && message.toolCallId == found.call->id)
            found.done = saysDone(message.content);
    }
    return found;
}

std::string amountOf(const provider::ToolCall& call, const std::string& pointer)
{
    if (pointer.empty() || !call.arguments)
        return {};
    try {
        const Json::json_pointer place(pointer);
        if (!call.arguments->contains(place))
            return {};
        const Json& value = call.arguments->at(place);
        return shorten(value.is_string() ? value.get<std::string>() : compactJson(value), longestAmount);
    } catch (const Json::exception&) {
        return {};
    }
}

}

Decision decisionOf(const AgentBody& agent, const RunSummary& summary, const Messages& messages)
{
    Decision decision = summary.decision;
    decision.subject = agent.decision.subject;
    decision.riskClass = agent.decision.riskClass;
    if (summary.state == RunState::Failed || summary.state == RunState::Stopped) {
        decision.outcome.clear();
        return decision;
    }
    if (summary.state == RunState::Denied) {
        decision.outcome = agent.decision.deniedWord;
        return decision;
    }
    if (agent.decision.outcomeTool == "-") {
        decision.outcome = summary.denied > 0 ? agent.decision.deniedWord : agent.decision.doneWord;
        return decision;
    }
    const Deciding deciding = decidingCall(agent.decision.outcomeTool, messages);
    if (deciding.call == nullptr) {
        decision.outcome = summary.denied > 0 ? agent.decision.deniedWord : "answered";
        return decision;
    }
    decision.outcome = deciding.done ? agent.decision.doneWord : agent.decision.deniedWord;
    decision.amount = amountOf(*deciding.call, agent.decision.amountPointer);
    return decision;
}

}

#include "core/run/provider/wire.h"

#include <set>

namespace ephor::provider {

bool showsAnswer(const ModelEvent& event)
{
    return !std::holds_alternative<UsageReport>(event) && !std::holds_alternative<Finish>(event);
}

void completeToolCallIds(ModelResult& result)
{
    std::set<std::string> taken;
    for (const ToolCall& call : result.toolCalls)
        taken.insert(call.id);
    std::set<std::string> used;
    std::size_t next = 1;
    for (ToolCall& call : result.toolCalls) {
        if (!call.id.empty() && used.insert(call.id).second)
            continue;
        do
            call.id = "call_" + std::to_string(next++);
        while (taken.contains(call.id));
        used.insert(call.id);
    }
}

std::string_view toString(FailureKind kind)
{
    switch (kind) {
    case FailureKind::Status:
        return "status";
    case FailureKind::Reported:
        return "reported";
    case FailureKind::Malformed:
        return "malformed";
    case FailureKind::Truncated:
        return "truncated";
    case FailureKind::TooLarge:
        return "too-large";
    case FailureKind::Transport:
        return "transport";
    case FailureKind::Timeout:
        return "timeout";
    case FailureKind::Cancelled:
        return "cancelled";
    case FailureKind::Denied:
        return "denied";
    }
    return "malformed";
}

}

#pragma once

#include "core/base/clock.h"
#include "core/run/provider/wire.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace re2 {
class RE2;
}

namespace ephor::provider {

/// How long a simulated answer takes: log-normal, given by its median and its 95th percentile.
struct LatencyShape {
    Duration median = std::chrono::milliseconds(600);
    Duration p95 = std::chrono::milliseconds(1'800);
    double firstTokenShare = 0.4; ///< the part of it that passes before the first word

    bool operator==(const LatencyShape&) const = default;
};

/// A way to fail, and how often.
struct FailureShape {
    FailureKind kind = FailureKind::Status; ///< Status, Timeout or Truncated
    int status = 503;
    double rate = 0; ///< of all calls, 0 to 1
    std::string type;
    std::string message;
    std::optional<Duration> retryAfter;

    bool operator==(const FailureShape&) const = default;
};

/// What must hold of the newest tool result.
struct ToolResultCondition {
    std::string tool; ///< its name; empty means any
    std::string contains;
    std::string path; ///< dotted members into the result's JSON
    std::optional<Json> equals;
    std::optional<double> above;
    std::optional<double> below;
};

/// When a rule or a drift applies. All that is given must hold; texts compare without ASCII case.
struct ScenarioCondition {
    std::vector<std::string> userContains; ///< one of them, in the newest user message
    std::shared_ptr<const re2::RE2> userMatches; ///< its groups become placeholders
    std::string systemContains; ///< in the system or developer messages: a marker that tells prompts apart
    std::string systemLacks;
    std::string model;
    std::optional<std::int64_t> turn; ///< number of user messages
    std::optional<std::int64_t> toolResults; ///< number of tool results since the newest user message
    std::optional<ToolResultCondition> toolResult;
    std::optional<Instant> after;
    std::optional<Instant> before;
    double chance = 1; ///< holds for this part of all calls
};

/// What a simulated model says. Texts and arguments may hold {{placeholders}}.
struct ScenarioRule {
    std::string id;
    ScenarioCondition when;
    std::vector<std::string> replies; ///< one is chosen
    std::string refusal;
    std::string reasoning;
    struct Call {
        std::string name;
        Json arguments = Json::object();
    };
    std::vector<Call> toolCalls;
    std::string finishReason; ///< empty: tool_calls or stop, as it is
    std::optional<std::int64_t> inputTokens;
    std::optional<std::int64_t> outputTokens;
    double latencyFactor = 1;
};

/// A change of behaviour: from a moment on, or under a marked prompt; at once, or growing over `ramp`.
struct ScenarioDrift {
    std::string id;
    ScenarioCondition when;
    Duration ramp{0}; ///< from `when.after` to full strength
    std::vector<FailureShape> failures; ///< added to the scenario's own
    double latencyFactor = 1;
    std::vector<ScenarioRule> rules; ///< tried before the scenario's own
};

/// A simulated model: docs/formats/scenario.md. Immutable once read; shared between threads.
struct Scenario {
    std::string name;
    std::string model;
    LatencyShape latency;
    std::vector<FailureShape> failures;
    std::vector<ScenarioRule> rules;
    ScenarioRule fallback; ///< when no rule matches
    std::vector<ScenarioDrift> drifts;
    std::map<std::string, std::vector<std::string>> lists; ///< for {{pick.NAME}}
};

/// Reads a scenario. Unknown members, rates outside 0 to 1, patterns RE2 refuses and placeholders nothing fills are
/// errors: scenario.invalid, with the place in the field "path".
Result<Scenario> readScenario(const Json& json);

}

#include "core/run/provider/simulate.h"

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/run/provider/openai_chat.h"
#include "core/run/provider/provider_error.h"
#include "core/run/provider/scenario_match.h"
#include "core/run/provider/scenario_template.h"
#include "core/run/provider/tool_call_tracker.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace ephor::provider {

namespace {

// The 95th percentile of the standard normal distribution.
constexpr double normalP95 = 1.6448536269514722;
// The tail of a log-normal has no end; a person's patience has.
constexpr Duration longestSimulatedLatency = std::chrono::minutes(10);

double standardNormal(const Draws& draws, std::string_view label)
{
    const double first = std::max(draws.unit(std::string(label) + "/radius"), 1e-12);
    const double second = draws.unit(std::string(label) + "/angle");
    return std::sqrt(-2 * std::log(first)) * std::cos(2 * std::numbers::pi * second);
}

Duration drawLatency(const LatencyShape& shape, double factor, const Draws& draws)
{
    const double median = double(shape.median.count());
    if (median <= 0)
        return Duration(0);
    const double sigma = std::log(std::max(double(shape.p95.count()) / median, 1.0)) / normalP95;
    const double drawn = median * std::exp(sigma * standardNormal(draws, "latency")) * factor;
    return Duration(std::int64_t(std::min(drawn, double(longestSimulatedLatency.count()))));
}

/// How strongly a drift is in force, 0 to 1.
double driftStrength(const ScenarioDrift& drift, const ConversationView& view, Instant now, const Draws& draws)
{
    if (!matches(drift.when, view, now, draws, drift.id))
        return 0;
    if (drift.ramp <= Duration(0) || !drift.when.after)
        return 1;
    return std::clamp(double((now - *drift.when.after).count()) / double(drift.ramp.count()), 0.0, 1.0);
}

struct Conditions {
    double latencyFactor = 1;
    std::vector<FailureShape> failures;
    const ScenarioRule* rule = nullptr;
    std::vector<std::string> drifts;
};

const ScenarioRule* firstMatch(
    const std::vector<ScenarioRule>& rules, const ConversationView& view, Instant now, const Draws& draws)
{
    for (const ScenarioRule& rule : rules) {
        if (matches(rule.when, view, now, draws, rule.id))
            return &rule;
    }
    return nullptr;
}

Conditions conditionsFor(const Scenario& scenario, const ConversationView& view, Instant now, const Draws& draws)
{
    Conditions conditions;
    conditions.failures = scenario.failures;
    for (const ScenarioDrift& drift : scenario.drifts) {
        const double strength = driftStrength(drift, view, now, draws);
        if (strength <= 0)
            continue;
        conditions.drifts.push_back(drift.id);
        conditions.latencyFactor *= 1 + (drift.latencyFactor - 1) * strength;
        for (FailureShape failure : drift.failures) {
            failure.rate *= strength;
            conditions.failures.push_back(std::move(failure));
        }
        // While a drift grows, its rules answer a growing part of the calls.
        if (!conditions.rule && draws.unit("drift/" + drift.id) < strength)
            conditions.rule = firstMatch(drift.rules, view, now, draws);
    }
    if (!conditions.rule)
        conditions.rule = firstMatch(scenario.rules, view, now, draws);
    if (!conditions.rule)
        conditions.rule = &scenario.fallback;
    conditions.latencyFactor *= conditions.rule->latencyFactor;
    return conditions;
}

const FailureShape* drawFailure(const std::vector<FailureShape>& failures, const Draws& draws)
{
    double at = draws.unit("failure");
    for (const FailureShape& failure : failures) {
        if (at < failure.rate)
            return &failure;
        at -= failure.rate;
    }
    return nullptr;
}

ProviderError failureOf(const FailureShape& shape)
{
    ProviderError error = providerFailure(shape.kind, shape.message);
    error.type = shape.type;
    if (shape.kind == FailureKind::Status) {
        error.status = shape.status;
        error.retryable = isPassingStatus(shape.status);
        error.retryAfter = shape.retryAfter;
    }
    if (error.message.empty())
        error.message = "Simulated failure (" + std::string(toString(shape.kind)) + ").";
    return error;
}

std::optional<Json> randomNumber(std::string_view range, const Draws& draws, std::string_view name)
{
    const auto bounds = split(range, '.');
    std::int64_t low = 0, high = 0;
    if (bounds.size() != 2 || std::from_chars(bounds[0].begin(), bounds[0].end(), low).ec != std::errc()
        || std::from_chars(bounds[1].begin(), bounds[1].end(), high).ec != std::errc() || high < low)
        return std::nullopt;
    const double width = double(high) - double(low) + 1;
    return Json(low + std::int64_t(draws.unit(name) * width));
}

/// Every use of one name within a call gives one value, so that a text and an argument agree.
struct PlaceholderSource {
    const Scenario& scenario;
    const ChatRequest& request;
    const ConversationView& view;
    const Draws& draws;
    std::map<std::string, std::string, std::less<>> groups;

    std::optional<Json> operator()(std::string_view name) const
    {
        if (const auto group = groups.find(name); group != groups.end())
            return Json(group->second);
        if (name == "user")
            return Json(std::string(view.user));
        if (name == "model")
            return Json(request.model);
        if (name == "digest")
            return Json(draws.digestText());
        if (name.starts_with("random."))
            return randomNumber(name.substr(7), draws, name);
        if (name.starts_with("pick.")) {
            const auto& list = scenario.lists.at(std::string(name.substr(5)));
            return Json(list[draws.below(list.size(), name)]);
        }
        if (name == "tool" || name.starts_with("tool."))
            return view.newestResult ? resultValue(*view.newestResult, name.size() > 5 ? name.substr(5) : "")
                                     : std::nullopt;
        if (name.starts_with("result.")) {
            const std::string_view rest = name.substr(7);
            const std::size_t dot = rest.find('.');
            const ChatMessage* result = view.newestResultOf(rest.substr(0, dot));
            return result ? resultValue(*result, dot == std::string_view::npos ? "" : rest.substr(dot + 1))
                          : std::nullopt;
        }
        return std::nullopt;
    }

    static std::optional<Json> resultValue(const ChatMessage& message, std::string_view path)
    {
        const auto json = parseJson(message.content);
        if (!json)
            return path.empty() ? std::optional<Json>(Json(message.content)) : std::nullopt;
        return valueAt(*json, path);
    }
};

void addTextEvents(const std::string& text, std::vector<ModelEvent>& events)
{
    // A few words an event, as models send them.
    constexpr std::size_t wordsAnEvent = 4;
    std::size_t begin = 0;
    std::size_t words = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != ' ' || ++words < wordsAnEvent)
            continue;
        events.push_back(TextDelta{text.substr(begin, at - begin)});
        begin = at;
        words = 0;
    }
    if (begin < text.size())
        events.push_back(TextDelta{text.substr(begin)});
}

std::int64_t inputTokensOf(const ChatRequest& request)
{
    std::int64_t tokens = 0;
    for (const ChatMessage& message : request.messages) {
        tokens += estimateTokens(message.content);
        for (const ToolCall& call : message.toolCalls)
            tokens += estimateTokens(call.argumentsText);
    }
    for (const ToolDeclaration& tool : request.tools)
        tokens += estimateTokens(tool.description) + estimateTokens(compactJson(tool.parameters));
    return tokens;
}

Usage usageOf(const ScenarioRule& rule, const ChatRequest& request, const ModelResult& result)
{
    std::int64_t output = estimateTokens(result.text) + estimateTokens(result.refusal.value_or(""));
    for (const ToolCall& call : result.toolCalls)
        output += estimateTokens(call.name) + estimateTokens(call.argumentsText);
    Usage usage;
    usage.inputTokens = rule.inputTokens ? rule.inputTokens : inputTokensOf(request);
    usage.outputTokens = rule.outputTokens ? rule.outputTokens : output;
    usage.totalTokens = *usage.inputTokens + *usage.outputTokens;
    return usage;
}

ModelResult speak(const Scenario& scenario, const ScenarioRule& rule, const ChatRequest& request,
    const ConversationView& view, const Draws& draws)
{
    const PlaceholderSource source{scenario, request, view, draws, groupsOf(rule.when, view)};
    ModelResult result;
    result.simulated = true;
    result.id = "sim-" + draws.digestText();
    result.model = scenario.model;
    if (!rule.replies.empty())
        result.text = fillText(rule.replies[draws.below(rule.replies.size(), "reply/" + rule.id)], source);
    if (!rule.refusal.empty())
        result.refusal = fillText(rule.refusal, source);
    result.reasoning = fillText(rule.reasoning, source);
    for (const ScenarioRule::Call& planned : rule.toolCalls) {
        ToolCall call;
        call.id = "call_" + draws.digestText() + "_" + std::to_string(result.toolCalls.size());
        call.name = planned.name;
        call.arguments = fillJson(planned.arguments, source);
        call.argumentsText = compactJson(*call.arguments);
        result.toolCalls.push_back(std::move(call));
    }
    result.finishReason = rule.finishReason;
    if (rule.finishReason.empty())
        result.finishReason = result.toolCalls.empty() ? "stop" : "tool_calls";
    result.usage = usageOf(rule, request, result);
    result.rawUsage = {{"prompt_tokens", *result.usage->inputTokens},
        {"completion_tokens", *result.usage->outputTokens}, {"total_tokens", *result.usage->totalTokens}};
    return result;
}

std::vector<ModelEvent> eventsOf(const ModelResult& result)
{
    std::vector<ModelEvent> events;
    if (!result.reasoning.empty())
        events.push_back(ReasoningDelta{result.reasoning});
    addTextEvents(result.text, events);
    if (result.refusal)
        events.push_back(RefusalDelta{*result.refusal});
    for (std::size_t index = 0; index < result.toolCalls.size(); ++index) {
        const ToolCall& call = result.toolCalls[index];
        ToolCallDelta delta;
        delta.index = index;
        delta.id = call.id;
        delta.name = call.name;
        delta.arguments = call.argumentsText;
        events.push_back(std::move(delta));
    }
    events.push_back(Finish{*result.finishReason});
    events.push_back(UsageReport{*result.usage});
    return events;
}

std::size_t shownBeforeTruncation(const std::vector<ModelEvent>& events)
{
    const auto shown = std::ranges::count_if(events, showsAnswer);
    return std::size_t(shown + 1) / 2;
}

}

std::int64_t estimateTokens(std::string_view text)
{
    return std::int64_t((codePointCount(text) + 3) / 4);
}

SimulatedReply simulate(const Scenario& scenario, const ChatRequest& request, const SimulationMoment& moment)
{
    const Draws draws(moment.seed, sha256(compactJson(encodeRequest(request))), moment.attempt);
    const ConversationView view(request);
    const Conditions conditions = conditionsFor(scenario, view, moment.now, draws);
    SimulatedReply reply;
    reply.rule = conditions.rule->id;
    reply.drifts = conditions.drifts;
    reply.latency = drawLatency(scenario.latency, conditions.latencyFactor, draws);
    reply.firstToken = Duration(std::int64_t(double(reply.latency.count()) * scenario.latency.firstTokenShare));
    ModelResult result = speak(scenario, *conditions.rule, request, view, draws);
    reply.events = eventsOf(result);
    const FailureShape* failure = drawFailure(conditions.failures, draws);
    if (!failure) {
        reply.result = std::move(result);
        return reply;
    }
    ProviderError error = failureOf(*failure);
    reply.events.resize(failure->kind == FailureKind::Truncated ? shownBeforeTruncation(reply.events) : 0);
    error.shownEvents = reply.events.size();
    error.retryable = error.retryable && reply.events.empty();
    reply.result = std::unexpected(std::move(error));
    return reply;
}

}

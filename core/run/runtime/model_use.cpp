#include "core/run/runtime/model_use.h"

namespace ephor::runtime {

Usage usageOf(const provider::ModelResult& result)
{
    Usage usage;
    if (!result.usage)
        return usage;
    const auto count = [](const std::optional<std::int64_t>& tokens) {
        return tokens && *tokens >= 0 ? std::optional(std::uint64_t(*tokens)) : std::nullopt;
    };
    usage.inputTokens = count(result.usage->inputTokens);
    usage.outputTokens = count(result.usage->outputTokens);
    usage.cachedTokens = count(result.usage->cacheReadTokens);
    return usage;
}

namespace {

// A sum with an unknown part is unknown.
void addCount(std::optional<std::uint64_t>& total, const std::optional<std::uint64_t>& part, std::uint64_t callsBefore)
{
    if (callsBefore == 0)
        total = part;
    else if (total)
        total = part ? std::optional(*total + *part) : std::nullopt;
}

}

void addUsage(RunSummary& summary, const Usage& usage, const std::optional<Money>& cost)
{
    addCount(summary.usage.inputTokens, usage.inputTokens, summary.modelCalls);
    addCount(summary.usage.outputTokens, usage.outputTokens, summary.modelCalls);
    addCount(summary.usage.cachedTokens, usage.cachedTokens, summary.modelCalls);
    if (summary.modelCalls == 0)
        summary.cost = cost;
    else if (summary.cost)
        summary.cost = cost ? std::optional(Money{summary.cost->nanos + cost->nanos}) : std::nullopt;
    ++summary.modelCalls;
}

void describeModelSpan(Span& span, const Run& run, const AskedModel& asked, const provider::ModelOutcome& outcome)
{
    span.attributes = {{"gen_ai.operation.name", "chat"}, {"gen_ai.request.model", asked.model},
        {"gen_ai.agent.name", run.plan->agentName}, {"gen_ai.prompt.name", run.plan->promptName},
        {"gen_ai.prompt.version", std::to_string(run.plan->promptVersion)}};
    span.attributes["gen_ai.provider.name"] = asked.client.simulated() ? "ephor.simulated" : "openai";
    if (!outcome.result) {
        span.failed = true;
        span.detail = std::string(provider::toString(outcome.result.error().kind));
        span.attributes["error.type"] = span.detail;
        return;
    }
    const Usage usage = usageOf(*outcome.result);
    const auto shown
        = [](const std::optional<std::uint64_t>& count) { return count ? std::to_string(*count) : std::string("?"); };
    span.detail = asked.model + ", " + shown(usage.inputTokens) + " in, " + shown(usage.outputTokens) + " out";
    if (usage.inputTokens)
        span.attributes["gen_ai.usage.input_tokens"] = std::to_string(*usage.inputTokens);
    if (usage.outputTokens)
        span.attributes["gen_ai.usage.output_tokens"] = std::to_string(*usage.outputTokens);
    if (outcome.result->finishReason)
        span.attributes["gen_ai.response.finish_reasons"] = *outcome.result->finishReason;
}

}

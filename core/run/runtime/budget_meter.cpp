#include "core/run/runtime/budget_meter.h"

namespace ephor::runtime {

namespace {

std::string usedUp(std::uint64_t limit, std::string_view unit)
{
    return "The run's budget of " + std::to_string(limit) + " " + std::string(unit) + " is used up.";
}

}

std::optional<std::string> BudgetMeter::refusesAny(Duration elapsed) const
{
    if (m_budget.tokens != 0 && m_tokens >= m_budget.tokens)
        return usedUp(m_budget.tokens, "tokens");
    if (m_budget.wallClockSeconds != 0 && elapsed >= std::chrono::seconds(m_budget.wallClockSeconds))
        return usedUp(m_budget.wallClockSeconds, "seconds");
    if (!m_budget.money)
        return std::nullopt;
    if (m_spent >= *m_budget.money)
        return "The run's budget of " + formatMoney(*m_budget.money) + " dollars is used up.";
    // A limit on money cannot be kept over calls whose price nobody knows.
    if (m_costUnknown)
        return "The run has a budget in money, and the cost of its last model call is unknown.";
    return std::nullopt;
}

std::optional<std::string> BudgetMeter::refusesModelCall(Duration elapsed, std::uint64_t messageBytes) const
{
    if (m_budget.steps != 0 && m_steps >= m_budget.steps)
        return usedUp(m_budget.steps, "model calls");
    if (auto used = refusesAny(elapsed))
        return used;
    const std::uint64_t atLeast = messageBytes / mostBytesAToken;
    if (m_budget.tokens != 0 && m_tokens + atLeast > m_budget.tokens)
        return "The run's budget of " + std::to_string(m_budget.tokens) + " tokens cannot hold this call: it alone is "
            + std::to_string(atLeast) + " tokens or more.";
    return std::nullopt;
}

std::optional<std::string> BudgetMeter::refusesToolCall(Duration elapsed) const
{
    if (m_budget.toolCalls != 0 && m_toolCalls >= m_budget.toolCalls)
        return usedUp(m_budget.toolCalls, "tool calls");
    return refusesAny(elapsed);
}

void BudgetMeter::countModelCall(const Usage& usage, const std::optional<Money>& cost)
{
    ++m_steps;
    m_tokens += usage.inputTokens.value_or(0) + usage.outputTokens.value_or(0);
    if (cost)
        m_spent.nanos += cost->nanos;
    else
        m_costUnknown = true;
}

void BudgetMeter::restore(const RunSummary& run)
{
    m_steps = run.modelCalls;
    m_toolCalls = run.toolCalls;
    m_tokens = run.usage.inputTokens.value_or(0) + run.usage.outputTokens.value_or(0);
    m_spent = run.cost.value_or(Money{});
    m_costUnknown = run.modelCalls > 0 && !run.cost;
}

}

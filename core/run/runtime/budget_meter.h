#pragma once

#include "core/domain/definition.h"
#include "core/domain/run.h"

#include <optional>
#include <string>

namespace ephor::runtime {

/// What a run has used, against what it may use. Pure; one per run.
class BudgetMeter {
public:
    explicit BudgetMeter(const Budget& budget)
        : m_budget(budget)
    {
    }

    /// Why another model call is over the budget, or nothing. `elapsed` counts from the run's start, without waits for
    /// people; `messageBytes` are those of all that the model would read. A call that would surely use more tokens than
    /// are left is refused before it is paid for: no tokenizer takes more than mostBytesAToken for one, over a text.
    static constexpr std::uint64_t mostBytesAToken = 8;
    std::optional<std::string> refusesModelCall(Duration elapsed, std::uint64_t messageBytes) const;
    std::optional<std::string> refusesToolCall(Duration elapsed) const;
    void countModelCall(const Usage& usage, const std::optional<Money>& cost);
    void countToolCall() { ++m_toolCalls; }
    /// Restores the counts of a run that goes on after a wait or a restart.
    void restore(const RunSummary& run);

private:
    std::optional<std::string> refusesAny(Duration elapsed) const;

    Budget m_budget;
    std::uint64_t m_steps = 0;
    std::uint64_t m_toolCalls = 0;
    std::uint64_t m_tokens = 0;
    Money m_spent;
    bool m_costUnknown = false;
};

}

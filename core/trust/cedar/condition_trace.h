#pragma once

#include "core/trust/cedar/evaluator.h"
#include "core/trust/cedar/explanation.h"

#include <vector>

namespace ephor::cedar {

/// A part of a condition, and what it would have to come to.
struct Demand {
    const Node* node = nullptr;
    bool wanted = true;
};

/// Looks into the conditions of policies for one request, off the hot path. Uses the evaluator it is given, so its
/// values live as long as that.
class ConditionTrace {
public:
    explicit ConditionTrace(Evaluator& evaluator)
        : m_evaluator(evaluator)
    {
    }
    /// The first condition that does not hold, with the part that decides it; nothing when all hold.
    std::optional<ConditionFinding> firstFailed(const Policy& policy);
    /// The parts of conditions on which their truth rests, with their values.
    std::vector<NamedValue> valuesOf(const Policy& policy);
    std::vector<NamedValue> valuesOf(const Node& node);
    /// How many links of its chains of conditions do not hold.
    std::size_t failuresIn(const Policy& policy);
    /// The smallest parts of an expression that would each bring it nearer to what is wanted; none when it is that.
    std::vector<Demand> demands(const Node& node, bool wanted);

private:
    enum class Truth : std::uint8_t { False, True, None };
    Truth truthOf(const Node& node);
    bool holds(const Condition& condition);
    void gatherDemands(const Node& node, bool wanted, std::vector<Demand>& demands);
    const Node& deciding(const Node& node, bool came);
    void gatherValues(const Node& node, std::vector<NamedValue>& values);
    void gatherOperand(const Node& node, std::vector<NamedValue>& values);

    Evaluator& m_evaluator;
};

}

#pragma once

#include "core/domain/definition.h"
#include "core/trust/cedar/policy_set.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::access {

/// One policy over operations on its way into a set.
struct OperationRule {
    std::string id; ///< unique in the set
    std::string text;
    RuleMode mode = RuleMode::Enforce;
};

/// The rules that operations are judged by: the built-in ones and those of the house, compiled once and shared.
/// Immutable, so that any thread may ask.
class OperationRules {
public:
    /// Codes: those of cedar::PolicySet; policy.operation-obligation where a rule wants what an operation cannot do:
    /// wait, hide or be counted.
    static Result<std::shared_ptr<const OperationRules>> compile(std::span<const OperationRule> rules);

    const cedar::PolicySet& policies() const { return *m_policies; }
    RuleMode mode(const cedar::Policy& policy) const { return m_modes[policy.order]; }
    /// Those that bind, without the ones in observe-only mode.
    const cedar::PolicySet& enforced() const { return *m_enforced; }

private:
    OperationRules() = default;
    std::shared_ptr<const cedar::PolicySet> m_policies;
    std::vector<RuleMode> m_modes; ///< by the policy's order
    std::shared_ptr<const cedar::PolicySet> m_enforced;
};

/// The author's own sentence: @explain, else @reason; may be empty.
std::string_view explanationOf(const cedar::Policy& policy);

}

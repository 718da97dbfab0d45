#pragma once

#include "core/base/clock.h"
#include "core/domain/definition.h"
#include "core/domain/verdict.h"
#include "core/trust/cedar/policy_set.h"
#include "core/trust/policy/obligations.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace ephor::temporal {
class Plan;
}

namespace ephor::policy {

/// One policy on its way into a set.
struct RuleSource {
    std::string id; ///< unique in the set
    std::string text;
    RuleMode mode = RuleMode::Enforce;
};

/// Policies with what they oblige to, compiled once and shared. Immutable, so that any thread may ask.
class RuleSet {
public:
    /// A permit with @limit gets its forbid beside it, under "limit:" and the permit's id. Codes: temporal.limit, those
    /// of cedar::readPolicies, cedar.duplicate-id, cedar.template, policy.obligation; the field `policy` names the one
    /// at fault.
    static Result<std::shared_ptr<const RuleSet>> compile(std::span<const RuleSource> sources);

    const cedar::PolicySet& policies() const { return *m_policies; }
    /// Of this one of all sets that the process ever compiled: never another's.
    std::uint64_t number() const { return m_number; }
    /// Null when there is none of that id.
    const cedar::Policy* find(std::string_view id) const;
    const Obligations& obligations(const cedar::Policy& policy) const { return m_obligations[policy.order]; }
    RuleMode mode(const cedar::Policy& policy) const
    {
        return (m_marks[policy.order] & observes) != 0 ? RuleMode::Observe : RuleMode::Enforce;
    }
    /// What most verdicts need to know of most policies, in a byte of its own, so that obligations are touched only
    /// where there are any.
    enum Mark : std::uint8_t { observes = 1, asks = 2, obliges = 4 };
    /// By the policy's order.
    std::uint8_t marksAt(std::uint32_t order) const { return m_marks[order]; }
    const Obligations& obligationsAt(std::uint32_t order) const { return m_obligations[order]; }
    /// When the grant of that id ends; nothing for one without an end and for other policies.
    std::optional<Instant> expiry(std::string_view grant) const;
    /// What the rules ask of sessions; null when they ask nothing.
    const std::shared_ptr<const temporal::Plan>& temporal() const { return m_temporal; }

private:
    RuleSet();
    std::uint64_t m_number;
    std::shared_ptr<const cedar::PolicySet> m_policies;
    std::vector<Obligations> m_obligations; ///< by the policy's order
    std::vector<std::uint8_t> m_marks; ///< by the policy's order
    std::unordered_map<std::string_view, Instant> m_expiries; ///< of grants, by id
    std::unordered_map<std::string_view, std::uint32_t> m_places; ///< in the set, by id
    std::shared_ptr<const temporal::Plan> m_temporal;
};

/// What a release pins is over calls of tools. Code policy.operation-rule, with line and column, where one names
/// operations of Ephor itself: those are for house rules. Codes also: those of RuleSet::compile.
Result<void> refuseOperations(std::span<const RuleSource> rules);

/// The policies of a text that may hold several, each under its @id, else under its number: "limits/1" for the second
/// policy of `limits`. Codes: those of cedar::readPolicies, cedar.duplicate-id, cedar.template, policy.obligation, all
/// with line and column in the whole text.
Result<std::vector<RuleSource>> rulesIn(std::string_view text, const std::string& name, RuleMode mode);

}

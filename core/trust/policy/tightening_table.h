#pragma once

#include "core/base/clock.h"
#include "core/domain/verdict.h"
#include "core/trust/access/operation_rules.h"
#include "core/trust/policy/rule_set.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::policy {

/// Somebody's one-person act over one cell, that stands over the released grants, across releases and rollbacks.
struct Tightening {
    std::string agent; ///< "*" for every agent
    std::string tool; ///< "*" for every tool
    Access access = Access::Deny;
    std::string by;
    std::string reason;
    Instant at;
};

/// "tightened:refunds/payments.send"
std::string tighteningId(std::string_view agent, std::string_view tool);
/// A forbid, or for Ask a forbid that an officer's word lifts.
std::string policyTextOf(const Tightening& tightening);

/// Rules over every agent that bind at once, as text: forbids alone, so that adding one only ever tightens.
struct HouseRule {
    std::string name;
    std::string text;
    RuleMode mode = RuleMode::Enforce;
    std::string by; ///< name
    std::string reason;
    Instant at;
};

/// What the text of a house rule says, by what it is over.
struct HouseRuleParts {
    std::vector<RuleSource> calls; ///< of tools
    std::vector<access::OperationRule> operations; ///< of Ephor itself
};

/// Codes: those of rulesIn and of access::OperationRules::compile; policy.permits when one of the policies is a permit,
/// policy.empty, policy.mixed-actions, policy.operation-history, policy.always-open.
Result<HouseRuleParts> houseRulesIn(const HouseRule& rule);
/// The same, with the words of rules over operations held to the operations there are: what a rule must pass when it is
/// made. Codes: also those of cedar::validate.
Result<HouseRuleParts> newHouseRulesIn(const HouseRule& rule);

/// Everything that stands over the releases, compiled once and shared. Immutable.
class TighteningTable {
public:
    explicit TighteningTable(std::span<const Tightening> tightenings = {}, std::span<const HouseRule> houseRules = {});
    /// The strictest that covers the pair, or null.
    const Tightening* find(std::string_view agent, std::string_view tool) const;
    /// The tightenings and house rules as policies, and the one that lets people do what their agents may. What cannot
    /// be read forbids everything.
    const RuleSet& rules() const { return *m_rules; }
    /// The built-in rules over operations and those of the house. What cannot be read forbids every write and every
    /// look at sealed content.
    const std::shared_ptr<const access::OperationRules>& operationRules() const { return m_operationRules; }
    std::span<const HouseRule> houseRules() const { return m_houseRules; }
    std::span<const Tightening> tightenings() const { return m_tightenings; }

private:
    std::vector<Tightening> m_tightenings;
    std::vector<HouseRule> m_houseRules;
    std::shared_ptr<const RuleSet> m_rules;
    std::shared_ptr<const access::OperationRules> m_operationRules;
};

}

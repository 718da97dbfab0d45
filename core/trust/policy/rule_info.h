#pragma once

#include "core/api/policies.h"
#include "core/trust/policy/rule_set.h"
#include "core/trust/policy/tightening_table.h"

#include <span>
#include <vector>

namespace ephor::policy {

/// A compiled policy as lists show it; where it comes from is for the caller to add.
RuleInfo infoOf(const RuleSet& rules, const cedar::Policy& policy);
RuleInfo infoOf(const access::OperationRules& rules, const cedar::Policy& policy);
/// What a house rule's text comes to. Codes: those of compiling it.
Result<std::vector<RuleInfo>> infosOf(const HouseRuleParts& parts);

/// Every rule that stands over the releases: tightenings, house rules, and what is built in; those over calls first.
std::vector<RuleInfo> standingRules(const TighteningTable& table, std::span<const Tightening> tightenings);

}

#pragma once

#include "core/api/policies.h"
#include "core/change/evaluate/agent_rules.h"
#include "core/store/database.h"
#include "core/trust/cedar/schema.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace ephor::evaluate {

/// Every tool there is, as rules know it.
Result<std::vector<policy::ToolWords>> everyTool(const store::Snapshot& snapshot);

/// What a policy gets wrong: its language and obligations, and its words against the tools. Warnings are for rules that
/// can never apply.
std::vector<Problem> problemsOf(const PolicyBody& body, const cedar::Schema& schema);
/// The same of a house rule's text, which may be over operations too.
std::vector<Problem> problemsOf(const policy::HouseRule& rule, const cedar::Schema& schema);

/// The rules of an agent with the policy in place of what it pins.
using RulesFor = std::function<Result<AgentRules>(const std::string& agent)>;

/// Each case, judged.
std::vector<PolicyCaseResult> runCases(std::span<const PolicyCase> cases, const RulesFor& rulesFor, Instant now);

/// Somebody with these roles in a team: whom a case or a try is about. Words that are no role are passed over.
Principal somebody(
    const std::string& id, std::span<const std::string> roles, const std::string& team, const std::string& environment);

/// "allow", "ask", "deny": the obligations that nothing here can meet make a deny.
std::string wordOf(const policy::PermissionVerdict& verdict);

}

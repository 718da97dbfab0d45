#pragma once

#include "core/base/result.h"
#include "core/domain/change.h"
#include "core/trust/policy/grant_order.h"
#include "core/trust/policy/tightening_table.h"

#include <span>
#include <string>
#include <vector>

namespace ephor::lifecycle {

/// The rule of that tool, or null.
const GrantRule* findRule(std::span<const GrantRule> rules, std::string_view tool);

/// What holds for agent and tool now: the released rule unless it has expired, made no looser by a tightening. Access
/// None when there is nothing. Pure.
GrantRule ruleInForce(std::span<const GrantRule> released, const policy::TighteningTable& tightenings,
    const std::string& agent, const std::string& tool, Instant now);

/// What a change asks for, as edits of what is in force; edits that change neither the release nor a tightening over it
/// are left out. The rules are checked: agent and tool must be the change's own.
/// Codes: change.other-agent, change.foreign-grant, change.grant-twice, change.approver-role, change.approvals.
Result<std::vector<GrantEdit>> editsFor(std::span<const GrantRule> wanted, std::span<const GrantRule> released,
    const policy::TighteningTable& tightenings, const std::string& agent, std::span<const std::string> tools,
    Instant now);

/// The rules of a release: those of the base with the edits' in their place, of the tools that the agent names. A rule
/// for a tool it names no more goes, so that naming the tool again needs a grant again. Ordered by tool. Pure.
std::vector<GrantRule> mergedGrants(
    std::span<const GrantRule> base, std::span<const GrantEdit> edits, std::span<const std::string> tools);

/// "deny", "ask 2 officer", "allow until 2026-…": a rule in a few words.
std::string inWords(const GrantRule& rule);

}

#pragma once

#include "core/trust/cedar/policy.h"

#include <cstddef>
#include <string>

namespace ephor::cedar {

/// An expression in one line, with one blank where blanks may stand and only the brackets it needs. Read again it is
/// the same expression.
std::string formatted(const Node& node);

/// What the scope says of one variable: `principal in Role::"officer"`, `resource` where it says nothing.
std::string formatted(std::string_view variable, const ScopeConstraint& constraint);
std::string formatted(const ActionConstraint& constraint);

/// A policy in the one layout of this project: an annotation a line, then the rule. Comments are not kept. Two texts of
/// one policy come out equal, and read again it is the same policy.
std::string formatted(const Policy& policy);

/// The rule alone, without annotations: two policies of one rule text permit and forbid the same.
std::string formattedRule(const Policy& policy);

/// A condition as its author wrote it, from `when` to the brace: also for conditions that are no plain expression.
/// Empty when the policy has fewer.
std::string_view sourceOfCondition(const Policy& policy, std::size_t index);

}

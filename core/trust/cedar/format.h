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

/// Whether all of an expression is of the plain language: only that can be written by formatted(). What a dialect adds
/// is told by its source instead.
bool isPlain(const Node& node);

/// A condition as its author wrote it, from `when` to the brace: also for conditions that are no plain expression.
/// Empty when the policy has fewer.
std::string_view sourceOfCondition(const Policy& policy, std::size_t index);

/// A text of the language with its comments gone and one blank wherever blanks stand.
std::string withoutLayout(std::string_view source);

}

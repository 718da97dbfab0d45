#pragma once

#include "core/base/result.h"
#include "core/domain/verdict.h"

#include <optional>
#include <string>
#include <string_view>

namespace ephor::policy {

/// The condition as an expression of the policy language, on one line. Codes: grant.condition.
Result<std::string> expressionOf(const GrantCondition& condition);

/// The condition that such a line holds, or nothing when it is none that expressionOf writes.
std::optional<GrantCondition> conditionFrom(std::string_view expression);

/// In a few words: "amount at most 1000", "only the person's own customer".
std::string inWords(const GrantCondition& condition);

/// True when whatever `after` admits `before` admits too; false also where that cannot be told from the words.
bool implies(const GrantCondition& after, const GrantCondition& before);

/// The same of all conditions together.
bool isNoLooser(const List<GrantCondition, 16>& before, const List<GrantCondition, 16>& after);

}

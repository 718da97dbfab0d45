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

/// True when everything that `after` admits `before` admitted too.
bool isNoLooser(const List<GrantCondition, 16>& before, const List<GrantCondition, 16>& after);

}

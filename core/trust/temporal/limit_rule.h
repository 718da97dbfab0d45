#pragma once

#include "core/base/result.h"
#include "core/trust/cedar/policy_set.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::temporal {

/// What `@limit("5 per 1h")` says.
struct CallLimit {
    std::int64_t calls = 0; ///< one or more
    std::int64_t window = 0; ///< milliseconds
};

/// Code temporal.limit.
Result<CallLimit> readLimit(std::string_view text);

/// What the annotation @limit of a permit stands for: a forbid of the same scope, with the id `limit:` and the
/// permit's, once that many requests of the scope's actions were made within the window. None without the annotation.
/// Codes, with the field `policy`: temporal.limit, also for a forbid or a template with one.
Result<std::optional<cedar::PolicySource>> limitRule(const cedar::Policy& policy);

/// Of all policies and templates of a set, to be compiled with them.
Result<std::vector<cedar::PolicySource>> limitRules(const cedar::PolicySet& policies);

}

#pragma once

#include "core/trust/cedar/policy_set.h"
#include "core/trust/cedar/schema.h"

#include <string>
#include <vector>

namespace ephor::cedar {

/// What a policy gets wrong against a schema. Points into the policy set.
struct Finding {
    const Policy* policy = nullptr;
    std::string code; ///< "cedar.unknown-attribute"
    std::string message; ///< one sentence
    std::uint32_t offset = 0; ///< in the policy's source
};

struct Validation {
    std::vector<Finding> errors;
    std::vector<Finding> warnings; ///< policies that can never apply: valid, but surely not meant so

    bool valid() const { return errors.empty(); }
};

/// Types every policy and template under every kind of request that its scope admits, strictly: a valid policy errs
/// only on overflow, on an extension's range, or where entities are missing. Thread-safe.
Validation validate(const PolicySet& policies, const Schema& schema);

}

#pragma once

#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/history.h"
#include "core/trust/cedar/policy_set.h"
#include "core/trust/cedar/request.h"

#include <string>
#include <vector>

namespace ephor::cedar {

/// What an erring policy does.
enum class Mode : std::uint8_t {
    Cedar, ///< as the language says: it is passed over, and told
    Ephor, ///< a forbid that errs denies: a rule against something holds also when it cannot be read
};

enum class Decision : std::uint8_t { Deny, Allow };

/// A policy that could not be evaluated.
struct PolicyError {
    const Policy* policy = nullptr;
    std::string message; ///< one sentence
    std::uint32_t offset = 0; ///< in the policy's source
};

/// The answer to a request. Points into the policy set, which must outlive it.
struct Verdict {
    Decision decision = Decision::Deny;
    /// The policies that decided, in the order of the set: forbids for a Deny (in mode Ephor the erring ones too),
    /// permits for an Allow, none when nothing permits.
    std::vector<const Policy*> reasons;
    std::vector<PolicyError> errors; ///< in the order of the set
};

/// Every policy that holds for a request, whichever decided: what obligations are read from. Points into the policy
/// set.
struct Satisfied {
    std::vector<const Policy*> permits; ///< in the order of the set
    std::vector<const Policy*> forbids; ///< in the order of the set; in mode Ephor the erring ones too
    std::vector<PolicyError> errors; ///< in the order of the set
};

/// Deny unless a permit is satisfied and no forbid is. Thread-safe; never fails. Policies that ask of the session's
/// events err.
Verdict decide(const PolicySet& policies, const Entities& entities, const Request& request, Mode mode = Mode::Ephor);

/// The same with what happened before in the session.
Verdict decide(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History& history);
/// With a history, or null for none.
Verdict decideWith(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History* history);

/// The policies behind a verdict, of both effects. Thread-safe; never fails.
Satisfied satisfied(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode = Mode::Ephor);
Satisfied satisfied(
    const PolicySet& policies, const Entities& entities, const Request& request, Mode mode, const History& history);

}

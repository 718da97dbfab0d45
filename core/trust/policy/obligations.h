#pragma once

#include "core/base/result.h"
#include "core/domain/principal.h"
#include "core/trust/cedar/policy.h"

#include <optional>
#include <string>
#include <vector>

namespace ephor::policy {

/// How many people of which role must say yes.
struct ApprovalDemand {
    Role role = Role::Officer;
    std::uint64_t count = 1;
    bool operator==(const ApprovalDemand&) const = default;
};

/// What a policy wants done where it holds, read from its annotations once:
/// `@approve("officer")` or `@approve("2-of-owners")`, `@redact("EMAIL, IBAN")`, `@stepup("why")`.
struct Obligations {
    std::optional<ApprovalDemand> approval;
    std::vector<std::string> redact; ///< classes of personal data
    std::optional<std::string> stepUp; ///< why a fresh sign-in is wanted
    std::string explain; ///< `@explain`, else `@reason`: the author's own sentence; may be empty
    bool operator==(const Obligations&) const = default;
};

/// More people than this asked for one call is a mistake of typing, and nobody could ever answer it.
constexpr std::uint64_t mostApprovals = 10;

/// Code policy.obligation, with line and column, where an annotation that Ephor knows holds what it cannot mean.
Result<Obligations> obligationsOf(const cedar::Policy& policy);

/// "officer", "2-of-officers".
std::string approvalText(const ApprovalDemand& demand);
Result<ApprovalDemand> approvalFrom(std::string_view text);

/// The stricter of both in either respect: more people, the stronger role.
ApprovalDemand joined(const ApprovalDemand& left, const ApprovalDemand& right);

/// How much a role's word weighs beside another's: an officer's more than an owner's.
int rankOf(Role role);

/// What `@stepup` with these words asks for, as a sentence.
std::string stepUpSentence(std::string_view why);

/// "a governance officer", "2 people with the role owner of the agent".
std::string whoOf(const ApprovalDemand& demand);

}

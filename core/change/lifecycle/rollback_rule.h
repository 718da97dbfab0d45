#pragma once

#include "core/change/lifecycle/release_protection.h"

#include <optional>
#include <string>
#include <vector>

namespace ephor::lifecycle {

/// What a release lets its agent do: its grants, the forbids of the policies and the budget of the agent version that
/// it pins.
struct ReleaseTerms {
    Release release;
    Budget budget;
    std::vector<PolicyText> forbids; ///< of the policies it pins, those that bind: "limits/0"
    std::optional<ReleaseProtection> protection; ///< where it is not that of the other release
};

/// What a rollback keeps, since it never brings back a revoked grant, a removed forbid or a raised limit.
struct Staying {
    std::vector<GrantRule> tightened; ///< each becomes a tightening: agent, tool, access
    /// Stricter than the release before in what a tightening cannot say: how many are asked, who, until when. The
    /// release that serves after the rollback carries these in the place of its own.
    std::vector<GrantRule> rules;
    std::vector<PolicyText> kept; ///< forbids of the release that is left, under the ids that keptId gives
    std::optional<Budget> budget; ///< lower than the release before had it
    /// The protection of the release that is left, where the one before would let more through.
    std::optional<ReleaseProtection> protection;
    std::vector<std::string> words; ///< one sentence for each of these
};

/// Compares the release that a rollback goes back to with the one it leaves. A tool that the candidate does not have at
/// all comes back with its grant: leaving a tool out revokes nothing. Pure.
Staying staysAfterRollback(const ReleaseTerms& baseline, const ReleaseTerms& candidate);

/// What goes back, one phrase each: versions, and grants that the candidate had loosened. Pure.
std::vector<std::string> bringsBack(const ReleaseTerms& baseline, const ReleaseTerms& candidate);

/// Of two rules for one pair the stricter in every respect. Pure.
GrantRule stricterOf(const GrantRule& left, const GrantRule& right);

}

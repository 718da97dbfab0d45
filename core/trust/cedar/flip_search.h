#pragma once

#include "core/trust/cedar/change.h"

namespace ephor::cedar {

/// Of changes that are proposed together: nobody acts on a longer list.
inline constexpr std::size_t maximumFlipChanges = 4;
/// Of verdicts that one search works out, so that an explanation ends whatever the policies say.
inline constexpr std::size_t maximumFlipTrials = 200;
/// Of policies' text that all trials of one search evaluate together: a fraction of a second. Long policies get fewer
/// trials.
inline constexpr std::size_t maximumFlipText = 16 * 1024 * 1024;
/// Of entities that are made anew for a trial that changes one of them. Larger stores get no such proposals.
inline constexpr std::size_t maximumFlipEntities = 5'000;

/// What a search starts from.
struct FlipQuestion {
    const PolicySet& policies;
    const Entities& entities;
    const Request& request;
    Mode mode = Mode::Ephor;
    const History* history = nullptr; ///< null: policies that ask of events err
    Decision decision = Decision::Deny; ///< the verdict as it is
    std::size_t textPerTrial = 0; ///< about how many bytes of policies one verdict evaluates
    /// For a Deny the permits, for an Allow the forbids that are worth a try, the nearest first.
    std::vector<const Policy*> near;
};

/// The fewest changes that turn the verdict round, each tried with all policies; an Allow by one change only. Another
/// principal, action or resource counts as three changes, since it is another request. What the changes point to lies
/// in `arena`.
std::optional<std::vector<Change>> findFlip(const FlipQuestion& question, Arena& arena);

}

#pragma once

#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/session_events.h"

#include <span>
#include <vector>

namespace ephor::cedar {

/// In what a policy differs from its successor.
enum class Difference : std::uint8_t {
    None, ///< not even in a blank
    Layout, ///< in blanks, comments and needless brackets only
    Annotations, ///< the rule is the same, but not what is written over it: its obligations may differ
    Rule, ///< what it permits or forbids
};

/// A policy or template and what it became.
struct PolicyPair {
    const Policy* before = nullptr;
    const Policy* after = nullptr;
    Difference difference = Difference::None;
};

/// What became of each policy of a set. Points into both sets, which must outlive it.
struct PolicyDiff {
    std::vector<const Policy*> added; ///< in the order of the later set
    std::vector<const Policy*> removed; ///< in the order of the earlier set
    std::vector<PolicyPair> kept; ///< in the order of the earlier set, those without a difference too
};

/// By id, templates after policies. Where the ids of both sets only count their policies (policy0, policy1, …), by
/// their @id where both have it once, else by equal rules, else by equal scope and effect in order.
PolicyDiff diff(const PolicySet& before, const PolicySet& after);

/// A request that two sets answer differently.
struct VerdictFlip {
    std::size_t request = 0; ///< its place among those asked
    Verdict before;
    Verdict after;
};

/// The requests whose decision differs or rests on other policies. A policy that was only changed counts as the same
/// one.
std::vector<VerdictFlip> flips(const PolicySet& before, const PolicySet& after, const Entities& entities,
    std::span<const Request> requests, Mode mode = Mode::Ephor);

/// What came before a request where either set stands; null for none.
struct Histories {
    std::unique_ptr<const History> before;
    std::unique_ptr<const History> after;
};
/// The same with the histories of each request, in their order.
std::vector<VerdictFlip> flips(const PolicySet& before, const PolicySet& after, const Entities& entities,
    std::span<const Request> requests, Mode mode, std::span<const Histories> histories);

/// One line of `ephor policy diff --batch` (docs/formats/verbs.md); with a dialect like checkPolicyItem. Never throws;
/// thread-safe.
Json diffPolicyItem(const Json& item, const SessionDialect* dialect = nullptr);

}

#pragma once

#include "core/trust/cedar/explanation.h"
#include "core/trust/cedar/session_events.h"

namespace ephor::cedar {

/// Of findings near a verdict: what a reader looks through.
inline constexpr std::size_t maximumNearPolicies = 10;
/// Of determining policies told in full; the verdict itself has all of them.
inline constexpr std::size_t maximumDeterminingPolicies = 100;

/// Why `decide` answers as it does: same decision, same determining policies. For people who ask, not for every call:
/// it looks at every policy of the set and tries changes, some milliseconds at 10,000 policies. Without a history,
/// policies that ask of the session's events err, as in `decide`. Thread-safe where the history is; never fails.
Explanation explain(const PolicySet& policies, const Entities& entities, const Request& request,
    Mode mode = Mode::Ephor, const History* history = nullptr);

/// One line of `ephor policy explain --batch` (docs/formats/verbs.md); with a dialect like checkPolicyItem. Never
/// throws; thread-safe.
Json explainPolicyItem(const Json& item, const SessionDialect* dialect = nullptr);

}

#pragma once

#include "core/trust/cedar/evaluator.h"
#include "core/trust/temporal/session_state.h"

#include <string>
#include <vector>

namespace ephor::temporal {

/// A session's events before a moment, for cedar::decide(). Valid while the state is and nobody records; reading is
/// thread-safe. Policies of another set than the state's plan err.
class SessionHistory : public cedar::History {
public:
    SessionHistory(const SessionState& state, const Moment& moment)
        : m_state(state)
        , m_moment(moment)
    {
    }
    bool evaluate(const cedar::TemporalOperation& operation, cedar::Evaluator& evaluator, cedar::Value& result,
        std::string& problem) const override;

private:
    /// Positions from one to before another, at a time and later.
    struct Span {
        std::uint64_t from = 0;
        std::uint64_t before = 0;
        std::int64_t since = 0;
    };
    /// The events of a span that a watch means, for the request that asks.
    struct Matches {
        std::uint64_t count = 0;
        std::uint64_t latest = 0; ///< the position, where there is one
        Summand sum;
    };

    bool match(std::uint32_t watch, const Span& span, cedar::Evaluator& evaluator, Matches& matches,
        std::string& problem) const;
    bool matchTrack(const Watch& watch, const EventTrack& track, const Span& span, cedar::Evaluator& evaluator,
        Matches& matches) const;
    bool evaluateSince(const PlannedOperation& planned, const Span& span, cedar::Evaluator& evaluator,
        cedar::Value& result, std::string& problem) const;
    bool evaluateSum(const PlannedOperation& planned, const Matches& matches, cedar::Evaluator& evaluator,
        cedar::Value& result, std::string& problem) const;
    std::uint64_t endOfPrevious() const;
    std::uint64_t countBetween(std::uint64_t from, std::uint64_t before) const;

    const SessionState& m_state;
    Moment m_moment;
};

}

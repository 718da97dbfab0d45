#pragma once

#include "core/trust/cedar/evaluator.h"
#include "core/trust/temporal/event_track.h"
#include "core/trust/temporal/plan.h"

#include <string>

namespace ephor::temporal {

/// What a watch makes of one event.
struct EventReading {
    enum class Outcome : std::uint8_t {
        Other, ///< not meant
        Met,
        Failed, ///< it cannot be told
    };
    Outcome outcome = Outcome::Other;
    std::uint64_t key = 0; ///< of Met
    Summand summand; ///< of Met, where a number is wanted
    std::string failure; ///< one sentence
};

/// Reads an event, which is bound to the evaluator, as far as it tells without the request that will ask.
EventReading readEvent(const Watch& watch, cedar::Evaluator& evaluator);

/// What the request's side of the keys comes to; false with the evaluator's fault.
bool keyOfRequest(const Watch& watch, cedar::Evaluator& evaluator, std::uint64_t& key);

}

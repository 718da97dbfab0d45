#pragma once

#include "core/trust/cedar/change.h"

namespace ephor::cedar {

/// A change as it is told, with what is there now.
ProposedChange proposedOf(const Change& change, const Entities& entities, const Request& request);

/// "It would be allowed if context.input.amount were 1000 instead of 1200."
std::string sentenceOf(const Flip& flip);

/// The whole verdict in one sentence.
std::string sentenceOf(const Explanation& explanation, const Request& request);

}

#pragma once

#include "core/trust/cedar/temporal_operation.h"

#include <string>

namespace ephor::cedar {

class Evaluator;

/// What happened in the session before the present request, as conditions of `when temporal` ask for it.
class History {
public:
    History() = default;
    virtual ~History() = default;
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    /// What an operation comes to now; the evaluator reads expressions of the present request. False with a sentence
    /// in `problem` when that cannot be told: the policy errs.
    virtual bool evaluate(
        const TemporalOperation& operation, Evaluator& evaluator, Value& result, std::string& problem) const
        = 0;
};

}

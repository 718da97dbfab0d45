#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/authorizer.h"

#include <optional>
#include <string>
#include <vector>

namespace ephor::cedar {

/// How far a policy came for a request.
enum class Standing : std::uint8_t {
    Satisfied, ///< scope and conditions hold
    ScopeMissed, ///< a part of the scope names somebody or something else
    ConditionFailed, ///< the scope holds, a condition does not
    Erred, ///< a condition could not be evaluated
};

/// A part of a condition and what it came to. Either `value` or `problem` is empty.
struct NamedValue {
    std::string text; ///< `context.input.amount`
    std::string value; ///< `1200`
    std::string problem; ///< one sentence: why it came to nothing
};

/// What the scope says of principal, action or resource, and whether the request is so.
struct ScopeFinding {
    std::string part; ///< "principal", "action" or "resource"
    std::string wanted; ///< `principal in Role::"officer"`
    std::string entity; ///< the request's
    bool holds = false;
    std::vector<std::string> path; ///< where it holds by membership: from the entity to the group
    std::vector<std::string> memberOf; ///< where membership fails: the groups the entity is in, the nearest first
};

/// The first condition that does not hold, down to the part that decides it.
struct ConditionFinding {
    std::string text; ///< as its author wrote it, `when { … }`
    std::string atom; ///< the deciding part, in one line: `context.input.amount <= 1000`
    bool held = false; ///< what the part came to; true below `unless` and `!`
    std::vector<NamedValue> values; ///< what it was computed from
    std::string error; ///< one sentence when it could not be evaluated
    std::size_t line = 0; ///< of the part, in the policy's source; from 1
    std::size_t column = 0; ///< in bytes, from 1
};

/// A policy's part in a verdict.
struct PolicyFinding {
    std::string id;
    Effect effect = Effect::Permit;
    Standing standing = Standing::Satisfied;
    std::string text; ///< as its author wrote it, cut when it is very long
    std::size_t line = 0; ///< where it begins in its source
    std::string reason; ///< its @explain, else its @reason, else empty
    std::vector<ScopeFinding> scope; ///< principal, action, resource
    std::optional<ConditionFinding> condition; ///< of ConditionFailed and Erred
    std::vector<NamedValue> values; ///< of Satisfied: what its conditions rest on
};

/// One thing that would have to be otherwise.
struct ProposedChange {
    enum class Kind : std::uint8_t {
        Set, ///< a value of the context or of an entity is another, or is there at all
        Remove, ///< it is not there
        Join, ///< an entity is in a group
        Leave, ///< it is not
        Replace, ///< the request has another principal, action or resource
    };
    Kind kind = Kind::Set;
    std::string subject; ///< `context.input.amount`, `User::"ines".limit`, `User::"ines"`, "principal"
    std::string from; ///< what it is; empty when there is none
    std::string to; ///< what it would be; the group for Join and Leave; empty for Remove
    std::string wanted; ///< the part of the policy that asks for it: any value that it accepts would do
};

/// The smallest change found that turns the verdict round: tried, not guessed.
struct Flip {
    Decision decision = Decision::Allow; ///< what it would be
    std::vector<ProposedChange> changes; ///< all of them are needed
    std::string sentence; ///< "It would be allowed if context.input.amount were 1000 instead of 1200."
};

/// An error of a policy, with its place.
struct ErrorFinding {
    std::string policy;
    std::string message;
    std::size_t line = 0;
    std::size_t column = 0;
};

/// Why a request got its verdict. Owns all it holds.
struct Explanation {
    Decision decision = Decision::Deny;
    std::string sentence; ///< the whole in one English sentence
    std::vector<PolicyFinding> determining; ///< in the order of the set
    std::vector<PolicyFinding> near; ///< others that came near, the nearest first
    std::vector<ErrorFinding> errors;
    std::optional<Flip> flip; ///< none when none was found within the limits
};

/// As docs/formats/verbs.md has it.
Json toJson(const Explanation& explanation);

}

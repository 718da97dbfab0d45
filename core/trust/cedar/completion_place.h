#pragma once

#include "core/trust/cedar/token.h"

#include <string>
#include <vector>

namespace ephor::cedar {

/// Which part of a policy a place lies in.
enum class PolicyPart : std::uint8_t {
    Head, ///< before permit or forbid
    Scope, ///< between its brackets
    AfterScope, ///< where conditions and the end may follow
    Condition, ///< within the braces of one
    TemporalCondition, ///< within those of `when temporal`
    Nowhere, ///< in a comment, or in a text that completes nothing
};

/// What was written before a place, read as far as it goes.
struct CompletionPlace {
    PolicyPart part = PolicyPart::Head;
    std::vector<Token> tokens; ///< of the policy at hand, those before the word that is being typed
    std::size_t from = 0; ///< where that word begins
    std::string typed; ///< the word so far; without its opening quote where it is a text
    bool quoted = false; ///< a text is being typed
    std::size_t scopeSlot = 0; ///< 0 principal, 1 action, 2 resource
    std::size_t slotStart = 0; ///< the first token of that slot
    std::size_t scopeBegin = 0; ///< the first token behind the scope's bracket
    std::size_t scopeEnd = 0; ///< one behind its last token
};

/// Reads the text before `offset`.
CompletionPlace placeAt(std::string_view text, std::size_t offset);

}

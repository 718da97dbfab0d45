#pragma once

#include "core/trust/cedar/expression.h"

#include <vector>

namespace ephor::cedar {

/// The parts of a `where` that && joins, by what they speak of. They are asked in this order, whatever the order they
/// were written in: what the present request alone tells comes before any event, what an event alone tells is asked
/// once, when it is recorded, and equalities between the two find events without asking each.
struct WhereParts {
    std::vector<const Node*> request; ///< of the request alone
    std::vector<const Node*> event; ///< of the event alone, and constants
    std::vector<const Node*> equalities; ///< one side of the event alone, the other of the request alone
    std::vector<const Node*> rest; ///< of both in any other way

    std::vector<const Node*> inOrder() const;
};

WhereParts partsOf(const Node& where);

/// The two sides of one of WhereParts' equalities.
struct EqualitySides {
    const Node* event = nullptr;
    const Node* request = nullptr;
};

EqualitySides sidesOf(const Node& equality);

/// Whether an expression reads `event`, or the request's principal, action, resource or context.
bool readsEvent(const Node& node);
bool readsRequest(const Node& node);

}

#pragma once

#include "core/trust/cedar/explanation.h"

#include <memory>
#include <span>
#include <vector>

namespace ephor::cedar {

/// A value that a request could bring otherwise: an attribute of the context or of an entity, or a tag.
struct ValuePlace {
    enum class Root : std::uint8_t { Context, Attributes, Tags };
    Root root = Root::Context;
    const EntityUid* entity = nullptr; ///< of Attributes and Tags
    std::vector<Text> path; ///< of names; never empty where a change is proposed

    bool operator==(const ValuePlace& other) const;
    /// `context.input.amount`, `User::"ann".home.city`, `User::"ann".getTag("site")`.
    std::string text() const;
};

/// Which part of a request.
enum class RequestPart : std::uint8_t { Principal, Action, Resource };
std::string_view nameOf(RequestPart part);

/// One thing made otherwise. What it points to lies in the arena of the search.
struct Change {
    ProposedChange::Kind kind = ProposedChange::Kind::Set;
    ValuePlace place; ///< of Set and Remove
    Value value; ///< of Set
    const EntityUid* entity = nullptr; ///< of Join and Leave; what Replace puts in place
    const EntityUid* group = nullptr; ///< of Join and Leave
    RequestPart part = RequestPart::Principal; ///< of Replace
    std::string wanted; ///< the part of a policy that asks for it

    /// Whether both are about the same thing, so that only the later one counts.
    bool concernsTheSame(const Change& other) const;
};

/// A request and entities after some changes.
struct ChangedCase {
    std::shared_ptr<const Entities> entities;
    Request request;
};

/// Nothing where the changes cannot be made: a group would be in itself, or others are in who should leave. Points into
/// `entities`, `request` and `arena`.
std::optional<ChangedCase> applied(std::span<const Change> changes, const std::shared_ptr<const Entities>& entities,
    const Request& request, Arena& arena);

/// The value at a place; null when there is none.
const Value* valueAt(const ValuePlace& place, const Entities& entities, const Request& request);

}

#pragma once

#include <string_view>

namespace ephor::store {

/// One numbered step of one room's part of the schema. Steps only go forward; each runs once, in its own transaction.
/// The rooms' steps run room by room in the order given, so a room may refer to tables of rooms before it.
/// A step that has been released is never edited: its SQL's SHA-256 is recorded and compared at every opening.
struct Migration {
    std::string_view room; ///< "trust/ledger"; part of the record, so it never changes
    int number; ///< from 1, without gaps inside the room
    std::string_view name; ///< what the step does, in a few words
    std::string_view sql; ///< one or more statements
};

}

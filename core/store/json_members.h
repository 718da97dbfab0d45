#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace ephor::store {

/// A member of a JSON object as it stands in the text: the name without its quotes, the value with them.
struct JsonMember {
    std::string_view name;
    std::string_view value;
};
using JsonMembers = std::vector<JsonMember>;

/// The members of the object that `text` is, in one pass that builds no value. The whole text is checked against the
/// grammar of RFC 8259. Nothing when it is no object, breaks the grammar, nests deeper than SQLite reads, or has an
/// escape in one of the names. The views are into `text`.
std::optional<JsonMembers> membersOf(std::string_view text);

}

#pragma once

#include "core/trust/guard/json_view.h"
#include "core/trust/guard/protection.h"

#include <string_view>
#include <vector>

namespace ephor::guard {

/// What was found in a text as it stands and in its reading behind escapes (escape_view.h), as one list of places of
/// the text, in order and without overlaps. No escape is
/// cut by them. Of findings that meet, one is left over the
/// places of all: the harder action's, among equals the one behind escapes; so that neither reading lets through what
/// the other stops. Both lists are in order and have no overlaps.
std::vector<Judged> joinedFindings(
    std::string_view text, const JsonView& view, std::vector<Judged> asItStands, std::vector<Judged> behind);

}

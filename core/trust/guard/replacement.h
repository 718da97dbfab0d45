#pragma once

#include "core/trust/guard/guard.h"
#include "core/trust/guard/json_view.h"
#include "core/trust/guard/stand_in.h"

#include <span>
#include <string>

namespace ephor::guard {

/// A place of a text and what becomes of it.
struct MarkedPlace {
    std::size_t start = 0; ///< bytes
    std::size_t end = 0;
    std::string_view entity;
    std::string_view title; ///< "Card number"
    ProtectAction action = ProtectAction::Observe;
    std::string spelt = {}; ///< the value, where escapes spell it (Judged::spelt)
};

struct Replaced {
    std::string text;
    std::vector<StandIn> standIns;
};

/// What stands where a value stood: "[CARD NUMBER]", "************1111", "[CARD NUMBER 7f3a9c02]", a stand-in. Observe,
/// Ask and Deny leave the value.
std::string replacementFor(const MarkedPlace& place, std::string_view value, const ProtectionKey& key);

/// The text with every place replaced; the places do not overlap and stand in order.
Replaced replaced(std::string_view text, std::span<const MarkedPlace> places, const ProtectionKey& key);
/// The same in JSON, with places of its view. It stays JSON where the values are texts.
Replaced replacedInJson(
    std::string_view json, const JsonView& view, std::span<const MarkedPlace> places, const ProtectionKey& key);

}

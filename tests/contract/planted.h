#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ephor::contract_tests {

/// A value nobody may ever see again, and the pieces of it that are looked for.
struct Planted {
    std::string where; ///< which entrance it came in by
    std::string text;
    std::vector<std::string> markers;
};

/// A card number, an account, an address and a key of which each entrance has its own, so that what is found tells
/// where it leaked.
std::vector<Planted> plantedFor(const std::string& entrance, unsigned number);

/// All of them in one line of text.
std::string lineOf(const std::vector<Planted>& planted);

/// Where a marker stands in these bytes: as it is, in Base64 wherever that begins, in hexadecimal, in UTF-16, percent-
/// encoded, escaped as JSON or backwards. Empty: nowhere.
std::string foundIn(std::string_view bytes, const Planted& planted);

}

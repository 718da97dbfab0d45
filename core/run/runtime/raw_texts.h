#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace ephor::runtime {

/// The sealed field of an entry that holds texts of its messages as they came: a list of KeptText.
inline constexpr const char* rawPath = "/raw";

/// A text of a run as it came, where the sanitizer took something out of it. Only ever sealed or in memory.
struct KeptText {
    std::uint64_t message = 0; ///< which message of the run, from 0; the variables are of the first
    std::string tool; ///< of arguments and results
    std::string text;
    std::vector<std::string> revealed;
    bool operator==(const KeptText&) const = default;
};
BOOST_DESCRIBE_STRUCT(KeptText, (), (message, tool, text, revealed))

struct PlacedPart;
/// Tells them with the messages they belong to.
void addRawTexts(const std::vector<KeptText>& kept, std::vector<PlacedPart>& parts);

}

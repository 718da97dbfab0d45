#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::sanitize {

/// Text as detectors read it: compatibility forms folded (NFKC), invisible characters left out, digits of every script
/// and full-width letters as ASCII, look-alike letters as the ones they imitate. Only ever for finding: what is
/// forwarded or stored keeps its own characters.
struct MatchingForm {
    std::string text;
    /// Where each byte of `text` begins in the original, in bytes; one more for its end. Never falls.
    std::vector<std::uint32_t> origin;
};

/// Nothing where the text already is its own form, which costs one look at each byte and no allocation: plain ASCII
/// always is. The text is valid UTF-8 and under 4 GiB.
std::optional<MatchingForm> matchingForm(std::string_view text);

}

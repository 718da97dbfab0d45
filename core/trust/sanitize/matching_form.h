#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ephor::sanitize {

/// Text as detectors read it: compatibility forms folded (NFKC), invisible characters left out, digits of every script
/// and full-width letters as ASCII, look-alike letters as the ones they imitate (Unicode's confusables, UTS #39),
/// quotes, dashes and blanks as the plain ones, strokes and piled accents left out. ASCII stays as it is. Only ever for
/// finding: what is forwarded or stored keeps its own characters. Words in other scripts are changed as well, so a word
/// that is looked for must be brought into its form too.
struct MatchingForm {
    /// Bytes of `text` that lie beside each other in the original too, or that come of one character there or of
    /// several that combine.
    struct Stretch {
        std::uint32_t at = 0; ///< its first byte in `text`
        std::uint32_t unchanged : 1 = 0;
        std::uint32_t origin : 31 = 0; ///< its first byte in the original; that of all its bytes where it is changed
    };

    std::string text;
    /// From the first byte of `text` to its end, where a last one stands that has no bytes.
    std::vector<Stretch> stretches;

    /// Where a byte of `text` begins in the original, in bytes; of the place behind the last one the original's size.
    /// Never falls from one byte to the next.
    std::size_t originOf(std::size_t at) const;

    /// The bytes of the original that bytes [start, end) of `text` come of, with whatever unseen characters follow
    /// them. A character that became several is taken whole. start <= end <= text.size().
    std::pair<std::size_t, std::size_t> originalRange(std::size_t start, std::size_t end) const;
};

/// Nothing where the text already is its own form, which costs one look at each byte and no allocation: plain ASCII
/// always is. The text is valid UTF-8 and under 2 GiB. Linear; a form is its own form. Thread-safe.
std::optional<MatchingForm> matchingForm(std::string_view text);

}

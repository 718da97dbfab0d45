#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

namespace ephor::sanitize {

/// How a text can be written so that it does not look like itself.
enum class HiddenEncoding {
    TagCharacters, ///< U+E0020–E007E
    VariationSelectors, ///< a byte each
    InvisibleBits, ///< two kinds of unseen characters
    Base64, ///< RFC 4648, both alphabets, also broken into lines, also of UTF-16
    Base32,
    Base85, ///< Ascii85 and the alphabet of RFC 1924
    Hexadecimal, ///< pairs, also parted by blanks, colons, commas or hyphens
    QuotedPrintable, ///< =69
    Percent, ///< %69
    CharacterReferences, ///< &#105;
    Escapes, ///< \u0069, \x69, \151
    Rot13,
    Reversed, ///< the whole, or each word by itself
};
BOOST_DESCRIBE_ENUM(HiddenEncoding, TagCharacters, VariationSelectors, InvisibleBits, Base64, Base32, Base85,
    Hexadecimal, QuotedPrintable, Percent, CharacterReferences, Escapes, Rot13, Reversed)

/// A piece of a text that is another text.
struct HiddenText {
    std::size_t start = 0; ///< bytes of the text that was searched, also for a piece within a piece
    std::size_t end = 0;
    HiddenEncoding encoding = HiddenEncoding::Base64; ///< of a piece within a piece, the inner one
    std::string text; ///< decoded; valid UTF-8
    int depth = 1; ///< 2: found in a decoded piece
    bool operator==(const HiddenText&) const = default;
};

/// The pieces of a text, read in its matching form, that decode to something a person could have written, to be
/// searched for instructions and secrets as the text itself is. Binary data and chance are left out: what is decoded
/// must be valid UTF-8 without controls, mostly of letters, and reversed or turned text must consist of common words.
/// In the order of their start; of one place there may be several readings. At most 256 pieces, of 64 KiB of the text
/// each (a longer one is decoded so far), 1 MiB decoded in all. The text is valid UTF-8. Linear. Thread-safe.
std::vector<HiddenText> hiddenTexts(std::string_view text);

}

#include "core/trust/sanitize/spelt_character.h"

#include <charconv>

namespace ephor::sanitize {

namespace {

/// `fewest` to `most` digits of `base` at `at`; `prefix` bytes stand before them.
SpeltCharacter digitsAt(const std::string_view text, const std::size_t at, const std::size_t prefix,
    const std::size_t fewest, const std::size_t most, const int base)
{
    const std::string_view digits = text.substr(std::min(at + prefix, text.size()), most);
    unsigned value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    const auto count = std::size_t(read.ptr - digits.data());
    return read.ec != std::errc() || count < fewest ? SpeltCharacter{} : SpeltCharacter{value, prefix + count};
}

}

SpeltCharacter speltCharacterAt(const std::string_view text, const std::size_t at)
{
    if (at + 1 >= text.size() || text[at] != '\\')
        return {};
    switch (const char sign = text[at + 1]) {
    case 'e':
    case 'E':
        return {0x1B, 2};
    case 'a':
        return {0x07, 2};
    case 'x':
        return digitsAt(text, at, 2, 1, 2, 16);
    case 'U':
        return digitsAt(text, at, 2, 8, 8, 16);
    case 'u':
        if (at + 2 < text.size() && text[at + 2] == '{') {
            SpeltCharacter braced = digitsAt(text, at, 3, 1, 6, 16);
            const std::size_t close = at + braced.length;
            if (braced.length == 0 || close >= text.size() || text[close] != '}')
                return {};
            ++braced.length;
            return braced;
        }
        return digitsAt(text, at, 2, 4, 4, 16);
    default: {
        if (sign < '0' || sign > '7')
            return {};
        const SpeltCharacter octal = digitsAt(text, at, 1, 1, 3, 8);
        const bool decimalEscape = octal.length == 3 && octal.value == 027;
        return decimalEscape ? SpeltCharacter{0x1B, 3} : octal;
    }
    }
}

}

#include "core/trust/detect/secret/base64_run.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ephor::detect {

namespace {

constexpr std::uint8_t noDigit = 64;

constexpr auto base64Digits = [] {
    std::array<std::uint8_t, 256> digits{};
    digits.fill(noDigit);
    for (std::uint8_t i = 0; i < 26; ++i) {
        digits[std::size_t('A') + i] = i;
        digits[std::size_t('a') + i] = std::uint8_t(26 + i);
    }
    for (std::uint8_t i = 0; i < 10; ++i)
        digits[std::size_t('0') + i] = std::uint8_t(52 + i);
    digits['+'] = digits['-'] = 62;
    digits['/'] = digits['_'] = 63;
    return digits;
}();

}

std::string decodedBase64(std::string_view run)
{
    std::string bytes;
    bytes.reserve(run.size() / 4 * 3 + 3);
    std::uint32_t pending = 0;
    unsigned count = 0;
    for (const char c : run) {
        const std::uint8_t digit = base64Digits[std::uint8_t(c)];
        if (digit == noDigit)
            break;
        pending = pending << 6 | digit;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes += char(pending >> count & 0xFF);
        }
    }
    return bytes;
}

bool isPrintable(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) {
        const auto byte = std::uint8_t(c);
        return (byte >= 0x20 && byte < 0x7F) || c == '\n' || c == '\r' || c == '\t';
    });
}

}

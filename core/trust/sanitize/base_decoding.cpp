#include "core/trust/sanitize/base_decoding.h"

#include <array>
#include <cstdint>

namespace ephor::sanitize {

namespace {

constexpr std::int8_t notADigit = -1;

using DigitTable = std::array<std::int8_t, 256>;

constexpr DigitTable digitTable(const std::string_view alphabet)
{
    DigitTable table{};
    table.fill(notADigit);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        table[std::uint8_t(alphabet[i])] = std::int8_t(i);
    return table;
}

constexpr DigitTable base64Digits = [] {
    DigitTable table = digitTable("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    table['-'] = 62;
    table['_'] = 63;
    return table;
}();
constexpr DigitTable base32Digits = digitTable("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
constexpr DigitTable rfc1924Digits
    = digitTable("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~");
constexpr DigitTable ascii85Digits = [] {
    DigitTable table{};
    table.fill(notADigit);
    for (int c = '!'; c <= 'u'; ++c)
        table[std::size_t(c)] = std::int8_t(c - '!');
    return table;
}();
constexpr DigitTable hexadecimalDigits = [] {
    DigitTable table = digitTable("0123456789abcdef");
    for (char c = 'A'; c <= 'F'; ++c)
        table[std::size_t(c)] = std::int8_t(c - 'A' + 10);
    return table;
}();

bool isCodeBlank(const char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// Digits of a power of two.
std::string decodedBits(const std::string_view text, const DigitTable& digits, const unsigned bitsOfDigit)
{
    std::string bytes;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (const char c : text) {
        if (isCodeBlank(c))
            continue;
        const int digit = digits[std::uint8_t(c)];
        if (digit == notADigit)
            break;
        held = held << bitsOfDigit | std::uint32_t(digit);
        bits += bitsOfDigit;
        if (bits >= 8) {
            bits -= 8;
            bytes += char(held >> bits & 0xFF);
        }
    }
    return bytes;
}

void appendHighBytes(std::string& bytes, const std::uint64_t value, const unsigned count)
{
    for (unsigned i = 0; i < count; ++i)
        bytes += char(value >> (24 - 8 * i) & 0xFF);
}

/// Five digits to four bytes; of a last group of n digits n-1 bytes.
std::string decodedGroups(const std::string_view text, const DigitTable& digits, const char zeroGroup)
{
    std::string bytes;
    std::uint64_t value = 0;
    unsigned count = 0;
    for (const char c : text) {
        if (isCodeBlank(c))
            continue;
        if (zeroGroup != '\0' && c == zeroGroup && count == 0) {
            bytes.append(4, '\0');
            continue;
        }
        const int digit = digits[std::uint8_t(c)];
        if (digit == notADigit)
            break;
        value = value * 85 + std::uint64_t(digit);
        if (++count == 5) {
            if (value > 0xFFFFFFFF)
                return {};
            appendHighBytes(bytes, value, 4);
            value = count = 0;
        }
    }
    if (count > 1) {
        for (unsigned i = count; i < 5; ++i)
            value = value * 85 + 84;
        if (value <= 0xFFFFFFFF)
            appendHighBytes(bytes, value, count - 1);
    }
    return bytes;
}

}

std::string decodedBase64(const std::string_view text)
{
    return decodedBits(text, base64Digits, 6);
}

std::string decodedBase32(const std::string_view text)
{
    return decodedBits(text, base32Digits, 5);
}

std::string decodedAscii85(const std::string_view text)
{
    return decodedGroups(text, ascii85Digits, 'z');
}

std::string decodedBase85(const std::string_view text)
{
    return decodedGroups(text, rfc1924Digits, '\0');
}

std::string decodedHexadecimal(const std::string_view text)
{
    std::string bytes;
    int high = notADigit;
    for (const char c : text) {
        const int digit = hexadecimalDigits[std::uint8_t(c)];
        if (digit == notADigit)
            continue;
        if (high == notADigit) {
            high = digit;
        } else {
            bytes += char(high << 4 | digit);
            high = notADigit;
        }
    }
    return bytes;
}

}

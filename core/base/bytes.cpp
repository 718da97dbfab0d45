#include "core/base/bytes.h"

#include "core/base/hex_digit.h"

namespace ephor {

namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::string_view base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int base64Value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+')
        return 62;
    return c == '/' ? 63 : -1;
}

std::unexpected<Error> badBase64()
{
    return fail(ErrorKind::Invalid, "base64.format", "This is not canonical base64.",
        "Use the standard alphabet with padding and no line breaks.");
}

}

std::string toHex(BytesView bytes)
{
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(hexDigits[byte >> 4]);
        text.push_back(hexDigits[byte & 0x0F]);
    }
    return text;
}

Result<Bytes> fromHex(std::string_view text)
{
    if (text.size() % 2 != 0)
        return fail(ErrorKind::Invalid, "hex.format", "Hexadecimal text needs an even number of digits.");
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto byte = hexByte(text, i);
        if (!byte)
            return fail(ErrorKind::Invalid, "hex.format", "This is not hexadecimal text.");
        bytes.push_back(*byte);
    }
    return bytes;
}

std::string toBase64(BytesView bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t left = bytes.size() - i;
        const std::uint32_t group = std::uint32_t(bytes[i]) << 16 | (left > 1 ? std::uint32_t(bytes[i + 1]) << 8 : 0)
            | (left > 2 ? std::uint32_t(bytes[i + 2]) : 0);
        text.push_back(base64Alphabet[group >> 18]);
        text.push_back(base64Alphabet[group >> 12 & 63]);
        text.push_back(left > 1 ? base64Alphabet[group >> 6 & 63] : '=');
        text.push_back(left > 2 ? base64Alphabet[group & 63] : '=');
    }
    return text;
}

Result<Bytes> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return badBase64();
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const int padding = last ? (text[i + 3] == '=') + (text[i + 3] == '=' && text[i + 2] == '=') : 0;
        std::uint32_t group = 0;
        for (int k = 0; k < 4 - padding; ++k) {
            const int value = base64Value(text[i + std::size_t(k)]);
            if (value < 0)
                return badBase64();
            group |= std::uint32_t(value) << (18 - 6 * k);
        }
        const std::uint32_t unused = padding == 2 ? group & 0xFFFF : padding == 1 ? group & 0xFF : 0;
        if (unused != 0)
            return badBase64();
        bytes.push_back(std::uint8_t(group >> 16));
        if (padding < 2)
            bytes.push_back(std::uint8_t(group >> 8 & 0xFF));
        if (padding < 1)
            bytes.push_back(std::uint8_t(group & 0xFF));
    }
    return bytes;
}

}

#include "core/trust/detect/secret/secret_checksum.h"

#include "core/trust/keys/token.h"

#include <array>

namespace ephor::detect {

namespace {

constexpr auto crcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit)
            value = (value & 1U) != 0 ? value >> 1 ^ 0xEDB88320U : value >> 1;
        table[i] = value;
    }
    return table;
}();

// Behind the prefix of four stand 30 random characters and the CRC-32 of those, in six.
bool holdsGithubChecksum(std::string_view token)
{
    constexpr std::size_t prefix = 4;
    constexpr std::size_t checksum = 6;
    if (token.size() <= prefix + checksum)
        return false;
    const std::string_view random = token.substr(prefix, token.size() - prefix - checksum);
    return base62Of(crc32Of(random), checksum) == token.substr(token.size() - checksum);
}

}

std::uint32_t crc32Of(std::string_view text)
{
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : text)
        crc = crc >> 8 ^ crcTable[(crc ^ std::uint8_t(c)) & 0xFFU];
    return ~crc;
}

std::string base62Of(std::uint32_t number, std::size_t length)
{
    constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string text(length, '0');
    for (auto at = text.rbegin(); at != text.rend(); ++at) {
        *at = characters[number % characters.size()];
        number /= std::uint32_t(characters.size());
    }
    return text;
}

bool holdsChecksum(SecretCheck check, std::string_view token)
{
    switch (check) {
    case SecretCheck::None:
        return true;
    case SecretCheck::GithubChecksum:
        return holdsGithubChecksum(token);
    case SecretCheck::EphorChecksum:
        return keys::isToken(token);
    }
    return false;
}

}

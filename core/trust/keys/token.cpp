#include "core/trust/keys/token.h"

#include "core/base/hash.h"

namespace ephor::keys {

namespace {

constexpr std::string_view tokenMark = "ephor_";
constexpr std::string_view base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t randomCharacters = 43; ///< 62^43 > 2^256
constexpr std::size_t checksumCharacters = 6; ///< 62^6 > 2^32
constexpr std::size_t shownCharacters = 8;

char randomBase62()
{
    for (;;) {
        std::uint8_t byte = 0;
        fillRandom({&byte, 1});
        // 248 is the greatest multiple of 62: beyond it some characters would be likelier than others.
        if (byte < 248)
            return base62[byte % 62];
    }
}

std::string checksumOf(std::string_view body)
{
    const Digest digest = sha256(body);
    std::uint32_t number
        = std::uint32_t(digest[0]) << 24 | std::uint32_t(digest[1]) << 16 | std::uint32_t(digest[2]) << 8 | digest[3];
    std::string text(checksumCharacters, '0');
    for (auto at = text.rbegin(); at != text.rend(); ++at) {
        *at = base62[number % 62];
        number /= 62;
    }
    return text;
}

}

NewToken makeToken()
{
    std::string body(tokenMark);
    for (std::size_t i = 0; i < randomCharacters; ++i)
        body += randomBase62();
    const std::string token = body + checksumOf(body);
    return {token, token.substr(0, tokenMark.size() + shownCharacters), sha256(token)};
}

bool isToken(std::string_view text)
{
    if (text.size() != tokenMark.size() + randomCharacters + checksumCharacters || !text.starts_with(tokenMark))
        return false;
    if (text.find_first_not_of(base62, tokenMark.size()) != std::string_view::npos)
        return false;
    return checksumOf(text.substr(0, text.size() - checksumCharacters))
        == text.substr(text.size() - checksumCharacters);
}

std::optional<Digest> hashToken(std::string_view text)
{
    return isToken(text) ? std::optional(sha256(text)) : std::nullopt;
}

}

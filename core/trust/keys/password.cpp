#include "core/trust/keys/password.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/trust/keys/scrypt.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <optional>

namespace ephor::keys {

namespace {

// Longer input is no password, and hashing it would cost whoever asks nothing and us much.
constexpr std::size_t longestPassword = 4'096;

struct PasswordHash {
    ScryptCost cost;
    Bytes salt;
    Bytes hash;
};

std::string unpadded(BytesView bytes)
{
    std::string text = toBase64(bytes);
    text.erase(std::find(text.begin(), text.end(), '='), text.end());
    return text;
}

std::optional<Bytes> fromUnpadded(std::string_view text)
{
    std::string padded(text);
    padded.append((4 - padded.size() % 4) % 4, '=');
    auto bytes = fromBase64(padded);
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

std::optional<std::uint64_t> readParameter(std::string_view text, std::string_view name)
{
    if (!text.starts_with(name))
        return std::nullopt;
    text.remove_prefix(name.size());
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<PasswordHash> parseHash(std::string_view text)
{
    const auto parts = split(text, '$');
    if (parts.size() != 5 || !parts[0].empty() || parts[1] != "scrypt")
        return std::nullopt;
    const auto parameters = split(parts[2], ',');
    if (parameters.size() != 3)
        return std::nullopt;
    const auto ln = readParameter(parameters[0], "ln=");
    const auto r = readParameter(parameters[1], "r=");
    const auto p = readParameter(parameters[2], "p=");
    auto salt = fromUnpadded(parts[3]);
    auto hash = fromUnpadded(parts[4]);
    if (!ln || *ln > 24 || !r || !p || !salt || !hash || hash->size() != 32)
        return std::nullopt;
    return PasswordHash{{std::uint64_t{1} << *ln, *r, *p}, std::move(*salt), std::move(*hash)};
}

}

Result<std::string> hashPassword(std::string_view password)
{
    if (password.empty() || password.size() > longestPassword)
        return fail(ErrorKind::Invalid, "keys.password", "A password has between 1 and 4,096 bytes.");
    std::array<std::uint8_t, 16> salt{};
    fillRandom(salt);
    const ScryptCost cost;
    EPHOR_TRY(const auto hash, stretch(password, salt, cost));
    return "$scrypt$ln=" + std::to_string(std::countr_zero(cost.n)) + ",r=" + std::to_string(cost.r)
        + ",p=" + std::to_string(cost.p) + "$" + unpadded(salt) + "$" + unpadded(hash);
}

bool verifyPassword(std::string_view password, std::string_view hash)
{
    const auto parsed = parseHash(hash);
    if (!parsed || password.empty() || password.size() > longestPassword)
        return false;
    const auto stretched = stretch(password, parsed->salt, parsed->cost);
    return stretched && equalConstantTime(*stretched, parsed->hash);
}

bool isOutdatedHash(std::string_view hash)
{
    const auto parsed = parseHash(hash);
    const ScryptCost today;
    return !parsed || parsed->cost.n < today.n || parsed->cost.r < today.r || parsed->cost.p < today.p;
}

}

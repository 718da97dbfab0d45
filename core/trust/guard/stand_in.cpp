#include "core/trust/guard/stand_in.h"

#include "core/base/hmac.h"
#include "core/base/text.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::guard {

namespace {

constexpr std::string_view prefix = "EPHOR-";
// Consonants without those that words of letters would look like; 52 bits in twelve.
constexpr std::string_view letters = "BCDFGHJKLMNPQRSTVWXZ";
constexpr std::size_t bodyLetters = 12;
constexpr std::size_t checkLetters = 2;
constexpr std::size_t longestKind = 40;

std::string checkOf(std::string_view kind, std::string_view body)
{
    std::uint32_t sum = 7;
    for (const std::string_view part : {kind, body}) {
        for (const char c : part)
            sum = (sum * 31 + std::uint8_t(c)) % 399'989;
    }
    return {letters[sum % letters.size()], letters[sum / letters.size() % letters.size()]};
}

char upper(char c)
{
    return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
}

bool isKindLetter(char c)
{
    return c >= 'A' && c <= 'Z';
}

// "US_SSN" has no digit, "CRYPTO2" would: letters alone keep every detector away.
std::string kindOf(std::string_view entity)
{
    std::string kind;
    for (const char c : entity.substr(0, longestKind)) {
        if (isKindLetter(upper(c)))
            kind += upper(c);
    }
    return kind.empty() ? "VALUE" : kind;
}

std::string keyed(std::string_view entity, std::string_view value)
{
    return std::string(entity) + '\n' + std::string(value);
}

// The end of a stand-in whose prefix stands at `at`.
std::optional<std::size_t> endOfStandIn(std::string_view text, std::size_t at)
{
    std::size_t i = at + prefix.size();
    std::string kind;
    while (i < text.size() && isKindLetter(upper(text[i])) && kind.size() <= longestKind)
        kind += upper(text[i++]);
    if (kind.empty() || kind.size() > longestKind || i >= text.size() || text[i] != '-')
        return std::nullopt;
    ++i;
    if (text.size() - i < bodyLetters + checkLetters)
        return std::nullopt;
    std::string body;
    for (const char c : text.substr(i, bodyLetters + checkLetters))
        body += upper(c);
    const bool known = std::ranges::all_of(body, [](char c) { return letters.find(c) != letters.npos; });
    const std::string_view whole(body);
    if (!known || whole.substr(bodyLetters) != checkOf(kind, whole.substr(0, bodyLetters)))
        return std::nullopt;
    return i + body.size();
}

}

std::string standInFor(const ProtectionKey& key, std::string_view entity, std::string_view value)
{
    const Digest digest = hmacSha256(key, "stand-in\n" + keyed(entity, value));
    const std::string kind = kindOf(entity);
    std::string body;
    for (std::size_t i = 0; i < bodyLetters; ++i)
        body += letters[(std::size_t(digest[2 * i]) << 8 | digest[2 * i + 1]) % letters.size()];
    return std::string(prefix) + kind + '-' + body + checkOf(kind, body);
}

std::optional<StandInPlace> findStandIn(std::string_view text, std::size_t from)
{
    for (std::size_t at = from; at + prefix.size() < text.size(); ++at) {
        if (upper(text[at]) != prefix.front())
            continue;
        const std::string_view head = text.substr(at, prefix.size());
        if (!std::ranges::equal(head, prefix, {}, upper))
            continue;
        if (const auto end = endOfStandIn(text, at))
            return StandInPlace{at, *end};
    }
    return std::nullopt;
}

std::string restored(std::string_view text, const Vault& vault)
{
    std::string whole;
    std::size_t done = 0;
    while (const auto place = findStandIn(text, done)) {
        std::string token;
        for (const char c : text.substr(place->start, place->end - place->start))
            token += upper(c);
        const auto known = vault.find(token);
        whole += text.substr(done, place->start - done);
        whole += known != vault.end() ? std::string_view(known->second)
                                      : text.substr(place->start, place->end - place->start);
        done = place->end;
    }
    return whole.append(text.substr(done));
}

Json restoredJson(Json value, const Vault& vault)
{
    if (value.is_string())
        return restored(value.get_ref<const std::string&>(), vault);
    if (value.is_array()) {
        for (Json& each : value)
            each = restoredJson(std::move(each), vault);
    }
    if (!value.is_object())
        return value;
    Json whole = Json::object();
    for (auto& [name, member] : value.items()) {
        std::string known = restored(name, vault);
        // The name that was given is nearer to what the tool expects than one member less.
        whole[whole.contains(known) ? name : known] = restoredJson(std::move(member), vault);
    }
    return whole;
}

std::string shortHash(const ProtectionKey& key, std::string_view entity, std::string_view value)
{
    return toHex(hmacSha256(key, "hash\n" + keyed(entity, value))).substr(0, 8);
}

}

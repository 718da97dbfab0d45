#include "core/proof/verifier_key.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>

namespace ephor::proof {

namespace {

/// Code points with the Unicode property White_Space, besides the controls that no note may hold.
constexpr std::u16string_view unicodeSpaces
    = u"\u0020\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
      u"\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

std::uint32_t bigEndian32(BytesView bytes)
{
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

std::uint32_t keyIdOf(std::string_view name, SignatureType type, const PublicKey& key)
{
    Sha256 hasher;
    const Digest digest
        = hasher.add(name).add(std::uint8_t{'\n'}).add(static_cast<std::uint8_t>(type)).add(BytesView(key)).finish();
    return bigEndian32(digest);
}

std::unexpected<Error> keyFailure(const char* code, std::string message, std::string_view vkey)
{
    return fail(Error(ErrorKind::Invalid, code, std::move(message),
        "A verifier key reads name+id+key, as in example.com/log+530d903a+AekyeR….")
            .with("key", shorten(vkey, 120)));
}

}

bool isKeyName(std::string_view name)
{
    if (name.empty() || !isUtf8(name))
        return false;
    return std::ranges::none_of(toUtf16(name), [](char16_t unit) {
        return unit < 0x20 || unit == u'+' || unicodeSpaces.find(unit) != std::u16string_view::npos;
    });
}

Result<VerifierKey> makeVerifierKey(std::string_view name, SignatureType type, const PublicKey& key)
{
    if (!isKeyName(name))
        return keyFailure(
            "proof.key.name", "A key's name is empty or holds a space, a control character or a plus sign.", name);
    return VerifierKey{std::string(name), keyIdOf(name, type, key), type, key};
}

Result<VerifierKey> parseVerifierKey(std::string_view vkey)
{
    const std::size_t first = vkey.find('+');
    const std::size_t second = first == std::string_view::npos ? first : vkey.find('+', first + 1);
    if (second == std::string_view::npos)
        return keyFailure("proof.key.format", "The verifier key does not have three parts joined by plus signs.", vkey);
    const std::string_view idText = vkey.substr(first + 1, second - first - 1);
    const Result<Bytes> id = fromHex(idText);
    if (!id || id->size() != 4 || toHex(*id) != idText)
        return keyFailure(
            "proof.key.format", "The verifier key's id is not eight lower-case hexadecimal digits.", vkey);
    const Result<Bytes> material = fromBase64(vkey.substr(second + 1));
    if (!material)
        return keyFailure("proof.key.base64", "The verifier key's last part is not canonical base64.", vkey);
    const bool known = !material->empty() && (material->front() == 0x01 || material->front() == 0x04);
    if (!known)
        return keyFailure(
            "proof.key.type", "The verifier key's type is neither Ed25519 (01) nor an Ed25519 cosignature (04).", vkey);
    PublicKey key{};
    if (material->size() != 1 + key.size())
        return keyFailure("proof.key.format", "The verifier key does not hold 32 bytes of key.", vkey);
    std::copy(material->begin() + 1, material->end(), key.begin());
    EPHOR_TRY(
        VerifierKey made, makeVerifierKey(vkey.substr(0, first), static_cast<SignatureType>(material->front()), key));
    if (made.id != bigEndian32(*id))
        return keyFailure("proof.key.id", "The verifier key's id does not belong to its name and key.", vkey);
    return made;
}

std::string formatVerifierKey(const VerifierKey& key)
{
    Bytes material{static_cast<std::uint8_t>(key.type)};
    material.insert(material.end(), key.key.begin(), key.key.end());
    return key.name + "+" + formatKeyId(key.id) + "+" + toBase64(material);
}

Result<std::vector<VerifierKey>> parseVerifierKeys(std::string_view text)
{
    std::vector<VerifierKey> keys;
    std::size_t number = 0;
    for (const std::string_view line : splitLines(text)) {
        ++number;
        const std::string_view content = trim(line);
        if (content.empty() || content.front() == '#')
            continue;
        Result<VerifierKey> key = parseVerifierKey(content);
        if (!key)
            return fail(std::move(key).error().with("line", std::to_string(number)));
        keys.push_back(*std::move(key));
    }
    return keys;
}

std::string formatKeyId(std::uint32_t id)
{
    const std::array<std::uint8_t, 4> bytes{static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
        static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
    return toHex(bytes);
}

}

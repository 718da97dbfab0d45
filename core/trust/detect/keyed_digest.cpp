#include "core/trust/detect/keyed_digest.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/trust/detect/finding.h"
#include "core/trust/sanitize/matching_form.h"

#include <algorithm>
#include <array>

namespace ephor::detect {

namespace {

constexpr std::size_t hashBlock = 64; ///< bytes SHA-256 takes at a time

std::array<std::uint8_t, hashBlock> padded(BytesView key, std::uint8_t pad)
{
    std::array<std::uint8_t, hashBlock> block{};
    if (key.size() > hashBlock) {
        const Digest shortened = sha256(key);
        std::ranges::copy(shortened, block.begin());
    } else {
        std::ranges::copy(key, block.begin());
    }
    for (std::uint8_t& byte : block)
        byte ^= pad;
    return block;
}

bool isSeparator(char c)
{
    return std::string_view(" -./()\t\n\r").find(c) != std::string_view::npos;
}

}

Digest keyedDigest(BytesView key, std::initializer_list<std::string_view> parts)
{
    Sha256 hash;
    hash.add(padded(key, 0x36));
    for (const std::string_view part : parts)
        hash.add(part);
    const Digest inner = hash.finish();
    return hash.add(padded(key, 0x5C)).add(inner).finish();
}

std::string comparableValue(const Entity& entity, std::string_view value)
{
    const auto form = isUtf8(value) ? sanitize::matchingForm(value) : std::nullopt;
    std::string text(trim(form ? std::string_view(form->text) : value));
    if (entity.entityClass == EntityClass::Secret || entity.entityClass == EntityClass::Technical)
        return text;
    text = lowerAscii(text);
    // "12 Main St" and "12 main st." may differ; numbers may not differ by how they are grouped.
    const bool number = std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    std::erase_if(
        text, [&](char c) { return number ? isSeparator(c) : c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
    return text;
}

Digest valueDigest(BytesView key, const Entity& entity, std::string_view value)
{
    // A zero byte stands in no entity's name.
    return keyedDigest(key, {entity.name, std::string_view("\0", 1), comparableValue(entity, value)});
}

}

#include "core/trust/detect/keyed_digest.h"

#include "core/base/hmac.h"
#include "core/base/text.h"
#include "core/trust/detect/candidate/finding.h"
#include "core/trust/sanitize/matching_form.h"

#include <algorithm>

namespace ephor::detect {

namespace {

bool isSeparator(char c)
{
    return std::string_view(" -./()\t\n\r").find(c) != std::string_view::npos;
}

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
    return hmacSha256(key, entity.name + '\0' + comparableValue(entity, value));
}

}

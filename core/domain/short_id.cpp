#include "core/domain/short_id.h"

#include "core/base/text.h"

#include <algorithm>

namespace ephor {

namespace {

constexpr std::size_t shortLength = 8;
constexpr std::size_t uuidLength = 36;
constexpr std::string_view hexDigits = "0123456789abcdef";
constexpr std::string_view digestPrefix = "sha256:";
constexpr std::string_view verdictPrefix = "vd-";

bool isDashPlace(std::size_t place)
{
    return place == 8 || place == 13 || place == 18 || place == 23;
}

}

bool isUuid(std::string_view text)
{
    if (text.size() != uuidLength)
        return false;
    for (std::size_t place = 0; place < uuidLength; ++place) {
        if (isDashPlace(place) ? text[place] != '-' : hexDigits.find(text[place]) == std::string_view::npos)
            return false;
    }
    return true;
}

bool isShortId(std::string_view text)
{
    return text.size() == shortLength && text.find_first_not_of(hexDigits) == std::string_view::npos;
}

std::string shortId(std::string_view id)
{
    if (isUuid(id))
        return std::string(id.substr(uuidLength - shortLength));
    if (id.starts_with(digestPrefix))
        id.remove_prefix(digestPrefix.size());
    return std::string(id.substr(0, shortLength));
}

std::string pastedId(std::string_view text)
{
    const std::string trimmed(trim(text));
    const std::string lower = lowerAscii(trimmed);
    std::string_view id = lower;
    if (const auto colon = id.find(':'); colon != std::string_view::npos && isUuid(id.substr(colon + 1)))
        id.remove_prefix(colon + 1);
    if (id.starts_with(verdictPrefix) && isUuid(id.substr(verdictPrefix.size(), uuidLength)))
        id = id.substr(verdictPrefix.size(), uuidLength);
    return isUuid(id) || isShortId(id) ? std::string(id) : trimmed;
}

}

#include "core/contract/format.h"

#include "core/contract/ecma_regex.h"
#include "core/contract/json_pointer.h"

#include <algorithm>
#include <array>

namespace ephor::contract {

namespace {

struct NamedFormat {
    std::string_view name;
    FormatCheck check;
};

constexpr std::array namedFormats{
    NamedFormat{"date-time", isDateTime},
    NamedFormat{"date", isDate},
    NamedFormat{"time", isTime},
    NamedFormat{"duration", isDuration},
    NamedFormat{"email", isEmail},
    NamedFormat{"idn-email", isIdnEmail},
    NamedFormat{"hostname", isHostname},
    NamedFormat{"idn-hostname", isIdnHostname},
    NamedFormat{"ipv4", isIpv4},
    NamedFormat{"ipv6", isIpv6},
    NamedFormat{"uri", isUri},
    NamedFormat{"uri-reference", isUriReference},
    NamedFormat{"iri", isIri},
    NamedFormat{"iri-reference", isIriReference},
    NamedFormat{"uri-template", isUriTemplate},
    NamedFormat{"uuid", isUuid},
    NamedFormat{"json-pointer", isJsonPointer},
    NamedFormat{"relative-json-pointer", isRelativeJsonPointer},
    NamedFormat{"regex", isRegex},
};

}

FormatCheck formatCheck(std::string_view name)
{
    const auto found = std::find_if(
        namedFormats.begin(), namedFormats.end(), [&](const NamedFormat& format) { return format.name == name; });
    return found == namedFormats.end() ? nullptr : found->check;
}

bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (hyphen ? c != '-' : !hex)
            return false;
    }
    return true;
}

bool isJsonPointer(std::string_view text)
{
    return pointerTokens(text).has_value();
}

bool isRelativeJsonPointer(std::string_view text)
{
    std::size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    if (digits == 0 || (digits > 1 && text[0] == '0'))
        return false;
    const auto rest = text.substr(digits);
    return rest == "#" || isJsonPointer(rest);
}

bool isRegex(std::string_view text)
{
    return translateEcmaRegex(text, RegexSyntax::Strict).has_value();
}

}

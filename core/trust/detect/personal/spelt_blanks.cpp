#include "core/trust/detect/personal/spelt_blanks.h"

#include "core/trust/detect/candidate/byte_class.h"

namespace ephor::detect {

namespace {

bool isEscapedBlank(std::string_view text, std::size_t backslash)
{
    constexpr std::string_view letters = "nrt";
    return letters.find(charAt(text, backslash + 1)) != std::string_view::npos && backslash + 1 < text.size();
}

bool isPercentBlank(std::string_view text, std::size_t percent)
{
    return charAt(text, percent + 1) == '2' && charAt(text, percent + 2) == '0';
}

}

std::optional<std::string> withBlanksForEscapes(std::string_view text)
{
    constexpr std::size_t escapeLength = 2;
    constexpr std::size_t percentLength = 3;
    std::optional<std::string> blanked;
    const auto fill = [&](std::size_t at, std::size_t length, char with) {
        if (!blanked)
            blanked.emplace(text);
        blanked->replace(at, length, length, with);
    };
    for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + 1)) {
        if (isEscapedBlank(text, at))
            fill(at, escapeLength, ' ');
        else if (charAt(text, at + 1) == '\\')
            ++at; // the second one is no escape's
    }
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
        if (isPercentBlank(text, at))
            fill(at, percentLength, '%'); // a link goes on over it
    }
    return blanked;
}

}

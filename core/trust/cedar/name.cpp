#include "core/trust/cedar/name.h"

#include <algorithm>
#include <array>

namespace ephor::cedar {

bool isReservedWord(std::string_view word)
{
    static constexpr std::array<std::string_view, 10> words{
        "true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar"};
    return std::ranges::find(words, word) != words.end();
}

bool isIdentifier(std::string_view word)
{
    const auto isLetter = [](char character) {
        const char lower = char(character | 0x20);
        return (lower >= 'a' && lower <= 'z') || character == '_';
    };
    return !word.empty() && isLetter(word.front()) && std::ranges::all_of(word, [&](char character) {
        return isLetter(character) || (character >= '0' && character <= '9');
    });
}

bool isName(std::string_view text)
{
    for (;;) {
        const std::size_t end = text.find("::");
        const std::string_view word = text.substr(0, end);
        if (!isIdentifier(word) || isReservedWord(word))
            return false;
        if (end == std::string_view::npos)
            return true;
        text.remove_prefix(end + 2);
    }
}

bool isActionType(std::string_view type)
{
    return type == "Action" || type.ends_with("::Action");
}

}

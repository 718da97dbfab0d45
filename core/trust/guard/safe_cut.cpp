#include "core/trust/guard/safe_cut.h"

#include <algorithm>

namespace ephor::guard {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool isSmall(char c)
{
    return c >= 'a' && c <= 'z';
}

// Letters, and what may stand at the end of a word in a sentence.
bool isPlainWord(std::string_view word)
{
    while (!word.empty()
        && (word.back() == ',' || word.back() == '.' || word.back() == ';' || word.back() == '!' || word.back() == '?'))
        word.remove_suffix(1);
    const auto inWord = [](char c) { return isSmall(c) || c == '-' || c == '\''; };
    return !word.empty() && word.size() <= 30 && std::ranges::all_of(word, inWord);
}

// The full stop and comma of Chinese and Japanese, as UTF-8: E3 80 81, E3 80 82; EF BC 8C.
bool endsAtStop(std::string_view text, std::size_t end)
{
    if (end < 3)
        return false;
    const std::string_view last = text.substr(end - 3, 3);
    return last == "\xE3\x80\x81" || last == "\xE3\x80\x82" || last == "\xEF\xBC\x8C";
}

// Where the last link, image or tag begins that has not ended; the end of the text where all have. A blank line ends
// all of them.
std::size_t openMarkup(std::string_view text)
{
    std::size_t open = text.size();
    std::size_t depth = 0;
    char closes = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n' && i + 1 < text.size() && text[i + 1] == '\n') {
            open = text.size();
            closes = 0;
        } else if (closes == 0 && (c == '[' || c == '<')) {
            open = i > 0 && text[i - 1] == '!' ? i - 1 : i;
            closes = c == '[' ? ']' : '>';
            depth = 1;
        } else if (closes == ']' && c == '[') {
            ++depth;
        } else if (closes != 0 && c == closes && --depth == 0) {
            // What follows a bracket may be its target.
            const bool wantsTarget = c == ']' && (i + 1 == text.size() || text[i + 1] == '(' || text[i + 1] == '[');
            closes = wantsTarget ? (i + 1 < text.size() && text[i + 1] == '[' ? ']' : ')') : char(0);
            depth = wantsTarget && closes == ')' ? 1 : 0;
            if (!wantsTarget)
                open = text.size();
        }
    }
    return closes == 0 ? text.size() : open;
}

// An armoured key goes on over many lines of anything.
std::size_t openArmour(std::string_view text)
{
    const std::size_t begin = text.rfind("-----BEGIN");
    if (begin == text.npos || text.find("-----END", begin) != text.npos)
        return text.size();
    return begin;
}

}

std::size_t safeCut(std::string_view text, std::size_t stillOpen)
{
    if (text.size() <= stillOpen)
        return 0;
    const std::size_t limit = std::min({text.size() - stillOpen, openMarkup(text), openArmour(text)});
    std::size_t cut = 0;
    std::size_t plain = 0;
    std::size_t word = 0;
    for (std::size_t i = 0; i < limit; ++i) {
        if (endsAtStop(text, i + 1))
            cut = i + 1;
        if (!isSpace(text[i]))
            continue;
        if (i > word) {
            plain = isPlainWord(text.substr(word, i - word)) ? plain + 1 : 0;
            if (plain >= 2)
                cut = i + 1;
        }
        word = i + 1;
    }
    return cut;
}

}

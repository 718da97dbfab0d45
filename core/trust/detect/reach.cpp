#include "core/trust/detect/reach.h"

#include "core/trust/detect/own/custom_matcher.h"
#include "core/trust/detect/secret/secret_forms.h"

#include <algorithm>

namespace ephor::detect {

namespace {

constexpr std::size_t longestCharacter = 4; ///< bytes of UTF-8

bool isWhite(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

std::size_t characterStart(std::string_view text, std::size_t at)
{
    while (at > 0 && at < text.size() && (std::uint8_t(text[at]) & 0xC0) == 0x80)
        --at;
    return at;
}

// Scripts that write no spaces would otherwise be one word without end: from U+2E80 on each character stands alone. The
// full-width forms of ASCII (U+FF00 to U+FFEF) do not, since they are read as ASCII.
bool standsAlone(std::string_view text, std::size_t at)
{
    const auto lead = std::uint8_t(text[at]);
    if (at + 2 >= text.size() || lead < 0xE2 || lead > 0xEF)
        return false;
    const std::uint32_t point
        = (lead & 0x0FU) << 12 | (std::uint8_t(text[at + 1]) & 0x3FU) << 6 | (std::uint8_t(text[at + 2]) & 0x3FU);
    return point >= 0x2E80 && point < 0xD7B0;
}

// Where the word begins that the end of the text may have cut.
std::size_t openWord(std::string_view text, std::size_t longest)
{
    const std::size_t last = text.size() - std::min(text.size(), longest);
    std::size_t at = text.size();
    while (at > last) {
        const std::size_t before = characterStart(text, at - 1);
        if (isWhite(text[before]) || standsAlone(text, before))
            return at;
        at = before;
    }
    return at;
}

bool isPlainWord(std::string_view word)
{
    if (!word.empty() && std::string_view(".,;!?").find(word.back()) != std::string_view::npos)
        word.remove_suffix(1);
    return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= 'a' && c <= 'z'; });
}

// The start of the second of the last `count` plain words in a row before `end`: what begins earlier ends before the
// last of them. Looks back to `from`; `from` where there are none.
std::size_t behindPlainWords(std::string_view text, std::size_t from, std::size_t end, std::size_t count)
{
    std::size_t run = 0;
    std::size_t second = from; // of the run that is being read, from its end
    std::size_t at = end;
    while (at > from) {
        while (at > from && isWhite(text[at - 1]))
            --at;
        const std::size_t wordEnd = at;
        while (at > from && !isWhite(text[at - 1]))
            --at;
        // A word at the very beginning may have lost its own.
        const bool whole = at > 0 && at >= from && isWhite(text[at - 1]);
        if (!whole || !isPlainWord(text.substr(at, wordEnd - at))) {
            run = 0;
            continue;
        }
        if (++run == count)
            return second;
        second = at;
    }
    return from;
}

bool contains(std::string_view text, std::string_view word)
{
    return std::search(text.begin(), text.end(), word.begin(), word.end(), [](char left, char right) {
        return (left >= 'A' && left <= 'Z' ? char(left + 32) : left) == right;
    }) != text.end();
}

// Where a key begins whose end has not come.
std::size_t openBlock(std::string_view text, std::size_t longest)
{
    const std::size_t first = text.size() - std::min(text.size(), longest);
    std::size_t open = text.size();
    for (std::size_t at = text.find(keyBlockMark, first); at != std::string_view::npos;
        at = text.find(keyBlockMark, at + 1)) {
        if (keyBlockOpenAt(text, at)) {
            open = at;
            break;
        }
    }
    const std::string_view rest = text.substr(first, open - first);
    const auto putty = std::search(rest.begin(), rest.end(), puttyMark.begin(), puttyMark.end(),
        [](char left, char right) { return (left >= 'A' && left <= 'Z' ? char(left + 32) : left) == right; });
    if (putty != rest.end() && !contains(rest.substr(std::size_t(putty - rest.begin())), "private-mac"))
        open = first + std::size_t(putty - rest.begin());
    return open;
}

}

Reach reachOf(std::span<const CustomDetector> custom)
{
    // Names, dates and grouped numbers stay below 128 bytes; twice that leaves room for combining characters.
    // Before a value stand its name and words about it, within 128 bytes; secretKeyBehind and context words look less
    // far.
    Reach reach{longestSignedToken, 256, longestKeyBlock, 3, 512, 64};
    for (const CustomDetector& detector : custom) {
        if (!detector.pattern.empty()) {
            reach.spaced = std::max(reach.spaced, longestPatternMatch);
            reach.plainWords = 0;
        }
        for (const HotwordRule& rule : detector.hotwords)
            reach.before = std::max(reach.before, longestCharacter * std::size_t(rule.within) + longestCustomWord);
        for (const std::string& word : detector.words) {
            reach.spaced = std::max(reach.spaced, 2 * word.size());
            const auto blanks = std::size_t(std::ranges::count_if(word, isWhite));
            reach.plainWords = reach.plainWords == 0 ? 0 : std::max(reach.plainWords, blanks + 2);
        }
    }
    return reach;
}

std::size_t settledLength(std::string_view text, const Reach& reach)
{
    const std::size_t word = openWord(text, reach.token);
    std::size_t settled = word - std::min(word, reach.spaced);
    if (reach.plainWords > 0)
        settled = std::max(settled, behindPlainWords(text, settled, word, reach.plainWords));
    settled = std::min(settled, text.size() - std::min(text.size(), reach.after));
    return characterStart(text, std::min(settled, openBlock(text, reach.block)));
}

}

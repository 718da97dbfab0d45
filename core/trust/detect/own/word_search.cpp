#include "core/trust/detect/own/word_search.h"

#include "core/trust/sanitize/matching_form.h"

#include <algorithm>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace ephor::detect {

namespace {

// The character at `at`, which moves behind it. Malformed bytes are characters that no word has.
char32_t takeCharacter(std::string_view text, std::size_t& at)
{
    UChar32 point = 0;
    auto place = std::int32_t(0);
    const auto length = std::int32_t(std::min<std::size_t>(text.size() - at, 4));
    const char* const bytes = text.data() + at;
    U8_NEXT(bytes, place, length, point);
    at += std::size_t(std::max(place, 1));
    return point < 0 ? 0xFFFD : char32_t(point);
}

char32_t characterBefore(std::string_view text, std::size_t at)
{
    std::size_t start = at - 1;
    while (start > 0 && at - start < 4 && (std::uint8_t(text[start]) & 0xC0) == 0x80)
        --start;
    return takeCharacter(text, start);
}

bool isWordCharacter(char32_t c)
{
    if (c < 128)
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return u_isalnum(UChar32(c)) != 0 || (U_GET_GC_MASK(UChar32(c)) & U_GC_M_MASK) != 0;
}

// Thai to Myanmar, Khmer, and from the CJK radicals to the end of Hangul.
bool isWrittenWithoutSpaces(char32_t c)
{
    return (c >= 0x0E00 && c < 0x0F00) || (c >= 0x1000 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800)
        || (c >= 0x2E80 && c < 0xD7B0) || (c >= 0x20000 && c < 0x32000);
}

bool isBreak(char32_t inside, char32_t outside)
{
    return !isWordCharacter(inside) || !isWordCharacter(outside) || isWrittenWithoutSpaces(inside)
        || isWrittenWithoutSpaces(outside);
}

bool isWhiteSpace(char32_t c)
{
    return c < 128 ? c == ' ' || (c >= '\t' && c <= '\r') : u_isUWhiteSpace(UChar32(c)) != 0;
}

char32_t foldedCharacter(char32_t c)
{
    if (c < 128)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    return char32_t(u_foldCase(UChar32(c), U_FOLD_CASE_DEFAULT));
}

}

WordSearch::WordSearch(const std::vector<std::string>& words)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto form = sanitize::matchingForm(words[i]);
        addWord(std::uint32_t(i), form ? std::string_view(form->text) : std::string_view(words[i]));
    }
    link();
}

void WordSearch::addWord(std::uint32_t place, std::string_view word)
{
    std::vector<char32_t> characters;
    for (std::size_t at = 0; at < word.size();) {
        const char32_t c = takeCharacter(word, at);
        if (!isWhiteSpace(c))
            characters.push_back(foldedCharacter(c));
        else if (!characters.empty() && characters.back() != U' ')
            characters.push_back(U' ');
    }
    while (!characters.empty() && characters.back() == U' ')
        characters.pop_back();
    if (std::ranges::none_of(characters, isWordCharacter))
        return;
    std::uint32_t node = 0;
    for (const char32_t c : characters) {
        const std::uint32_t next = nodeAfter(node, c);
        if (next != 0) {
            node = next;
            continue;
        }
        m_edges.emplace(std::uint64_t(node) << 32 | c, std::uint32_t(m_nodes.size()));
        node = std::uint32_t(m_nodes.size());
        m_nodes.emplace_back();
    }
    if (m_nodes[node].word != 0)
        return;
    m_ends.push_back({place, std::uint32_t(characters.size())});
    m_nodes[node].word = std::uint32_t(m_ends.size());
    m_longest = std::max(m_longest, characters.size());
    if (characters.front() >= m_begins.size())
        return;
    m_begins[characters.front()] = true;
    const bool one = characters.size() == 1;
    for (char32_t second = 0; second < m_begins.size(); ++second) {
        if (one || second == characters[1])
            m_pairs.set(characters.front() * m_begins.size() + second);
    }
}

// False where no word begins, by a look at two characters. Others than ASCII are looked at properly.
bool WordSearch::mayBeginAt(std::string_view text, std::size_t at) const
{
    const auto byte = std::uint8_t(text[at]);
    if (byte >= m_begins.size())
        return true;
    const char32_t first = foldedCharacter(byte);
    if (!m_begins[first] || at + 1 >= text.size())
        return m_begins[first];
    const auto next = std::uint8_t(text[at + 1]);
    if (next >= m_begins.size())
        return true;
    return m_pairs.test(first * m_begins.size() + (isWhiteSpace(next) ? U' ' : foldedCharacter(next)));
}

void WordSearch::link()
{
    struct Edge {
        std::uint32_t from = 0;
        char32_t character = 0;
        std::uint32_t to = 0;
    };
    std::vector<Edge> edges;
    for (const auto& [key, to] : m_edges)
        edges.push_back({std::uint32_t(key >> 32), char32_t(key & 0xFFFFFFFFU), to});
    // Nodes are numbered as words were read; what counts here is how deep they lie.
    std::vector<std::uint32_t> depth(m_nodes.size(), 0);
    std::ranges::sort(edges, {}, &Edge::to);
    for (const Edge& edge : edges)
        depth[edge.to] = depth[edge.from] + 1;
    std::ranges::stable_sort(edges, {}, [&](const Edge& edge) { return depth[edge.to]; });
    for (const Edge& edge : edges) {
        Node& node = m_nodes[edge.to];
        if (edge.from != 0)
            node.shorter = step(m_nodes[edge.from].shorter, edge.character);
        const Node& shorter = m_nodes[node.shorter];
        node.shorterEnd = shorter.word != 0 ? node.shorter : shorter.shorterEnd;
    }
}

std::uint32_t WordSearch::nodeAfter(std::uint32_t node, char32_t character) const
{
    const auto edge = m_edges.find(std::uint64_t(node) << 32 | character);
    return edge == m_edges.end() ? 0 : edge->second;
}

std::uint32_t WordSearch::step(std::uint32_t node, char32_t character) const
{
    for (;;) {
        if (const std::uint32_t next = nodeAfter(node, character))
            return next;
        if (node == 0)
            return 0;
        node = m_nodes[node].shorter;
    }
}

void WordSearch::each(std::string_view text, std::size_t from, std::size_t to, const Visit& visit) const
{
    if (m_ends.empty())
        return;
    // Where the last characters began: a word's start is as many characters back as it is long.
    std::vector<std::size_t> starts(m_longest + 1, from);
    std::size_t count = 0;
    std::uint32_t node = 0;
    char32_t before = 0;
    for (std::size_t at = from; at < to;) {
        if (node == 0 && !mayBeginAt(text, at)) {
            before = std::uint8_t(text[at]);
            ++at;
            continue;
        }
        const std::size_t start = at;
        const char32_t raw = takeCharacter(text, at);
        const bool white = isWhiteSpace(raw);
        if (white && before != 0 && isWhiteSpace(before))
            continue;
        before = raw;
        const char32_t character = white ? U' ' : foldedCharacter(raw);
        starts[++count % starts.size()] = start;
        node = step(node, character);
        for (std::uint32_t end = m_nodes[node].word != 0 ? node : m_nodes[node].shorterEnd; end != 0;
            end = m_nodes[end].shorterEnd) {
            const End& word = m_ends[m_nodes[end].word - 1];
            const std::size_t first = starts[(count + 1 - word.length) % starts.size()];
            std::size_t inside = first;
            const char32_t opening = takeCharacter(text, inside);
            std::size_t outside = at;
            const bool opens = first == 0 || isBreak(opening, characterBefore(text, first));
            const bool closes = at >= text.size() || isBreak(raw, takeCharacter(text, outside));
            if (opens && closes && at <= to)
                visit(word.word, first, at);
        }
    }
}

bool WordSearch::anyIn(std::string_view text, std::size_t from, std::size_t to) const
{
    bool any = false;
    each(text, from, to, [&](std::size_t, std::size_t, std::size_t) { any = true; });
    return any;
}

}

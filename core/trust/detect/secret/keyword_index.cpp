#include "core/trust/detect/secret/keyword_index.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <numeric>

namespace ephor::detect {

namespace {

char foldedByte(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c;
}

// How common a character is in prose and in code, roughly: what a keyword is looked for by should be rare.
int commonness(char c)
{
    if (std::string_view("etaoinsrhl ").find(c) != std::string_view::npos)
        return 4;
    if (std::string_view("dcumfpgyb").find(c) != std::string_view::npos)
        return 3;
    return c >= 'a' && c <= 'z' ? 2 : 1;
}

int commonness(std::string_view bytes)
{
    return std::accumulate(bytes.begin(), bytes.end(), 0, [](int sum, char c) { return sum + commonness(c); });
}

// Where so many bytes of the keyword begin that are the rarest.
std::size_t rarestOf(std::string_view keyword, std::size_t count)
{
    std::size_t best = 0;
    for (std::size_t at = 1; at + count <= keyword.size(); ++at) {
        if (commonness(keyword.substr(at, count)) < commonness(keyword.substr(best, count)))
            best = at;
    }
    return best;
}

}

KeywordIndex::KeywordIndex(std::vector<std::string> keywords)
    : m_keywords(std::move(keywords))
{
    std::vector<std::pair<std::uint32_t, Member>> bySlot;
    for (std::size_t i = 0; i < m_keywords.size(); ++i) {
        std::ranges::transform(m_keywords[i], m_keywords[i].begin(), foldedByte);
        if (m_keywords[i].size() >= shortest)
            file(std::uint32_t(i), bySlot);
    }
    std::ranges::stable_sort(bySlot, {}, [](const auto& member) { return member.first; });
    m_memberStarts.resize(slots + 1);
    for (const auto& [slot, member] : bySlot) {
        m_members.push_back(member);
        m_seen[slot >> 6] |= std::uint64_t(1) << (slot & 63U);
        ++m_memberStarts[slot + 1];
    }
    if (m_members.size() > std::numeric_limits<std::uint16_t>::max()) {
        std::fprintf(stderr, "The keywords of secrets are too many for their table.\n");
        std::abort();
    }
    std::partial_sum(m_memberStarts.begin(), m_memberStarts.end(), m_memberStarts.begin());
}

// One of two places side by side is even, wherever the keyword stands. Three bytes have only one such window: of the
// other one a byte lies before the keyword or behind it, and may be anything.
void KeywordIndex::file(std::uint32_t keyword, std::vector<std::pair<std::uint32_t, Member>>& bySlot) const
{
    const std::string& word = m_keywords[keyword];
    const auto add = [&](const char* bytes, std::int32_t offset) {
        bySlot.push_back({slotOf(bytesAt(bytes, window)), {keyword, offset}});
    };
    if (word.size() > window) {
        const std::size_t offset = rarestOf(word, window + 1);
        add(word.data() + offset, std::int32_t(offset));
        add(word.data() + offset + 1, std::int32_t(offset + 1));
        return;
    }
    add(word.data(), 0);
    const std::size_t known = rarestOf(word, window - 1);
    std::string bytes = known == 0 ? '\0' + word.substr(0, window - 1) : word.substr(1) + '\0';
    char& open = known == 0 ? bytes.front() : bytes.back();
    for (unsigned byte = 0; byte < 256; ++byte) {
        open = char(byte);
        if ((byte & 0x20U) != 0) // the others fall together with these, see slotOf()
            add(bytes.data(), known == 0 ? -1 : 1);
    }
}

bool KeywordIndex::standsAt(std::uint32_t keyword, std::string_view text) const
{
    const std::string& word = m_keywords[keyword];
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char left, char right) {
        return left == foldedByte(right);
    });
}

}

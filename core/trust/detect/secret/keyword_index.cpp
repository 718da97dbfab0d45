#include "core/trust/detect/secret/keyword_index.h"

#include <algorithm>

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

std::size_t rarestOf(std::string_view keyword)
{
    std::size_t best = 0;
    int least = 100;
    for (std::size_t at = 0; at + KeywordIndex::shortest <= keyword.size(); ++at) {
        int common = 0;
        for (std::size_t i = 0; i < KeywordIndex::shortest; ++i)
            common += commonness(keyword[at + i]);
        if (common < least) {
            least = common;
            best = at;
        }
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
        if (m_keywords[i].size() < shortest)
            continue;
        const std::size_t offset = rarestOf(m_keywords[i]);
        const std::uint32_t slot = slotOf(bytesAt(m_keywords[i].data() + offset, shortest));
        bySlot.push_back({slot, {std::uint32_t(i), std::uint32_t(offset)}});
        m_seen[slot >> 6] |= std::uint64_t(1) << (slot & 63U);
    }
    std::ranges::stable_sort(bySlot, {}, [](const auto& member) { return member.first; });
    for (const auto& [slot, member] : bySlot) {
        m_memberSlots.push_back(slot);
        m_members.push_back(member);
    }
}

std::span<const KeywordIndex::Member> KeywordIndex::membersOf(std::uint32_t slot) const
{
    const auto range = std::ranges::equal_range(m_memberSlots, slot);
    return {m_members.data() + (range.begin() - m_memberSlots.begin()), range.size()};
}

bool KeywordIndex::standsAt(std::uint32_t keyword, std::string_view text) const
{
    const std::string& word = m_keywords[keyword];
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char left, char right) {
        return left == foldedByte(right);
    });
}

}

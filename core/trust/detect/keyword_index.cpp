#include "core/trust/detect/keyword_index.h"

#include <algorithm>
#include <numeric>

namespace ephor::detect {

KeywordIndex::KeywordIndex(std::vector<std::string> keywords)
    : m_keywords(std::move(keywords))
{
    for (std::string& keyword : m_keywords) {
        for (char& c : keyword)
            c = char(folded(c));
    }
    m_members.resize(m_keywords.size());
    std::iota(m_members.begin(), m_members.end(), 0U);
    std::erase_if(m_members, [&](std::uint32_t keyword) { return m_keywords[keyword].size() < shortest; });
    const auto tripleOf = [&](std::uint32_t keyword) { return tripleAt(m_keywords[keyword].data()); };
    std::ranges::stable_sort(m_members, {}, tripleOf);
    for (std::uint32_t place = 0; place < m_members.size(); ++place) {
        const std::uint32_t triple = tripleOf(m_members[place]);
        if (m_buckets.empty() || m_buckets.back().triple != triple)
            m_buckets.push_back({triple, place, 0});
        ++m_buckets.back().count;
        m_seen.set(slotOf(triple));
    }
}

std::span<const std::uint32_t> KeywordIndex::membersOf(std::uint32_t triple) const
{
    const auto bucket = std::ranges::lower_bound(m_buckets, triple, {}, &Bucket::triple);
    if (bucket == m_buckets.end() || bucket->triple != triple)
        return {};
    return {m_members.data() + bucket->first, bucket->count};
}

bool KeywordIndex::standsAt(std::uint32_t keyword, std::string_view text) const
{
    const std::string& word = m_keywords[keyword];
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char left, char right) {
        return std::uint8_t(left) == folded(right);
    });
}

}

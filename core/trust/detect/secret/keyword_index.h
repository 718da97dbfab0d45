#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ephor::detect {

/// Finds where any of some hundred keywords stands in a text, in one pass over every second byte. Of each keyword bytes
/// are chosen that are rare in ordinary text: three from an even place on and three from an odd one. One bit of a small
/// table says of any three bytes whether they deserve a closer look. Immutable once made and used by many threads at
/// once.
class KeywordIndex {
public:
    /// A keyword has at least as many bytes; a shorter one is found nowhere.
    static constexpr std::size_t shortest = 3;

    /// ASCII letters are compared without case.
    explicit KeywordIndex(std::vector<std::string> keywords);

    /// Calls `visit(keyword, start)`, the place in the list and the place in the text, nearly in the order of the text.
    /// Overlapping keywords are all visited.
    template <class Visit> void each(std::string_view text, Visit visit) const;

private:
    // So many that few windows of a text fall together with a keyword's by chance, so few that their bits stay in the
    // processor's nearest cache.
    static constexpr unsigned slotBits = 17;
    static constexpr std::uint32_t slots = 1U << slotBits;
    static constexpr std::size_t window = 3; ///< bytes that choose a slot
    struct Member {
        std::uint32_t keyword = 0;
        std::int32_t offset = 0; ///< of the chosen bytes in the keyword; -1: the first of them stands before it
    };

    // Letters of both cases fall together, as do some other characters: enough to decide who is looked at.
    static std::uint32_t slotOf(std::uint32_t bytes)
    {
        constexpr std::uint32_t firstThree = std::endian::native == std::endian::little ? 0x00FFFFFFU : 0xFFFFFF00U;
        return ((bytes | 0x20202020U) & firstThree) * 0x9E3779B1U >> (32 - slotBits);
    }
    static std::uint32_t bytesAt(const char* at, std::size_t count)
    {
        std::uint32_t bytes = 0;
        std::memcpy(&bytes, at, count);
        return bytes;
    }
    bool isSeen(std::uint32_t slot) const { return (m_seen.data()[slot >> 6] >> (slot & 63U) & 1U) != 0; }
    std::span<const Member> membersOf(std::uint32_t slot) const
    {
        return {m_members.data() + m_memberStarts[slot], m_members.data() + m_memberStarts[slot + 1]};
    }
    void file(std::uint32_t keyword, std::vector<std::pair<std::uint32_t, Member>>& bySlot) const;
    bool standsAt(std::uint32_t keyword, std::string_view text) const;
    template <class Visit> void look(std::uint32_t slot, std::string_view text, std::size_t at, Visit& visit) const;

    std::vector<std::string> m_keywords; ///< folded
    std::vector<Member> m_members; ///< in the order of their slots
    std::vector<std::uint16_t> m_memberStarts; ///< of each slot in m_members, and their end
    std::array<std::uint64_t, slots / 64> m_seen{}; ///< a bit for each slot
};

template <class Visit>
void KeywordIndex::look(std::uint32_t slot, std::string_view text, std::size_t at, Visit& visit) const
{
    for (const Member& member : membersOf(slot)) {
        const auto start = std::ptrdiff_t(at) - member.offset;
        if (start >= 0 && standsAt(member.keyword, text.substr(std::size_t(start))))
            visit(member.keyword, std::size_t(start));
    }
}

template <class Visit> void KeywordIndex::each(std::string_view text, Visit visit) const
{
    const char* const bytes = text.data();
    const std::size_t last = text.size() - std::min(text.size(), sizeof(std::uint32_t) - 1);
    std::size_t at = 0;
    for (; at < last; at += 2) {
        const std::uint32_t slot = slotOf(bytesAt(bytes + at, sizeof(std::uint32_t)));
        if (isSeen(slot)) [[unlikely]]
            look(slot, text, at, visit);
    }
    // What lies behind the end is told as NUL.
    for (; at < text.size(); at += 2)
        look(slotOf(bytesAt(bytes + at, std::min(window, text.size() - at))), text, at, visit);
}

}

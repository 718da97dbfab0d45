#include "core/trust/cedar/uid_table.h"

#include <bit>

namespace ephor::cedar {

void UidTable::reserve(std::size_t count)
{
    grow(std::bit_ceil(std::max<std::size_t>(16, count * 2)));
}

void UidTable::grow(std::size_t slots)
{
    if (slots <= m_slots.size())
        return;
    std::vector<Slot> old(slots);
    old.swap(m_slots);
    for (const Slot& slot : old) {
        if (slot.uid == nullptr)
            continue;
        std::size_t i = slot.hash & (slots - 1);
        while (m_slots[i].uid != nullptr)
            i = (i + 1) & (slots - 1);
        m_slots[i] = slot;
    }
}

std::uint32_t UidTable::insert(const EntityUid* uid, std::uint32_t place)
{
    if ((m_count + 1) * 2 > m_slots.size())
        grow(std::max<std::size_t>(16, m_slots.size() * 2));
    std::size_t i = uid->hash & (m_slots.size() - 1);
    for (; m_slots[i].uid != nullptr; i = (i + 1) & (m_slots.size() - 1)) {
        if (m_slots[i].hash == uid->hash && *m_slots[i].uid == *uid)
            return m_slots[i].place;
    }
    m_slots[i] = {uid, uid->hash, place};
    ++m_count;
    return place;
}

std::uint32_t UidTable::find(const EntityUid& uid) const
{
    if (m_slots.empty())
        return none;
    for (std::size_t i = uid.hash & (m_slots.size() - 1); m_slots[i].uid != nullptr;
        i = (i + 1) & (m_slots.size() - 1)) {
        if (m_slots[i].hash == uid.hash && *m_slots[i].uid == uid)
            return m_slots[i].place;
    }
    return none;
}

}

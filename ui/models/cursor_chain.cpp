#include "ui/models/cursor_chain.h"

#include "ui/models/page_window.h"

#include <algorithm>

namespace ephor::ui {

void CursorChain::restart()
{
    m_slots.assign(1, Slot{});
    m_complete = false;
}

std::size_t CursorChain::slotOf(std::uint64_t row) const
{
    const auto after = std::upper_bound(m_slots.begin(), m_slots.end(), row,
        [](std::uint64_t wanted, const Slot& slot) { return wanted < slot.first; });
    return static_cast<std::size_t>(after - m_slots.begin()) - 1;
}

void CursorChain::arrived(std::size_t slot, std::uint64_t count, const QString& next)
{
    if (slot != frontier())
        return;
    m_slots[slot].count = count;
    if (next.isEmpty() || count == 0) {
        m_complete = true;
        return;
    }
    m_slots.push_back({next, m_slots[slot].first + count, 0});
}

bool CursorChain::matches(std::size_t slot, std::uint64_t count, const QString& next) const
{
    if (slot >= m_slots.size() || m_slots[slot].count != count)
        return false;
    return slot == frontier() ? next.isEmpty() : next == m_slots[slot + 1].cursor;
}

void CursorChain::grewAtTop(std::uint64_t rows)
{
    m_slots.front().count += rows;
    for (std::size_t slot = 1; slot < m_slots.size(); ++slot)
        m_slots[slot].first += rows;
}

std::uint64_t CursorChain::rows(std::optional<std::uint64_t> total) const
{
    const Slot& last = m_slots.back();
    if (m_complete)
        return std::min(last.first + last.count, largestViewRows);
    const std::uint64_t ahead = total ? largestChainJump : 1;
    const std::uint64_t reachable = last.first + ahead * pageRows;
    return std::min({reachable, std::max(total.value_or(reachable), last.first + 1), largestViewRows});
}

}

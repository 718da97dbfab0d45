#include "ui/models/page_window.h"

#include <algorithm>

namespace ephor::ui {

void PageWindow::setTotal(std::uint64_t total)
{
    m_total = total;
    if (m_top && *m_top >= m_total)
        m_top.reset();
}

void PageWindow::seek(std::uint64_t index)
{
    if (m_total == 0)
        return;
    index = std::min(index, m_total - 1);
    if (rowOf(index))
        return;
    // In the middle of the window, so that there is as much to scroll to on either side.
    const std::uint64_t above = index + largestViewRows / 2;
    if (above >= m_total)
        m_top.reset();
    else
        m_top = std::max(above, std::min(largestViewRows, m_total));
}

int PageWindow::rows() const
{
    return static_cast<int>(std::min(top(), largestViewRows));
}

std::optional<int> PageWindow::rowOf(std::uint64_t index) const
{
    if (index >= top() || top() - 1 - index >= static_cast<std::uint64_t>(rows()))
        return std::nullopt;
    return static_cast<int>(top() - 1 - index);
}

PageWindow::Block PageWindow::blockOf(std::uint64_t page) const
{
    const std::uint64_t first = page * pageRows;
    const std::uint64_t before = std::min(first + pageRows, m_total);
    return {before, before > first ? before - first : 0};
}

}

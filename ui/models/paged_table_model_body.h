#pragma once

#include "ui/models/paged_table_model.h"

#include <algorithm>
#include <utility>

namespace ephor::ui {

template <class Row> void PagedTableModel<Row>::setFetch(Addressing addressing, Fetch fetch)
{
    m_addressing = addressing;
    m_fetch = std::move(fetch);
    restart();
}

template <class Row> void PagedTableModel<Row>::restart()
{
    beginResetModel();
    ++m_generation;
    forget();
    m_asked.clear();
    m_failed = false;
    m_isOpen = false;
    m_reloadAgain = false;
    m_mustRebuild = false;
    m_goal = 0;
    m_rows = 0;
    m_told.reset();
    m_window = {};
    m_chain.restart();
    endResetModel();
    if (m_fetch)
        ask(opening);
}

template <class Row> void PagedTableModel<Row>::reload()
{
    m_failed = false;
    if (!m_fetch)
        return;
    m_reloadAgain = m_asked.contains(opening);
    ask(opening);
}

template <class Row> void PagedTableModel<Row>::forget()
{
    m_pages.clear();
    m_used.clear();
    m_wanted.clear();
}

template <class Row> std::uint64_t PagedTableModel<Row>::pageOf(int row) const
{
    return byIndex() ? PageWindow::pageOf(m_window.indexOf(row)) : m_chain.slotOf(static_cast<std::uint64_t>(row));
}

template <class Row> auto PagedTableModel<Row>::heldPage(std::uint64_t page) const -> Held*
{
    const auto found = m_pages.find(page);
    return found == m_pages.end() ? nullptr : &found->second;
}

/// The row if it is here. Touches its page, and wants it when it is missing or stale.
template <class Row> const Row* PagedTableModel<Row>::look(int row) const
{
    if (row < 0 || row >= m_rows)
        return nullptr;
    const std::uint64_t page = pageOf(row);
    Held* held = heldPage(page);
    if (!held) {
        m_goal = static_cast<std::uint64_t>(row);
        want(page);
        return nullptr;
    }
    if (held->used != m_used.begin())
        m_used.splice(m_used.begin(), m_used, held->used);
    if (held->stale)
        want(page);
    const std::uint64_t size = held->rows.size();
    std::uint64_t offset = 0;
    if (byIndex()) {
        const std::uint64_t index = m_window.indexOf(row);
        offset = index < held->first ? size : held->first + size - 1 - index;
    } else {
        offset = static_cast<std::uint64_t>(row) - m_chain.at(page).first;
    }
    // Unsigned: an index above what is held wraps to a large number, too.
    if (offset >= size) {
        m_goal = static_cast<std::uint64_t>(row);
        want(page);
        return nullptr;
    }
    return &held->rows[offset];
}

template <class Row> const Row* PagedTableModel<Row>::row(int row) const
{
    return look(row);
}

template <class Row> void PagedTableModel<Row>::want(std::uint64_t page) const
{
    if (m_failed || m_asked.contains(page) || (!m_wanted.empty() && m_wanted.back() == page))
        return;
    std::erase(m_wanted, page);
    if (m_wanted.size() >= largestWaiting)
        m_wanted.erase(m_wanted.begin());
    m_wanted.push_back(page);
    m_soon.start();
}

template <class Row> void PagedTableModel<Row>::askWanted()
{
    while (!m_wanted.empty() && m_asked.size() < largestAsked) {
        const std::uint64_t page = m_wanted.back();
        m_wanted.pop_back();
        ask(page);
    }
}

template <class Row> void PagedTableModel<Row>::ask(std::uint64_t page)
{
    PageAsk what;
    if (page != opening && byIndex()) {
        const PageWindow::Block block = m_window.blockOf(page);
        if (block.limit == 0)
            return;
        what.before = block.before;
        what.limit = block.limit;
    } else if (page != opening) {
        if (page >= m_chain.size()
            || (page == m_chain.frontier() && m_chain.isComplete() && heldPage(page) && !heldPage(page)->stale))
            return;
        what.cursor = m_chain.at(page).cursor;
        what.limit = m_chain.at(page).count > 0 ? m_chain.at(page).count : pageRows;
    }
    if (!m_asked.insert(page).second)
        return;
    if (m_asked.size() == 1)
        Q_EMIT loadingChanged(true);
    m_fetch(what, [guard = QPointer<PagedTableModel>(this), generation = m_generation, page](Result<Page> answer) {
        if (guard && guard->m_generation == generation)
            guard->arrived(page, std::move(answer));
    });
}

template <class Row> void PagedTableModel<Row>::arrived(std::uint64_t page, Result<Page> answer)
{
    const std::uint64_t generation = m_generation;
    m_asked.erase(page);
    if (!answer) {
        m_failed = true;
        m_wanted.clear();
        Q_EMIT failed(answer.error());
    } else {
        take(page, std::move(*answer));
    }
    if (generation != m_generation)
        return;
    if (page == opening && std::exchange(m_reloadAgain, false))
        ask(opening);
    askWanted();
    if (m_asked.empty())
        Q_EMIT loadingChanged(false);
}

template <class Row> void PagedTableModel<Row>::take(std::uint64_t page, Page answer)
{
    if (page == opening) {
        m_isOpen ? reopened(std::move(answer)) : opened(std::move(answer));
        return;
    }
    if (byIndex()) {
        const PageWindow::Block block = m_window.blockOf(page);
        // The sequence may have grown since: the rows asked for end where the page was known to end then.
        const std::uint64_t size = answer.rows.size();
        const std::uint64_t first = page * pageRows;
        hold(page, std::move(answer.rows), first);
        if (size > 0)
            tellArrived(first, std::min(size, block.limit));
        return;
    }
    const bool wasFrontier = page == m_chain.frontier() && !m_chain.isComplete();
    if (!wasFrontier && !m_chain.matches(page, answer.rows.size(), answer.next)) {
        // Rows left the middle of the list: what follows has moved.
        m_mustRebuild = true;
        reload();
        return;
    }
    m_chain.arrived(page, answer.rows.size(), answer.next);
    const std::uint64_t size = answer.rows.size();
    hold(page, std::move(answer.rows), 0);
    fitRows();
    if (size > 0)
        tellArrived(m_chain.at(page).first, size);
    // Nobody paints the rows of a jump again until they are here, so the way there is kept up from here.
    if (wasFrontier && !m_chain.isComplete() && m_goal >= m_chain.at(m_chain.frontier()).first)
        want(m_chain.frontier());
}

template <class Row> void PagedTableModel<Row>::opened(Page answer)
{
    m_isOpen = true;
    const std::uint64_t size = answer.rows.size();
    if (byIndex()) {
        m_window.setTotal(answer.total.value_or(size));
        const std::uint64_t top = m_window.total();
        if (top > 0) {
            // Only the newest block: the rest of the answer belongs to a block that is not whole.
            const std::uint64_t page = PageWindow::pageOf(top - 1);
            const std::uint64_t keep = std::min(size, m_window.blockOf(page).limit);
            answer.rows.resize(keep);
            hold(page, std::move(answer.rows), top - keep);
        }
    } else {
        m_chain.arrived(0, size, answer.next);
        hold(0, std::move(answer.rows), 0);
    }
    tellTotal(answer.total, answer.exact);
    fitRows();
    if (m_rows > 0)
        Q_EMIT pageArrived(0, static_cast<int>(std::min(size, static_cast<std::uint64_t>(m_rows))) - 1);
}

template <class Row> void PagedTableModel<Row>::reopened(Page answer)
{
    tellTotal(answer.total, answer.exact);
    if (byIndex()) {
        const std::uint64_t total = answer.total.value_or(m_window.total());
        if (total < m_window.total()) {
            m_isOpen = false;
            restart();
            return;
        }
        growTo(total);
        return;
    }
    Held* top = heldPage(0);
    if (!top || top->rows.empty() || answer.rows.empty()) {
        m_mustRebuild = false;
        rebuild(std::move(answer));
        return;
    }
    const QString oldTop = keyOf(top->rows.front());
    const auto met
        = std::find_if(answer.rows.begin(), answer.rows.end(), [&](const Row& one) { return keyOf(one) == oldTop; });
    const auto fresh = static_cast<std::uint64_t>(met - answer.rows.begin());
    bool same = met != answer.rows.end() && fresh + top->rows.size() <= largestGrownPage;
    for (std::size_t old = 0; same && fresh + old < answer.rows.size() && old < top->rows.size(); ++old)
        same = keyOf(answer.rows[fresh + old]) == keyOf(top->rows[old]);
    // A list that ends with this answer must end where the rows held end; one that goes on must not pass them.
    const std::size_t known = answer.rows.size() - fresh;
    same = same && (answer.next.isEmpty() ? known == top->rows.size() : known <= top->rows.size());
    if (!same || std::exchange(m_mustRebuild, false)) {
        rebuild(std::move(answer));
        return;
    }
    if (fresh > 0)
        beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
    std::vector<Row> joined = std::move(answer.rows);
    for (std::size_t old = joined.size() - fresh; old < top->rows.size(); ++old)
        joined.push_back(std::move(top->rows[old]));
    const std::size_t size = joined.size();
    top->rows = std::move(joined);
    top->stale = false;
    if (fresh > 0) {
        m_chain.grewAtTop(fresh);
        m_rows += static_cast<int>(fresh);
        endInsertRows();
    }
    for (auto& [page, held] : m_pages)
        held.stale = page != 0;
    fitRows();
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    if (fresh > 0)
        Q_EMIT rowsMoved();
    Q_EMIT pageArrived(0, static_cast<int>(size) - 1);
}

/// The list is not what it was: begins at its top again, without a reset, so that the view stays where it is.
template <class Row> void PagedTableModel<Row>::rebuild(Page answer)
{
    ++m_generation;
    m_asked.clear();
    forget();
    m_goal = 0;
    m_chain.restart();
    const std::uint64_t size = answer.rows.size();
    m_chain.arrived(0, size, answer.next);
    hold(0, std::move(answer.rows), 0);
    fitRows();
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    Q_EMIT rowsMoved();
    if (size > 0)
        Q_EMIT pageArrived(0, static_cast<int>(size) - 1);
    Q_EMIT loadingChanged(false);
}

template <class Row>
auto PagedTableModel<Row>::hold(std::uint64_t page, std::vector<Row> rows, std::uint64_t first) -> Held&
{
    const auto [place, added] = m_pages.try_emplace(page);
    Held& held = place->second;
    if (added)
        held.used = m_used.insert(m_used.begin(), page);
    else
        m_used.splice(m_used.begin(), m_used, held.used);
    held.rows = std::move(rows);
    held.first = first;
    held.stale = false;
    while (m_pages.size() > keptPages) {
        m_pages.erase(m_used.back());
        m_used.pop_back();
    }
    return held;
}

template <class Row> void PagedTableModel<Row>::fitRows()
{
    const auto wanted = byIndex() ? m_window.rows() : static_cast<int>(m_chain.rows(m_told));
    if (wanted > m_rows) {
        beginInsertRows({}, m_rows, wanted - 1);
        m_rows = wanted;
        endInsertRows();
    } else if (wanted < m_rows) {
        beginRemoveRows({}, wanted, m_rows - 1);
        m_rows = wanted;
        endRemoveRows();
    }
}

/// By index: new rows come in at the top; a window elsewhere stays where it is.
template <class Row> void PagedTableModel<Row>::growTo(std::uint64_t total)
{
    const std::uint64_t more = total - m_window.total();
    if (more == 0)
        return;
    if (!m_window.followsNewest()) {
        m_window.setTotal(total);
        return;
    }
    if (m_window.total() + more <= largestViewRows) {
        beginInsertRows({}, 0, static_cast<int>(more) - 1);
        m_window.setTotal(total);
        m_rows = m_window.rows();
        endInsertRows();
    } else {
        m_window.setTotal(total);
        fitRows();
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    }
    Q_EMIT rowsMoved();
}

/// `first` is an index or a row, as the list is addressed.
template <class Row> void PagedTableModel<Row>::tellArrived(std::uint64_t first, std::uint64_t count)
{
    int from = static_cast<int>(first);
    int to = static_cast<int>(first + count - 1);
    if (byIndex()) {
        const std::uint64_t top = m_window.top();
        const std::uint64_t bottom = top - static_cast<std::uint64_t>(m_rows);
        if (first >= top || first + count <= bottom)
            return;
        from = static_cast<int>(top - std::min(first + count, top));
        to = static_cast<int>(top - 1 - std::max(first, bottom));
    }
    to = std::min(to, m_rows - 1);
    if (from > to)
        return;
    Q_EMIT dataChanged(index(from, 0), index(to, columnCount() - 1));
    Q_EMIT pageArrived(from, to);
}

template <class Row> void PagedTableModel<Row>::tellTotal(std::optional<std::uint64_t> total, bool exact)
{
    if (!total || (m_told == total && m_exact == exact))
        return;
    m_told = total;
    m_exact = exact;
    Q_EMIT totalChanged(*total, exact);
}

template <class Row> int PagedTableModel<Row>::seek(std::uint64_t index)
{
    const std::uint64_t before = m_window.top();
    m_window.seek(index);
    if (m_window.top() != before) {
        fitRows();
        Q_EMIT dataChanged(this->index(0, 0), this->index(m_rows - 1, columnCount() - 1));
        Q_EMIT rowsMoved();
    }
    return m_window.rowOf(std::min(index, m_window.total() - std::min<std::uint64_t>(m_window.total(), 1)))
        .value_or(-1);
}

template <class Row> void PagedTableModel<Row>::seekNewest()
{
    m_window.seekNewest();
    fitRows();
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    Q_EMIT rowsMoved();
}

template <class Row> int PagedTableModel<Row>::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

template <class Row> QVariant PagedTableModel<Row>::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const Row* found = look(index.row());
    if (role == CellRole::loading)
        return found == nullptr;
    return found ? cell(*found, index.column(), role) : QVariant();
}

template <class Row> QString PagedTableModel<Row>::keyAt(int row) const
{
    const Row* found = look(row);
    return found ? keyOf(*found) : QString();
}

template <class Row> int PagedTableModel<Row>::rowOfKey(const QString& key) const
{
    for (const auto& [page, held] : m_pages) {
        for (std::size_t offset = 0; offset < held.rows.size(); ++offset) {
            if (keyOf(held.rows[offset]) != key)
                continue;
            if (!byIndex())
                return static_cast<int>(m_chain.at(page).first + offset);
            return m_window.rowOf(held.first + held.rows.size() - 1 - offset).value_or(-1);
        }
    }
    return -1;
}

}

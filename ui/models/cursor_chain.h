#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace ephor::ui {

/// How far ahead of what was fetched a view may scroll in a list reached by cursors: a jump fetches all that lies
/// between, so it is kept to a hundred quick requests.
constexpr std::uint64_t largestChainJump = 64;
/// Rows a page may have grown to at the top before the chain begins anew: one request still fetches it.
constexpr std::uint64_t largestGrownPage = 900;

/// The pages of a list that is reached page after page: their cursors, and the rows they cover.
class CursorChain {
public:
    struct Slot {
        QString cursor;
        std::uint64_t first = 0; ///< row of its first row
        std::uint64_t count = 0; ///< 0 where it was never fetched
        bool operator==(const Slot&) const = default;
    };

    CursorChain() { restart(); }
    void restart();

    std::size_t size() const { return m_slots.size(); }
    const Slot& at(std::size_t slot) const { return m_slots[slot]; }
    /// The slot a row is in; the frontier for all that lies beyond it.
    std::size_t slotOf(std::uint64_t row) const;
    /// The last slot whose cursor is known.
    std::size_t frontier() const { return m_slots.size() - 1; }
    bool isComplete() const { return m_complete; }

    /// What a slot held: the frontier moves on to `next`, or the list ends there.
    void arrived(std::size_t slot, std::uint64_t count, const QString& next);
    /// Whether a slot fetched again is what it was: false once rows have left it.
    bool matches(std::size_t slot, std::uint64_t count, const QString& next) const;
    /// `rows` new rows came in at the top.
    void grewAtTop(std::uint64_t rows);
    /// Rows to show, when `total` are known to be there.
    std::uint64_t rows(std::optional<std::uint64_t> total) const;

private:
    std::vector<Slot> m_slots;
    bool m_complete = false;
};

}

#pragma once

#include <QtGlobal>
#include <cstdint>
#include <optional>

namespace ephor::ui {

/// Most rows a view is given at once. A table's header keeps 8 bytes a row, and pixels are counted in int.
constexpr std::uint64_t largestViewRows = 2'000'000;
/// Rows in a page: what a request asks for at once.
constexpr std::uint64_t pageRows = 256;
/// Pages kept; the one used longest ago goes first.
constexpr std::size_t keptPages = 64;

/// Arithmetic between the rows of a view, newest first, and the indexes 0…total-1 of a sequence that only grows.
/// Pages are blocks of indexes, so that they stay where they are while the sequence grows.
class PageWindow {
public:
    /// Part of a sequence: `limit` indexes below `before`.
    struct Block {
        std::uint64_t before = 0;
        std::uint64_t limit = 0;
        bool operator==(const Block&) const = default;
    };

    std::uint64_t total() const { return m_total; }
    void setTotal(std::uint64_t total);
    /// Exclusive upper index of the rows in view; the newest unless sought elsewhere.
    std::uint64_t top() const { return m_top.value_or(m_total); }
    bool followsNewest() const { return !m_top.has_value(); }
    /// Moves the window so that `index` is in it; only needed where the sequence is longer than a view may be.
    void seek(std::uint64_t index);
    void seekNewest() { m_top.reset(); }

    int rows() const;
    /// Index of a row of the view.
    std::uint64_t indexOf(int row) const { return top() - 1 - static_cast<std::uint64_t>(row); }
    /// Row of an index; nothing outside the window.
    std::optional<int> rowOf(std::uint64_t index) const;

    static std::uint64_t pageOf(std::uint64_t index) { return index / pageRows; }
    /// What to ask for to fill a page.
    Block blockOf(std::uint64_t page) const;

private:
    std::uint64_t m_total = 0;
    std::optional<std::uint64_t> m_top;
};

}

#include "core/base/diff_sequence.h"

#include <algorithm>

namespace ephor {

namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

// The furthest reach on every diagonal, kept for each number of edits, so that the way back can be read from it.
class EditSearch {
public:
    EditSearch(std::span<const std::uint32_t> left, std::span<const std::uint32_t> right)
        : m_left(left)
        , m_right(right)
    {
    }

    bool run(std::size_t largestEdits, std::size_t& steps)
    {
        const auto limit = std::int64_t(std::min(largestEdits, m_left.size() + m_right.size()));
        for (std::int64_t edits = 0; edits <= limit; ++edits) {
            std::vector<std::int32_t> reach(std::size_t(2 * edits + 1));
            for (std::int64_t diagonal = -edits; diagonal <= edits; diagonal += 2) {
                std::int64_t x = start(edits, diagonal);
                std::int64_t y = x - diagonal;
                const std::int64_t first = x;
                while (x < std::int64_t(m_left.size()) && y < std::int64_t(m_right.size())
                    && m_left[std::size_t(x)] == m_right[std::size_t(y)]) {
                    ++x;
                    ++y;
                }
                reach[std::size_t(diagonal + edits)] = std::int32_t(x);
                const auto cost = std::size_t(x - first + 1);
                if (cost > steps)
                    return false;
                steps -= cost;
                if (x >= std::int64_t(m_left.size()) && y >= std::int64_t(m_right.size())) {
                    m_reach.push_back(std::move(reach));
                    return true;
                }
            }
            m_reach.push_back(std::move(reach));
        }
        return false;
    }

    // From the end back to the beginning: every diagonal step is a pair.
    Pairs pairs() const
    {
        Pairs found;
        auto x = std::int64_t(m_left.size());
        auto y = std::int64_t(m_right.size());
        for (auto edits = std::int64_t(m_reach.size()) - 1; edits >= 0; --edits) {
            const std::int64_t diagonal = x - y;
            const std::int64_t from = edits == 0 ? 0 : start(edits, diagonal);
            for (; x > from; --x, --y)
                found.emplace_back(std::size_t(x - 1), std::size_t(y - 1));
            if (edits > 0) {
                const bool down = goesDown(edits, diagonal);
                x = down ? from : from - 1;
                y = x - (down ? diagonal + 1 : diagonal - 1);
            }
        }
        std::ranges::reverse(found);
        return found;
    }

private:
    std::int64_t reached(std::int64_t edits, std::int64_t diagonal) const
    {
        return m_reach[std::size_t(edits)][std::size_t(diagonal + edits)];
    }

    // Whether the best way onto this diagonal is an element of the right taken in (down), not one of the left left out.
    bool goesDown(std::int64_t edits, std::int64_t diagonal) const
    {
        if (diagonal == -edits)
            return true;
        if (diagonal == edits)
            return false;
        return reached(edits - 1, diagonal - 1) < reached(edits - 1, diagonal + 1);
    }

    // Where the diagonal is entered with this many edits. Past an edge of the table the way is void but harmless: it
    // never ends the search, since both ends must be met at once.
    std::int64_t start(std::int64_t edits, std::int64_t diagonal) const
    {
        if (edits == 0)
            return 0;
        return goesDown(edits, diagonal) ? reached(edits - 1, diagonal + 1) : reached(edits - 1, diagonal - 1) + 1;
    }

    std::span<const std::uint32_t> m_left;
    std::span<const std::uint32_t> m_right;
    std::vector<std::vector<std::int32_t>> m_reach;
};

// Elements that the other side has nowhere are changes for certain; without them the search stays short.
std::vector<std::uint32_t> indexesShared(std::span<const std::uint32_t> side, const std::vector<bool>& known)
{
    std::vector<std::uint32_t> kept;
    for (std::size_t i = 0; i < side.size(); ++i) {
        if (side[i] < known.size() && known[side[i]])
            kept.push_back(std::uint32_t(i));
    }
    return kept;
}

std::vector<bool> presence(std::span<const std::uint32_t> side)
{
    std::vector<bool> known;
    for (const std::uint32_t element : side) {
        if (element >= known.size())
            known.resize(element + 1);
        known[element] = true;
    }
    return known;
}

std::vector<std::uint32_t> elementsAt(std::span<const std::uint32_t> side, const std::vector<std::uint32_t>& indexes)
{
    std::vector<std::uint32_t> elements;
    elements.reserve(indexes.size());
    for (const std::uint32_t index : indexes)
        elements.push_back(side[index]);
    return elements;
}

}

Pairs commonSubsequence(std::span<const std::uint32_t> left, std::span<const std::uint32_t> right,
    const DiffLimits& limits, std::size_t& steps)
{
    Pairs pairs;
    std::size_t prefix = 0;
    while (prefix < left.size() && prefix < right.size() && left[prefix] == right[prefix]) {
        pairs.emplace_back(prefix, prefix);
        ++prefix;
    }
    std::size_t suffix = 0;
    while (suffix < left.size() - prefix && suffix < right.size() - prefix
        && left[left.size() - 1 - suffix] == right[right.size() - 1 - suffix])
        ++suffix;
    const auto leftMiddle = left.subspan(prefix, left.size() - prefix - suffix);
    const auto rightMiddle = right.subspan(prefix, right.size() - prefix - suffix);
    const std::vector<std::uint32_t> leftKept = indexesShared(leftMiddle, presence(rightMiddle));
    const std::vector<std::uint32_t> rightKept = indexesShared(rightMiddle, presence(leftMiddle));
    const std::vector<std::uint32_t> leftElements = elementsAt(leftMiddle, leftKept);
    const std::vector<std::uint32_t> rightElements = elementsAt(rightMiddle, rightKept);
    EditSearch search(leftElements, rightElements);
    if (search.run(limits.edits, steps)) {
        for (const auto& [i, j] : search.pairs())
            pairs.emplace_back(prefix + leftKept[i], prefix + rightKept[j]);
    }
    for (std::size_t i = suffix; i > 0; --i)
        pairs.emplace_back(left.size() - i, right.size() - i);
    return pairs;
}

}

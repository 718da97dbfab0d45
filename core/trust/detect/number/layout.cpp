#include "core/trust/detect/number/layout.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>

namespace ephor::detect {

namespace {

constexpr std::uint64_t anyDigit = (std::uint64_t(1) << 10) - 1;
constexpr std::uint64_t anyLetter = ((std::uint64_t(1) << 36) - 1) & ~anyDigit;

[[noreturn]] void refuseLayout(std::string_view line, const char* why)
{
    std::fprintf(stderr, "The layout \"%.*s\" of a detector is wrong: %s\n", int(line.size()), line.data(), why);
    std::abort();
}

}

/// Reads a line into a chain of steps, then unrolls it once for each choice of counts.
class LayoutReader {
public:
    explicit LayoutReader(std::string_view line)
        : m_line(line)
    {
        m_alike = take('=');
        while (m_at < m_line.size())
            readStep();
    }

    std::vector<Layout> layouts() const
    {
        std::vector<Layout> found;
        unroll(0, Layout(), found);
        return found;
    }

private:
    struct Step {
        std::uint64_t allowed = 0;
        std::uint8_t gap = NoGap; ///< may stand before the first of them
        bool gapNeeded = false;
        std::size_t least = 1;
        std::size_t most = 1;
    };

    bool take(char c)
    {
        if (m_at >= m_line.size() || m_line[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    std::string_view takeUntil(char end)
    {
        const std::size_t found = m_line.find(end, m_at);
        if (found == std::string_view::npos)
            refuseLayout(m_line, "a bracket is not closed.");
        const std::string_view inside = m_line.substr(m_at, found - m_at);
        m_at = found + 1;
        return inside;
    }

    void readStep()
    {
        Step step;
        readGap(step);
        step.allowed = readSet();
        if (take('{')) {
            const std::string counts(takeUntil('}'));
            const std::size_t dash = counts.find('-');
            step.least = std::size_t(std::atoi(counts.c_str()));
            step.most = dash == std::string::npos ? step.least : std::size_t(std::atoi(counts.c_str() + dash + 1));
        }
        m_steps.push_back(step);
    }

    void readGap(Step& step)
    {
        if (take('~')) {
            step.gap = SpaceGap | DashGap | DotGap;
        } else if (take('%')) {
            step.gap = SpaceGap | DashGap | DotGap | SlashGap | UnderscoreGap | ColonGap;
            step.gapNeeded = true;
        } else if (take('<')) {
            for (const char c : takeUntil('>'))
                step.gap |= gapOf(c);
            step.gapNeeded = !take('?');
        } else if (gapOf(m_line[m_at]) != NoGap) {
            step.gap = gapOf(m_line[m_at++]);
            step.gapNeeded = true;
        }
    }

    std::uint64_t readSet()
    {
        if (m_at >= m_line.size())
            refuseLayout(m_line, "it ends with a separator.");
        if (take('#'))
            return anyDigit;
        if (take('@'))
            return anyLetter;
        if (take('*'))
            return anyDigit | anyLetter;
        if (!take('['))
            return bitOfLine(m_line[m_at++]);
        const std::string_view inside = takeUntil(']');
        std::uint64_t set = 0;
        for (std::size_t i = 0; i < inside.size(); ++i) {
            if (i + 2 < inside.size() && inside[i + 1] == '-') {
                for (char c = inside[i]; c <= inside[i + 2]; ++c)
                    set |= bitOfLine(c);
                i += 2;
            } else {
                set |= bitOfLine(inside[i]);
            }
        }
        return set;
    }

    std::uint64_t bitOfLine(char c) const
    {
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')))
            refuseLayout(m_line, "it has a character that stands for nothing.");
        return Layout::bitOf(c);
    }

    void unroll(std::size_t index, Layout made, std::vector<Layout>& found) const
    {
        if (index == m_steps.size()) {
            made.m_alike = m_alike;
            found.push_back(std::move(made));
            return;
        }
        const Step& step = m_steps[index];
        for (std::size_t count = 0; count <= step.most; ++count) {
            if (count >= step.least)
                unroll(index + 1, made, found);
            if (count < step.most)
                append(step, count == 0, made);
        }
    }

    void append(const Step& step, bool first, Layout& made) const
    {
        if (made.m_length == maxPieceLength)
            refuseLayout(m_line, "it is too long.");
        const std::uint64_t bit = std::uint64_t(1) << made.m_length;
        if (first && step.gap != NoGap) {
            made.m_allowedGaps |= bit;
            made.m_neededGaps |= step.gapNeeded ? bit : 0;
            made.m_gapKinds[made.m_length] = step.gap;
        }
        if ((step.allowed & anyLetter) == 0)
            made.m_digits |= bit;
        if ((step.allowed & anyDigit) == 0)
            made.m_letters |= bit;
        const bool free = ((step.allowed & anyDigit) == 0 || (step.allowed & anyDigit) == anyDigit)
            && ((step.allowed & anyLetter) == 0 || (step.allowed & anyLetter) == anyLetter);
        if (!free)
            made.m_places.push_back({std::uint8_t(made.m_length), step.allowed});
        ++made.m_length;
    }

    std::string_view m_line;
    std::size_t m_at = 0;
    bool m_alike = false;
    std::vector<Step> m_steps;
};

std::vector<Layout> Layout::compile(std::string_view line)
{
    return LayoutReader(line).layouts();
}

std::vector<std::uint64_t> Layout::gapChoices() const
{
    if (m_alike)
        return m_neededGaps == 0 ? std::vector<std::uint64_t>{0, m_allowedGaps} : std::vector{m_allowedGaps};
    // All subsets of the places that may have one, from the full set down.
    std::vector<std::uint64_t> choices;
    const std::uint64_t open = m_allowedGaps & ~m_neededGaps;
    for (std::uint64_t subset = open;; subset = (subset - 1) & open) {
        choices.push_back(subset | m_neededGaps);
        if (subset == 0)
            return choices;
    }
}

bool Layout::isPlain() const
{
    return std::ranges::all_of(
        m_places, [](const Place& place) { return place.at == 0 && (place.allowed & anyLetter) == 0; });
}

std::uint64_t Layout::allowedAt(std::size_t place) const
{
    for (const Place& narrow : m_places) {
        if (narrow.at == place)
            return narrow.allowed;
    }
    const std::uint64_t bit = std::uint64_t(1) << place;
    return ((m_letters & bit) != 0 ? 0 : anyDigit) | ((m_digits & bit) != 0 ? 0 : anyLetter);
}

bool Layout::matchesRest(const Piece& piece) const
{
    if (m_alike && piece.gaps != 0 && piece.gaps != m_allowedGaps)
        return false;
    std::uint8_t common = 0xFF;
    for (std::uint64_t left = piece.gaps; left != 0; left &= left - 1) {
        const auto at = std::size_t(std::countr_zero(left));
        if ((piece.gapKinds[at] & m_gapKinds[at]) == 0)
            return false;
        common &= piece.gapKinds[at];
    }
    if (m_alike && common == 0)
        return false;
    for (const Place& place : m_places) {
        if ((bitOf(piece.text[place.at]) & place.allowed) == 0)
            return false;
    }
    return true;
}

}

#include "ui/kit/diff_lines.h"

#include <algorithm>

namespace ephor::ui {

std::vector<DiffPair> pairDiffLines(const std::vector<DiffLine>& lines)
{
    std::vector<DiffPair> pairs;
    std::vector<int> removed;
    std::vector<int> added;
    const auto flush = [&] {
        for (std::size_t at = 0; at < std::max(removed.size(), added.size()); ++at)
            pairs.push_back({at < removed.size() ? removed[at] : -1, at < added.size() ? added[at] : -1});
        removed.clear();
        added.clear();
    };
    for (int at = 0; at < static_cast<int>(lines.size()); ++at) {
        switch (lines[static_cast<std::size_t>(at)].kind) {
        case DiffLine::Kind::same:
            flush();
            pairs.push_back({at, at});
            break;
        case DiffLine::Kind::removed:
            removed.push_back(at);
            break;
        case DiffLine::Kind::added:
            added.push_back(at);
            break;
        }
    }
    flush();
    return pairs;
}

std::vector<int> diffHunks(const std::vector<DiffLine>& lines)
{
    std::vector<int> hunks;
    for (int at = 0; at < static_cast<int>(lines.size()); ++at) {
        const auto here = static_cast<std::size_t>(at);
        const bool changed = lines[here].kind != DiffLine::Kind::same;
        if (changed && (at == 0 || lines[here - 1].kind == DiffLine::Kind::same))
            hunks.push_back(at);
    }
    return hunks;
}

std::vector<DiffRow> diffRows(const std::vector<bool>& unchanged, const std::set<int>& opened)
{
    constexpr int linesBeside = 3;
    // Folding fewer would cost more looking than it saves.
    constexpr int leastFolded = 4;
    const int count = static_cast<int>(unchanged.size());
    const bool changes = std::find(unchanged.begin(), unchanged.end(), false) != unchanged.end();
    std::vector<DiffRow> rows;
    for (int at = 0; at < count;) {
        int end = at;
        while (end < count && unchanged[static_cast<std::size_t>(end)])
            ++end;
        const int from = at == 0 ? 0 : at + linesBeside;
        const int to = end == count ? count : end - linesBeside;
        const bool folds = changes && to - from >= leastFolded && !opened.contains(from);
        for (; at < (folds ? from : end); ++at)
            rows.push_back({at});
        if (folds) {
            rows.push_back({from, to - from});
            for (at = to; at < end; ++at)
                rows.push_back({at});
        }
        if (at < count)
            rows.push_back({at++});
    }
    return rows;
}

DiffCount countDiffLines(const std::vector<DiffLine>& lines)
{
    DiffCount count;
    for (const DiffLine& line : lines) {
        count.added += line.kind == DiffLine::Kind::added;
        count.removed += line.kind == DiffLine::Kind::removed;
    }
    return count;
}

}

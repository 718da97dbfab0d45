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

#pragma once

#include <QString>
#include <vector>

namespace ephor::ui {

/// A line of a difference, as the caller's differ found it. Kit draws differences; it does not find them.
struct DiffLine {
    enum class Kind { same, removed, added };
    /// A stretch of characters that changed inside the line.
    struct Span {
        int start = 0;
        int length = 0;
    };
    Kind kind = Kind::same;
    int oldNumber = 0; ///< 1-based; 0 where the old text has no such line
    int newNumber = 0; ///< 1-based; 0 where the new text has no such line
    QString text;
    std::vector<Span> changed = {};
};

/// One row of the side by side view: indices into the lines, -1 for a filler.
struct DiffPair {
    int left = -1;
    int right = -1;
    bool operator==(const DiffPair&) const = default;
};

/// Puts removed beside added lines of the same hunk, and unchanged lines beside themselves.
std::vector<DiffPair> pairDiffLines(const std::vector<DiffLine>& lines);

/// Indices of the first line of each run of changed lines.
std::vector<int> diffHunks(const std::vector<DiffLine>& lines);

/// How many lines were added and removed.
struct DiffCount {
    int added = 0;
    int removed = 0;
};
DiffCount countDiffLines(const std::vector<DiffLine>& lines);

}

#pragma once

#include <QString>
#include <set>
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

/// A row of a difference whose long unchanged stretches are folded.
struct DiffRow {
    int at = 0; ///< index of the line or pair, or of the first one folded
    int folded = 0; ///< how many unchanged ones this row stands for; 0: it is the line itself
    bool operator==(const DiffRow&) const = default;
};

/// Rows for lines or pairs of which `unchanged` says that they are the same on both sides. Beside each change some
/// unchanged ones stay; a stretch of which too few would hide stays whole, and so do those whose first folded one is in
/// `opened`, and everything when nothing changed.
std::vector<DiffRow> diffRows(const std::vector<bool>& unchanged, const std::set<int>& opened);

/// How many lines were added and removed.
struct DiffCount {
    int added = 0;
    int removed = 0;
};
DiffCount countDiffLines(const std::vector<DiffLine>& lines);

}

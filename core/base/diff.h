#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ephor {

enum class DiffKind { Same, Removed, Added };

/// Bytes [begin, end) of a line that its counterpart does not have. Never cuts a UTF-8 sequence.
struct DiffMark {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const DiffMark&) const = default;
};

struct DiffedLine {
    DiffKind kind = DiffKind::Same;
    std::size_t before = 0; ///< line number there, from 1; 0: not there
    std::size_t after = 0;
    std::string_view text; ///< without its line break; points into the text that was compared
    bool terminated = true; ///< ends in a line break: only a last line may lack one
    /// What changed inside the line when it has a counterpart; empty: the whole line.
    std::vector<DiffMark> marks;
};

/// Two texts compared. The removed lines of a change come before the added ones.
struct TextDiff {
    std::vector<DiffedLine> lines;
    std::size_t added = 0;
    std::size_t removed = 0;
};

/// What a comparison may cost. Past it the part in question counts as replaced: longer than needed, never wrong.
struct DiffLimits {
    std::size_t steps = 20'000'000; ///< of the search, all parts together: some tenths of a second
    std::size_t edits = 2'000; ///< in one part; the search keeps the square of it, 16 MB
};

/// By line, then by word inside the lines that changed (E. Myers, "An O(ND) difference algorithm and its variations",
/// 1986). Both texts must outlive the result.
TextDiff diffText(std::string_view before, std::string_view after, const DiffLimits& limits = {});

/// The second text, made from the lines of the comparison.
std::string applyDiff(const TextDiff& diff);

/// Lines [first, last) of a diff: changes with what stands around them.
struct DiffHunk {
    std::size_t first = 0;
    std::size_t last = 0;
    bool operator==(const DiffHunk&) const = default;
};

/// Groups the changes with `context` unchanged lines before and after; groups that would touch are one.
std::vector<DiffHunk> hunksOf(const TextDiff& diff, std::size_t context = 3);

/// The unified format of diff -u (POSIX.1-2008, diff), without file names; empty when nothing changed.
std::string unifiedDiff(const TextDiff& diff, std::size_t context = 3);

}

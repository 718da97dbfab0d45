#include "core/base/diff.h"

#include "core/base/diff_sequence.h"

#include <algorithm>
#include <unordered_map>

namespace ephor {

namespace {

struct DiffSide {
    std::vector<std::string_view> lines; ///< with their line breaks: a last line without one is another line
    std::vector<std::uint32_t> elements;
};

using Numbers = std::unordered_map<std::string_view, std::uint32_t>;

std::uint32_t numberOf(Numbers& numbers, std::string_view text)
{
    return numbers.try_emplace(text, std::uint32_t(numbers.size())).first->second;
}

DiffSide sideOf(std::string_view text, Numbers& numbers)
{
    DiffSide side;
    while (!text.empty()) {
        const std::size_t at = text.find('\n');
        const std::string_view line = text.substr(0, at == std::string_view::npos ? text.size() : at + 1);
        side.lines.push_back(line);
        side.elements.push_back(numberOf(numbers, line));
        text.remove_prefix(line.size());
    }
    return side;
}

DiffedLine lineOf(DiffKind kind, std::string_view text, std::size_t before, std::size_t after)
{
    DiffedLine line{kind, before, after, text, text.ends_with('\n'), {}};
    if (line.terminated)
        line.text.remove_suffix(1);
    return line;
}

enum class WordClass { Word, Space, Sign };

WordClass classOf(char c)
{
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (letter || std::uint8_t(c) >= 0x80)
        return WordClass::Word;
    return c == ' ' || c == '\t' || c == '\r' ? WordClass::Space : WordClass::Sign;
}

// Words, runs of white space, and single signs. Bytes above ASCII belong to words, so no sequence is ever cut.
std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        const WordClass first = classOf(line[at]);
        std::size_t end = at + 1;
        while (first != WordClass::Sign && end < line.size() && classOf(line[end]) == first)
            ++end;
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

// A line rewritten in more than this part is easier to read as a whole.
constexpr std::size_t largestRewrittenPercent = 70;

std::vector<DiffMark> marksOf(
    std::string_view line, const std::vector<std::string_view>& words, const std::vector<bool>& kept)
{
    std::vector<DiffMark> marks;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (kept[i])
            continue;
        const auto begin = std::size_t(words[i].data() - line.data());
        if (!marks.empty() && marks.back().end == begin)
            marks.back().end = begin + words[i].size();
        else
            marks.push_back({begin, begin + words[i].size()});
    }
    return marks;
}

void markWords(DiffedLine& removed, DiffedLine& added, const DiffLimits& limits, std::size_t& steps)
{
    if (steps == 0)
        return;
    const auto leftWords = wordsOf(removed.text);
    const auto rightWords = wordsOf(added.text);
    Numbers numbers;
    std::vector<std::uint32_t> left;
    std::vector<std::uint32_t> right;
    for (const std::string_view word : leftWords)
        left.push_back(numberOf(numbers, word));
    for (const std::string_view word : rightWords)
        right.push_back(numberOf(numbers, word));
    std::vector<bool> leftKept(left.size());
    std::vector<bool> rightKept(right.size());
    std::size_t common = 0;
    for (const auto& [i, j] : commonSubsequence(left, right, limits, steps)) {
        leftKept[i] = true;
        rightKept[j] = true;
        common += leftWords[i].size();
    }
    const std::size_t longer = std::max(removed.text.size(), added.text.size());
    if ((longer - common) * 100 > longer * largestRewrittenPercent)
        return;
    removed.marks = marksOf(removed.text, leftWords, leftKept);
    added.marks = marksOf(added.text, rightWords, rightKept);
}

class DiffBuilder {
public:
    DiffBuilder(const DiffSide& before, const DiffSide& after, const DiffLimits& limits)
        : m_before(before)
        , m_after(after)
        , m_limits(limits)
        , m_steps(limits.steps)
    {
    }

    TextDiff build()
    {
        for (const auto& [i, j] : commonSubsequence(m_before.elements, m_after.elements, m_limits, m_steps)) {
            change(i, j);
            m_diff.lines.push_back(lineOf(DiffKind::Same, m_before.lines[i], i + 1, j + 1));
            m_left = i + 1;
            m_right = j + 1;
        }
        change(m_before.lines.size(), m_after.lines.size());
        return std::move(m_diff);
    }

private:
    // What stands between two common lines: everything of the left goes, everything of the right comes.
    void change(std::size_t leftEnd, std::size_t rightEnd)
    {
        const std::size_t removed = leftEnd - m_left;
        const std::size_t added = rightEnd - m_right;
        const std::size_t first = m_diff.lines.size();
        for (; m_left < leftEnd; ++m_left)
            m_diff.lines.push_back(lineOf(DiffKind::Removed, m_before.lines[m_left], m_left + 1, 0));
        for (; m_right < rightEnd; ++m_right)
            m_diff.lines.push_back(lineOf(DiffKind::Added, m_after.lines[m_right], 0, m_right + 1));
        for (std::size_t i = 0; i < std::min(removed, added); ++i)
            markWords(m_diff.lines[first + i], m_diff.lines[first + removed + i], m_limits, m_steps);
        m_diff.removed += removed;
        m_diff.added += added;
    }

    const DiffSide& m_before;
    const DiffSide& m_after;
    const DiffLimits& m_limits;
    std::size_t m_steps;
    std::size_t m_left = 0;
    std::size_t m_right = 0;
    TextDiff m_diff;
};

void appendRange(std::string& out, char sign, std::size_t first, std::size_t count)
{
    out += sign;
    out += std::to_string(first);
    if (count != 1)
        out += "," + std::to_string(count);
}

}

TextDiff diffText(std::string_view before, std::string_view after, const DiffLimits& limits)
{
    Numbers numbers;
    const DiffSide left = sideOf(before, numbers);
    const DiffSide right = sideOf(after, numbers);
    return DiffBuilder(left, right, limits).build();
}

std::string applyDiff(const TextDiff& diff)
{
    std::string text;
    for (const DiffedLine& line : diff.lines) {
        if (line.kind == DiffKind::Removed)
            continue;
        text += line.text;
        if (line.terminated)
            text += '\n';
    }
    return text;
}

std::vector<DiffHunk> hunksOf(const TextDiff& diff, std::size_t context)
{
    std::vector<DiffHunk> hunks;
    for (std::size_t i = 0; i < diff.lines.size(); ++i) {
        if (diff.lines[i].kind == DiffKind::Same)
            continue;
        const std::size_t first = i > context ? i - context : 0;
        const std::size_t last = std::min(diff.lines.size(), i + 1 + context);
        if (!hunks.empty() && first <= hunks.back().last)
            hunks.back().last = last;
        else
            hunks.push_back({first, last});
    }
    return hunks;
}

std::string unifiedDiff(const TextDiff& diff, std::size_t context)
{
    std::string out;
    std::size_t beforeLines = 0;
    std::size_t afterLines = 0;
    std::size_t at = 0;
    for (const DiffHunk& hunk : hunksOf(diff, context)) {
        for (; at < hunk.first; ++at) {
            ++beforeLines;
            ++afterLines;
        }
        std::size_t beforeCount = 0;
        std::size_t afterCount = 0;
        std::string body;
        for (; at < hunk.last; ++at) {
            const DiffedLine& line = diff.lines[at];
            beforeCount += line.kind != DiffKind::Added;
            afterCount += line.kind != DiffKind::Removed;
            body += line.kind == DiffKind::Same ? ' ' : line.kind == DiffKind::Removed ? '-' : '+';
            body += line.text;
            body += line.terminated ? "\n" : "\n\\ No newline at end of file\n";
        }
        out += "@@ ";
        appendRange(out, '-', beforeLines + (beforeCount > 0), beforeCount);
        out += ' ';
        appendRange(out, '+', afterLines + (afterCount > 0), afterCount);
        out += " @@\n" + body;
        beforeLines += beforeCount;
        afterLines += afterCount;
    }
    return out;
}

}

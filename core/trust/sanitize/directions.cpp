#include "core/trust/sanitize/character_run.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/steps.h"

#include <algorithm>
#include <unicode/uchar.h>

namespace ephor::sanitize {

namespace {

// UAX #9 BD2: deeper ones have no effect.
constexpr std::size_t deepestNesting = 125;

enum class DirectionPart { Mark, Embedding, Override, Isolate, EndOfEmbedding, EndOfIsolate };

DirectionPart directionPart(const char32_t c)
{
    switch (c) {
    case 0x202A:
    case 0x202B:
        return DirectionPart::Embedding;
    case 0x202D:
    case 0x202E:
        return DirectionPart::Override;
    case 0x202C:
        return DirectionPart::EndOfEmbedding;
    case 0x2066:
    case 0x2067:
    case 0x2068:
        return DirectionPart::Isolate;
    case 0x2069:
        return DirectionPart::EndOfIsolate;
    default:
        return DirectionPart::Mark;
    }
}

/// One line's marks: which of them stay.
class DirectionLine {
public:
    explicit DirectionLine(DraftEditor& editor)
        : m_editor(editor)
    {
    }

    void seen() { ++m_visible; }

    void add(const char32_t value, const std::size_t start, const std::size_t end)
    {
        const DirectionPart part = directionPart(value);
        const std::size_t index = m_marks.size();
        m_marks.push_back({part, start, end, false});
        if (part == DirectionPart::Mark)
            // One after another says nothing that one does not, but could be counted.
            m_marks[index].kept = m_visible != m_visibleAtMark || !m_markSeen;
        else if (part == DirectionPart::EndOfEmbedding || part == DirectionPart::EndOfIsolate)
            close(part, index);
        else
            m_open.push_back({index, m_visible});
        if (part == DirectionPart::Mark) {
            m_markSeen = true;
            m_visibleAtMark = m_visible;
        }
    }

    void finish()
    {
        for (const FoundMark& mark : m_marks)
            if (!mark.kept)
                m_editor.replace(mark.start, mark.end, {}, RemovalKind::Direction);
        m_marks.clear();
        m_open.clear();
        m_markSeen = false;
    }

private:
    struct FoundMark {
        DirectionPart part;
        std::size_t start;
        std::size_t end;
        bool kept;
    };
    struct OpenMark {
        std::size_t index;
        std::size_t visible; ///< characters seen when it was opened
    };

    void close(const DirectionPart end, const std::size_t index)
    {
        const auto part = [&] { return m_marks[m_open.back().index].part; };
        if (end == DirectionPart::EndOfIsolate)
            // It ends what was opened within, too (UAX #9 X6a).
            while (!m_open.empty() && part() != DirectionPart::Isolate)
                m_open.pop_back();
        if (m_open.empty() || (end == DirectionPart::EndOfEmbedding && part() == DirectionPart::Isolate))
            return;
        const OpenMark open = m_open.back();
        const bool holdsText = open.visible != m_visible;
        const bool keeps = holdsText && part() != DirectionPart::Override && m_open.size() <= deepestNesting;
        m_open.pop_back();
        m_marks[open.index].kept = m_marks[index].kept = keeps;
    }

    DraftEditor& m_editor;
    std::vector<FoundMark> m_marks;
    std::vector<OpenMark> m_open;
    std::size_t m_visible = 0;
    std::size_t m_visibleAtMark = 0;
    bool m_markSeen = false;
};

bool endsLine(const char32_t c)
{
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2029 || (c >= 0x1C && c <= 0x1E);
}

}

void removeDirections(DraftEditor& editor, const Sink sink)
{
    const std::string_view text = editor.text();
    if (sink == Sink::Code) {
        for (auto run = nextRun(text, 0, CharacterKind::Direction); !run.empty();
            run = nextRun(text, run.end, CharacterKind::Direction))
            editor.replace(run.start, run.end, {}, RemovalKind::Direction);
        return;
    }
    DirectionLine line(editor);
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint next = codePointAt(text, at);
        if (next.value >= 0x80 && kindOf(next.value) == CharacterKind::Direction)
            line.add(next.value, at, at + next.length);
        else if (endsLine(next.value))
            line.finish();
        else if (next.value > ' ')
            line.seen();
        at += next.length;
    }
    line.finish();
}

}

#include "core/trust/sanitize/character_run.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/hidden_bits.h"
#include "core/trust/sanitize/steps.h"

#include <unicode/uchar.h>

namespace ephor::sanitize {

namespace {

constexpr char32_t zeroWidthSpace = 0x200B;
constexpr char32_t zeroWidthNonJoiner = 0x200C;
constexpr char32_t zeroWidthJoiner = 0x200D;
// Marks between a letter and its joiner: no script piles more.
constexpr int mostMarks = 8;

int joiningType(const char32_t c)
{
    return u_getIntPropertyValue(UChar32(c), UCHAR_JOINING_TYPE);
}

bool isPictograph(const char32_t c)
{
    return u_hasBinaryProperty(UChar32(c), UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
}

/// The characters around one that is not seen.
class Surroundings {
public:
    Surroundings(std::string_view text, const CharacterRun& run)
        : m_text(text)
        , m_start(run.start)
        , m_end(run.end)
        , m_before(run.before)
    {
    }

    bool needs(const char32_t unseen) const
    {
        if (m_before == 0)
            return false;
        if (unseen == zeroWidthSpace)
            return writesNoBlanks(m_before) && writesNoBlanks(after());
        if (unseen != zeroWidthJoiner && unseen != zeroWidthNonJoiner)
            return false;
        // A virama asks for either (Indic conjuncts), and a joiner may stand before one (Bengali ra with ya).
        if (isVirama(m_before) || (unseen == zeroWidthJoiner && isVirama(after()) && u_isalpha(UChar32(m_before)) != 0))
            return true;
        const int left = joiningType(letterBefore());
        const bool joinsLeft = left == U_JT_DUAL_JOINING || left == U_JT_LEFT_JOINING;
        if (unseen == zeroWidthJoiner)
            return joinsLeft || joinsEmoji();
        const int right = joiningType(letterAfter());
        return joinsLeft && (right == U_JT_DUAL_JOINING || right == U_JT_RIGHT_JOINING);
    }

private:
    static bool isVirama(const char32_t c) { return u_getCombiningClass(UChar32(c)) == 9; }
    /// Thai, Lao, Khmer, Myanmar and their like, where it tells words apart.
    static bool writesNoBlanks(const char32_t c)
    {
        return u_getIntPropertyValue(UChar32(c), UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
    }

    char32_t after() const { return m_end < m_text.size() ? codePointAt(m_text, m_end).value : 0; }

    template <class Skip> char32_t lastBefore(Skip skip) const
    {
        std::size_t at = m_start;
        for (int i = 0; i <= mostMarks && at > 0; ++i) {
            do
                --at;
            while (at > 0 && (std::uint8_t(m_text[at]) & 0xC0) == 0x80);
            if (const char32_t c = codePointAt(m_text, at).value; !skip(c))
                return c;
        }
        return 0;
    }

    char32_t letterBefore() const
    {
        return lastBefore([](const char32_t c) { return joiningType(c) == U_JT_TRANSPARENT; });
    }

    char32_t letterAfter() const
    {
        std::size_t at = m_end;
        for (int i = 0; i <= mostMarks && at < m_text.size(); ++i) {
            const CodePoint next = codePointAt(m_text, at);
            if (joiningType(next.value) != U_JT_TRANSPARENT)
                return next.value;
            at += next.length;
        }
        return 0;
    }

    bool joinsEmoji() const
    {
        const char32_t base = lastBefore(
            [](const char32_t c) { return c == 0xFE0F || u_hasBinaryProperty(UChar32(c), UCHAR_EMOJI_MODIFIER) != 0; });
        return isPictograph(base) && isPictograph(after());
    }

    std::string_view m_text;
    std::size_t m_start;
    std::size_t m_end;
    char32_t m_before;
};

}

void removeInvisible(DraftEditor& editor, const Sink sink)
{
    const std::string_view text = editor.text();
    for (auto run = nextRun(text, 0, CharacterKind::Invisible); !run.empty();
        run = nextRun(text, run.end, CharacterKind::Invisible)) {
        const bool single = run.characters.size() == 1;
        if (sink != Sink::Code && single && Surroundings(text, run).needs(run.characters.front()))
            continue;
        editor.replace(run.start, run.end, {}, RemovalKind::Invisible, textOfBits(run.characters));
    }
}

}

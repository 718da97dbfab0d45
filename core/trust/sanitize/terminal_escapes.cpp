#include "core/trust/sanitize/character_kind.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/spelt_character.h"
#include "core/trust/sanitize/steps.h"

namespace ephor::sanitize {

namespace {

constexpr char32_t bell = 0x07;
constexpr char32_t escape = 0x1B;
constexpr char32_t stringTerminator = 0x9C;
// A spelt-out command ends in its line; source code that only names one must not lose what follows.
constexpr std::size_t longestSpeltString = 2048;

struct TerminalCommand {
    std::size_t end = 0; ///< 0: none begins here
    std::string_view payload; ///< of a string: what it carries
};

enum class CommandSpelling { Real, SourceCode };

/// Reads commands (ECMA-48 §5, xterm's control sequences) with real control characters or with spelt-out ones.
class CommandReader {
public:
    CommandReader(std::string_view text, CommandSpelling spelling)
        : m_text(text)
        , m_spelt(spelling == CommandSpelling::SourceCode)
    {
    }

    TerminalCommand at(const std::size_t start) const
    {
        const SpeltCharacter first = characterAt(start);
        const std::size_t next = start + first.length;
        switch (first.value) {
        case 0x9B:
            return {sequenceEnd(next), {}};
        case 0x90:
        case 0x98:
        case 0x9D:
        case 0x9E:
        case 0x9F:
            return stringFrom(next);
        case escape:
            return afterEscape(next);
        default:
            return {};
        }
    }

private:
    static constexpr bool isBetween(const char32_t c, const char32_t low, const char32_t high)
    {
        return c >= low && c <= high;
    }

    SpeltCharacter characterAt(const std::size_t at) const
    {
        if (at >= m_text.size())
            return {};
        if (m_spelt && m_text[at] == '\\')
            if (const SpeltCharacter spelt = speltCharacterAt(m_text, at); spelt.length != 0)
                return spelt;
        const CodePoint plain = codePointAt(m_text, at);
        return {plain.value, plain.length};
    }

    TerminalCommand afterEscape(const std::size_t at) const
    {
        const SpeltCharacter kind = characterAt(at);
        const std::size_t next = at + kind.length;
        switch (kind.length == 0 ? 0 : kind.value) {
        case '[':
            return {sequenceEnd(next), {}};
        case ']':
        case 'P':
        case 'X':
        case '^':
        case '_':
            return stringFrom(next);
        default:
            break;
        }
        // Spelt out and alone it is a word about escapes.
        if (m_spelt)
            return {};
        std::size_t end = at;
        while (end < m_text.size() && isBetween(char32_t(m_text[end]), 0x20, 0x2F))
            ++end;
        if (end < m_text.size() && isBetween(std::uint8_t(m_text[end]), 0x30, 0x7E))
            return {end + 1, {}};
        return {at, {}};
    }

    /// Parameters, intermediates, one final character. Without a final one it ends before what cannot belong to it.
    std::size_t sequenceEnd(std::size_t at) const
    {
        const char32_t firstIntermediate = m_spelt ? 0x21 : 0x20;
        const auto skip = [&](const char32_t low, const char32_t high) {
            while (at < m_text.size()
                && (isBetween(std::uint8_t(m_text[at]), low, high)
                    || (!m_spelt && kindOf(std::uint8_t(m_text[at]) & 0x7F) == CharacterKind::Control
                        && std::uint8_t(m_text[at]) < 0x80)))
                ++at;
        };
        skip(0x30, 0x3F);
        skip(firstIntermediate, 0x2F);
        const bool isFinal = at < m_text.size() && isBetween(std::uint8_t(m_text[at]), 0x40, 0x7E);
        return isFinal ? at + 1 : at;
    }

    TerminalCommand stringFrom(const std::size_t start) const
    {
        for (std::size_t at = start; at < m_text.size();) {
            if (m_spelt && (m_text[at] == '\n' || at - start > longestSpeltString))
                break;
            const SpeltCharacter next = characterAt(at);
            const std::size_t after = at + next.length;
            const std::string_view payload = m_text.substr(start, at - start);
            if (next.value == bell || next.value == stringTerminator)
                return {after, payload};
            if (next.value == escape) {
                if (after < m_text.size() && m_text[after] == '\\') {
                    const bool doubled = m_spelt && after + 1 < m_text.size() && m_text[after + 1] == '\\';
                    return {after + (doubled ? 2 : 1), payload};
                }
                break;
            }
            if (next.value == 0x18 || next.value == 0x1A || isBetween(next.value, 0x90, 0x9F))
                break;
            at = after;
        }
        // Without an end only its beginning goes, so that no text is lost.
        return {start, {}};
    }

    std::string_view m_text;
    bool m_spelt;
};

/// Of a link (OSC 8) its address, of others all.
std::string_view tellingPart(const std::string_view payload)
{
    if (!payload.starts_with("8;"))
        return payload;
    const std::size_t second = payload.find(';', 2);
    return second == std::string_view::npos ? payload : payload.substr(second + 1);
}

}

void removeTerminalEscapes(DraftEditor& editor, const Sink sink)
{
    const std::string_view text = editor.text();
    const bool spelt = readsSpeltEscapes(sink);
    const CommandReader real(text, CommandSpelling::Real);
    const CommandReader written(text, CommandSpelling::SourceCode);
    for (std::size_t at = 0; at < text.size();) {
        const bool begins = text[at] == '\x1B' || text[at] == '\xC2';
        const TerminalCommand command = begins ? real.at(at)
            : spelt && text[at] == '\\'        ? written.at(at)
                                               : TerminalCommand{};
        if (command.end > at) {
            editor.replace(at, command.end, {}, RemovalKind::TerminalEscape, tellingPart(command.payload));
            at = command.end;
        } else {
            ++at;
        }
    }
}

}

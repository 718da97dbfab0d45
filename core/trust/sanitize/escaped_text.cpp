#include "core/trust/sanitize/byte_set.h"
#include "core/trust/sanitize/character_reference.h"
#include "core/trust/sanitize/code_point.h"
#include "core/trust/sanitize/base_decoding.h"
#include "core/trust/sanitize/hidden_bits.h"
#include "core/trust/sanitize/hidden_text_search.h"
#include "core/trust/sanitize/spelt_character.h"

#include <optional>

namespace ephor::sanitize {

namespace {

constexpr std::size_t fewestEscapes = 3;
// Plain characters between two escapes of one piece, and around it up to a blank.
constexpr std::size_t widestGap = 48;

struct EscapedCharacter {
    std::size_t length = 0; ///< 0: none
    std::string bytes;
};

EscapedCharacter hexadecimalPair(const std::string_view text, const std::size_t at)
{
    std::string bytes = at + 3 <= text.size() ? decodedHexadecimal(text.substr(at + 1, 2)) : std::string();
    return bytes.size() == 1 ? EscapedCharacter{3, std::move(bytes)} : EscapedCharacter{};
}

EscapedCharacter escapedAt(const std::string_view text, const std::size_t at, const HiddenEncoding encoding)
{
    EscapedCharacter out;
    switch (encoding) {
    case HiddenEncoding::QuotedPrintable:
    case HiddenEncoding::Percent:
        return hexadecimalPair(text, at);
    case HiddenEncoding::CharacterReferences: {
        const CharacterReference reference = characterReferenceAt(text, at);
        // Names are how people write a page; numbers for letters are not.
        if (reference.value == 0 || text[at + 1] != '#')
            return out;
        out.length = reference.length;
        appendUtf8(out.bytes, reference.value);
        return out;
    }
    default: {
        const SpeltCharacter spelt = speltCharacterAt(text, at);
        const bool character = spelt.length != 0 && spelt.value >= ' ' && spelt.value < 0x110000
            && !(spelt.value >= 0xD800 && spelt.value <= 0xDFFF);
        if (!character)
            return out;
        out.length = spelt.length;
        appendUtf8(out.bytes, spelt.value);
        return out;
    }
    }
}

std::optional<HiddenEncoding> encodingOf(const char sign)
{
    switch (sign) {
    case '=':
        return HiddenEncoding::QuotedPrintable;
    case '%':
        return HiddenEncoding::Percent;
    case '&':
        return HiddenEncoding::CharacterReferences;
    case '\\':
        return HiddenEncoding::Escapes;
    default:
        return std::nullopt;
    }
}

/// One kind of escapes as they come by, and the piece they make.
class EscapeCluster {
public:
    EscapeCluster(std::string_view text, HiddenEncoding encoding, const HiddenTextSink& found)
        : m_text(text)
        , m_encoding(encoding)
        , m_found(found)
    {
    }

    /// False: stop searching. `at` is the escape's place.
    bool add(const std::size_t at, const EscapedCharacter& escaped)
    {
        const bool apart = at - m_end > widestGap || at - m_start > longestHiddenPiece;
        if (m_count != 0 && apart && !finish())
            return false;
        if (m_count == 0) {
            m_start = m_end = at;
            while (m_start > m_done && m_end - m_start < widestGap && std::uint8_t(m_text[m_start - 1]) > ' ')
                --m_start;
            m_decoded = m_text.substr(m_start, m_end - m_start);
        }
        m_decoded += m_text.substr(m_end, at - m_end);
        m_decoded += escaped.bytes;
        m_end = at + escaped.length;
        ++m_count;
        return true;
    }

    bool finish()
    {
        bool going = true;
        if (m_count >= fewestEscapes) {
            std::size_t end = m_end;
            while (end < m_text.size() && end - m_end < widestGap && std::uint8_t(m_text[end]) > ' ')
                ++end;
            m_decoded += m_text.substr(m_end, end - m_end);
            if (std::string text = asReadableText(m_decoded); !text.empty())
                going = m_found({m_start, end, m_encoding, std::move(text), 1});
        }
        m_done = m_end;
        m_count = 0;
        return going;
    }

private:
    std::string_view m_text;
    HiddenEncoding m_encoding;
    const HiddenTextSink& m_found;
    std::string m_decoded;
    std::size_t m_start = 0;
    std::size_t m_end = 0;
    std::size_t m_done = 0;
    std::size_t m_count = 0;
};

}

void findEscapedText(const std::string_view text, const HiddenTextSink& found)
{
    EscapeCluster clusters[] = {{text, HiddenEncoding::QuotedPrintable, found}, {text, HiddenEncoding::Percent, found},
        {text, HiddenEncoding::CharacterReferences, found}, {text, HiddenEncoding::Escapes, found}};
    static constexpr ByteSet signs("=%&\\");
    for (std::size_t at = signs.find(text, 0); at < text.size();) {
        const HiddenEncoding encoding = *encodingOf(text[at]);
        const EscapedCharacter escaped = escapedAt(text, at, encoding);
        const std::size_t cluster = std::size_t(encoding) - std::size_t(HiddenEncoding::QuotedPrintable);
        if (escaped.length != 0 && !clusters[cluster].add(at, escaped))
            return;
        at = signs.find(text, at + (escaped.length == 0 ? 1 : escaped.length));
    }
    for (EscapeCluster& cluster : clusters)
        if (!cluster.finish())
            return;
}

}

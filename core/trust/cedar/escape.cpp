#include "core/trust/cedar/escape.h"

#include "core/base/hex_digit.h"

#include <cstdint>
#include <optional>

namespace ephor::cedar {

namespace {

constexpr std::size_t mostUnicodeDigits = 6;

void appendUtf8(std::string& text, std::uint32_t point)
{
    if (point < 0x80) {
        text += char(point);
    } else if (point < 0x800) {
        text += char(0xc0 | (point >> 6));
        text += char(0x80 | (point & 0x3f));
    } else if (point < 0x10000) {
        text += char(0xe0 | (point >> 12));
        text += char(0x80 | ((point >> 6) & 0x3f));
        text += char(0x80 | (point & 0x3f));
    } else {
        text += char(0xf0 | (point >> 18));
        text += char(0x80 | ((point >> 12) & 0x3f));
        text += char(0x80 | ((point >> 6) & 0x3f));
        text += char(0x80 | (point & 0x3f));
    }
}

/// Reads escapes from `raw`; `at` stands behind the backslash and is moved behind the escape.
class EscapeReader {
public:
    EscapeReader(std::string_view raw, std::size_t at)
        : m_raw(raw)
        , m_at(at)
    {
    }
    std::size_t position() const { return m_at; }

    bool read(std::string& text)
    {
        static constexpr std::string_view letters = "nrt\\0'\"";
        static constexpr std::string_view meanings("\n\r\t\\\0'\"", 7);
        if (m_at >= m_raw.size())
            return false;
        const char letter = m_raw[m_at++];
        if (const std::size_t found = letters.find(letter); found != std::string_view::npos) {
            text += meanings[found];
            return true;
        }
        if (letter == 'x')
            return readByte(text);
        return letter == 'u' && readPoint(text);
    }

private:
    bool readByte(std::string& text)
    {
        const auto byte = hexByte(m_raw, m_at);
        if (!byte || *byte > 0x7f)
            return false;
        m_at += 2;
        text += char(*byte);
        return true;
    }

    // Underscores may part the digits, but not begin them.
    bool readPoint(std::string& text)
    {
        if (m_at >= m_raw.size() || m_raw[m_at++] != '{')
            return false;
        std::uint32_t point = 0;
        std::size_t digits = 0;
        for (; m_at < m_raw.size() && m_raw[m_at] != '}'; ++m_at) {
            if (m_raw[m_at] == '_' && digits > 0)
                continue;
            const auto digit = hexDigit(m_raw[m_at]);
            if (!digit || ++digits > mostUnicodeDigits)
                return false;
            point = point * 16 + *digit;
        }
        const bool surrogate = point >= 0xd800 && point <= 0xdfff;
        if (m_at >= m_raw.size() || digits == 0 || surrogate || point > 0x10ffff)
            return false;
        ++m_at;
        appendUtf8(text, point);
        return true;
    }

    std::string_view m_raw;
    std::size_t m_at;
};

}

std::expected<std::string, BadEscape> unescape(std::string_view raw)
{
    std::string text;
    text.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size();) {
        if (raw[i] == '\r')
            return std::unexpected(BadEscape{i});
        if (raw[i] != '\\') {
            text += raw[i++];
            continue;
        }
        EscapeReader reader(raw, i + 1);
        if (!reader.read(text))
            return std::unexpected(BadEscape{i});
        i = reader.position();
    }
    return text;
}

std::expected<std::vector<std::string>, BadEscape> unescapePattern(std::string_view raw)
{
    std::vector<std::string> pieces(1);
    for (std::size_t i = 0; i < raw.size();) {
        if (raw[i] == '\r')
            return std::unexpected(BadEscape{i});
        if (raw[i] == '*') {
            pieces.emplace_back();
            ++i;
        } else if (raw[i] != '\\') {
            pieces.back() += raw[i++];
        } else if (i + 1 < raw.size() && raw[i + 1] == '*') {
            pieces.back() += '*';
            i += 2;
        } else {
            EscapeReader reader(raw, i + 1);
            if (!reader.read(pieces.back()))
                return std::unexpected(BadEscape{i});
            i = reader.position();
        }
    }
    return pieces;
}

std::string quoted(std::string_view text)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char character : text) {
        switch (character) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\0':
            out += "\\0";
            break;
        default:
            if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) {
                out += "\\x";
                out += digits[std::size_t(character) >> 4];
                out += digits[std::size_t(character) & 15];
            } else {
                out += character;
            }
        }
    }
    return out + "\"";
}

}

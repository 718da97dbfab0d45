#include "core/trust/guard/escape_view.h"

#include "core/base/hex_digit.h"
#include "core/base/text.h"
#include "core/trust/sanitize/code_point.h"

#include <algorithm>

namespace ephor::guard {

namespace {

constexpr std::size_t unitDigits = 4;
constexpr std::string_view spelledBackslash = "u005c";

/// What begins with a backslash: what it stands for, if it is an escape.
struct EscapeRead {
    std::size_t run = 0; ///< bytes of its backslashes
    bool speltRun = false; ///< one of them is itself spelled by an escape
    std::size_t length = 0; ///< bytes of the escape; 0: it is none
    std::uint32_t point = 0;
    bool cut = false; ///< whether it is one depends on what comes behind the text
};

// Strings in strings have their backslashes escaped again: any number of them is read as one.
std::size_t endOfBackslashes(std::string_view text, std::size_t at, bool& spelt)
{
    for (++at; at < text.size();) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == 'u' && lowerAscii(text.substr(at, spelledBackslash.size())) == spelledBackslash) {
            at += spelledBackslash.size();
            spelt = true;
        } else {
            break;
        }
    }
    return at;
}

/// "u0034" behind its backslashes.
struct UnitRead {
    std::optional<std::uint32_t> unit;
    bool cut = false;
};

UnitRead unitAt(std::string_view text, std::size_t at)
{
    if (at >= text.size())
        return {std::nullopt, true};
    if (text[at] != 'u')
        return {};
    std::uint32_t unit = 0;
    for (std::size_t i = at + 1; i <= at + unitDigits; ++i) {
        if (i >= text.size())
            return {std::nullopt, true};
        const auto digit = hexDigit(text[i]);
        if (!digit)
            return {};
        unit = unit << 4 | *digit;
    }
    return {unit, false};
}

void readUnits(std::string_view text, std::size_t at, std::size_t letter, EscapeRead& read)
{
    const UnitRead first = unitAt(text, letter);
    read.cut = first.cut;
    if (!first.unit)
        return;
    std::size_t end = letter + 1 + unitDigits;
    read.point = *first.unit;
    if (read.point >= 0xD800 && read.point <= 0xDFFF) {
        // A character outside the basic plane is two escapes; one of them alone is none.
        if (read.point >= 0xDC00)
            return;
        read.cut = end >= text.size();
        if (read.cut || text[end] != '\\')
            return;
        bool ignored = false;
        const std::size_t second = endOfBackslashes(text, end, ignored);
        const UnitRead low = unitAt(text, second);
        read.cut = low.cut;
        if (!low.unit || *low.unit < 0xDC00 || *low.unit > 0xDFFF)
            return;
        read.point = 0x10000 + ((read.point - 0xD800) << 10) + (*low.unit - 0xDC00);
        end = second + 1 + unitDigits;
    }
    read.length = end - at;
}

EscapeRead readEscape(std::string_view text, std::size_t at)
{
    constexpr std::string_view letters = "\"/bfnrt";
    constexpr std::string_view meanings = "\"/\b\f\n\r\t";
    EscapeRead read;
    const std::size_t letter = endOfBackslashes(text, at, read.speltRun);
    read.run = letter - at;
    if (letter == text.size()) {
        read.cut = true;
        return read;
    }
    if (text[letter] == 'u') {
        readUnits(text, at, letter, read);
        return read;
    }
    if (const std::size_t known = letters.find(text[letter]); known != letters.npos) {
        read.length = read.run + 1;
        read.point = std::uint8_t(meanings[known]);
    }
    return read;
}

class EscapeReader {
public:
    explicit EscapeReader(std::string_view text)
        : m_text(text)
    {
        m_view.text.reserve(text.size());
        m_view.origin.reserve(text.size() + 1);
    }

    std::optional<JsonView> read()
    {
        std::size_t at = 0;
        while (at < m_text.size()) {
            const std::size_t next = std::min(m_text.find('\\', at), m_text.size());
            keep(at, next);
            at = next < m_text.size() ? readAt(next) : next;
        }
        if (!m_any)
            return std::nullopt;
        m_view.origin.push_back(std::uint32_t(m_text.size()));
        return std::move(m_view);
    }

private:
    void keep(std::size_t from, std::size_t to)
    {
        m_view.text += m_text.substr(from, to - from);
        for (std::size_t at = from; at < to; ++at)
            m_view.origin.push_back(std::uint32_t(at));
    }

    std::size_t readAt(std::size_t at)
    {
        const EscapeRead escape = readEscape(m_text, at);
        if (escape.length > 0) {
            sanitize::appendUtf8(m_view.text, escape.point);
        } else if (escape.speltRun) {
            m_view.text += '\\';
        } else {
            keep(at, at + escape.run);
            return at + escape.run;
        }
        m_any = true;
        m_view.origin.resize(m_view.text.size(), std::uint32_t(at));
        return at + std::max(escape.length, escape.run);
    }

    std::string_view m_text;
    JsonView m_view;
    bool m_any = false;
};

}

std::optional<JsonView> behindEscapes(std::string_view text)
{
    // Most texts have none.
    if (text.find('\\') == text.npos)
        return std::nullopt;
    return EscapeReader(text).read();
}

std::size_t wholeEscapes(std::string_view text)
{
    for (std::size_t at = text.find('\\'); at != text.npos; at = text.find('\\', at)) {
        const EscapeRead escape = readEscape(text, at);
        if (escape.cut)
            return at;
        at += std::max(escape.length, escape.run);
    }
    return text.size();
}

}

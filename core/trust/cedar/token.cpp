#include "core/trust/cedar/token.h"

#include "core/trust/cedar/digits.h"
#include "core/trust/cedar/name.h"

#include <algorithm>
#include <array>

namespace ephor::cedar {

namespace {

bool isWordCharacter(char character)
{
    return isIdentifier(std::string_view(&character, 1)) || isDigit(character);
}

// How many bytes of white space a text begins with at this place: the ASCII ones, and Unicode's White_Space in UTF-8.
std::size_t blankLength(std::string_view text)
{
    const char first = text.front();
    if (first == ' ' || (first >= '\t' && first <= '\r'))
        return 1;
    static constexpr std::array<std::string_view, 19> wide{"\xc2\x85", "\xc2\xa0", "\xe1\x9a\x80", "\xe2\x80\x80",
        "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87",
        "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f",
        "\xe3\x80\x80"};
    const auto found = std::ranges::find_if(wide, [&](std::string_view blank) { return text.starts_with(blank); });
    return found == wide.end() ? 0 : found->size();
}

}

void Lexer::skipBlanks()
{
    while (m_at < m_source.size()) {
        const std::string_view rest = m_source.substr(m_at);
        if (rest.starts_with("//")) {
            const std::size_t end = rest.find_first_of("\r\n");
            m_at = end == std::string_view::npos ? m_source.size() : m_at + end;
            continue;
        }
        const std::size_t blank = blankLength(rest);
        if (blank == 0)
            return;
        m_at += blank;
    }
}

Token Lexer::make(TokenKind kind, std::size_t length)
{
    const Token token{kind, m_source.substr(m_at, length), std::uint32_t(m_at)};
    m_at += length;
    return token;
}

Token Lexer::readString()
{
    for (std::size_t i = m_at + 1; i < m_source.size(); ++i) {
        if (m_source[i] == '"')
            return make(TokenKind::String, i + 1 - m_at);
        if (m_source[i] == '\\' && (++i == m_source.size() || m_source[i] == '\n'))
            break;
    }
    return make(TokenKind::Invalid, m_source.size() - m_at);
}

Token Lexer::readSymbol()
{
    static constexpr std::array<std::string_view, 7> doubles{"::", "==", "!=", "<=", ">=", "||", "&&"};
    static constexpr std::string_view singles = "@.,;:(){}[]<>+-*/%!=";
    const std::string_view rest = m_source.substr(m_at);
    for (const std::string_view symbol : doubles) {
        if (rest.starts_with(symbol))
            return make(TokenKind::Symbol, 2);
    }
    const bool known
        = singles.find(rest.front()) != std::string_view::npos || (rest.front() == '?' && m_dialect == Dialect::Schema);
    return make(known ? TokenKind::Symbol : TokenKind::Invalid, 1);
}

Token Lexer::next()
{
    skipBlanks();
    if (m_at >= m_source.size())
        return make(TokenKind::End, 0);
    const std::string_view rest = m_source.substr(m_at);
    const auto wordEnd = [&](std::size_t from) {
        while (from < rest.size() && isWordCharacter(rest[from]))
            ++from;
        return from;
    };
    const char first = rest.front();
    if (isDigit(first)) {
        std::size_t length = 1;
        while (length < rest.size() && isDigit(rest[length]))
            ++length;
        return make(TokenKind::Number, length);
    }
    if (isWordCharacter(first))
        return make(TokenKind::Identifier, wordEnd(1));
    if (first == '"')
        return readString();
    const bool slot = m_dialect == Dialect::Policies && first == '?' && rest.size() > 1 && isWordCharacter(rest[1])
        && !isDigit(rest[1]);
    return slot ? make(TokenKind::Slot, wordEnd(1)) : readSymbol();
}

}

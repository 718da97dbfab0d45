#include "core/trust/cedar/token_reader.h"

#include "core/base/text.h"
#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/parser.h"

namespace ephor::cedar {

namespace {

constexpr std::size_t shownToken = 40;

std::string shown(const Token& token)
{
    if (token.kind == TokenKind::End)
        return "the end of the text";
    if (token.kind == TokenKind::Invalid && token.text.starts_with('"'))
        return "a text that does not end";
    return "\"" + shorten(token.text, shownToken) + "\"";
}

}

Error sourceError(std::string_view source, std::size_t offset, std::string code, std::string message, std::string hint)
{
    const TextPosition position = positionAt(source, offset);
    return Error(ErrorKind::Invalid, std::move(code), std::move(message), std::move(hint))
        .with("line", std::to_string(position.line))
        .with("column", std::to_string(position.column));
}

TokenReader::TokenReader(std::string_view source, Dialect dialect)
    : m_source(source)
    , m_lexer(source, dialect)
    , m_token(m_lexer.next())
{
}

const Token& TokenReader::ahead()
{
    if (!m_ahead)
        m_ahead = m_lexer.next();
    return *m_ahead;
}

void TokenReader::advance()
{
    m_token = m_ahead ? *m_ahead : m_lexer.next();
    m_ahead.reset();
}

bool TokenReader::take(std::string_view symbol)
{
    if (!m_token.is(symbol))
        return false;
    advance();
    return true;
}

bool TokenReader::takeWord(std::string_view word)
{
    if (!m_token.isWord(word))
        return false;
    advance();
    return true;
}

bool TokenReader::expect(std::string_view symbol, std::string_view where)
{
    return take(symbol) || unexpected("\"" + std::string(symbol) + "\" " + std::string(where));
}

bool TokenReader::readString(std::string& text)
{
    if (m_token.kind != TokenKind::String)
        return unexpected("a text in quotes");
    auto read = unescape(m_token.text.substr(1, m_token.text.size() - 2));
    if (!read)
        return fault(m_token.offset + 1 + read.error().offset, "cedar.escape", "There is no such escape in a text.",
            R"(Use \n \r \t \0 \\ \" \' \x41 or \u{1F600}.)");
    text = std::move(*read);
    advance();
    return true;
}

bool TokenReader::readIdentifier(std::string_view& word)
{
    if (m_token.kind != TokenKind::Identifier)
        return unexpected("a name");
    if (isReservedWord(m_token.text))
        return fault(m_token.offset, "cedar.reserved-word",
            "The word \"" + std::string(m_token.text) + "\" is reserved and cannot be a name.",
            "Write an attribute of that name in quotes: has \"if\", context[\"if\"].");
    word = m_token.text;
    advance();
    return true;
}

bool TokenReader::fault(std::size_t offset, std::string code, std::string message, std::string hint)
{
    if (!m_error)
        m_error = sourceError(m_source, offset, std::move(code), std::move(message), std::move(hint));
    return false;
}

bool TokenReader::unexpected(std::string_view wanted)
{
    return fault(
        m_token.offset, "cedar.syntax", "Here stands " + shown(m_token) + " instead of " + std::string(wanted) + ".");
}

}

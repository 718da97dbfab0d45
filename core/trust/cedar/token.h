#pragma once

#include <cstdint>
#include <string_view>

namespace ephor::cedar {

enum class TokenKind : std::uint8_t {
    End,
    Identifier,
    Slot, ///< ?principal
    Number,
    String, ///< with its quotes and escapes as written
    Symbol, ///< one of @ . , ; : :: ( ) { } [ ] == != < <= >= > || && + - * / % ! = ?
    Invalid, ///< a byte that begins nothing, or a text without its end
};

/// A piece of a text of policies or of a schema. `text` points into it.
struct Token {
    TokenKind kind = TokenKind::End;
    std::string_view text;
    std::uint32_t offset = 0;

    bool is(std::string_view symbol) const { return kind == TokenKind::Symbol && text == symbol; }
    bool isWord(std::string_view word) const { return kind == TokenKind::Identifier && text == word; }
};

/// Which language is read: `?` belongs to slots in policies and stands alone in schemas.
enum class Dialect : std::uint8_t { Policies, Schema };

/// Reads tokens one after the other, blanks and `//` comments skipped. Never fails: what is no token is an Invalid one.
class Lexer {
public:
    Lexer(std::string_view source, Dialect dialect)
        : m_source(source)
        , m_dialect(dialect)
    {
    }
    Token next();

private:
    void skipBlanks();
    Token make(TokenKind kind, std::size_t length);
    Token readString();
    Token readSymbol();

    std::string_view m_source;
    std::size_t m_at = 0;
    Dialect m_dialect;
};

}

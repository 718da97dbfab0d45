#pragma once

#include "core/base/result.h"
#include "core/trust/cedar/token.h"

#include <optional>
#include <string>
#include <string_view>

namespace ephor::cedar {

/// What the readers of policies and of schemas share: the token at hand, one ahead, and the first error. A reading
/// function returns false or null once there is one.
class TokenReader {
public:
    TokenReader(std::string_view source, Dialect dialect);

    const Token& token() const { return m_token; }
    /// The token after the one at hand.
    const Token& ahead();
    void advance();
    /// Takes the symbol or word if it is at hand.
    bool take(std::string_view symbol);
    bool takeWord(std::string_view word);
    /// Takes the symbol, or fails naming it and what stands there.
    bool expect(std::string_view symbol, std::string_view where);
    /// Takes a text and gives what it stands for.
    bool readString(std::string& text);
    /// Takes an identifier that is no reserved word.
    bool readIdentifier(std::string_view& word);

    /// Always false, so that a reader can end with it. Only the first error is kept.
    bool fault(std::size_t offset, std::string code, std::string message, std::string hint = {});
    /// Fails: the token at hand may not stand here.
    bool unexpected(std::string_view wanted);

    bool failed() const { return m_error.has_value(); }
    Error error() const { return *m_error; }
    std::string_view source() const { return m_source; }

private:
    std::string_view m_source;
    Lexer m_lexer;
    Token m_token;
    std::optional<Token> m_ahead;
    std::optional<Error> m_error;
};

}

#pragma once

#include "core/trust/detect/secret/secret_alphabet.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// A range of bytes of a text.
struct Span {
    std::size_t start = 0;
    std::size_t end = 0;
    bool operator==(const Span&) const = default;
    std::string_view of(std::string_view text) const { return text.substr(start, end - start); }
};

/// The form of a token: literal text, and parts in braces that name an alphabet and a length. "ghp_{a36}" is four
/// characters and 36 letters or digits, "{d8-10}:AA{b33}" begins with 8 to 10 digits, and "{U}" is a UUID.
/// Matched in one pass without backtracking.
class SecretPattern {
public:
    /// `form` outlives the pattern. It is part of the program, and a test reads all of them: a mistake ends it.
    explicit SecretPattern(std::string_view form);

    /// The first literal, by which a text is searched; empty where the pattern is made of parts alone.
    std::string_view keyword() const;

    /// The token whose first literal stands at `keywordStart`, if it stands there alone: as no part of a longer word.
    std::optional<Span> matchAround(std::string_view text, std::size_t keywordStart) const;

    /// True when all of `text` has the form.
    bool matches(std::string_view text) const;

    struct Part {
        std::string_view literal; ///< empty: the alphabet and the lengths say what stands here
        Alphabet alphabet = Alphabet::Alphanumeric;
        std::size_t least = 0;
        std::size_t most = 0;
    };
    const std::vector<Part>& parts() const { return m_parts; }
    std::size_t longest() const;

private:
    /// Where the parts from `part` on end; nothing where they do not stand at `at`.
    std::optional<std::size_t> matchForward(std::string_view text, std::size_t at, std::size_t part) const;
    std::optional<std::size_t> matchBackward(std::string_view text, std::size_t end) const;

    std::vector<Part> m_parts;
    std::size_t m_keyword = 0; ///< place of the first literal in m_parts
};

/// False inside a word: "ghp_" in "xghp_" starts nothing. The letter of a spelt-out line break (\n) and the digits of a
/// percent sign (%20) end with their own character, so a word may start behind them.
bool startsWord(std::string_view text, std::size_t at);

}

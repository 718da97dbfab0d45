#pragma once

#include "core/contract/ecma_regex.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::contract {

/// What matches nothing, for PCRE2.
inline constexpr std::string_view noCharacter = "(?:(?!))";
inline constexpr char32_t firstSurrogate = 0xd800;
inline constexpr char32_t lastSurrogate = 0xdfff;

/// One member of a class, or one atom outside: a single code point, or a ready set.
struct RegexAtom {
    std::optional<char32_t> point;
    std::string set; ///< PCRE2 text that is valid inside a class
};

/// One reading of a pattern from left to right, written down for PCRE2 on the way. Used once.
class EcmaTranslator {
public:
    EcmaTranslator(std::string_view pattern, RegexSyntax syntax)
        : m_text(pattern)
        , m_strict(syntax == RegexSyntax::Strict)
    {
    }

    Result<std::string> run();

private:
    enum class Repeatable { No, Yes };

    std::unexpected<Error> wrong(std::string_view why) const;

    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool follows(std::string_view text) const { return m_text.substr(m_at).starts_with(text); }

    bool take(std::string_view text)
    {
        if (!follows(text))
            return false;
        m_at += text.size();
        return true;
    }

    Result<char32_t> takePoint();

    void emitAtom(std::string_view text)
    {
        m_out += text;
        m_repeatable = Repeatable::Yes;
    }

    void emitPlain(std::string_view text)
    {
        m_out += text;
        m_repeatable = Repeatable::No;
    }

    static std::string literal(char32_t point);

    static bool isSurrogate(char32_t point) { return point >= firstSurrogate && point <= lastSurrogate; }

    // ecma_regex.cpp: groups, references, how often
    Result<void> scanGroups();
    Result<void> scanGroupName();
    Result<std::string> groupName();
    Result<void> term();
    Result<void> openGroup();
    Result<void> closeGroup();
    Result<void> quantifier();
    Result<void> braces();
    Result<void> escapeOutside();
    Result<void> backReference();
    Result<void> namedReference();
    // ecma_characters.cpp: what stands for characters
    Result<RegexAtom> characterEscape();
    Result<RegexAtom> setEscape(char letter);
    Result<char32_t> unicodeEscape();
    std::optional<char32_t> hexDigits(std::size_t count);
    Result<void> characterClass();
    Result<RegexAtom> classAtom();
    Result<void> classRange(const RegexAtom& first, std::string& members);

    std::string_view m_text;
    bool m_strict;
    std::size_t m_at = 0;
    std::string m_out;
    Repeatable m_repeatable = Repeatable::No;
    std::vector<bool> m_open; ///< true for a group that may be repeated, false for a look-around
    std::vector<std::string> m_names; ///< by group number - 1; empty for one without a name
};

}

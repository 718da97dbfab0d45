#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// Finds words of a fixed list in a text, all in one pass (Aho and Corasick, 1975), without regard to the case of ASCII
/// letters and of Latin letters with accents. A table with a row for each state: one look-up a byte, for lists of some
/// hundred words. A company's own lists have a search of their own (core/trust/detect/own/word_search.h).
/// Immutable once compiled.
class WordAutomaton {
public:
    /// Adds a word with a number of the caller's; the same word may be added several times.
    void add(std::string_view word, std::uint32_t label);
    /// No word can be added after it.
    void compile();

    bool isEmpty() const { return m_matches.empty(); }

    std::uint32_t next(std::uint32_t state, char byte) const
    {
        return m_table[state * m_classCount + m_classes[std::uint8_t(byte)]];
    }

    struct Match {
        std::uint32_t length = 0;
        std::uint32_t label = 0;
    };
    /// All words that end where the automaton came to `state`.
    std::vector<Match>::const_iterator matchesBegin(std::uint32_t state) const
    {
        return m_matches.begin() + m_matchStarts[state];
    }
    std::vector<Match>::const_iterator matchesEnd(std::uint32_t state) const
    {
        return m_matches.begin() + m_matchStarts[state + 1];
    }
    bool hasMatches(std::uint32_t state) const { return m_matchStarts[state] != m_matchStarts[state + 1]; }

private:
    struct Node {
        std::vector<std::pair<char, std::uint32_t>> children;
        std::vector<Match> matches;
        std::uint32_t fallback = 0;
    };
    void fillTable();

    std::vector<Node> m_nodes = std::vector<Node>(1);
    std::array<std::uint8_t, 256> m_classes{};
    std::uint32_t m_classCount = 1;
    std::vector<std::uint32_t> m_table;
    std::vector<std::uint32_t> m_matchStarts;
    std::vector<Match> m_matches;
};

/// Remembers which words stand near the place a scan has come to. Each byte of the text is read once at most, and only
/// where somebody asks.
class ContextCursor {
public:
    /// How far from a finding a word may stand, in bytes.
    struct Window {
        std::size_t before = 64;
        std::size_t after = 24;
        bool wholeWords = true; ///< a plural s may follow
    };

    ContextCursor(const WordAutomaton& words, std::string_view text, Window window)
        : m_words(words)
        , m_text(text)
        , m_window(window)
    {
    }

    /// Whether a word with this label stands near [start, end). The starts that are asked for never fall.
    bool isNear(std::size_t start, std::size_t end, std::uint32_t label);

private:
    struct Seen {
        std::size_t start = 0;
        std::size_t end = 0;
        std::uint32_t label = 0;
    };
    void readTo(std::size_t from, std::size_t to);
    bool isWholeWord(std::size_t start, std::size_t end) const;

    const WordAutomaton& m_words;
    std::string_view m_text;
    Window m_window;
    std::size_t m_read = 0;
    std::uint32_t m_state = 0;
    std::vector<Seen> m_seen;
    std::size_t m_first = 0; ///< of m_seen that may still matter
};

}

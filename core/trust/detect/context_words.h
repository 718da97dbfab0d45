#pragma once

#include "core/trust/detect/candidate/candidate_sink.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace ephor::detect {

/// The words that speak for a finding, as a tree of their letters, without regard to the case of ASCII letters and of
/// Latin letters with accents: one look-up for each letter read. A company's own lists have a search of their own
/// (core/trust/detect/own/word_search.h). Immutable once compiled.
class ContextWords {
public:
    /// Adds a word with a number of the caller's; the same word may be added several times. It begins with a letter or
    /// digit.
    void add(std::string_view word, std::uint32_t label);
    /// No word can be added after it.
    void compile();

    bool isEmpty() const { return m_labels.empty(); }
    /// Whether a word begins with a digit.
    bool anyBeginsWithDigit() const { return m_anyBeginsWithDigit; }
    /// False where no word stands at `start`, by its first three letters.
    bool mayStandAt(std::string_view text, std::size_t start) const
    {
        std::array<char, 4> letters{};
        if (text.size() - start >= letters.size()) [[likely]]
            std::memcpy(letters.data(), text.data() + start, letters.size());
        else
            std::copy(text.begin() + std::ptrdiff_t(start), text.end(), letters.begin());
        const std::uint32_t place = placeOf(letters[0], letters[1], letters[2]);
        return (m_beginnings.data()[place >> 6] >> (place & 63U) & 1U) != 0;
    }

    /// Calls visit(end, label) for each word that stands at `start`.
    template <class Visit> void eachAt(std::string_view text, std::size_t start, Visit visit) const
    {
        std::uint32_t state = 0;
        for (std::size_t at = start; at < text.size(); ++at) {
            state = m_table.data()[(state << classBits) | m_classes[std::uint8_t(text.data()[at])]];
            if (state == 0)
                return;
            const std::uint32_t* const labels = m_labelStarts.data() + state;
            for (std::uint32_t i = labels[0]; i < labels[1]; ++i)
                visit(at + 1, m_labels.data()[i]);
        }
    }

private:
    static constexpr std::uint32_t classBits = 7; // letters, and the bytes of those beyond ASCII
    // Letters of both cases have the same low bits; that others share them costs a look at the tree.
    static std::uint32_t placeOf(char first, char second, char third)
    {
        return (std::uint8_t(first) & 31U) << 10 | (std::uint8_t(second) & 31U) << 5 | (std::uint8_t(third) & 31U);
    }
    void addBeginning(std::string_view spelling);
    struct Node {
        std::vector<std::pair<char, std::uint32_t>> children;
        std::vector<std::uint32_t> labels;
    };

    std::vector<Node> m_nodes = std::vector<Node>(1);
    bool m_anyBeginsWithDigit = false;
    std::array<std::uint8_t, 256> m_classes{}; ///< 0: stands in no word
    std::vector<std::uint64_t> m_beginnings; ///< a bit for each placeOf(): most words of a text begin as none of ours
    std::vector<std::uint16_t> m_table; ///< state and class to state; 0: no word goes on so
    std::vector<std::uint32_t> m_labelStarts;
    std::vector<std::uint32_t> m_labels;
};

/// Which words stand near a place. Stretches of the text are read when somebody asks about them, and remembered while
/// others ask about places nearby.
class ContextMap {
public:
    /// How far from a finding a word may stand, in bytes. Words are whole ones; a plural s may follow.
    struct Window {
        std::size_t before = 64;
        std::size_t after = 24;
    };

    /// `words` and `text` outlive the map.
    ContextMap(const ContextWords& words, std::string_view text, Window window)
        : m_words(words)
        , m_text(text)
        , m_window(window)
    {
    }

    /// Whether a word with this label stands near [start, end), outside of it.
    bool isNear(std::size_t start, std::size_t end, std::uint32_t label);

    /// Labels under mostAskedEntities of which a word stands near [start, end) or in it, and perhaps some of which one
    /// stands a little farther off.
    EntitySet labelsNear(std::size_t start, std::size_t end);
    /// Whether this label is one of them, for less; of labels from mostAskedEntities on always true.
    bool mayBeNear(std::size_t start, std::size_t end, std::uint32_t label);

private:
    struct Seen {
        std::size_t start = 0;
        std::size_t end = 0;
        std::uint32_t label = 0;
    };
    /// Words that begin in one stretch of the text.
    struct Stretch {
        std::size_t place = std::size_t(-1); ///< of its first byte, in lengths of a stretch
        EntitySet labels;
        std::vector<Seen> seen;
    };
    static constexpr std::size_t stretchLength = 128;
    static constexpr std::size_t stretchCount = 32; // questions are about places nearly in order

    struct Range {
        std::size_t from = 0;
        std::size_t to = 0;
        bool operator==(const Range&) const = default;
    };
    Range windowOf(std::size_t start, std::size_t end) const
    {
        return {start > m_window.before ? start - m_window.before : 0, std::min(m_text.size(), end + m_window.after)};
    }
    const Stretch& stretchAt(std::size_t place);
    bool isSilent(Range range) const { return range.from >= m_silentFrom && range.to <= m_silentTo; }
    void noteSilent(std::size_t place);
    void read(Stretch& stretch) const;
    void readAt(std::size_t at, Stretch& stretch) const;
    bool isWordAt(std::size_t at) const;
    bool isHump(std::size_t at) const;
    bool isWholeWord(std::size_t end) const;

    const ContextWords& m_words;
    std::string_view m_text;
    Window m_window;
    std::array<Stretch, stretchCount> m_stretches;
    Range m_asked; ///< places of stretches that labelsNear() looked at last
    EntitySet m_answer; ///< and what it said of them
    std::size_t m_silentFrom = 0; ///< up to m_silentTo: read, and no word stands there
    std::size_t m_silentTo = 0;
};

}

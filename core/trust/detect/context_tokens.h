#pragma once

#include "core/trust/detect/candidate/candidate_sink.h"
#include "core/trust/detect/context_words.h"

#include <string_view>

namespace ephor::detect {

/// Which words speak for a finding as Presidio reads them: inside the five words before it and in the word that it
/// begins in, where common words ("is", "the") and punctuation do not count.
class ContextTokens {
public:
    /// `words` and `text` outlive this.
    ContextTokens(const ContextWords& words, std::string_view text)
        : m_words(words)
        , m_text(text)
    {
    }

    /// Labels, all under mostAskedEntities, of words before a finding that begins at `start`. Looks back over
    /// farthest bytes at most.
    const EntitySet& labelsBefore(std::size_t start);

    /// Whether a context word can stand in one of these words at all.
    static bool mayBeInToken(std::string_view word);

private:
    struct Token {
        std::size_t start;
        std::size_t end;
    };
    class Walk;
    static constexpr std::size_t farthest = 512; ///< words are short, and so are blanks between them

    void addLabels(Token token);

    const ContextWords& m_words;
    std::string_view m_text;
    std::size_t m_start = std::size_t(-1); ///< whose labels are known
    EntitySet m_labels;
};

}

#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ephor::detect {

/// Finds whole words and phrases in one pass (Aho and Corasick 1975), without case over all of Unicode (simple case
/// folding), any white space counting as one blank. Immutable once made and used by many threads at once.
///
/// Not the automaton of the context words (core/trust/detect/context_words.h): that one reads bytes through a table
/// with a row for each state, which is fastest for some hundred short words and would take gigabytes for the two
/// million letters that a company may list; and it folds only letters of Latin script, which a list may not rely on.
class WordSearch {
public:
    /// The place of the word in the list, and the bytes of the text it takes.
    using Visit = std::function<void(std::size_t word, std::size_t start, std::size_t end)>;

    WordSearch() = default;
    /// Words are UTF-8; those without a letter or digit, and empty ones, are found nowhere. They are brought into the
    /// matching form, as the texts are.
    explicit WordSearch(const std::vector<std::string>& words);

    bool empty() const { return m_ends.empty(); }
    /// Every word that begins and ends between `from` and `to`, whole words as the text around shows it. In scripts
    /// that write no spaces a word may stand anywhere.
    void each(std::string_view text, std::size_t from, std::size_t to, const Visit& visit) const;
    bool anyIn(std::string_view text, std::size_t from, std::size_t to) const;

private:
    struct Node {
        std::uint32_t shorter = 0; ///< the longest end of this that is a beginning of another word
        std::uint32_t shorterEnd = 0; ///< the next such where a word ends; 0: none
        std::uint32_t word = 0; ///< 1 + place in m_ends; 0: no word ends here
    };
    struct End {
        std::uint32_t word = 0;
        std::uint32_t length = 0; ///< in characters, a run of white space counting as one
    };

    bool mayBeginAt(std::string_view text, std::size_t at) const;
    std::uint32_t nodeAfter(std::uint32_t node, char32_t character) const;
    std::uint32_t step(std::uint32_t node, char32_t character) const;
    void addWord(std::uint32_t place, std::string_view word);
    void link();

    std::vector<Node> m_nodes{Node()};
    std::unordered_map<std::uint64_t, std::uint32_t> m_edges; ///< by node and character
    std::vector<End> m_ends;
    std::size_t m_longest = 0; ///< characters
    std::array<bool, 128> m_begins{}; ///< ASCII characters that words begin with
    std::bitset<128 * 128> m_pairs; ///< of the first two characters of words, where both are ASCII
};

}

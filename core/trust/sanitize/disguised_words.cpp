#include "core/trust/sanitize/hidden_text_search.h"
#include "core/trust/sanitize/word_filter.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace ephor::sanitize {

namespace {

// Words that nearly every sentence has, and those of instructions, in English, German, French and Spanish. None is
// another of them when turned by 13 letters or read backwards.
constexpr std::string_view commonWords[] = {"about", "above", "alle", "anweisungen", "and", "anteriores", "are",
    "assistant", "but", "can", "dans", "das", "developer", "disregard", "email", "follow", "forget", "from", "has",
    "have", "her", "his", "ignora", "ignore", "ignorez", "ignoriere", "instrucciones", "instruction", "instructions",
    "key", "las", "les", "message", "mit", "must", "never", "nicht", "not", "now", "output", "override", "para",
    "passwort", "password", "please", "pour", "previous", "print", "prompt", "reveal", "rules", "secret", "secrets",
    "send", "should", "system", "tell", "that", "the", "their", "they", "this", "token", "todas", "toutes", "una",
    "und", "user", "vorherigen", "vous", "was", "what", "when", "which", "will", "with", "would", "you", "your"};

constexpr std::size_t longestCommonWord = 13;
constexpr std::size_t shortestCommonWord = 3;
constexpr std::size_t fewestHits = 3;
// Words without a hit that end a piece.
constexpr std::size_t widestPause = 5;

std::uint32_t hashStep(const std::uint32_t hash, const char c)
{
    return (hash ^ std::uint8_t(c)) * 16777619U;
}

constexpr std::uint32_t hashSeed = 2166136261U;
constexpr std::size_t bucketCount = 4096;

/// By hash, so that a word that is none costs one look.
class WordTable {
public:
    WordTable()
    {
        for (const std::string_view word : commonWords) {
            m_filter.add(word);
            std::uint32_t hash = hashSeed;
            for (const char c : word)
                hash = hashStep(hash, c);
            std::size_t bucket = hash % bucketCount;
            while (!m_buckets[bucket].empty())
                bucket = (bucket + 1) % bucketCount;
            m_buckets[bucket] = word;
        }
    }

    const WordFilter& filter() const { return m_filter; }

    bool has(const std::uint32_t hash, const std::string_view word) const
    {
        for (std::size_t bucket = hash % bucketCount; !m_buckets[bucket].empty(); bucket = (bucket + 1) % bucketCount)
            if (m_buckets[bucket] == word)
                return true;
        return false;
    }

private:
    std::array<std::string_view, bucketCount> m_buckets{};
    WordFilter m_filter;
};

const WordTable& wordTable()
{
    static const WordTable table;
    return table;
}

bool isAsciiWordLetter(const char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char turned(const char c)
{
    if (c >= 'a' && c <= 'z')
        return char('a' + (c - 'a' + 13) % 26);
    if (c >= 'A' && c <= 'Z')
        return char('A' + (c - 'A' + 13) % 26);
    return c;
}

/// How a word reads.
struct WordReading {
    bool plain = false;
    bool turned = false;
    bool reversed = false;
};

WordReading readingOf(const std::string_view word)
{
    WordReading reading;
    if (word.size() < shortestCommonWord || word.size() > longestCommonWord)
        return reading;
    const WordTable& table = wordTable();
    const char first = char(word.front() | 0x20);
    const char last = char(word.back() | 0x20);
    const WordFilter& filter = table.filter();
    if (!filter.mayHave(first, last, word.size()) && !filter.mayHave(last, first, word.size())
        && !filter.mayHave(turned(first), turned(last), word.size()))
        return reading;
    std::array<char, longestCommonWord> plain{};
    std::array<char, longestCommonWord> rotated{};
    std::array<char, longestCommonWord> backwards{};
    std::uint32_t plainHash = hashSeed;
    std::uint32_t rotatedHash = hashSeed;
    std::uint32_t backwardsHash = hashSeed;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char lower = char(word[i] | 0x20);
        const char opposite = char(word[word.size() - 1 - i] | 0x20);
        plainHash = hashStep(plainHash, plain[i] = lower);
        rotatedHash = hashStep(rotatedHash, rotated[i] = turned(lower));
        backwardsHash = hashStep(backwardsHash, backwards[i] = opposite);
    }
    reading.plain = table.has(plainHash, {plain.data(), word.size()});
    reading.turned = !reading.plain && table.has(rotatedHash, {rotated.data(), word.size()});
    reading.reversed = !reading.plain && table.has(backwardsHash, {backwards.data(), word.size()});
    return reading;
}

std::string allTurned(const std::string_view text)
{
    std::string out(text);
    std::ranges::transform(out, out.begin(), turned);
    return out;
}

/// By characters of UTF-8.
std::string backwards(const std::string_view text)
{
    std::string out(text.rbegin(), text.rend());
    for (std::size_t at = 0; at < out.size();) {
        std::size_t end = at;
        while (end + 1 < out.size() && (std::uint8_t(out[end]) & 0xC0) == 0x80)
            ++end;
        std::reverse(out.begin() + std::ptrdiff_t(at), out.begin() + std::ptrdiff_t(end) + 1);
        at = end + 1;
    }
    return out;
}

std::string eachWordBackwards(const std::string_view text)
{
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find_first_of(" \t\r\n", at);
        end = end == std::string_view::npos ? text.size() : end;
        out += backwards(text.substr(at, end - at));
        at = end;
        while (at < text.size() && std::uint8_t(text[at]) <= ' ')
            out += text[at++];
    }
    return out;
}

/// What a word is to one reading.
enum class WordSense { Unknown, Plain, Disguised };

WordSense senseOf(const WordReading& reading, const HiddenEncoding encoding)
{
    if (reading.plain)
        return WordSense::Plain;
    const bool disguised = encoding == HiddenEncoding::Rot13 ? reading.turned : reading.reversed;
    return disguised ? WordSense::Disguised : WordSense::Unknown;
}

/// Words in a row among which those of one reading are many and plain ones none.
class WordStretch {
public:
    explicit WordStretch(HiddenEncoding encoding)
        : m_encoding(encoding)
    {
    }

    /// Ends the stretch before it where it ends; true while it goes on or nothing was found.
    bool add(const std::string_view text, const std::size_t start, const std::size_t end, const WordReading& reading,
        const HiddenTextSink& found)
    {
        const WordSense sense = senseOf(reading, m_encoding);
        const bool plain = sense == WordSense::Plain;
        if (plain || m_sinceHit > widestPause || (m_words > 0 && end - m_start > longestHiddenPiece)) {
            const bool going = finish(text, found);
            reset(plain ? end : start);
            if (plain || !going)
                return going;
        }
        if (m_words == 0)
            m_start = start;
        ++m_words;
        ++m_sinceHit;
        if (sense == WordSense::Disguised) {
            ++m_hits;
            m_sinceHit = 0;
            m_wordsAtHit = m_words;
        }
        if (m_hits == 0 && m_words > widestPause) {
            // The beginning moves on with the words, so that a piece has at most so many before its first hit.
            m_words = 1;
            m_start = start;
        }
        if (m_sinceHit <= widestPause)
            m_end = end;
        return true;
    }

    bool finish(const std::string_view text, const HiddenTextSink& found)
    {
        if (m_hits < fewestHits || m_hits * 5 < m_wordsAtHit)
            return true;
        const std::string_view piece = text.substr(m_start, m_end - m_start);
        if (m_encoding == HiddenEncoding::Rot13)
            return found({m_start, m_end, m_encoding, allTurned(piece), 1});
        return found({m_start, m_end, m_encoding, backwards(piece), 1})
            && found({m_start, m_end, m_encoding, eachWordBackwards(piece), 1});
    }

private:
    void reset(const std::size_t start)
    {
        m_start = m_end = start;
        m_words = m_hits = m_sinceHit = m_wordsAtHit = 0;
    }

    HiddenEncoding m_encoding;
    std::size_t m_start = 0;
    std::size_t m_end = 0;
    std::size_t m_words = 0;
    std::size_t m_hits = 0;
    std::size_t m_sinceHit = 0;
    std::size_t m_wordsAtHit = 0;
};

}

void findDisguisedWords(const std::string_view text, const HiddenTextSink& found)
{
    WordStretch turnedWords(HiddenEncoding::Rot13);
    WordStretch reversedWords(HiddenEncoding::Reversed);
    for (std::size_t at = 0; at < text.size();) {
        if (!isAsciiWordLetter(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isAsciiWordLetter(text[end]))
            ++end;
        const WordReading reading = readingOf(text.substr(at, end - at));
        if (!turnedWords.add(text, at, end, reading, found) || !reversedWords.add(text, at, end, reading, found))
            return;
        at = end;
    }
    if (turnedWords.finish(text, found))
        reversedWords.finish(text, found);
}

}

#include "core/trust/detect/context_tokens.h"

#include "core/base/text.h"
#include "core/trust/detect/candidate/byte_class.h"

#include <array>
#include <string>
#include <unordered_set>

namespace ephor::detect {

namespace {

// Words that say nothing about what follows them, as spaCy lists them for English.
constexpr std::string_view commonWords
    = "a about above across after afterwards again against all almost alone along already also although "
      "always am among amongst amount an and another any anyhow anyone anything anyway anywhere are around "
      "as at back be became because become becomes becoming been before beforehand behind being below "
      "beside besides between beyond both bottom but by ca call can cannot could did do does doing done "
      "down due during each eight either eleven else elsewhere empty enough even ever every everyone "
      "everything everywhere except few fifteen fifty first five for former formerly forty four from front "
      "full further get give go had has have he hence her here hereafter hereby herein hereupon hers "
      "herself him himself his how however hundred i if in indeed into is it its itself just keep last "
      "latter latterly least less made make many may me meanwhile might mine more moreover most mostly move "
      "much must my myself name namely neither never nevertheless next nine no nobody none noone nor not "
      "nothing now nowhere of off often on once one only onto or other others otherwise our ours ourselves "
      "out over own part per perhaps please put quite rather re really regarding same say see seem seemed "
      "seeming seems serious several she should show side since six sixty so some somehow someone something "
      "sometime sometimes somewhere still such take ten than that the their them themselves then thence "
      "there thereafter thereby therefore therein thereupon these they third this those though three "
      "through throughout thru thus to together too top toward towards twelve twenty two under unless until "
      "up upon us used using various very via was we well were what whatever when whence whenever where "
      "whereafter whereas whereby wherein whereupon wherever whether which while whither who whoever whole "
      "whom whose why will with within without would yet you your yours yourself yourselves";

constexpr std::size_t longestCommonWord = 12;

bool isCommonStem(std::string_view word)
{
    static const auto known = [] {
        std::unordered_set<std::string_view> words;
        for (const std::string_view each : split(commonWords, ' '))
            words.insert(each);
        return words;
    }();
    std::array<char, longestCommonWord> lower{};
    std::ranges::transform(word, lower.begin(), small);
    return known.contains(std::string_view(lower.data(), word.size()));
}

bool isCommonWord(std::string_view word)
{
    if (word.size() > longestCommonWord)
        return false;
    if (isCommonStem(word))
        return true;
    // The forms that its base stands for.
    for (const std::string_view ending : {"s", "ed", "ing"}) {
        if (word.size() > ending.size() + 1 && word.ends_with(ending)
            && isCommonStem(word.substr(0, word.size() - ending.size())))
            return true;
    }
    return false;
}

bool isTokenBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isTokenLetter(char c)
{
    return (classOf(c) & (CapitalByte | SmallByte | HighByte)) != 0;
}

bool isTokenDigit(char c)
{
    return (classOf(c) & DigitByte) != 0;
}

bool isPunctuation(char c)
{
    constexpr std::string_view marks = "!\"#%&'()*,-./:;?@[\\]_{}";
    return marks.find(c) != std::string_view::npos;
}

// Stands before or behind a word without being part of it.
bool isAround(char c)
{
    constexpr std::string_view marks = "!\"#'()*,:;<>?[]_{}";
    return marks.find(c) != std::string_view::npos;
}

// Whether the sign between two characters divides a word in two.
bool dividesWord(char before, char sign, char after)
{
    switch (sign) {
    case '-':
        return (isTokenLetter(before) && isTokenLetter(after))
            || (isTokenDigit(before) && (isTokenDigit(after) || after == '-'));
    case '+':
    case '*':
    case '^':
        return isTokenDigit(before) && (isTokenDigit(after) || after == '-');
    case ':':
    case '<':
    case '>':
    case '=':
    case '/':
        return (isTokenLetter(before) || isTokenDigit(before)) && isTokenLetter(after);
    case ',':
    case '~':
        return isTokenLetter(before) && isTokenLetter(after);
    case '.':
        return (classOf(before) & SmallByte) != 0 && (classOf(after) & CapitalByte) != 0;
    default:
        return false;
    }
}

}

/// Words from a place backwards.
class ContextTokens::Walk {
public:
    Walk(std::string_view text, std::size_t start)
        : m_text(text)
        , m_first(start > farthest ? start - farthest : 0)
        , m_at(start)
    {
        // The word that the place lies in, up to that place.
        while (m_at < text.size() && m_at < start + mostOwn && !isTokenBlank(text[m_at]))
            ++m_at;
        readChunk();
        while (m_count > 0 && m_tokens[m_count - 1].start > start)
            --m_count;
    }

    /// False where there is none.
    bool next(Token& token)
    {
        while (m_count == 0) {
            if (m_at <= m_first)
                return false;
            if (readBlanks(token))
                return true;
            readChunk();
        }
        token = m_tokens[--m_count];
        return true;
    }

private:
    static constexpr std::size_t mostOwn = 64;
    static constexpr std::size_t mostTokens = 64;

    // More than one blank between words counts as one.
    bool readBlanks(Token& token)
    {
        std::size_t start = m_at;
        while (start > m_first && isTokenBlank(m_text[start - 1]))
            --start;
        token = {start + (m_text[start] == ' ' ? 1 : 0), m_at};
        m_at = start;
        return token.end > token.start;
    }

    void readChunk()
    {
        std::size_t start = m_at;
        while (start > m_first && !isTokenBlank(m_text[start - 1]))
            --start;
        std::size_t end = m_at;
        m_at = start;
        m_count = 0;
        while (start < end && isAround(m_text[start]))
            append(start, start + 1), ++start;
        std::size_t last = end;
        while (last > start && (isAround(m_text[last - 1]) || m_text[last - 1] == '.'))
            --last;
        std::size_t begin = start;
        for (std::size_t i = start + 1; i + 1 < last; ++i) {
            if (!dividesWord(m_text[i - 1], m_text[i], m_text[i + 1]))
                continue;
            append(begin, i);
            append(i, i + 1);
            begin = i + 1;
        }
        append(begin, last);
        for (; last < end; ++last)
            append(last, last + 1);
    }

    void append(std::size_t start, std::size_t end)
    {
        if (start < end && m_count < mostTokens)
            m_tokens[m_count++] = {start, end};
    }

    std::string_view m_text;
    std::size_t m_first;
    std::size_t m_at;
    std::array<Token, mostTokens> m_tokens;
    std::size_t m_count = 0;
};

const EntitySet& ContextTokens::labelsBefore(std::size_t start)
{
    constexpr std::size_t mostWords = 5;
    if (start == m_start)
        return m_labels;
    m_start = start;
    m_labels.reset();
    if (m_words.isEmpty())
        return m_labels;
    Walk walk(m_text, start);
    Token token{};
    for (std::size_t left = mostWords + 1; left > 0 && walk.next(token);) {
        const std::string_view word = m_text.substr(token.start, token.end - token.start);
        if ((word.size() == 1 && isPunctuation(word[0])) || isCommonWord(word))
            continue;
        // A name and its value that a colon joins are no word of either kind.
        if (word.find(':') != std::string_view::npos)
            continue;
        --left;
        addLabels(token);
    }
    return m_labels;
}

void ContextTokens::addLabels(Token token)
{
    // A plural stands for its singular: a context word that is one ("states") is not in it.
    const std::string_view word = m_text.substr(token.start, token.end - token.start);
    const bool plural = word.size() > 4 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us")
        && !word.ends_with("is") && std::ranges::all_of(word, [](char c) { return (classOf(c) & SmallByte) != 0; });
    for (std::size_t at = token.start; at < token.end; ++at) {
        if (isContinuation(m_text[at]) || !m_words.mayStandAt(m_text, at))
            continue;
        m_words.eachAt(m_text, at, [&](std::size_t end, std::uint32_t label) {
            if (end <= token.end && label < mostAskedEntities && !(plural && end == token.end))
                m_labels.set(label);
        });
    }
}

bool ContextTokens::mayBeInToken(std::string_view word)
{
    for (std::size_t at = word.find_first_of(" -#'"); at != std::string_view::npos;
        at = word.find_first_of(" -#'", at + 1)) {
        const bool abbreviated = word[at] == '-' && at > 0 && word[at - 1] == '.';
        if (!abbreviated)
            return false;
    }
    return true;
}

}

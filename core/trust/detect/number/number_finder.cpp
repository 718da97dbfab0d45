#include "core/trust/detect/number/number_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/candidate/digits.h"

#include <algorithm>
#include <bit>
#include <map>

namespace ephor::detect {

namespace {

// A stretch is looked through in parts of this many words; a part begins before the last one's end, since a number has
// up to groupLimit words.
constexpr std::size_t wordLimit = 64;
constexpr std::size_t groupLimit = 20;
// Letters alone are part of a number only in short groups (the bank in an IBAN, the name in a driving licence), and
// only this many of them in a row.
constexpr std::size_t letterGroupLimit = 5;
constexpr std::size_t letterGroupsInRow = 2;
// Rows of at least this score are so seldom met by chance that they count inside longer numbers as well.
constexpr float strongScore = 0.9F;
// Written small, a shape without a check digit is more likely a word with a number.
constexpr float lowerCaseScore = 0.3F;

}

/// Words of a stretch, with their characters side by side. Not filled beforehand: there is one for every few digits of
/// a text.
struct NumberFinder::Stretch {
    struct Word {
        std::uint32_t start;
        std::uint32_t end;
        std::uint16_t at; ///< of its first character in `text`
        std::uint8_t length;
        std::uint8_t classes; ///< all of its bytes'
        std::uint64_t digits;
    };

    std::array<Word, wordLimit> words;
    std::size_t count = 0;
    std::array<char, wordLimit * maxPieceLength> text;
    std::array<std::uint8_t, wordLimit * maxPieceLength> gaps; ///< before each character
    std::size_t length = 0;

    bool append(std::string_view source, std::size_t start, std::size_t end, std::uint8_t gap)
    {
        if (end - start > maxPieceLength || count == wordLimit)
            return false;
        Word& word = words[count++];
        word = Word{std::uint32_t(start), std::uint32_t(end), std::uint16_t(length), std::uint8_t(end - start), 0, 0};
        for (std::size_t i = 0; i < end - start; ++i) {
            const std::uint8_t kind = classOf(source[start + i]);
            word.classes |= kind;
            word.digits |= std::uint64_t(kind & DigitByte) << i;
            text[length + i] = capital(source[start + i]);
            gaps[length + i] = NoGap;
        }
        gaps[length] = gap;
        length += end - start;
        return true;
    }

    /// Keeps only the words from `first` on.
    void dropBefore(std::size_t first)
    {
        const std::size_t cut = words[first].at;
        std::copy(text.begin() + std::ptrdiff_t(cut), text.begin() + std::ptrdiff_t(length), text.begin());
        std::copy(gaps.begin() + std::ptrdiff_t(cut), gaps.begin() + std::ptrdiff_t(length), gaps.begin());
        std::copy(words.begin() + std::ptrdiff_t(first), words.begin() + std::ptrdiff_t(count), words.begin());
        count -= first;
        length -= cut;
        for (std::size_t i = 0; i < count; ++i)
            words[i].at = std::uint16_t(words[i].at - cut);
    }
};

namespace {

std::size_t wordEnd(std::string_view text, std::size_t at)
{
    while ((classAt(text, at) & WordByte) != 0)
        ++at;
    return at;
}

struct Joint {
    std::uint8_t gap = NoGap; ///< NoGap: the stretch ends here
    std::size_t next = 0; ///< where the next word begins
};

Joint jointAt(std::string_view text, std::size_t end)
{
    Joint joint{gapOf(charAt(text, end)), end + 1};
    if (joint.gap == SpaceGap && charAt(text, end + 1) == '-' && charAt(text, end + 2) == ' ')
        joint = {DashGap, end + 3};
    if ((classAt(text, joint.next) & WordByte) == 0)
        joint.gap = NoGap;
    return joint;
}

// Where the short word of letters begins that stands before `start`, one separator between; `start` where there is
// none.
std::size_t letterGroupBefore(std::string_view text, std::size_t start)
{
    if (start < 2 || gapOf(text[start - 1]) == NoGap)
        return start;
    std::size_t begin = start - 1;
    while (begin > 0 && (classOf(text[begin - 1]) & WordByte) != 0) {
        --begin;
        if ((classOf(text[begin]) & DigitByte) != 0 || start - 1 - begin > letterGroupLimit)
            return start;
    }
    return begin == start - 1 ? start : begin;
}

bool isDigitByte(std::string_view text, std::size_t at)
{
    return (classAt(text, at) & DigitByte) != 0;
}

std::size_t slotOf(std::uint64_t key, std::size_t slots)
{
    return std::size_t((key * 0x9E3779B97F4A7C15U) >> 32) & (slots - 1); // Fibonacci hashing
}

// Whether a word of digits is one side of a decimal fraction.
bool isFraction(std::string_view text, std::size_t start, std::size_t end)
{
    const char before = start > 0 ? text[start - 1] : ' ';
    const char after = charAt(text, end);
    return ((before == '.' || before == ',') && start >= 2 && isDigitByte(text, start - 2))
        || ((after == '.' || after == ',') && isDigitByte(text, end + 1));
}

// Whether digits stand right beside the piece, with only a point, a comma, a dash or the like between: a decimal
// fraction, a version, a longer number.
bool isEmbedded(std::string_view text, std::size_t start, std::size_t end)
{
    constexpr std::string_view joints = "-./:,";
    const bool before = start >= 2 && isDigitByte(text, start - 2) && joints.find(text[start - 1]) != joints.npos;
    const bool after = isDigitByte(text, end + 1) && joints.find(charAt(text, end)) != joints.npos;
    return before || after;
}

}

NumberFinder::NumberFinder(Profile profile)
    : m_profile(profile)
    , m_iban(personalEntity("IBAN_CODE"))
{
    for (const auto rows :
        {worldNumbers(), americanNumbers(), britishNumbers(), germanNumbers(), europeanNumbers(), asianNumbers()}) {
        for (const NumberRow& row : rows)
            add(row, personalEntity(row.entity));
    }
    fileRows();
}

void NumberFinder::add(const NumberRow& row, std::uint32_t entity)
{
    const bool ephor = m_profile == Profile::Ephor;
    if ((ephor ? row.score : row.presidio) == unknownRow)
        return;
    for (const Layout& layout : Layout::compile(row.layout)) {
        m_rows.push_back({layout, row.check, entity, ephor ? row.score : row.presidio, ephor ? row.heldScore : 1});
    }
}

std::uint64_t NumberFinder::keyOf(std::size_t length, std::uint64_t gaps)
{
    return std::uint64_t(length) << maxPieceLength | gaps;
}

void NumberFinder::fileRows()
{
    struct Filed {
        std::array<std::vector<std::uint16_t>, 3> rows;
        bool continues = false;
    };
    std::map<std::uint64_t, Filed> shapes;
    for (std::size_t index = 0; index < m_rows.size(); ++index) {
        const Layout& layout = m_rows[index].layout;
        for (const std::uint64_t gaps : layout.gapChoices()) {
            m_shortest = gaps == 0 ? std::min(m_shortest, layout.length()) : m_shortest;
            Filed& filed = shapes[keyOf(layout.length(), gaps)];
            if (layout.mayBeDigits())
                filed.rows[AllDigits].push_back(std::uint16_t(index));
            if (!layout.isDigits() && layout.mayBeginWithDigit())
                filed.rows[DigitFirst].push_back(std::uint16_t(index));
            if (layout.mayBeginWithLetter())
                filed.rows[LetterFirst].push_back(std::uint16_t(index));
            for (std::uint64_t left = gaps; left != 0; left &= left - 1) {
                const auto at = std::size_t(std::countr_zero(left));
                shapes[keyOf(at, gaps & Layout::lowBits(at))].continues = true;
            }
        }
    }
    // Half of the slots stay empty, so that most pieces, which match nothing, are told by the first look.
    m_table.resize(std::bit_ceil(shapes.size() * 2));
    for (const auto& [key, filed] : shapes) {
        std::size_t slot = slotOf(key, m_table.size());
        while (m_table[slot].key != 0)
            slot = (slot + 1) & (m_table.size() - 1);
        Shape& shape = m_table[slot];
        shape.key = key;
        shape.continues = filed.continues;
        shape.runs[0] = std::uint32_t(m_filed.size());
        for (std::size_t kind = 0; kind < filed.rows.size(); ++kind) {
            m_filed.insert(m_filed.end(), filed.rows[kind].begin(), filed.rows[kind].end());
            shape.runs[kind + 1] = std::uint32_t(m_filed.size());
        }
    }
}

const NumberFinder::Shape& NumberFinder::shapeFor(std::uint64_t key) const
{
    std::size_t slot = slotOf(key, m_table.size());
    while (m_table[slot].key != 0 && m_table[slot].key != key)
        slot = (slot + 1) & (m_table.size() - 1);
    return m_table[slot];
}

std::size_t NumberFinder::scan(std::string_view text, std::size_t at, std::vector<Candidate>& found) const
{
    const std::size_t wordLast = wordEnd(text, at);
    const bool alone = jointAt(text, wordLast).gap == NoGap && letterGroupBefore(text, at) == at;
    if (alone && (wordLast - at < m_shortest || wordLast - at > maxPieceLength))
        return wordLast;
    std::size_t next = at;
    for (std::size_t group = 0; group < letterGroupsInRow; ++group)
        next = letterGroupBefore(text, next);
    Stretch stretch;
    std::uint8_t gap = NoGap;
    std::size_t lettersInRow = 0;
    std::size_t end = at;
    while (true) {
        const std::size_t start = next;
        end = wordEnd(text, start);
        if (!stretch.append(text, start, end, gap))
            break;
        const Stretch::Word& word = stretch.words[stretch.count - 1];
        lettersInRow = word.digits != 0 ? 0 : lettersInRow + 1;
        const bool outside
            = start > at && word.digits == 0 && (word.length > letterGroupLimit || lettersInRow > letterGroupsInRow);
        const Joint joint = jointAt(text, end);
        if (joint.gap == NoGap || outside)
            break;
        gap = joint.gap;
        next = joint.next;
        if (stretch.count == wordLimit) {
            for (std::size_t first = 0; first < wordLimit - groupLimit; ++first)
                tryPieces(text, stretch, first, found);
            stretch.dropBefore(wordLimit - groupLimit);
        }
    }
    for (std::size_t first = 0; first < stretch.count; ++first)
        tryPieces(text, stretch, first, found);
    return std::max(end, wordLast);
}

void NumberFinder::tryPieces(
    std::string_view text, const Stretch& stretch, std::size_t first, std::vector<Candidate>& found) const
{
    const Stretch::Word& word = stretch.words[first];
    const char* const begin = stretch.text.data() + word.at;
    const std::size_t iban = word.length >= 2 ? ibanLength(begin[0], begin[1]) : 0;
    Piece piece;
    piece.gapKinds = stretch.gaps.data() + word.at;
    std::size_t length = 0;
    std::uint8_t classes = 0;
    const std::size_t limit = std::min(stretch.count, first + groupLimit);
    for (std::size_t last = first; last < limit; ++last) {
        const Stretch::Word& added = stretch.words[last];
        if (length + added.length > maxPieceLength)
            return;
        piece.digits |= added.digits << length;
        piece.gaps |= last > first ? std::uint64_t(1) << length : 0;
        length += added.length;
        classes |= added.classes;
        piece.text = {begin, length};
        const Shape& shape = shapeFor(keyOf(length, piece.gaps));
        const bool oneCase = (classes & (CapitalByte | SmallByte)) != (CapitalByte | SmallByte);
        const bool isIban = length == iban && oneCase && checkIban(piece.text) == Check::Holds;
        if (shape.key == 0 && length >= iban && !isIban)
            return;
        const bool accents = accentedLetterBefore(text, word.start) || accentedLetterAt(text, added.end);
        if (isIban && !accents)
            found.push_back(validatedAt(m_iban, word.start, added.end, 1));
        if (shape.key != 0 && !accents && (piece.digits != 0 || length == lettersOnlyLength))
            tryRows(text, stretch, first, last, piece, shape, found);
        if (!shape.continues && length >= iban)
            return;
    }
}

void NumberFinder::tryRows(std::string_view text, const Stretch& stretch, std::size_t first, std::size_t last,
    const Piece& piece, const Shape& shape, std::vector<Candidate>& found) const
{
    const bool allDigits = piece.digits == Layout::lowBits(piece.text.size());
    const PieceKind kind = allDigits ? AllDigits : (piece.digits & 1) != 0 ? DigitFirst : LetterFirst;
    const std::uint32_t rowsEnd = shape.runs[kind + 1];
    if (shape.runs[kind] == rowsEnd)
        return;
    const std::uint32_t start = stretch.words[first].start;
    const std::uint32_t end = stretch.words[last].end;
    bool known = false;
    bool embedded = false;
    bool lowerCase = false;
    for (std::uint32_t i = shape.runs[kind]; i < rowsEnd; ++i) {
        const Row& row = m_rows[m_filed[i]];
        if (!row.layout.matches(piece))
            continue;
        const Check check = row.check == nullptr ? Check::Open : row.check(piece.text);
        if (check == Check::Fails)
            continue;
        if (!known) {
            if (allDigits && first == last && m_profile == Profile::Ephor && isFraction(text, start, end))
                return;
            embedded = isEmbedded(text, start, end);
            for (std::size_t word = first; word <= last; ++word)
                lowerCase = lowerCase || (stretch.words[word].classes & SmallByte) != 0;
            known = true;
        }
        const float score = scoreOf(row, check, lowerCase, embedded);
        if (score > 0)
            found.push_back({row.entity, start, end, score, check == Check::Holds});
    }
}

float NumberFinder::scoreOf(const Row& row, Check check, bool lowerCase, bool embedded) const
{
    const float score = check == Check::Holds ? row.heldScore : row.score;
    if (m_profile == Profile::Presidio)
        return score;
    if (embedded && score < strongScore)
        return 0;
    return lowerCase && check != Check::Holds ? std::min(score, lowerCaseScore) : score;
}

}

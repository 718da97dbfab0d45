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

struct NumberFinder::Word {
    std::uint32_t start;
    std::uint32_t end;
    std::uint8_t length;
    std::uint8_t classes; ///< all of its bytes'
    std::uint8_t gap; ///< before it
    std::uint8_t group; ///< its GroupKind
    std::uint64_t digits;
};

/// Words that follow each other. Not filled beforehand: there is one for every few digits of a text.
struct NumberFinder::Stretch {
    std::array<Word, wordLimit> words;
    std::size_t count = 0;

    bool append(std::string_view source, std::size_t start, std::size_t end, std::uint8_t classes, std::uint8_t gap)
    {
        if (end - start > maxPieceLength || count == wordLimit)
            return false;
        Word& word = words[count++];
        word.start = std::uint32_t(start);
        word.end = std::uint32_t(end);
        word.length = std::uint8_t(end - start);
        word.classes = classes;
        word.gap = gap;
        word.group = LetterGroup;
        word.digits = 0;
        if (classes == DigitByte) {
            word.group = DigitGroup;
            word.digits = Layout::lowBits(end - start);
        } else if ((classes & DigitByte) != 0) {
            word.group = MixedGroup;
            for (std::size_t i = 0; i < end - start; ++i)
                word.digits |= std::uint64_t(classOf(source[start + i]) & DigitByte) << i;
        }
        return true;
    }

    /// Keeps only the words from `first` on.
    void dropBefore(std::size_t first)
    {
        std::copy(words.begin() + std::ptrdiff_t(first), words.begin() + std::ptrdiff_t(count), words.begin());
        count -= first;
    }
};

/// A stretch of a text being read, for whoever takes what is found.
struct NumberFinder::Reading {
    Reading(std::string_view whole, CandidateSink& sink)
        : text(whole)
        , found(sink)
    {
    }

    std::string_view text;
    CandidateSink& found;
    Stretch stretch;
    bool asked = false;
    EntitySet weak; ///< entities that a word near the stretch speaks for, once `asked`

    const EntitySet& weakEntities()
    {
        if (!asked)
            weak = found.weakIn(stretch.words[0].start, stretch.words[stretch.count - 1].end);
        asked = true;
        return weak;
    }
};

namespace {

struct WordEnd {
    std::size_t end = 0;
    std::uint8_t classes = 0;
};

WordEnd wordFrom(std::string_view text, std::size_t at)
{
    WordEnd word{at, 0};
    for (std::uint8_t kind = classAt(text, at); (kind & WordByte) != 0; kind = classAt(text, word.end)) {
        word.classes |= kind;
        ++word.end;
    }
    return word;
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
    struct Rows {
        std::array<std::vector<std::uint16_t>, 3> rows;
        bool continues = false;
    };
    std::map<std::uint64_t, Rows> shapes;
    for (std::size_t index = 0; index < m_rows.size(); ++index) {
        const Layout& layout = m_rows[index].layout;
        for (const std::uint64_t gaps : layout.gapChoices()) {
            m_shortest = gaps == 0 ? std::min(m_shortest, layout.length()) : m_shortest;
            filePairs(layout, gaps);
            Rows& filed = shapes[keyOf(layout.length(), gaps)];
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
            for (const std::uint16_t place : filed.rows[kind]) {
                const Row& row = m_rows[place];
                m_filed.push_back({place, std::uint16_t(row.entity), std::max(row.score, row.heldScore)});
                shape.best[kind] = std::max(shape.best[kind], m_filed.back().best);
            }
            shape.runs[kind + 1] = std::uint32_t(m_filed.size());
        }
    }
    for (std::size_t length = 1; length < m_single.size(); ++length)
        m_single[length] = shapeFor(keyOf(length, 0));
}

std::size_t NumberFinder::pairPlace(std::size_t first, std::size_t second, std::uint8_t gap, std::size_t length)
{
    constexpr std::size_t gapKinds = 7;
    return ((first * groupKinds + second) * gapKinds + std::size_t(std::countr_zero(gap))) * (maxPieceLength + 1)
        + length;
}

// Notes of a layout with these separators which groups may stand side by side, at its beginning and further on.
void NumberFinder::filePairs(const Layout& layout, std::uint64_t gaps)
{
    const auto mayBe = [&](GroupKind kind, std::size_t start, std::size_t end) {
        return kind == DigitGroup ? layout.mayBeDigits(start, end)
            : kind == LetterGroup ? layout.mayBeLetters(start, end)
                                  : layout.mayHaveLetters(start, end);
    };
    std::size_t start = 0;
    for (std::uint64_t left = gaps; left != 0; left &= left - 1) {
        const auto middle = std::size_t(std::countr_zero(left));
        const std::uint64_t rest = left & (left - 1);
        const std::size_t end = rest == 0 ? layout.length() : std::size_t(std::countr_zero(rest));
        Pairs& pairs = start > 0 ? m_later : rest != 0 ? m_beginning : m_whole;
        for (std::size_t kinds = 0; kinds < groupKinds * groupKinds; ++kinds) {
            const auto first = GroupKind(kinds / groupKinds);
            const auto second = GroupKind(kinds % groupKinds);
            if (!mayBe(first, start, middle) || !mayBe(second, middle, end))
                continue;
            for (std::uint8_t gap = 1; gap <= PlusGap; gap = std::uint8_t(gap << 1)) {
                if ((layout.gapKindsAt(middle) & gap) != 0)
                    pairs[pairPlace(first, second, gap, middle - start)] |= std::uint64_t(1) << (end - middle);
            }
        }
        start = middle;
    }
}

bool NumberFinder::isIn(const Pairs& pairs, const Word& first, const Word& second)
{
    return (pairs[pairPlace(first.group, second.group, second.gap, first.length)] >> second.length & 1) != 0;
}

// Whether a number may begin with this word and the next, by their lengths and what stands between them.
bool NumberFinder::mayGoOn(const Stretch& stretch, std::size_t first) const
{
    if (first + 1 >= stretch.count)
        return false;
    const Word& word = stretch.words[first];
    const Word& next = stretch.words[first + 1];
    const std::size_t place = pairPlace(word.group, next.group, next.gap, word.length);
    if ((m_whole[place] >> next.length & 1) != 0)
        return true;
    return (m_beginning[place] >> next.length & 1) != 0 && first + 2 < stretch.count
        && isIn(m_later, next, stretch.words[first + 2]);
}

NumberFinder::PieceKind NumberFinder::kindOf(std::uint64_t digits, std::size_t length)
{
    return digits == Layout::lowBits(length) ? AllDigits : (digits & 1) != 0 ? DigitFirst : LetterFirst;
}

const NumberFinder::Shape& NumberFinder::shapeFor(std::uint64_t key) const
{
    std::size_t slot = slotOf(key, m_table.size());
    while (m_table[slot].key != 0 && m_table[slot].key != key)
        slot = (slot + 1) & (m_table.size() - 1);
    return m_table[slot];
}

std::size_t NumberFinder::scan(std::string_view text, std::size_t at, std::size_t wordLast, CandidateSink& found) const
{
    Joint joint = jointAt(text, wordLast);
    std::size_t next = letterGroupBefore(text, at);
    const bool alone = joint.gap == NoGap && next == at;
    if (alone && (wordLast - at < m_shortest || wordLast - at > maxPieceLength))
        return wordLast;
    for (std::size_t group = 1; group < letterGroupsInRow && next != at; ++group)
        next = letterGroupBefore(text, next);
    Reading reading(text, found);
    Stretch& stretch = reading.stretch;
    std::uint8_t gap = NoGap;
    std::size_t lettersInRow = 0;
    WordEnd word;
    while (true) {
        const std::size_t start = next;
        word = wordFrom(text, start);
        if (!stretch.append(text, start, word.end, word.classes, gap))
            break;
        const bool letters = (word.classes & DigitByte) == 0;
        lettersInRow = letters ? lettersInRow + 1 : 0;
        const bool outside
            = start > at && letters && (word.end - start > letterGroupLimit || lettersInRow > letterGroupsInRow);
        joint = jointAt(text, word.end);
        if (joint.gap == NoGap || outside)
            break;
        gap = joint.gap;
        next = joint.next;
        if (stretch.count == wordLimit) {
            for (std::size_t first = 0; first < wordLimit - groupLimit; ++first)
                tryPieces(reading, first);
            stretch.dropBefore(wordLimit - groupLimit);
            reading.asked = false;
        }
    }
    for (std::size_t first = 0; first < stretch.count; ++first)
        tryPieces(reading, first);
    return std::max(word.end, wordLast);
}

void NumberFinder::tryPieces(Reading& reading, std::size_t first) const
{
    const std::string_view text = reading.text;
    const Stretch& stretch = reading.stretch;
    const Word& word = stretch.words[first];
    const std::size_t iban = ibanFrom(reading, first);
    const bool goesOn = mayGoOn(stretch, first);
    // Most words are no number and begin none.
    if (iban == 0 && !goesOn) {
        const bool asNumber = word.digits != 0 || word.length == lettersOnlyLength;
        if (!asNumber || !isWorthTrying(reading, m_single[word.length], kindOf(word.digits, word.length)))
            return;
    }
    std::array<char, maxPieceLength> characters;
    std::array<std::uint8_t, maxPieceLength> gapKinds;
    Piece piece;
    piece.gapKinds = gapKinds.data();
    std::size_t length = 0;
    std::uint8_t classes = 0;
    std::size_t written = first; // words whose characters stand in `characters`
    std::size_t writtenLength = 0;
    const std::size_t limit = std::min(stretch.count, first + groupLimit);
    for (std::size_t last = first; last < limit; ++last) {
        const Word& added = stretch.words[last];
        if (length + added.length > maxPieceLength)
            return;
        piece.digits |= added.digits << length;
        if (last > first) {
            piece.gaps |= std::uint64_t(1) << length;
            gapKinds[length] = added.gap;
        }
        length += added.length;
        classes |= added.classes;
        const Shape& shape = last == first ? m_single[length] : shapeFor(keyOf(length, piece.gaps));
        if (shape.key == 0 && length > iban)
            return;
        const PieceKind kind = kindOf(piece.digits, length);
        const bool asNumber = shape.key != 0 && (piece.digits != 0 || length == lettersOnlyLength)
            && isWorthTrying(reading, shape, kind);
        if (asNumber || length == iban) {
            for (; written <= last; ++written) {
                for (std::size_t i = stretch.words[written].start; i < stretch.words[written].end; ++i)
                    characters[writtenLength++] = capital(text[i]);
            }
            piece.text = {characters.data(), length};
        }
        const bool oneCase = (classes & (CapitalByte | SmallByte)) != (CapitalByte | SmallByte);
        const bool isIban = length == iban && oneCase && checkIban(piece.text) == Check::Holds;
        if (shape.key == 0 && length >= iban && !isIban)
            return;
        if (asNumber || isIban) {
            const bool accents = accentedLetterBefore(text, word.start) || accentedLetterAt(text, added.end);
            if (isIban && !accents)
                reading.found.take(validatedAt(m_iban, word.start, added.end, 1));
            if (asNumber && !accents)
                tryRows(reading, first, last, piece, shape);
        }
        if (length < iban)
            continue;
        if (!shape.continues
            || (last == first ? !goesOn : last + 1 < limit && !isIn(m_later, added, stretch.words[last + 1])))
            return;
    }
}

// How long the IBAN is that may begin with this word, 0 for none: two letters and two digits do.
std::size_t NumberFinder::ibanFrom(const Reading& reading, std::size_t first)
{
    const Stretch& stretch = reading.stretch;
    const Word& word = stretch.words[first];
    if (word.length < 2 || (word.digits & 3) != 0)
        return 0;
    const bool digits = word.length > 2 ? (word.digits & 4) != 0 && (word.length == 3 || (word.digits & 8) != 0)
                                        : first + 1 < stretch.count && (stretch.words[first + 1].digits & 1) != 0;
    return digits ? ibanLength(capital(reading.text[word.start]), capital(reading.text[word.start + 1])) : 0;
}

// Most numbers of a text have shapes that count only beside a word that speaks for them.
bool NumberFinder::isWorthTrying(Reading& reading, const Shape& shape, PieceKind kind) const
{
    if (shape.runs[kind] == shape.runs[kind + 1])
        return false;
    return shape.best[kind] >= reading.found.enough() || reading.weakEntities().any();
}

void NumberFinder::tryRows(
    Reading& reading, std::size_t first, std::size_t last, const Piece& piece, const Shape& shape) const
{
    const Stretch& stretch = reading.stretch;
    const bool allDigits = piece.digits == Layout::lowBits(piece.text.size());
    const PieceKind kind = kindOf(piece.digits, piece.text.size());
    const std::uint32_t rowsEnd = shape.runs[kind + 1];
    const std::uint32_t start = stretch.words[first].start;
    const std::uint32_t end = stretch.words[last].end;
    bool known = false;
    bool embedded = false;
    bool lowerCase = false;
    for (std::uint32_t i = shape.runs[kind]; i < rowsEnd; ++i) {
        const Filed& filed = m_filed[i];
        const bool counts = filed.best >= reading.found.enough() ? reading.found.wanted()[filed.entity]
                                                                 : reading.weakEntities()[filed.entity];
        const Row& row = m_rows[filed.row];
        if (!counts || !row.layout.matches(piece))
            continue;
        const Check check = row.check == nullptr ? Check::Open : row.check(piece.text);
        if (check == Check::Fails)
            continue;
        if (!known) {
            if (allDigits && first == last && m_profile == Profile::Ephor && isFraction(reading.text, start, end))
                return;
            embedded = isEmbedded(reading.text, start, end);
            for (std::size_t word = first; word <= last; ++word)
                lowerCase = lowerCase || (stretch.words[word].classes & SmallByte) != 0;
            known = true;
        }
        const float score = scoreOf(row, check, lowerCase, embedded);
        if (score > 0)
            reading.found.take({row.entity, start, end, score, check == Check::Holds});
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

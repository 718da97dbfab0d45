#include "core/trust/detect/number/number_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/candidate/digits.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>

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
constexpr std::size_t ibanGroup = 4;
// Rows of at least this score are so seldom met by chance that they count inside longer numbers as well.
constexpr float strongScore = 0.9F;
// Written small, a shape without a check digit is more likely a word with a number.
constexpr float lowerCaseScore = 0.3F;

}

/// Words of a stretch that follow each other, for whoever takes what is found.
struct NumberFinder::Reading {
    Reading(const WordList& words, std::size_t first, std::size_t end, CandidateSink& sink)
        : text(words.text())
        , found(sink)
        , groups(&words[first], end - first)
    {
    }

    std::string_view text;
    CandidateSink& found;
    std::span<const TextWord> groups;
    bool asked = false;
    bool allWanted = found.wanted().all();
    EntitySet weak; ///< entities that a word near the stretch speaks for, once `asked`

    const EntitySet& weakEntities()
    {
        if (!asked)
            weak = found.weakIn(groups.front().start, groups.back().end);
        asked = true;
        return weak;
    }
};

namespace {

// Whether the word before words[at] is a short one of letters, with one separator between.
bool followsLetters(const WordList& words, std::size_t at)
{
    if (at == 0)
        return false;
    const TextWord& before = words[at - 1];
    return words[at].gap != NoGap && before.kind() == LetterWord && before.length() <= letterGroupLimit
        && before.end + 1 == words[at].start;
}

// Characters are copied so many at a time, what stands behind them among them.
constexpr std::size_t copyStep = 8;
constexpr std::size_t copiedLength = maxPieceLength + copyStep;

bool hasLength(std::uint32_t lengths, std::uint8_t code)
{
    return (lengths >> (code & (codedLengths - 1)) & 1U) != 0;
}

// `to` has room for copyStep characters beyond the group's.
void writeCapitals(std::string_view text, const TextWord& group, char* to)
{
    const char* const from = text.data() + group.start;
    if ((group.classes & SmallByte) == 0) {
        if (text.size() - group.end >= copyStep) [[likely]] {
            for (std::size_t i = 0; i < group.length(); i += copyStep)
                std::memcpy(to + i, from + i, copyStep);
            return;
        }
        for (std::size_t i = 0; i < group.length(); ++i)
            to[i] = from[i];
        return;
    }
    std::transform(from, from + group.length(), to, capital);
}

bool isDigitByte(std::string_view text, std::size_t at)
{
    return (classAt(text, at) & DigitByte) != 0;
}

// Whether a word of digits is one side of a decimal fraction.
bool isFraction(std::string_view text, std::size_t start, std::size_t end)
{
    const char before = start > 0 ? text[start - 1] : ' ';
    const char after = charAt(text, end);
    return ((before == '.' || before == ',') && start >= 2 && isDigitByte(text, start - 2))
        || ((after == '.' || after == ',') && isDigitByte(text, end + 1));
}

// Hashes and identifiers are written so, in small letters.
bool isHexadecimal(std::string_view capitals)
{
    return std::ranges::all_of(capitals, [](char c) { return c <= 'F'; });
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

/// With which words of a stretch a number may begin, by lengths, kinds and separators alone, a bit for each: most words
/// are no number and begin none.
struct NumberFinder::Prospects {
    explicit Prospects(const NumberShapes& all)
        : shapes(all)
    {
    }

    const NumberShapes& shapes;
    std::uint64_t strong = 0;
    std::uint64_t weak = 0; ///< where a word must speak for it
    std::uint64_t alone = 0; ///< of these, words of digits that begin nothing longer
    NumberShapes::Chance begun; ///< with the word before and this one, if the next one fits

    /// Words are told in their order; `next` is null at the end of the stretch.
    void look(std::string_view text, std::size_t at, const TextWord& word, const TextWord* next)
    {
        if (begun.any())
            goOn(at, word, next);
        const bool begins = next != nullptr && shapes.mayBegin(word.code, next->gap, next->code);
        if (word.kind() == DigitWord) {
            add(at, shapes.digitsAlone(word.length(), text[word.start]));
            alone |= std::uint64_t(!begins) << at;
        } else if (shapes.mayBeAlone(word.code)) {
            lookAtOne(text, at, word);
        }
        if (begins)
            lookAtTwo(text, at, word, *next);
    }

    void add(std::size_t at, NumberShapes::Chance chance)
    {
        strong |= std::uint64_t(chance.strong) << at;
        weak |= std::uint64_t(chance.weak) << at;
    }

    void lookAtOne(std::string_view text, std::size_t at, const TextWord& word)
    {
        const char first = text[word.start];
        NumberShapes::Chance chance = shapes.alone(word.digits, word.length(), first);
        if (word.length() > 2 && (word.digits & 7) == 4 && isCountry(first, text[word.start + 1]))
            chance.strong = true;
        add(at, chance);
    }

    void lookAtTwo(std::string_view text, std::size_t at, const TextWord& word, const TextWord& next)
    {
        const char first = text[word.start];
        const NumberShapes::Pair& pair = shapes.pair(word.code, next.gap, next.code);
        const auto has = [&](std::uint32_t lengths) { return hasLength(lengths, next.code); };
        const bool begins = (shapes.firsts(word.code, next.code) & NumberShapes::firstBit(first)) != 0;
        const bool country = word.length() == 2 && word.digits == 0 && (next.digits & 1) != 0
            && isCountry(first, text[word.start + 1]);
        add(at, {country || (begins && has(pair.strongWhole)), has(pair.weakWhole)});
        begun = {begins && has(pair.strongBeginning), has(pair.weakBeginning)};
    }

    static bool isCountry(char first, char second) { return ibanLength(capital(first), capital(second)) != 0; }

    /// The word and the next one may make a number of what has begun before.
    void goOn(std::size_t at, const TextWord& word, const TextWord* next)
    {
        if (next != nullptr && hasLength(shapes.pair(word.code, next->gap, next->code).later, next->code)) {
            strong |= std::uint64_t(begun.strong) << (at - 1);
            weak |= std::uint64_t(begun.weak) << (at - 1);
        }
        begun = {};
    }

    Prospects firstOnes(std::size_t count) const
    {
        Prospects some(shapes);
        some.strong = strong & Layout::lowBits(count);
        some.weak = weak & Layout::lowBits(count);
        some.alone = alone;
        return some;
    }

    void drop(std::size_t count)
    {
        strong >>= count;
        weak >>= count;
        alone >>= count;
    }
};

NumberFinder::NumberFinder(Profile profile)
    : m_profile(profile)
    , m_shapes(profile)
    , m_iban(personalEntity("IBAN_CODE"))
{
}

std::size_t NumberFinder::scan(WordList& words, std::size_t at, CandidateSink& found) const
{
    const std::string_view text = words.text();
    const std::size_t wordLast = words[at].end;
    std::size_t first = at;
    for (std::size_t group = 0; group < letterGroupsInRow && followsLetters(words, first); ++group)
        --first;
    std::size_t lettersInRow = 0;
    std::size_t ibanEnd = 0; // letters alone may go on with it up to this word
    Prospects prospects(m_shapes);
    for (std::size_t i = first;; ++i) {
        const bool more = words.has(i + 1);
        const TextWord& word = words[i];
        bool outside = false;
        if (word.kind() != LetterWord) {
            lettersInRow = 0;
        } else {
            ++lettersInRow;
            outside
                = i > at && (word.length() > letterGroupLimit || (lettersInRow > letterGroupsInRow && i >= ibanEnd));
        }
        if (word.length() == ibanGroup && (word.digits & 0xF) == 0xC)
            ibanEnd = i + (ibanLength(capital(text[word.start]), capital(text[word.start + 1])) + 3) / ibanGroup;
        if (word.length() > maxPieceLength) [[unlikely]] {
            tryWords(words, first, i, prospects, found);
            return std::max<std::size_t>(word.end, wordLast);
        }
        const TextWord* const next = more && !outside && words[i + 1].gap != NoGap ? &words[i + 1] : nullptr;
        prospects.look(text, i - first, word, next);
        if (next == nullptr) {
            tryWords(words, first, i + 1, prospects, found);
            return std::max<std::size_t>(word.end, wordLast);
        }
        if (i + 1 - first == wordLimit) {
            constexpr std::size_t tried = wordLimit - groupLimit;
            tryWords(words, first, i + 1, prospects.firstOnes(tried), found);
            first += tried;
            prospects.drop(tried);
        }
    }
}

void NumberFinder::tryWords(
    const WordList& words, std::size_t first, std::size_t end, const Prospects& prospects, CandidateSink& found) const
{
    std::uint64_t worth = prospects.strong;
    if ((worth | prospects.weak) == 0)
        return;
    Reading reading(words, first, end, found);
    if ((prospects.weak & ~worth) != 0 && reading.weakEntities().any())
        worth |= prospects.weak;
    for (; worth != 0; worth &= worth - 1) {
        const auto at = std::size_t(std::countr_zero(worth));
        if ((prospects.alone >> at & 1) != 0)
            tryAlone(reading, at);
        else
            tryPieces(reading, at);
    }
}

// Whether a number may begin with this word and the next, by their lengths and what stands between them.
bool NumberFinder::mayGoOn(const Reading& reading, std::size_t first) const
{
    if (first + 1 >= reading.groups.size())
        return false;
    const TextWord& group = reading.groups[first];
    const TextWord& next = reading.groups[first + 1];
    const NumberShapes::Pair& pair = pairOf(group, next);
    if (hasLength(pair.strongWhole | pair.weakWhole, next.code))
        return true;
    return hasLength(pair.strongBeginning | pair.weakBeginning, next.code) && first + 2 < reading.groups.size()
        && mayFollow(next, reading.groups[first + 2]);
}

const NumberShapes::Pair& NumberFinder::pairOf(const TextWord& group, const TextWord& next) const
{
    return m_shapes.pair(group.code, next.gap, next.code);
}

bool NumberFinder::mayFollow(const TextWord& group, const TextWord& next) const
{
    return hasLength(pairOf(group, next).later, next.code);
}

void NumberFinder::tryPieces(Reading& reading, std::size_t first) const
{
    const TextWord& group = reading.groups[first];
    const std::size_t iban = ibanFrom(reading, first);
    const bool goesOn = mayGoOn(reading, first);
    if (iban == 0 && !goesOn)
        return tryAlone(reading, first);
    std::array<char, copiedLength> characters;
    std::array<std::uint8_t, maxPieceLength> gapKinds;
    Piece piece;
    piece.gapKinds = gapKinds.data();
    std::size_t length = 0;
    std::uint8_t classes = 0;
    std::size_t written = first; // groups whose characters stand in `characters`
    std::size_t writtenLength = 0;
    const std::size_t limit = std::min(reading.groups.size(), first + groupLimit);
    for (std::size_t last = first; last < limit; ++last) {
        const TextWord& added = reading.groups[last];
        if (length + added.length() > maxPieceLength)
            return;
        piece.digits |= added.digits << length;
        if (last > first) {
            piece.gaps |= std::uint64_t(1) << length;
            gapKinds[length] = added.gap;
        }
        length += added.length();
        classes |= added.classes;
        const Shape* const shape = m_shapes.find(length, piece.gaps);
        if (shape == nullptr && length > iban)
            return;
        const bool asNumber = shape != nullptr && (piece.digits != 0 || length == lettersOnlyLength)
            && isWorthTrying(reading, *shape, pieceKindOf(piece.digits, length));
        if (asNumber || length == iban) {
            for (; written <= last; ++written) {
                const TextWord& source = reading.groups[written];
                writeCapitals(reading.text, source, characters.data() + writtenLength);
                writtenLength += source.length();
            }
            piece.text = {characters.data(), length};
        }
        const bool oneCase = (classes & (CapitalByte | SmallByte)) != (CapitalByte | SmallByte);
        const bool isIban = length == iban && oneCase && checkIban(piece.text) == Check::Holds;
        if (shape == nullptr && length >= iban && !isIban)
            return;
        if (asNumber || isIban) {
            const bool accents
                = accentedLetterBefore(reading.text, group.start) || accentedLetterAt(reading.text, added.end);
            if (isIban && !accents)
                reading.found.take(validatedAt(m_iban, group.start, added.end, 1));
            if (asNumber && !accents)
                tryRows(reading, first, last, piece, *shape);
        }
        if (length < iban)
            continue;
        const bool longer = shape != nullptr && shape->continues;
        if (!longer || (last == first ? !goesOn : last + 1 < limit && !mayFollow(added, reading.groups[last + 1])))
            return;
    }
}

// The first word by itself.
void NumberFinder::tryAlone(Reading& reading, std::size_t first) const
{
    const TextWord& group = reading.groups[first];
    const Shape* const shape = m_shapes.find(group.length(), 0);
    if (shape == nullptr || (group.digits == 0 && group.length() != lettersOnlyLength)
        || !isWorthTrying(reading, *shape, pieceKindOf(group.digits, group.length()))
        || accentedLetterBefore(reading.text, group.start) || accentedLetterAt(reading.text, group.end))
        return;
    std::array<char, copiedLength> capitals;
    Piece piece;
    piece.digits = group.digits;
    piece.text = reading.text.substr(group.start, group.length());
    if ((group.classes & SmallByte) != 0) {
        writeCapitals(reading.text, group, capitals.data());
        piece.text = {capitals.data(), group.length()};
    }
    tryRows(reading, first, first, piece, *shape);
}

// How long the IBAN is that may begin with this word, 0 for none: two letters and two digits do.
std::size_t NumberFinder::ibanFrom(const Reading& reading, std::size_t first)
{
    const TextWord& group = reading.groups[first];
    if ((group.digits & 3) != 0 || group.length() < 2)
        return 0;
    const bool digits = group.length() > 2
        ? (group.digits & 4) != 0 && (group.length() == 3 || (group.digits & 8) != 0)
        : first + 1 < reading.groups.size() && (reading.groups[first + 1].digits & 1) != 0;
    return digits ? ibanLength(capital(reading.text[group.start]), capital(reading.text[group.start + 1])) : 0;
}

// Most numbers of a text have shapes that count only beside a word that speaks for them.
bool NumberFinder::isWorthTrying(Reading& reading, const Shape& shape, PieceKind kind)
{
    const bool strong = shape.strongRuns[kind] != shape.strongRuns[kind + 1]
        && (reading.allWanted || (shape.strong[kind] & reading.found.wanted()).any());
    return strong || mayBeWeak(reading, shape, kind);
}

bool NumberFinder::mayBeWeak(Reading& reading, const Shape& shape, PieceKind kind)
{
    return shape.hasWeak[kind] && (shape.weak[kind] & reading.weakEntities()).any();
}

void NumberFinder::tryRows(
    Reading& reading, std::size_t first, std::size_t last, const Piece& piece, const Shape& shape) const
{
    const PieceKind kind = pieceKindOf(piece.digits, piece.text.size());
    const std::uint32_t start = reading.groups[first].start;
    const std::uint32_t end = reading.groups[last].end;
    const std::uint32_t firstBit = NumberShapes::firstBit(piece.text[0]);
    const bool weak = mayBeWeak(reading, shape, kind);
    bool known = false;
    bool embedded = false;
    bool lowerCase = false;
    bool hexadecimal = false;
    for (const NumberShapes::Filed& filed : weak ? m_shapes.rows(shape, kind) : m_shapes.strongRows(shape, kind)) {
        if (!filed.mayMatch(piece.digits, firstBit))
            continue;
        const EntitySet& counting = filed.strong ? reading.found.wanted() : reading.weakEntities();
        const NumberShapes::Row& row = m_shapes.row(filed);
        if (!counting[filed.entity] || (!filed.exact && !row.layout.matches(piece)))
            continue;
        const Check check = row.check == nullptr ? Check::Open : row.check(piece.text);
        if (check == Check::Fails)
            continue;
        if (!known) {
            if (kind == AllDigits && m_profile == Profile::Ephor
                && (first == last ? isFraction(reading.text, start, end) : isCutOut(reading, first, last)))
                return;
            embedded = isEmbedded(reading.text, start, end) || (kind == AllDigits && goesOnAlike(reading, first, last));
            for (std::size_t group = first; group <= last; ++group)
                lowerCase = lowerCase || (reading.groups[group].classes & SmallByte) != 0;
            hexadecimal = lowerCase && isHexadecimal(piece.text);
            known = true;
        }
        const float score = scoreOf(row, check, {lowerCase, embedded, hexadecimal});
        if (score > 0)
            reading.found.take({row.entity, start, end, score, check == Check::Holds});
    }
}

float NumberFinder::scoreOf(const NumberShapes::Row& row, Check check, Surroundings around) const
{
    const float score = check == Check::Holds ? row.heldScore : row.score;
    if (m_profile == Profile::Presidio)
        return score;
    if (around.embedded && score < strongScore)
        return 0;
    const bool chance = check != Check::Holds || (around.hexadecimal && score < strongScore);
    return around.lowerCase && chance ? std::min(score, lowerCaseScore) : score;
}

// Whether the groups are a part of an account number, or of digits that the same sign goes on to divide. Blanks divide
// numbers from others, too.
bool NumberFinder::isCutOut(const Reading& reading, std::size_t first, std::size_t last)
{
    const std::uint8_t gap = reading.groups[last].gap;
    if (gap != SpaceGap && last + 1 < reading.groups.size() && reading.groups[last + 1].gap == gap
        && reading.groups[last + 1].classes == DigitByte)
        return true;
    for (std::size_t at = first; at > 0 && reading.groups[at].gap == gap; --at) {
        const TextWord& before = reading.groups[at - 1];
        if (before.length() != ibanGroup)
            return false;
        if ((before.digits & 0xF) == 0xC)
            return ibanLength(capital(reading.text[before.start]), capital(reading.text[before.start + 1])) != 0;
    }
    return false;
}

// Whether groups of as many digits go on with the number on either side, behind the same separators.
bool NumberFinder::goesOnAlike(const Reading& reading, std::size_t first, std::size_t last)
{
    if (last == first)
        return false;
    const TextWord& own = reading.groups[first];
    const auto alike
        = [&](const TextWord& other) { return other.classes == DigitByte && other.length() == own.length(); };
    const std::uint8_t gap = reading.groups[last].gap;
    const bool goesBack = first > 0 && own.gap == gap && alike(reading.groups[first - 1]);
    const bool goesOn
        = last + 1 < reading.groups.size() && reading.groups[last + 1].gap == gap && alike(reading.groups[last + 1]);
    return goesBack || goesOn;
}

}

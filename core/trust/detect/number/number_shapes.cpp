#include "core/trust/detect/number/number_shapes.h"

#include "core/trust/detect/candidate/candidate_matcher.h"
#include "core/trust/detect/candidate/personal_entities.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace ephor::detect {

namespace {

std::size_t slotOf(std::uint64_t key, std::size_t slots)
{
    return std::size_t((key * 0x9E3779B97F4A7C15U) >> 32) & (slots - 1); // Fibonacci hashing
}

// What may begin a number of the layout, as bits of firstBit().
std::uint32_t firstsOf(const Layout& layout)
{
    std::uint32_t firsts = 0;
    for (const char c : std::string_view("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        if ((layout.allowedAt(0) & Layout::bitOf(c)) != 0)
            firsts |= NumberShapes::firstBit(c);
    }
    return firsts;
}

}

NumberShapes::NumberShapes(Profile profile)
{
    for (const auto rows :
        {worldNumbers(), americanNumbers(), britishNumbers(), germanNumbers(), europeanNumbers(), asianNumbers()}) {
        for (const NumberRow& row : rows)
            add(row, profile);
    }
    fileRows(profile == Profile::Ephor ? ephorThreshold : 0);
}

void NumberShapes::add(const NumberRow& row, Profile profile)
{
    const bool ephor = profile == Profile::Ephor;
    if ((ephor ? row.score : row.presidio) == unknownRow)
        return;
    for (const Layout& layout : Layout::compile(row.layout)) {
        m_rows.push_back({layout, row.check, personalEntity(row.entity), ephor ? row.score : row.presidio,
            ephor ? row.heldScore : 1});
    }
}

std::uint64_t NumberShapes::keyOf(std::size_t length, std::uint64_t gaps)
{
    return std::uint64_t(length) << maxPieceLength | gaps;
}

void NumberShapes::fileRows(float enough)
{
    struct Rows {
        std::array<std::vector<std::uint16_t>, 3> rows;
        bool continues = false;
    };
    std::map<std::uint64_t, Rows> shapes;
    for (std::size_t index = 0; index < m_rows.size(); ++index) {
        const Layout& layout = m_rows[index].layout;
        for (const std::uint64_t gaps : layout.gapChoices()) {
            filePairs(layout, gaps, std::max(m_rows[index].score, m_rows[index].heldScore) >= enough);
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
    std::vector<std::uint64_t> keys;
    for (const auto& [key, filed] : shapes) {
        Shape shape;
        shape.continues = filed.continues;
        fileShape(filed.rows, enough, (key & Layout::lowBits(maxPieceLength)) != 0, shape);
        m_shapes.push_back(shape);
        keys.push_back(key);
    }
    fileSlots(keys);
}

void NumberShapes::fileShape(
    const std::array<std::vector<std::uint16_t>, 3>& rows, float enough, bool grouped, Shape& shape)
{
    const auto file = [&](std::uint16_t place) {
        const Row& row = m_rows[place];
        const Filed filed{row.layout.digits(), row.layout.letters(), firstsOf(row.layout), place,
            std::uint16_t(row.entity), std::max(row.score, row.heldScore) >= enough, !grouped && row.layout.isPlain()};
        m_filed.push_back(filed);
        return filed;
    };
    shape.runs[0] = std::uint32_t(m_filed.size());
    for (std::size_t kind = 0; kind < rows.size(); ++kind) {
        for (const std::uint16_t place : rows[kind]) {
            const Filed filed = file(place);
            (filed.strong ? shape.strong : shape.weak)[kind].set(filed.entity);
        }
        shape.runs[kind + 1] = std::uint32_t(m_filed.size());
        shape.hasWeak[kind] = shape.weak[kind].any();
    }
    shape.strongRuns[0] = std::uint32_t(m_filed.size());
    for (std::size_t kind = 0; kind < rows.size(); ++kind) {
        for (const std::uint16_t place : rows[kind]) {
            if (!file(place).strong)
                m_filed.pop_back();
        }
        shape.strongRuns[kind + 1] = std::uint32_t(m_filed.size());
    }
}

// `keys` are those of m_shapes.
void NumberShapes::fileSlots(const std::vector<std::uint64_t>& keys)
{
    // Half of the slots stay empty, so that most pieces, which match nothing, are told by the first look.
    m_slots.resize(std::bit_ceil(keys.size() * 2));
    for (std::size_t place = 0; place < keys.size(); ++place) {
        std::size_t slot = slotOf(keys[place], m_slots.size());
        while (m_slots[slot].key != 0)
            slot = (slot + 1) & (m_slots.size() - 1);
        m_slots[slot] = {keys[place], std::uint32_t(place)};
    }
    for (std::size_t length = 1; length < m_single.size(); ++length) {
        m_single[length] = findGrouped(length, 0);
        for (std::size_t kind = 0; m_single[length] != nullptr && kind < m_weakAlone.size(); ++kind) {
            m_strongAlone[kind] |= std::uint64_t(m_single[length]->strong[kind].any()) << length;
            m_weakAlone[kind] |= std::uint64_t(m_single[length]->weak[kind].any()) << length;
        }
        if (m_single[length] != nullptr) {
            for (const Filed& filed : strongRows(*m_single[length], AllDigits))
                m_strongDigits[length] |= filed.firsts;
        }
        const auto any = [&](PieceKind kind) { return ((m_strongAlone[kind] | m_weakAlone[kind]) >> length & 1) != 0; };
        m_alone[wordCode(DigitWord, length)] |= any(AllDigits);
        m_alone[wordCode(LetterWord, length)] |= any(LetterFirst) && length == lettersOnlyLength;
        m_alone[wordCode(MixedWord, length)] = true;
    }
    filePairsOfCountries();
}

// Two letters may be the country of an IBAN, whose digits may follow behind a separator.
void NumberShapes::filePairsOfCountries()
{
    const auto country = std::uint8_t(wordCode(LetterWord, 2));
    for (std::uint8_t gap = 1; gap <= PlusGap; gap = std::uint8_t(gap << 1)) {
        for (const WordKind next : {DigitWord, MixedWord})
            m_any[pairPlace(country, gap, std::uint8_t(wordCode(next, 0)))] = ~std::uint32_t(0);
    }
}

// Notes of a layout with these separators which groups may stand side by side, at its beginning and further on.
void NumberShapes::filePairs(const Layout& layout, std::uint64_t gaps, bool strong)
{
    const auto mayBe = [&](WordKind kind, std::size_t start, std::size_t end) {
        return kind == DigitWord ? layout.mayBeDigits(start, end)
            : kind == LetterWord ? layout.mayBeLetters(start, end)
                                 : layout.mayHaveLetters(start, end);
    };
    std::size_t start = 0;
    for (std::uint64_t left = gaps; left != 0; left &= left - 1) {
        const auto middle = std::size_t(std::countr_zero(left));
        const std::uint64_t rest = left & (left - 1);
        const std::size_t end = rest == 0 ? layout.length() : std::size_t(std::countr_zero(rest));
        if (std::max(middle - start, end - middle) >= codedLengths - 1) {
            std::fprintf(stderr, "A layout of the detectors has a group that is too long for their table.\n");
            std::abort();
        }
        std::uint32_t Pair::* const lengths = start > 0 ? &Pair::later
            : rest != 0                                 ? (strong ? &Pair::strongBeginning : &Pair::weakBeginning)
                                                        : (strong ? &Pair::strongWhole : &Pair::weakWhole);
        for (std::size_t kinds = 0; kinds < wordKinds * wordKinds; ++kinds) {
            const auto first = WordKind(kinds / wordKinds);
            const auto second = WordKind(kinds % wordKinds);
            if (!mayBe(first, start, middle) || !mayBe(second, middle, end))
                continue;
            const auto code = std::uint8_t(wordCode(first, middle - start));
            const auto next = std::uint8_t(wordCode(second, end - middle));
            for (std::uint8_t gap = 1; gap <= PlusGap; gap = std::uint8_t(gap << 1)) {
                if ((layout.gapKindsAt(middle) & gap) == 0)
                    continue;
                const std::size_t place = pairPlace(
                    std::uint8_t(wordCode(first, middle - start)), gap, std::uint8_t(wordCode(second, end - middle)));
                Pair& pair = m_pairs[place];
                pair.*lengths |= std::uint32_t(1) << (end - middle);
                if (start == 0)
                    m_any[place] |= std::uint32_t(1) << (end - middle);
                if (start == 0 && strong)
                    m_firsts[firstsPlace(code, next)] |= firstsOf(layout);
            }
        }
        start = middle;
    }
}

const NumberShapes::Shape* NumberShapes::findGrouped(std::size_t length, std::uint64_t gaps) const
{
    const std::uint64_t key = keyOf(length, gaps);
    const std::size_t mask = m_slots.size() - 1;
    const Slot* const slots = m_slots.data();
    std::size_t slot = slotOf(key, mask + 1);
    while (slots[slot].key != 0 && slots[slot].key != key)
        slot = (slot + 1) & mask;
    return slots[slot].key == 0 ? nullptr : m_shapes.data() + slots[slot].place;
}

}

#include "core/trust/detect/context_words.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/byte_masks.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

namespace ephor::detect {

namespace {

// "É" is written C3 89 and "é" C3 A9: in this block capitals lie 32 before small letters.
std::string withAccentedCapitals(std::string_view word)
{
    std::string raised(word);
    for (std::size_t i = 1; i < raised.size(); ++i) {
        const auto byte = std::uint8_t(raised[i]);
        if (std::uint8_t(raised[i - 1]) == 0xC3 && byte >= 0xA0 && byte != 0xB7 && byte <= 0xBE)
            raised[i] = char(byte - 32);
    }
    return raised;
}

}

void ContextWords::add(std::string_view word, std::uint32_t label)
{
    const auto insert = [&](std::string_view spelling) {
        std::uint32_t at = 0;
        for (const char c : spelling) {
            const char letter = small(c);
            auto& children = m_nodes[at].children;
            const auto found = std::ranges::find_if(children, [&](const auto& child) { return child.first == letter; });
            if (found != children.end()) {
                at = found->second;
                continue;
            }
            const auto made = std::uint32_t(m_nodes.size());
            children.emplace_back(letter, made);
            m_nodes.emplace_back();
            at = made;
        }
        m_nodes[at].labels.push_back(label);
        addBeginning(spelling);
    };
    if (word.empty())
        return;
    m_anyBeginsWithDigit = m_anyBeginsWithDigit || (classOf(word[0]) & DigitByte) != 0;
    insert(word);
    if (const std::string raised = withAccentedCapitals(word); raised != word)
        insert(raised);
}

void ContextWords::addBeginning(std::string_view spelling)
{
    constexpr unsigned letters = 32; // as placeOf() tells them apart
    m_beginnings.resize(placeOf('\x1F', '\x1F', '\x1F') / 64 + 1);
    for (unsigned second = 0; second < letters; ++second) {
        for (unsigned third = 0; third < letters; ++third) {
            const std::uint32_t place = placeOf(spelling[0], spelling.size() > 1 ? spelling[1] : char(second),
                spelling.size() > 2 ? spelling[2] : char(third));
            m_beginnings[place >> 6] |= std::uint64_t(1) << (place & 63U);
        }
    }
}

void ContextWords::compile()
{
    // The letters first, so that they share a line of the processor's cache in each row.
    std::uint32_t count = 1;
    for (char c = 'a'; c <= 'z'; ++c)
        m_classes[std::uint8_t(c)] = m_classes[std::uint8_t(c - 32)] = std::uint8_t(count++);
    for (const Node& node : m_nodes) {
        for (const auto& [letter, child] : node.children) {
            std::uint8_t& byteClass = m_classes[std::uint8_t(letter)];
            if (byteClass == 0)
                byteClass = std::uint8_t(count++);
        }
    }
    if (count > 1U << classBits || m_nodes.size() > std::numeric_limits<std::uint16_t>::max()) {
        std::fprintf(stderr, "The context words of the detectors are too many for their table.\n");
        std::abort();
    }
    m_table.assign(m_nodes.size() << classBits, 0);
    for (std::uint32_t state = 0; state < m_nodes.size(); ++state) {
        const Node& node = m_nodes[state];
        for (const auto& [letter, child] : node.children)
            m_table[(state << classBits) | m_classes[std::uint8_t(letter)]] = std::uint16_t(child);
        m_labelStarts.push_back(std::uint32_t(m_labels.size()));
        m_labels.insert(m_labels.end(), node.labels.begin(), node.labels.end());
    }
    m_labelStarts.push_back(std::uint32_t(m_labels.size()));
    m_nodes.clear();
}

bool ContextMap::isNear(std::size_t start, std::size_t end, std::uint32_t label)
{
    const Range near = windowOf(start, end);
    if (m_words.isEmpty() || isSilent(near))
        return false;
    for (std::size_t place = near.from / stretchLength; place * stretchLength < near.to; ++place) {
        const Stretch& stretch = stretchAt(place);
        if (label < mostAskedEntities && !stretch.labels[label])
            continue;
        for (const Seen& seen : stretch.seen) {
            const bool outside = seen.end <= start || seen.start >= end;
            if (seen.label == label && outside && seen.start >= near.from && seen.end <= near.to)
                return true;
        }
    }
    return false;
}

EntitySet ContextMap::labelsNear(std::size_t start, std::size_t end)
{
    const Range near = windowOf(start, end);
    if (m_words.isEmpty() || isSilent(near))
        return {};
    const Range places{near.from / stretchLength, (near.to + stretchLength - 1) / stretchLength};
    if (places != m_asked) {
        m_asked = places;
        m_answer.reset();
        for (std::size_t place = places.from; place < places.to; ++place)
            m_answer |= stretchAt(place).labels;
    }
    return m_answer;
}

bool ContextMap::mayBeNear(std::size_t start, std::size_t end, std::uint32_t label)
{
    const Range near = windowOf(start, end);
    if (label >= mostAskedEntities)
        return true;
    if (m_words.isEmpty() || isSilent(near))
        return false;
    for (std::size_t place = near.from / stretchLength; place * stretchLength < near.to; ++place) {
        if (stretchAt(place).labels[label])
            return true;
    }
    return false;
}

const ContextMap::Stretch& ContextMap::stretchAt(std::size_t place)
{
    Stretch& stretch = m_stretches[place % stretchCount];
    if (stretch.place != place) {
        stretch.place = place;
        read(stretch);
        if (stretch.seen.empty())
            noteSilent(place);
    }
    return stretch;
}

void ContextMap::noteSilent(std::size_t place)
{
    const std::size_t from = place * stretchLength;
    if (from != m_silentTo)
        m_silentFrom = from;
    m_silentTo = from + stretchLength;
}

void ContextMap::read(Stretch& stretch) const
{
    stretch.seen.clear();
    stretch.labels.reset();
    const std::size_t first = stretch.place * stretchLength;
    const std::size_t last = std::min(m_text.size(), first + stretchLength);
    const std::uint8_t before = first > 0 ? classOf(m_text[first - 1]) : 0;
    std::uint64_t wordBefore = (before & (WordByte | HighByte)) != 0 ? 1 : 0;
    std::uint64_t smallBefore = (before & SmallByte) != 0 ? 1 : 0;
    for (std::size_t from = first; from < last; from += maskedBytes) {
        const ByteMasks masks = masksAt(m_text, from);
        const std::uint64_t words = masks.words() | masks.high;
        // Where a word begins, or one that is written like this: "cardNumber". Scripts without blanks have no whole
        // words to ask for.
        std::uint64_t starts = words & ~(words << 1 | wordBefore);
        starts |= (masks.capitals & (masks.smalls << 1 | smallBefore)) | masks.leads;
        if (!m_words.anyBeginsWithDigit())
            starts &= ~masks.digits;
        wordBefore = words >> (maskedBytes - 1);
        smallBefore = masks.smalls >> (maskedBytes - 1);
        for (; starts != 0; starts &= starts - 1) {
            const std::size_t at = from + std::size_t(std::countr_zero(starts));
            if (at < last && m_words.mayStandAt(m_text, at))
                readAt(at, stretch);
        }
    }
}

void ContextMap::readAt(std::size_t at, Stretch& stretch) const
{
    const bool anyEnd = std::uint8_t(m_text[at]) >= 0xE0;
    m_words.eachAt(m_text, at, [&](std::size_t end, std::uint32_t label) {
        if (!anyEnd && !isWholeWord(end))
            return;
        stretch.seen.push_back({at, end, label});
        if (label < mostAskedEntities)
            stretch.labels.set(label);
    });
}

bool ContextMap::isWordAt(std::size_t at) const
{
    return (classAt(m_text, at) & (WordByte | HighByte)) != 0;
}

// In "cardNumber" a capital begins a word.
bool ContextMap::isHump(std::size_t at) const
{
    return (classAt(m_text, at) & CapitalByte) != 0 && (classOf(m_text[at - 1]) & SmallByte) != 0;
}

bool ContextMap::isWholeWord(std::size_t end) const
{
    const bool plural = small(charAt(m_text, end)) == 's' && !isWordAt(end + 1);
    return !isWordAt(end - 1) || !isWordAt(end) || plural || isHump(end);
}

}

#include "core/trust/detect/context_words.h"

#include "core/trust/detect/candidate/byte_class.h"

#include <algorithm>
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

void WordAutomaton::add(std::string_view word, std::uint32_t label)
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
        m_nodes[at].matches.push_back({std::uint32_t(spelling.size()), label});
    };
    insert(word);
    if (const std::string raised = withAccentedCapitals(word); raised != word)
        insert(raised);
}

void WordAutomaton::compile()
{
    m_classes.fill(0);
    m_classCount = 1;
    for (const Node& node : m_nodes) {
        for (const auto& [letter, child] : node.children) {
            std::uint8_t& byteClass = m_classes[std::uint8_t(letter)];
            if (byteClass == 0)
                byteClass = std::uint8_t(m_classCount++);
        }
    }
    for (char c = 'A'; c <= 'Z'; ++c)
        m_classes[std::uint8_t(c)] = m_classes[std::uint8_t(small(c))];
    fillTable();
    for (const Node& node : m_nodes) {
        m_matchStarts.push_back(std::uint32_t(m_matches.size()));
        m_matches.insert(m_matches.end(), node.matches.begin(), node.matches.end());
    }
    m_matchStarts.push_back(std::uint32_t(m_matches.size()));
    m_nodes.clear();
}

// Breadth first: what a state falls back to is complete before the state is.
void WordAutomaton::fillTable()
{
    m_table.assign(m_nodes.size() * m_classCount, 0);
    std::vector<std::uint32_t> queue{0};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        const std::uint32_t state = queue[i];
        Node& node = m_nodes[state];
        const std::uint32_t fallback = node.fallback;
        if (state != 0) {
            const auto row = m_table.begin() + std::ptrdiff_t(fallback * m_classCount);
            std::copy(row, row + m_classCount, m_table.begin() + std::ptrdiff_t(state * m_classCount));
            const std::vector<Match> shorter = m_nodes[fallback].matches;
            node.matches.insert(node.matches.end(), shorter.begin(), shorter.end());
        }
        for (const auto& [letter, child] : node.children) {
            std::uint32_t& entry = m_table[state * m_classCount + m_classes[std::uint8_t(letter)]];
            m_nodes[child].fallback = state == 0 ? 0 : entry;
            entry = child;
            queue.push_back(child);
        }
    }
}

bool ContextCursor::isNear(std::size_t start, std::size_t end, std::uint32_t label)
{
    if (m_words.isEmpty())
        return false;
    const std::size_t from = start > m_window.before ? start - m_window.before : 0;
    const std::size_t to = std::min(m_text.size(), end + m_window.after);
    readTo(from, to);
    while (m_first < m_seen.size() && m_seen[m_first].end < from)
        ++m_first;
    for (std::size_t i = m_first; i < m_seen.size(); ++i) {
        const Seen& seen = m_seen[i];
        const bool outside = seen.end <= start || seen.start >= end;
        if (seen.label == label && outside && seen.start >= from && seen.end <= to)
            return true;
    }
    return false;
}

void ContextCursor::readTo(std::size_t from, std::size_t to)
{
    if (from > m_read) {
        m_read = from;
        m_state = 0;
    }
    if (m_first > 1024) {
        m_seen.erase(m_seen.begin(), m_seen.begin() + std::ptrdiff_t(m_first));
        m_first = 0;
    }
    for (; m_read < to; ++m_read) {
        m_state = m_words.next(m_state, m_text[m_read]);
        if (!m_words.hasMatches(m_state))
            continue;
        const std::size_t end = m_read + 1;
        for (auto match = m_words.matchesBegin(m_state); match != m_words.matchesEnd(m_state); ++match) {
            if (!m_window.wholeWords || isWholeWord(end - match->length, end))
                m_seen.push_back({end - match->length, end, match->label});
        }
    }
}

bool ContextCursor::isWholeWord(std::size_t start, std::size_t end) const
{
    const auto isWord = [&](std::size_t at) { return (classAt(m_text, at) & (WordByte | HighByte)) != 0; };
    // Scripts without blanks have no whole words to ask for.
    if ((classOf(m_text[start]) & HighByte) != 0 && std::uint8_t(m_text[start]) >= 0xE0)
        return true;
    // In "cardNumber" a capital begins a word.
    const auto isHump = [&](std::size_t at) {
        return (classAt(m_text, at) & CapitalByte) != 0 && (classOf(m_text[at - 1]) & SmallByte) != 0;
    };
    if (start > 0 && isWord(start - 1) && isWord(start) && !isHump(start))
        return false;
    const bool plural = small(charAt(m_text, end)) == 's' && !isWord(end + 1);
    return !isWord(end - 1) || !isWord(end) || plural || isHump(end);
}

}

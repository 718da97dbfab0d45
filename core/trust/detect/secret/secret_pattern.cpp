#include "core/trust/detect/secret/secret_pattern.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace ephor::detect {

namespace {

std::size_t numberOfPart(std::string_view text)
{
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        std::abort();
    return number;
}

SecretPattern::Part partFrom(std::string_view inside)
{
    if (inside.size() < 2 || secret_alphabet::letters.find(inside[0]) == std::string_view::npos)
        std::abort();
    const std::size_t dash = inside.find('-');
    SecretPattern::Part part{{}, Alphabet(inside[0]), numberOfPart(inside.substr(1, dash - 1)), 0};
    part.most = dash == std::string_view::npos ? part.least : numberOfPart(inside.substr(dash + 1));
    if (part.most < part.least || part.most == 0)
        std::abort();
    return part;
}

void addUuid(std::vector<SecretPattern::Part>& parts)
{
    for (const std::size_t length : {8U, 4U, 4U, 4U, 12U}) {
        if (length != 8)
            parts.push_back({"-", Alphabet::Hex, 0, 0});
        parts.push_back({{}, Alphabet::Hex, length, length});
    }
}

std::size_t runLength(std::string_view text, std::size_t at, const SecretPattern::Part& part)
{
    std::size_t length = 0;
    while (length < part.most && at + length < text.size() && contains(part.alphabet, text[at + length]))
        ++length;
    return length;
}

}

SecretPattern::SecretPattern(std::string_view form)
{
    for (std::size_t at = 0; at < form.size();) {
        const std::size_t brace = std::min(form.find('{', at), form.size());
        if (brace > at)
            m_parts.push_back({form.substr(at, brace - at), Alphabet::Alphanumeric, 0, 0});
        if (brace == form.size())
            break;
        const std::size_t close = form.find('}', brace);
        if (close == std::string_view::npos)
            std::abort();
        const std::string_view inside = form.substr(brace + 1, close - brace - 1);
        if (inside == "U")
            addUuid(m_parts);
        else
            m_parts.push_back(partFrom(inside));
        at = close + 1;
    }
    while (m_keyword < m_parts.size() && m_parts[m_keyword].literal.empty())
        ++m_keyword;
}

std::string_view SecretPattern::keyword() const
{
    return m_keyword < m_parts.size() ? m_parts[m_keyword].literal : std::string_view();
}

std::size_t SecretPattern::longest() const
{
    std::size_t bytes = 0;
    for (const Part& part : m_parts)
        bytes += part.literal.empty() ? part.most : part.literal.size();
    return bytes;
}

std::optional<std::size_t> SecretPattern::matchForward(std::string_view text, std::size_t at, std::size_t first) const
{
    for (std::size_t i = first; i < m_parts.size(); ++i) {
        const Part& part = m_parts[i];
        if (!part.literal.empty()) {
            if (text.substr(at, part.literal.size()) != part.literal)
                return std::nullopt;
            at += part.literal.size();
            continue;
        }
        std::size_t length = runLength(text, at, part);
        // A literal that its neighbour's alphabet could swallow is looked for inside the run.
        if (i + 1 < m_parts.size() && !m_parts[i + 1].literal.empty()
            && contains(part.alphabet, m_parts[i + 1].literal[0])) {
            const std::string_view literal = m_parts[i + 1].literal;
            length = text.substr(at, length + literal.size()).find(literal, std::min(part.least, length));
            if (length == std::string_view::npos)
                return std::nullopt;
        }
        if (length < part.least)
            return std::nullopt;
        at += length;
    }
    return at;
}

std::optional<std::size_t> SecretPattern::matchBackward(std::string_view text, std::size_t end) const
{
    for (std::size_t i = m_keyword; i-- > 0;) {
        const Part& part = m_parts[i];
        std::size_t length = 0;
        while (length < part.most && end > length && contains(part.alphabet, text[end - length - 1]))
            ++length;
        if (length < part.least)
            return std::nullopt;
        end -= length;
    }
    return end;
}

std::optional<Span> SecretPattern::matchAround(std::string_view text, std::size_t keywordStart) const
{
    const auto start = matchBackward(text, keywordStart);
    if (!start || !startsWord(text, *start))
        return std::nullopt;
    const Part& first = m_parts.front();
    if (first.literal.empty() && *start > 0 && contains(first.alphabet, text[*start - 1]))
        return std::nullopt;
    const auto end = matchForward(text, keywordStart, m_keyword);
    if (!end)
        return std::nullopt;
    if (*end < text.size()) {
        const char next = text[*end];
        if (contains(Alphabet::Alphanumeric, next)
            || (m_parts.back().literal.empty() && contains(m_parts.back().alphabet, next)))
            return std::nullopt;
    }
    return Span{*start, *end};
}

bool SecretPattern::matches(std::string_view text) const
{
    return matchForward(text, 0, 0) == text.size();
}

bool startsWord(std::string_view text, std::size_t at)
{
    if (at == 0 || !contains(Alphabet::Alphanumeric, text[at - 1]))
        return true;
    const char before = text[at - 1];
    if (at >= 2 && text[at - 2] == '\\' && (before == 'n' || before == 'r' || before == 't'))
        return true;
    return at >= 3 && text[at - 3] == '%' && contains(Alphabet::Hex, before) && contains(Alphabet::Hex, text[at - 2]);
}

}

#include "core/trust/sanitize/html_tag.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace ephor::sanitize {

namespace {

bool isTagBlank(const char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool isNameStart(const char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isNameCharacter(const char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9') || c == '-';
}

class TagReader {
public:
    TagReader(std::string_view text, std::size_t at, TagSyntax syntax)
        : m_text(text)
        , m_at(at)
        , m_strict(syntax == TagSyntax::Strict)
    {
        m_tag.start = at;
    }

    TagReading read()
    {
        ++m_at;
        if (peek() == '/') {
            m_tag.closing = true;
            ++m_at;
        }
        if (!isNameStart(peek()))
            return refused();
        const std::size_t start = m_at;
        while (isNameCharacter(peek()) || (!m_strict && (peek() == ':' || peek() == '_' || peek() == '.')))
            ++m_at;
        m_tag.name = lowerAscii(m_text.substr(start, m_at - start));
        while (true) {
            const std::size_t before = m_at;
            while (isTagBlank(peek()) || (!m_strict && peek() == '/' && next() != '>'))
                ++m_at;
            if (peek() == '/' && next() == '>')
                ++m_at;
            if (peek() == '>') {
                m_tag.end = ++m_at;
                return {std::move(m_tag), m_at};
            }
            const bool parted = m_at > before || (!m_strict && !m_tag.attributes.empty());
            if (!parted || m_tag.closing || !readAttribute(before))
                return refused();
        }
    }

private:
    TagReading refused() const { return {std::nullopt, m_at}; }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    char next() const { return m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0'; }

    bool isAttributeCharacter(const char c) const
    {
        if (m_strict)
            return isNameCharacter(c) || c == '_' || c == ':' || c == '.';
        return c != '\0' && !isTagBlank(c) && c != '/' && c != '>' && c != '=' && c != '<';
    }

    bool readAttribute(const std::size_t start)
    {
        TagAttribute attribute;
        attribute.start = start;
        const std::size_t name = m_at;
        while (isAttributeCharacter(peek()))
            ++m_at;
        if (m_at == name)
            return false;
        attribute.name = lowerAscii(m_text.substr(name, m_at - name));
        const std::size_t afterName = m_at;
        while (isTagBlank(peek()))
            ++m_at;
        if (peek() != '=') {
            m_at = afterName;
        } else {
            ++m_at;
            while (isTagBlank(peek()))
                ++m_at;
            attribute.hasValue = true;
            if (!readValue(attribute.value))
                return false;
        }
        attribute.end = m_at;
        m_tag.attributes.push_back(std::move(attribute));
        return true;
    }

    bool readValue(std::string_view& value)
    {
        if (const char quote = peek(); quote == '"' || quote == '\'') {
            const std::size_t start = ++m_at;
            const char stops[] = {quote, '<'};
            m_at = m_text.find_first_of(std::string_view(stops, m_strict ? 2 : 1), start);
            if (m_at == std::string_view::npos)
                m_at = m_text.size();
            if (peek() != quote)
                return false;
            value = m_text.substr(start, m_at - start);
            ++m_at;
            return true;
        }
        const std::size_t start = m_at;
        const auto belongs = [&](const char c) {
            const bool ends = c == '\0' || isTagBlank(c) || c == '>' || c == '<';
            return !ends && !(m_strict && (c == '"' || c == '\'' || c == '=' || c == '`'));
        };
        while (belongs(peek()))
            ++m_at;
        value = m_text.substr(start, m_at - start);
        return m_at > start;
    }

    std::string_view m_text;
    std::size_t m_at;
    bool m_strict;
    HtmlTag m_tag;
};

bool namesElement(const std::string_view text, const std::size_t at, const std::string_view name)
{
    if (text.size() - at <= name.size())
        return false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = text[at + i];
        if ((c >= 'A' && c <= 'Z' ? char(c | 0x20) : c) != name[i])
            return false;
    }
    const char after = text[at + name.size()];
    return isTagBlank(after) || after == '>' || after == '/';
}

template <std::size_t size> bool isIn(const std::array<std::string_view, size>& names, const std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

}

const TagAttribute* HtmlTag::find(const std::string_view attribute) const
{
    const auto found = std::ranges::find(attributes, attribute, &TagAttribute::name);
    return found == attributes.end() ? nullptr : &*found;
}

TagReading tagAt(const std::string_view text, const std::size_t at, const TagSyntax syntax)
{
    return TagReader(text, at, syntax).read();
}

std::optional<ElementRange> elementEnd(const std::string_view text, const std::size_t from, const std::string_view name)
{
    static constexpr std::array<std::string_view, 8> withoutMarkup{
        "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"};
    const bool nests = !isIn(withoutMarkup, name);
    std::size_t open = 1;
    for (std::size_t at = text.find('<', from); at != std::string_view::npos; at = text.find('<', at + 1)) {
        const bool closing = at + 1 < text.size() && text[at + 1] == '/';
        if (!namesElement(text, at + (closing ? 2 : 1), name))
            continue;
        if (!closing) {
            open += nests ? 1 : 0;
        } else if (--open == 0) {
            const std::size_t end = text.find('>', at);
            return end == std::string_view::npos ? std::nullopt : std::optional(ElementRange{at, end + 1});
        }
    }
    return std::nullopt;
}

bool isVoidElement(const std::string_view name)
{
    static constexpr std::array<std::string_view, 16> names{"area", "base", "bgsound", "br", "col", "embed", "frame",
        "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"};
    return isIn(names, name);
}

}

#include "core/base/text.h"
#include "core/trust/sanitize/byte_set.h"
#include "core/trust/sanitize/link_target.h"
#include "core/trust/sanitize/steps.h"

#include <algorithm>

namespace ephor::sanitize {

namespace {

bool isLinkBlank(const char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isSchemeCharacter(const char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-'
        || c == '.';
}

bool isWordByte(const char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::uint8_t(c) >= 0x80;
}

class LinkDefuser {
public:
    LinkDefuser(DraftEditor& editor, const AllowedHosts& allowed)
        : m_editor(editor)
        , m_text(editor.text())
        , m_allowed(allowed)
    {
    }

    void run()
    {
        for (std::size_t at = next(0); at < m_text.size(); at = next(at)) {
            switch (m_text[at]) {
            case ']':
                at = afterBracket(at);
                break;
            case ':':
                at = afterColon(at);
                break;
            default:
                at = worldWideWeb(at);
            }
        }
    }

private:
    std::size_t next(const std::size_t from) const
    {
        std::size_t at = from;
        while (at < m_text.size()) {
            const char c = m_text[at];
            if (c == ']' || c == ':' || ((c == 'w' || c == 'W') && at + 3 < m_text.size() && m_text[at + 3] == '.'))
                break;
            ++at;
        }
        return at;
    }

    static RemovalKind removalOf(const LinkTarget& target)
    {
        return target.risk == LinkRisk::Active ? RemovalKind::ActiveContent : RemovalKind::ExternalLink;
    }

    std::size_t skipBlanks(std::size_t at) const
    {
        // On a new line of a quotation its mark stands first.
        bool broken = false;
        while (at < m_text.size() && (isLinkBlank(m_text[at]) || (broken && m_text[at] == '>'))) {
            broken |= m_text[at] == '\n' || m_text[at] == '\r';
            ++at;
        }
        return at;
    }

    /// Of an address within text. A backslash or a reference in its host stands for itself to some renderers and for
    /// what it escapes to others.
    LinkTarget bareTarget(const std::size_t start, const std::size_t host) const
    {
        const LinkTarget plain = linkTarget(m_text.substr(start), LinkSpelling::Bare, m_allowed);
        if (plain.risk != LinkRisk::None)
            return plain;
        static constexpr ByteSet ends(" \t\r\n<>\"`/?#");
        const std::string_view part = m_text.substr(host, ends.find(m_text, host) - host);
        const bool escaped = part.find_first_of("\\&") != std::string_view::npos;
        return escaped ? linkTarget(m_text.substr(start), LinkSpelling::Markdown, m_allowed) : plain;
    }

    /// Up to a blank or a parenthesis that was not opened within; <…> up to its end, where it has one in its line.
    std::size_t destinationEnd(const std::size_t start) const
    {
        if (start < m_text.size() && m_text[start] == '<') {
            const std::size_t stop = m_text.find_first_of("<>\n", start + 1);
            if (stop != std::string_view::npos && m_text[stop] == '>')
                return stop + 1;
        }
        std::size_t depth = 0;
        std::size_t at = start;
        for (; at < m_text.size() && !isLinkBlank(m_text[at]); ++at) {
            if (m_text[at] == '\\' && at + 1 < m_text.size() && !isLinkBlank(m_text[at + 1])) {
                ++at;
            } else if (m_text[at] == '(') {
                ++depth;
            } else if (m_text[at] == ')') {
                if (depth == 0)
                    break;
                --depth;
            }
        }
        return std::min(at, m_text.size());
    }

    /// Past a title and the closing parenthesis, if they follow; else `end`.
    std::size_t linkEnd(const std::size_t end)
    {
        std::size_t at = skipBlanks(end);
        if (at < m_text.size() && at > end && (m_text[at] == '"' || m_text[at] == '\'' || m_text[at] == '(')) {
            const char close = m_text[at] == '(' ? ')' : m_text[at];
            std::size_t& none = close == '"' ? m_noDouble : close == '\'' ? m_noSingle : m_noParenthesis;
            const std::size_t stop = at + 1 >= none ? std::string_view::npos : m_text.find(close, at + 1);
            if (stop == std::string_view::npos)
                none = std::min(none, at + 1);
            else
                at = skipBlanks(stop + 1);
        }
        return at < m_text.size() && m_text[at] == ')' ? at + 1 : end;
    }

    /// "](address" of a link or image, "]: address" of a definition.
    std::size_t afterBracket(const std::size_t at)
    {
        const char sign = at + 1 < m_text.size() ? m_text[at + 1] : '\0';
        if (sign != '(' && sign != ':')
            return at + 1;
        const std::size_t start = skipBlanks(at + 2);
        const std::size_t address = start < m_text.size() && m_text[start] == '<' ? start + 1 : start;
        LinkTarget target = linkTarget(m_text.substr(address), LinkSpelling::Markdown, m_allowed);
        // Two backslashes are one to Markdown, and two slashes to whoever does not read it as that.
        if (target.risk == LinkRisk::None && m_text.substr(address).starts_with("\\\\"))
            target = linkTarget(m_text.substr(address), LinkSpelling::Bare, m_allowed);
        if (target.risk == LinkRisk::None)
            return at + 2;
        const std::size_t end = destinationEnd(start);
        if (end <= address)
            return at + 2;
        const std::size_t stop = sign == '(' ? linkEnd(end) : end;
        const std::size_t from = sign == '(' ? at + 1 : start;
        m_editor.replace(from, stop, (sign == '(' ? " " : "") + linkNotice(target), removalOf(target),
            m_text.substr(address, end - address - (address != start && m_text[end - 1] == '>' ? 1 : 0)));
        m_done = stop;
        return stop;
    }

    /// "scheme://host" anywhere.
    std::size_t afterColon(const std::size_t at)
    {
        if (!m_text.substr(at + 1).starts_with("//"))
            return at + 1;
        // No scheme that anything opens is longer.
        constexpr std::size_t longestScheme = 32;
        std::size_t start = at;
        while (start > m_done && at - start < longestScheme && isSchemeCharacter(m_text[start - 1]))
            --start;
        while (start < at && !((m_text[start] | 0x20) >= 'a' && (m_text[start] | 0x20) <= 'z'))
            ++start;
        if (start == at)
            return at + 1;
        const LinkTarget target = bareTarget(start, at + 3);
        return target.risk == LinkRisk::None ? at + 3 : defuseBare(start, at + 3, target);
    }

    /// "www.", which many renderers make a link of.
    std::size_t worldWideWeb(const std::size_t at)
    {
        constexpr std::string_view www = "www.";
        // A host is shorter, and so is what may stand before it.
        constexpr std::size_t longestHost = 600;
        const std::string_view rest = m_text.substr(at, longestHost);
        const char before = at == m_done ? ' ' : m_text[at - 1];
        const bool within = isWordByte(before) || std::string_view("./=@&%-?#").find(before) != std::string_view::npos;
        if (lowerAscii(rest.substr(0, www.size())) != www || within || rest.size() == www.size()
            || !isWordByte(rest[4]))
            return at + 1;
        const LinkTarget target = linkTarget("https://" + std::string(rest), LinkSpelling::Bare, m_allowed);
        return target.risk == LinkRisk::None ? at + www.size() : defuseBare(at, at + www.size(), target);
    }

    /// `least`: before it no address ends.
    std::size_t defuseBare(const std::size_t start, const std::size_t least, const LinkTarget& target)
    {
        std::size_t end = least;
        while (end < m_text.size() && std::string_view(" \t\r\n<>\"`").find(m_text[end]) == std::string_view::npos
            && !m_text.substr(end).starts_with("]("))
            ++end;
        while (end > least && std::string_view(".,;:!?)]}'*_~|").find(m_text[end - 1]) != std::string_view::npos)
            --end;
        if (end == least)
            return least;
        m_editor.replace(start, end, linkNotice(target), removalOf(target), m_text.substr(start, end - start));
        m_done = end;
        return end;
    }

    DraftEditor& m_editor;
    std::string_view m_text;
    const AllowedHosts& m_allowed;
    std::size_t m_done = 0; ///< no address begins before it
    std::size_t m_noDouble = std::string_view::npos; ///< from here on there is no "
    std::size_t m_noSingle = std::string_view::npos;
    std::size_t m_noParenthesis = std::string_view::npos;
};

}

void defuseLinks(DraftEditor& editor, const AllowedHosts& allowed)
{
    LinkDefuser(editor, allowed).run();
}

}

#include "core/base/text.h"
#include "core/trust/sanitize/html_tag.h"
#include "core/trust/sanitize/link_target.h"
#include "core/trust/sanitize/markup_rules.h"
#include "core/trust/sanitize/steps.h"

#include <algorithm>

namespace ephor::sanitize {

namespace {

class MarkupCleaner {
public:
    MarkupCleaner(DraftEditor& editor, Sink sink, const AllowedHosts& allowed)
        : m_editor(editor)
        , m_text(editor.text())
        , m_sink(sink)
        , m_allowed(allowed)
    {
    }

    void run()
    {
        for (std::size_t at = m_text.find('<'); at != std::string_view::npos; at = m_text.find('<', at))
            at = clean(at);
    }

private:
    // Elements that are never closed are looked for to the end of the text; a page has not many.
    static constexpr int mostUnclosed = 16;
    // Quoted values with < in them may be read twice, when no tag comes of the first try.
    static constexpr std::size_t mostRereading = 4;

    bool renders() const { return m_sink != Sink::Model; }

    /// Returns where to look on.
    std::size_t clean(const std::size_t at)
    {
        const std::string_view rest = m_text.substr(at);
        const char sign = rest.size() > 1 ? rest[1] : '\0';
        if (rest.starts_with("<!--"))
            return comment(at);
        if (sign == '!' || sign == '?')
            return declaration(at);
        if (sign == '/')
            return closingTag(at);
        const bool letter = (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
        return letter ? openingTag(at) : at + 1;
    }

    /// Parts the < from what follows, so that nobody takes it for markup any more.
    std::size_t part(const std::size_t at, const RemovalKind kind)
    {
        m_editor.replace(at, at + 1, "< ", kind);
        return at + 1;
    }

    std::size_t comment(const std::size_t at)
    {
        const std::string_view rest = m_text.substr(at);
        // HTML Standard §13.2.5.43: these two are comments already.
        if (rest.starts_with("<!-->") || rest.starts_with("<!--->")) {
            const std::size_t end = at + rest.find('>') + 1;
            m_editor.replace(at, end, {}, RemovalKind::HiddenMarkup);
            return end;
        }
        constexpr std::size_t opening = 4;
        std::size_t dashes = m_noCommentEnd ? std::string_view::npos : m_text.find("--", at + opening);
        std::size_t end = 0;
        for (; dashes != std::string_view::npos; dashes = m_text.find("--", dashes + 1)) {
            const std::string_view tail = m_text.substr(dashes + 2, 2);
            end = tail.starts_with('>') ? dashes + 3 : tail == "!>" ? dashes + 4 : 0;
            if (end != 0)
                break;
        }
        if (end != 0) {
            m_editor.replace(
                at, end, {}, RemovalKind::HiddenMarkup, trim(m_text.substr(at + opening, dashes - at - opening)));
            return end;
        }
        m_noCommentEnd = true;
        if (m_sink == Sink::Markdown)
            return part(at, RemovalKind::HiddenMarkup);
        m_editor.replace(at, m_text.size(), {}, RemovalKind::HiddenMarkup, trim(m_text.substr(at + opening)));
        return m_text.size();
    }

    /// <!x …> and <? …> are comments to a browser. Made visible rather than taken out: they may be another language's
    /// code.
    std::size_t declaration(const std::size_t at)
    {
        constexpr std::string_view doctype = "<!doctype html>";
        if (lowerAscii(m_text.substr(at, doctype.size())) == doctype)
            return at + doctype.size();
        return part(at, RemovalKind::HiddenMarkup);
    }

    std::size_t closingTag(const std::size_t at)
    {
        const TagReading reading = tagAt(m_text, at, TagSyntax::Strict);
        if (!reading.tag) {
            // </ and no letter hides all up to the next >, and so does what follows a name.
            const bool nothing = at + 2 >= m_text.size() || m_text[at + 2] <= ' ';
            return nothing ? at + 2 : part(at, RemovalKind::HiddenMarkup);
        }
        const ElementVerdict verdict = renders() ? elementVerdict(*reading.tag, m_sink) : ElementVerdict{};
        if (verdict.fate != ElementFate::Kept)
            m_editor.replace(at, reading.tag->end, {}, verdict.kind);
        return reading.tag->end;
    }

    std::size_t openingTag(const std::size_t at)
    {
        const bool mayReread = m_reread < mostRereading * m_text.size() + 65536;
        const TagSyntax syntax = renders() || !mayReread ? TagSyntax::Strict : TagSyntax::Browser;
        const TagReading reading = tagAt(m_text, at, syntax);
        if (!reading.tag) {
            m_reread += reading.readTo - at;
            return notATag(at);
        }
        const HtmlTag& tag = *reading.tag;
        const ElementVerdict verdict = elementVerdict(tag, m_sink);
        if (verdict.fate == ElementFate::Kept) {
            for (const TagAttribute& attribute : tag.attributes)
                if (const auto kind = attributeRemoval(attribute, m_sink, m_allowed))
                    m_editor.replace(attribute.start, attribute.end, {}, *kind,
                        attribute.hasValue ? attribute.value : std::string_view(attribute.name));
            return tag.end;
        }
        std::optional<ElementRange> element;
        if (verdict.fate == ElementFate::Removed && !isVoidElement(tag.name) && m_unclosed < mostUnclosed) {
            element = elementEnd(m_text, tag.end, tag.name);
            m_unclosed += element ? 0 : 1;
        }
        const std::size_t end = element ? element->end : tag.end;
        std::string_view hidden
            = element ? trim(m_text.substr(tag.end, element->contentEnd - tag.end)) : std::string_view();
        if (hidden.empty())
            hidden = m_text.substr(at, end - at);
        m_editor.replace(at, end, {}, verdict.kind, hidden);
        return end;
    }

    std::size_t notATag(const std::size_t at)
    {
        if (!renders())
            return at + 1;
        if (m_sink == Sink::Markdown) {
            if (const std::size_t end = autolinkEnd(at); end != 0) {
                const LinkTarget target
                    = linkTarget(m_text.substr(at + 1, end - at - 2), LinkSpelling::Bare, m_allowed);
                if (target.risk != LinkRisk::None)
                    m_editor.replace(at, end, linkNotice(target),
                        target.risk == LinkRisk::Active ? RemovalKind::ActiveContent : RemovalKind::ExternalLink,
                        m_text.substr(at + 1, end - at - 2));
                return end;
            }
            if (isComparison(at))
                return at + 1;
        }
        return part(at, RemovalKind::ActiveContent);
    }

    /// <scheme:…> or <name@host> (CommonMark §6.5); 0 where it is neither.
    std::size_t autolinkEnd(const std::size_t at) const
    {
        const std::size_t stop = m_text.find_first_of("<> \t\r\n\"'`", at + 1);
        if (stop == std::string_view::npos || m_text[stop] != '>')
            return 0;
        const std::string_view inside = m_text.substr(at + 1, stop - at - 1);
        const std::size_t sign = inside.find_first_of(":@/?#&=");
        return sign != std::string_view::npos && (inside[sign] == ':' || inside[sign] == '@') ? stop + 1 : 0;
    }

    /// "a <b": never closed and without a value before the next tag or paragraph, and no name that begins a block.
    bool isComparison(const std::size_t at) const
    {
        std::size_t end = at + 1;
        while (end < m_text.size() && ((m_text[end] | 0x20) >= 'a' && (m_text[end] | 0x20) <= 'z'))
            ++end;
        if (beginsRawBlock(lowerAscii(m_text.substr(at + 1, end - at - 1))))
            return false;
        const std::size_t stop = m_text.find_first_of("<>=", end);
        return stop == std::string_view::npos || m_text[stop] == '<';
    }

    DraftEditor& m_editor;
    std::string_view m_text;
    Sink m_sink;
    const AllowedHosts& m_allowed;
    std::size_t m_reread = 0;
    int m_unclosed = 0;
    bool m_noCommentEnd = false;
};

}

void cleanMarkup(DraftEditor& editor, const Sink sink, const AllowedHosts& allowed)
{
    MarkupCleaner(editor, sink, allowed).run();
}

}

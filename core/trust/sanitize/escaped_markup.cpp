#include "core/trust/sanitize/draft.h"
#include "core/trust/sanitize/spelt_character.h"
#include "core/trust/sanitize/steps.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace ephor::sanitize {

namespace {

struct JsonEscape {
    std::size_t length = 0; ///< 0: none
    char character = '\0';
};

/// \u0021 to \u007e and \/ (RFC 8259 §7), behind any number of backslashes, since strings may lie in strings. Quotes
/// and backslashes are left: they are the frame.
JsonEscape jsonEscapeAt(const std::string_view text, const std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && text[end] == '\\')
        ++end;
    const std::string_view behind = text.substr(end);
    if (behind.starts_with('/'))
        return {end + 1 - at, '/'};
    // JSON has no braces there.
    if (!behind.starts_with('u') || behind.starts_with("u{"))
        return {};
    const SpeltCharacter spelt = speltCharacterAt(text, end - 1);
    const bool plain = spelt.value > ' ' && spelt.value < 0x7F && spelt.value != '"' && spelt.value != '\\';
    return spelt.length != 0 && plain ? JsonEscape{end - 1 + spelt.length - at, char(spelt.value)} : JsonEscape{};
}

/// The text as it is once its escapes are read.
class ReadView {
public:
    explicit ReadView(const std::string_view raw)
    {
        std::size_t done = 0;
        for (std::size_t at = raw.find('\\'); at != std::string_view::npos;) {
            const JsonEscape escape = jsonEscapeAt(raw, at);
            if (escape.length == 0) {
                // All of a run of backslashes stands before what is no escape.
                const std::size_t behind = raw.find_first_not_of('\\', at);
                at = behind == std::string_view::npos ? behind : raw.find('\\', behind);
                continue;
            }
            text.append(raw.substr(done, at - done));
            m_escapes.push_back({text.size(), at, escape.length});
            text += escape.character;
            done = at + escape.length;
            at = raw.find('\\', done);
        }
        if (!m_escapes.empty())
            text.append(raw.substr(done));
    }

    bool isRaw() const { return m_escapes.empty(); }

    /// Where the character at `at` of the view begins in the raw text.
    std::size_t rawPlace(const std::size_t at) const
    {
        const auto after = std::ranges::upper_bound(m_escapes, at, {}, &Escape::at);
        if (after == m_escapes.begin())
            return at;
        const Escape& last = *std::prev(after);
        return last.at == at ? last.raw : last.raw + last.length + (at - last.at - 1);
    }

    std::string text;

private:
    struct Escape {
        std::size_t at = 0; ///< in the view
        std::size_t raw = 0;
        std::size_t length = 0;
    };
    std::vector<Escape> m_escapes;
};

std::string_view noticeOf(const RemovalKind kind)
{
    return kind == RemovalKind::ExternalLink ? " (link removed)" : kind == RemovalKind::ActiveContent ? " " : "";
}

}

void defuseEscaped(DraftEditor& editor, const Sink sink, const AllowedHosts& allowed)
{
    const std::string_view raw = editor.text();
    const ReadView view(raw);
    if (view.isRaw())
        return;
    Draft read(view.text);
    const auto step = [&](const auto work) {
        DraftEditor inner(read);
        work(inner);
        inner.finish();
    };
    step([&](DraftEditor& inner) { cleanMarkup(inner, sink, allowed); });
    if (sink == Sink::Markdown)
        step([&](DraftEditor& inner) { defuseLinks(inner, allowed); });
    std::size_t done = 0;
    const Sanitized cleaned = std::move(read).finish();
    for (const Removal& removal : cleaned.removed) {
        const std::size_t start = std::max(done, view.rawPlace(removal.start));
        std::size_t end = view.rawPlace(removal.end);
        if (start >= end)
            continue;
        // A quote ends the string of a JSON text: what follows is its frame.
        const std::size_t quote = raw.substr(start, end - start).find('"');
        if (quote != std::string_view::npos && quote > 0)
            end = start + quote;
        editor.replace(start, end, noticeOf(removal.kind), removal.kind, removal.revealed);
        done = end;
    }
}

}

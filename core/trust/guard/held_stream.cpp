#include "core/trust/guard/held_stream.h"

#include "core/trust/detect/reach.h"
#include "core/trust/guard/cleaning.h"
#include "core/trust/guard/escape_view.h"
#include "core/trust/guard/open_markup.h"
#include "core/trust/guard/protection.h"

#include <algorithm>

namespace ephor::guard {

namespace {

// An answer that is held whole; models answer with far less.
constexpr std::size_t mostAnswerBytes = 4 * 1024 * 1024;
// An open bracket of code or JSON may close pages later: it is let go, and its beginning kept to know the end by.
constexpr std::size_t longestOpenMarkup = 2 * 1024;
constexpr std::size_t openerBytes = 64;

bool begins(char c)
{
    return (std::uint8_t(c) & 0xC0) != 0x80;
}

// The bytes of a character may come in two pieces, and so may those of an escape.
std::size_t wholeCharacters(std::string_view text)
{
    text = text.substr(0, wholeEscapes(text));
    std::size_t start = text.size();
    while (start > 0 && text.size() - start < 4 && !begins(text[start - 1]))
        --start;
    if (start == 0)
        return text.size();
    const auto lead = std::uint8_t(text[start - 1]);
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return text.size() - (start - 1) < length ? start - 1 : text.size();
}

class HeldStream final : public StreamInspector {
public:
    explicit HeldStream(std::shared_ptr<const Protection> protection)
        : m_protection(std::move(protection))
        , m_reach(m_protection->reach())
    {
    }

    Result<std::string> push(std::string_view piece) override
    {
        m_held += piece;
        // Whether an answer rests on what was read is known at its end.
        const bool isHeld = m_protection->holdsAnswers();
        if (m_held.size() > (isHeld ? mostAnswerBytes : mostHeldBytes))
            return fail(ErrorKind::TooLarge, "guard.held-too-much",
                "The answer holds something without an end that could not be looked at in pieces.",
                "Ask for the answer in one piece, or for a shorter one.");
        if (isHeld)
            return std::string();
        // A link that has ended is not to be cut either.
        std::size_t cut = settledLength(std::string_view(m_held).substr(0, openFrom(m_held)));
        for (std::size_t before = m_held.size() + 1; cut < before;) {
            before = cut;
            EPHOR_TRY(const std::size_t whole, beforeFinding(cut));
            cut = openFrom(std::string_view(m_held).substr(0, whole));
        }
        return cut > 0 ? release(cut) : std::string();
    }

    Result<std::string> finish() override
    {
        if (m_protection->holdsAnswers())
            return std::string();
        return release(m_held.size());
    }

private:
    // Settled as it stands and behind its escapes, none of which is cut.
    std::size_t settledLength(std::string_view held) const
    {
        const std::string_view whole = held.substr(0, wholeEscapes(held));
        const std::size_t settled = std::min(detect::settledLength(held, m_reach), whole.size());
        const auto view = behindEscapes(whole);
        if (!view)
            return settled;
        const std::size_t behind = view->origin[detect::settledLength(view->text, m_reach)];
        return *std::prev(std::ranges::upper_bound(view->origin, std::uint32_t(std::min(settled, behind))));
    }

    // How much of the beginning of what is held stands before markup that is open at its end.
    std::size_t openFrom(std::string_view held)
    {
        const std::string text = m_opener + std::string(held);
        const std::size_t open = openMarkup(text);
        // What was let go before is known by its opener.
        if (open == text.size() || open < m_opener.size())
            return held.size();
        const std::size_t at = open - m_opener.size();
        if (held.size() - at <= longestOpenMarkup)
            return at;
        m_nextOpener = held.substr(at, openerBytes);
        return held.size();
    }

    // What is settled may end in the middle of something that is found.
    Result<std::size_t> beforeFinding(std::size_t settled) const
    {
        if (settled == 0)
            return settled;
        EPHOR_TRY(const std::vector<Judged> judged,
            m_protection->judge(
                m_context + m_held.substr(0, wholeCharacters(m_held)), TextSurface::Answer, {}, m_context.size()));
        for (const Judged& each : judged) {
            const std::size_t start = each.finding.start - m_context.size();
            if (start < settled && each.finding.end - m_context.size() > settled)
                return start;
        }
        return settled;
    }

    // Cleans and judges what goes, with what went before it and what is held behind it for its meaning.
    Result<std::string> release(std::size_t cut)
    {
        std::string going = cleaned(m_held.substr(0, cut));
        m_held.erase(0, cut);
        const std::string text = m_context + going;
        const std::string_view behind = std::string_view(m_held).substr(0, wholeCharacters(m_held));
        EPHOR_TRY(std::vector<Judged> judged,
            m_protection->judge(text + std::string(behind), TextSurface::Answer, {}, m_context.size()));
        std::erase_if(judged, [&](const Judged& each) { return each.finding.start >= text.size(); });
        for (Judged& each : judged) {
            // Cleaning may have made one that reaches beyond what goes; its rest is judged again.
            each.finding.end = std::min(each.finding.end, text.size());
            if (each.action == ProtectAction::Deny)
                return fail(Error(ErrorKind::Forbidden, "guard.denied",
                    each.finding.entity->title + " may not pass in the answer.", "Ask a governance officer.")
                        .with("rule", m_protection->ruleOf(each.finding.entity->name)));
        }
        const Replaced whole = replaced(text, m_protection->placesOf(judged), m_protection->key());
        std::string released = whole.text.substr(m_context.size());
        keepContext(text);
        return released;
    }

    std::string cleaned(std::string going)
    {
        std::string text = m_opener + going;
        const std::size_t opened = m_opener.size();
        if (openMarkup(text) >= opened)
            m_opener.clear();
        if (!m_nextOpener.empty())
            m_opener = std::exchange(m_nextOpener, {});
        auto clean = guard::clean(text, TextSurface::Answer, m_protection->body().allowedHosts);
        if (!clean)
            return going;
        // What was let go cannot be taken back; what follows it can.
        const auto [was, is] = std::mismatch(text.begin(), text.end(), clean->text.begin(), clean->text.end());
        return clean->text.substr(std::min(opened, std::size_t(was - text.begin())));
    }

    void keepContext(const std::string& text)
    {
        // What escapes spell is longer than what it is.
        const auto view = behindEscapes(text);
        const std::string& read = view ? view->text : text;
        std::size_t from = read.size() - std::min(read.size(), m_reach.before + m_reach.spaced);
        while (from < read.size() && !begins(read[from]))
            ++from;
        m_context = text.substr(view ? view->origin[from] : from);
    }

    std::shared_ptr<const Protection> m_protection;
    detect::Reach m_reach;
    std::string m_held;
    std::string m_opener; ///< of markup that was let go unfinished
    std::string m_nextOpener;
    std::string m_context; ///< as it was before replacing
};

}

std::unique_ptr<StreamInspector> openHeldStream(std::shared_ptr<const Protection> protection)
{
    return std::make_unique<HeldStream>(std::move(protection));
}

}

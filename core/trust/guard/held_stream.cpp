#include "core/trust/guard/held_stream.h"

#include "core/trust/guard/cleaning.h"
#include "core/trust/guard/protection.h"
#include "core/trust/guard/safe_cut.h"

#include <algorithm>

namespace ephor::guard {

namespace {

// Words before a finding say what it is; detectors look no further back than this.
constexpr std::size_t contextBytes = 512;
// A phrase of the company's own may be in small letters, which otherwise end everything.
constexpr std::size_t ownPhraseBytes = 256;

// An answer that is held whole; models answer with far less.
constexpr std::size_t mostAnswerBytes = 4 * 1024 * 1024;

bool begins(char c)
{
    return (std::uint8_t(c) & 0xC0) != 0x80;
}

class HeldStream final : public StreamInspector {
public:
    explicit HeldStream(std::shared_ptr<const Protection> protection)
        : m_protection(std::move(protection))
        , m_stillOpen(m_protection->body().detectors.empty() ? 0 : ownPhraseBytes)
    {
    }

    Result<std::string> push(std::string_view piece) override
    {
        m_held += piece;
        // Whether an answer rests on what was read is known at its end.
        if (m_protection->holdsAnswers()) {
            if (m_held.size() > mostAnswerBytes)
                return tooLong();
            return std::string();
        }
        const std::size_t cut = safeCut(m_held, m_stillOpen);
        if (cut > 0)
            return release(cut);
        if (m_held.size() > mostHeldBytes)
            return tooLong();
        return std::string();
    }

    Result<std::string> finish() override
    {
        if (m_protection->holdsAnswers())
            return std::string();
        return release(m_held.size());
    }

private:
    static std::unexpected<Error> tooLong()
    {
        return fail(ErrorKind::TooLarge, "guard.held-too-much",
            "The answer holds something without an end that could not be looked at in pieces.",
            "Ask for the answer in one piece, or for a shorter one.");
    }

    // Cleans and judges what goes, with what went before it for its meaning.
    Result<std::string> release(std::size_t cut)
    {
        std::string going = m_held.substr(0, cut);
        m_held.erase(0, cut);
        if (auto cleaned = clean(going, TextSurface::Answer, m_protection->body().allowedHosts))
            going = std::move(cleaned->text);
        const std::string text = m_context + going;
        EPHOR_TRY(
            const std::vector<Judged> judged, m_protection->judge(text, TextSurface::Answer, {}, m_context.size()));
        for (const Judged& each : judged) {
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

    void keepContext(const std::string& text)
    {
        std::size_t from = text.size() - std::min(text.size(), contextBytes);
        while (from < text.size() && !begins(text[from]))
            ++from;
        m_context = text.substr(from);
    }

    std::shared_ptr<const Protection> m_protection;
    std::size_t m_stillOpen;
    std::string m_held;
    std::string m_context; ///< as it was before replacing
};

}

std::unique_ptr<StreamInspector> openHeldStream(std::shared_ptr<const Protection> protection)
{
    return std::make_unique<HeldStream>(std::move(protection));
}

}

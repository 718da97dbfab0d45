#include "core/trust/guard/guard.h"

#include <algorithm>
#include <exception>
#include <iterator>

namespace ephor::guard {

namespace {

Inspection denyFor(const Guard& guard, std::string reason)
{
    Inspection inspection;
    inspection.word = VerdictWord::Deny;
    inspection.rule = "outage:" + std::string(guard.name());
    inspection.reason = std::move(reason);
    inspection.outage = true;
    inspection.noticed = {{"outage:detector", ProtectAction::Deny, 1}};
    return inspection;
}

Inspection inspectClosed(const Guard& guard, const Passage& passage)
{
    try {
        Result<Inspection> inspected = guard.inspect(passage);
        if (inspected)
            return std::move(*inspected);
        return denyFor(guard, "A guard could not look at this: " + inspected.error().message);
    } catch (const std::exception&) {
        return denyFor(guard, "A guard failed, so the text was not let through.");
    }
}

// Of a passage that several guards have changed, one after the other.
void join(Inspection& whole, Inspection& part)
{
    std::ranges::move(part.noticed, std::back_inserter(whole.noticed));
    std::ranges::move(part.standIns, std::back_inserter(whole.standIns));
    if (part.raw && !whole.raw)
        whole.raw = std::move(part.raw);
    whole.holds = std::max(whole.holds, part.holds);
    whole.integrity = std::max(whole.integrity, part.integrity);
}

class StreamChain final : public StreamInspector {
public:
    explicit StreamChain(std::vector<std::unique_ptr<StreamInspector>> inspectors)
        : m_inspectors(std::move(inspectors))
    {
    }

    Result<std::string> push(std::string_view piece) override
    {
        return closed([&] { return pushAll(piece); });
    }

    Result<std::string> finish() override
    {
        return closed([&] { return finishAll(); });
    }

private:
    template <class Work> Result<std::string> closed(const Work& work)
    {
        try {
            return work();
        } catch (const std::exception&) {
            return fail(ErrorKind::Unavailable, "guard.failed", "A guard failed, so the text was not let through.",
                "Look at Ephor's own log, and mend what failed.");
        }
    }

    Result<std::string> pushAll(std::string_view piece)
    {
        std::string text(piece);
        for (const auto& inspector : m_inspectors) {
            EPHOR_TRY(text, inspector->push(text));
        }
        return text;
    }

    Result<std::string> finishAll()
    {
        std::string text;
        for (const auto& inspector : m_inspectors) {
            std::string released;
            if (!text.empty()) {
                EPHOR_TRY(released, inspector->push(text));
            }
            EPHOR_TRY(const std::string held, inspector->finish());
            text = released + held;
        }
        return text;
    }

    std::vector<std::unique_ptr<StreamInspector>> m_inspectors;
};

}

GuardChain::GuardChain(std::vector<std::shared_ptr<const Guard>> guards)
    : m_guards(std::move(guards))
{
}

Inspection GuardChain::inspect(const Passage& passage) const
{
    Inspection whole;
    Passage current = passage;
    for (const auto& guard : m_guards) {
        if (!guard->looksAt(passage.hook))
            continue;
        Inspection inspection = inspectClosed(*guard, current);
        join(whole, inspection);
        if (inspection.word == VerdictWord::Deny) {
            inspection.raw.reset();
            inspection.noticed = std::move(whole.noticed);
            inspection.holds = whole.holds;
            inspection.integrity = whole.integrity;
            return inspection;
        }
        if (inspection.word == VerdictWord::Ask) {
            whole.word = VerdictWord::Ask;
            whole.rule = inspection.rule;
            whole.reason = inspection.reason;
        }
        if (!inspection.replacement)
            continue;
        if (whole.word != VerdictWord::Ask) {
            whole.word = VerdictWord::Transform;
            whole.rule = inspection.rule;
            whole.reason += (whole.reason.empty() ? "" : " ") + inspection.reason;
        }
        whole.replacement = std::move(inspection.replacement);
        current.text = *whole.replacement;
    }
    return whole;
}

bool GuardChain::looksAt(Hook hook) const
{
    return std::ranges::any_of(m_guards, [hook](const auto& guard) { return guard->looksAt(hook); });
}

bool GuardChain::replacesAt(Hook hook) const
{
    return std::ranges::any_of(m_guards, [hook](const auto& guard) { return guard->replacesAt(hook); });
}

std::unique_ptr<StreamInspector> GuardChain::openStream(std::unique_ptr<StreamInspector> last) const
{
    std::vector<std::unique_ptr<StreamInspector>> inspectors;
    for (const auto& guard : m_guards) {
        if (auto inspector = guard->openStream())
            inspectors.push_back(std::move(inspector));
    }
    if (last)
        inspectors.push_back(std::move(last));
    return std::make_unique<StreamChain>(std::move(inspectors));
}

}

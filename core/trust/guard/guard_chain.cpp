#include "core/trust/guard/guard.h"

#include <exception>

namespace ephor::guard {

namespace {

Inspection denyFor(const Guard& guard, std::string reason)
{
    Inspection inspection;
    inspection.word = VerdictWord::Deny;
    inspection.rule = "guard:" + std::string(guard.name());
    inspection.reason = std::move(reason);
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

class StreamChain final : public StreamInspector {
public:
    explicit StreamChain(std::vector<std::unique_ptr<StreamInspector>> inspectors)
        : m_inspectors(std::move(inspectors))
    {
    }

    Result<std::string> push(std::string_view piece) override
    {
        std::string text(piece);
        for (const auto& inspector : m_inspectors) {
            EPHOR_TRY(text, inspector->push(text));
        }
        return text;
    }

    Result<std::string> finish() override
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

private:
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
        Inspection inspection = inspectClosed(*guard, current);
        if (inspection.word == VerdictWord::Deny || inspection.word == VerdictWord::Ask)
            return inspection;
        if (inspection.word != VerdictWord::Transform || !inspection.replacement)
            continue;
        whole.word = VerdictWord::Transform;
        whole.rule = inspection.rule;
        whole.reason += (whole.reason.empty() ? "" : " ") + inspection.reason;
        whole.replacement = std::move(inspection.replacement);
        current.text = *whole.replacement;
    }
    return whole;
}

std::unique_ptr<StreamInspector> GuardChain::openStream() const
{
    std::vector<std::unique_ptr<StreamInspector>> inspectors;
    for (const auto& guard : m_guards) {
        if (auto inspector = guard->openStream())
            inspectors.push_back(std::move(inspector));
    }
    return std::make_unique<StreamChain>(std::move(inspectors));
}

}

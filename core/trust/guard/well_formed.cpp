#include "core/base/text.h"
#include "core/trust/guard/guard.h"

#include <algorithm>

namespace ephor::guard {

namespace {

class WellFormedGuard final : public Guard {
public:
    explicit WellFormedGuard(std::size_t largestBytes)
        : m_largestBytes(largestBytes)
    {
    }

    std::string_view name() const override { return "well-formed"; }

    Result<Inspection> inspect(const Passage& passage) const override
    {
        Inspection inspection;
        inspection.rule = "guard:well-formed";
        if (passage.text.size() > m_largestBytes) {
            inspection.word = VerdictWord::Deny;
            inspection.reason
                = "The text is longer than " + std::to_string(m_largestBytes) + " bytes. Send it in parts.";
        } else if (!isUtf8(passage.text)) {
            inspection.word = VerdictWord::Deny;
            inspection.reason = "The text is not valid UTF-8.";
        }
        return inspection;
    }

    bool replacesAt(Hook) const override { return false; }

private:
    std::size_t m_largestBytes;
};

}

std::shared_ptr<const Guard> makeWellFormedGuard(std::size_t largestBytes)
{
    return std::make_shared<WellFormedGuard>(largestBytes);
}

}

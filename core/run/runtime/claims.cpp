#include "core/trust/guard/protection.h"
#include "core/run/runtime/text_gates.h"

namespace ephor::runtime {

std::string TextGates::passClaim(Run& run, const char* title, const std::string& value) const
{
    if (value.empty())
        return value;
    guard::Inspection inspection = ask(run, guard::Hook::Input, value, {});
    if (!inspection.noticed.empty()) {
        // No model reads a claim, so the run is not labelled by it.
        Inspected seen;
        seen.label = guard::callerLabel;
        seen.noticed = inspection.noticed;
        run.inspected.push_back(std::move(seen));
    }
    const bool denies = inspection.word == VerdictWord::Deny;
    if (!denies && !inspection.replacement)
        return value;
    inspection.reason
        = std::string("The ") + title + " that the caller named is recorded as a hash. " + inspection.reason;
    report(run, inspection, "guard-in");
    return run.plan->protection->hiddenName(value);
}

}

#include "core/run/runtime/text_gates.h"

#include "core/trust/guard/protection.h"

#include <algorithm>

namespace ephor::runtime {

namespace {

// Cleaning alone leaves a name that may be read.
bool hidesSomething(const guard::Inspection& inspection)
{
    return inspection.word == VerdictWord::Deny || std::ranges::any_of(inspection.noticed, [](const Noticed& noticed) {
        return noticed.action != ProtectAction::Observe && !noticed.what.starts_with("removed:");
    });
}

}

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
    // Whoever names a hash would otherwise pass for the person behind it.
    const bool hides = hidesSomething(inspection) || guard::Protection::isHiddenName(value);
    if (!hides && !inspection.replacement)
        return value;
    inspection.reason = std::string("The ") + title + " that the caller named is recorded "
        + (hides ? "as a hash. " : "without what is not seen in it. ") + inspection.reason;
    report(run, inspection, "guard-in");
    return hides ? run.plan->protection->hiddenName(value) : std::move(*inspection.replacement);
}

}

#include "core/change/lifecycle/protection_check.h"

#include "core/base/text.h"
#include "core/change/lifecycle/release_protection.h"
#include "core/trust/guard/protection_diff.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

// More would not be read; the diff of the definition has them all.
constexpr std::size_t mostNamed = 6;

}

Result<std::optional<CheckResult>> checkProtection(
    const store::Snapshot& snapshot, const Release& candidate, const std::optional<Release>& production)
{
    const Release none;
    const Release& live = production ? *production : none;
    if (protectionPin(candidate) == protectionPin(live))
        return std::nullopt;
    EPHOR_TRY(const ReleaseProtection after, protectionOf(snapshot, candidate));
    EPHOR_TRY(const ReleaseProtection before, protectionOf(snapshot, live));
    CheckResult check{"Protection", true, false, {}, 0};
    const std::vector<std::string> looser = guard::loosened(*before.rules, *after.rules);
    check.passed = looser.empty();
    if (looser.empty()) {
        check.detail = "Nothing passes that did not pass before.";
        return check;
    }
    check.detail = "Looser: ";
    for (std::size_t i = 0; i < std::min(looser.size(), mostNamed); ++i)
        check.detail += (i == 0 ? "" : "; ") + looser[i];
    if (looser.size() > mostNamed)
        check.detail += "; and " + std::to_string(looser.size() - mostNamed) + " more";
    check.detail += ".";
    return check;
}

}

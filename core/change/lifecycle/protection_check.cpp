#include "core/change/lifecycle/protection_check.h"

#include "core/base/text.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/trust/guard/protection_diff.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

// More would not be read; the diff of the definition has them all.
constexpr std::size_t mostNamed = 6;

std::optional<DefinitionRef> pinned(const Release& release)
{
    const auto found = std::ranges::find(release.pins, DefinitionKind::Protection, &DefinitionRef::kind);
    return found == release.pins.end() ? std::nullopt : std::optional(*found);
}

// No key is needed to compare what rules say.
Result<std::shared_ptr<const guard::Protection>> compiled(
    const store::Snapshot& snapshot, const std::optional<DefinitionRef>& pin)
{
    if (!pin)
        return guard::Protection::compile({}, guard::standardProtection(), {});
    EPHOR_TRY(
        const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Protection, pin->name, pin->version));
    EPHOR_TRY(ProtectionBody body, definition::protectionFrom(bytes.body));
    return guard::Protection::compile(pin->name, std::move(body), {});
}

}

Result<std::optional<CheckResult>> checkProtection(
    const store::Snapshot& snapshot, const Release& candidate, const std::optional<Release>& production)
{
    const auto after = pinned(candidate);
    const auto before = production ? pinned(*production) : std::nullopt;
    if (!after && !before)
        return std::nullopt;
    if (after && before && after->name == before->name && after->version == before->version)
        return std::nullopt;
    CheckResult check{"Protection", true, false, {}, 0};
    EPHOR_TRY(const auto was, compiled(snapshot, before));
    EPHOR_TRY(const auto is, compiled(snapshot, after));
    const std::vector<std::string> looser = guard::loosened(*was, *is);
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

#include "core/change/lifecycle/release_protection.h"

#include "core/change/lifecycle/candidate.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/trust/guard/protection.h"

#include <algorithm>

namespace ephor::lifecycle {

std::optional<DefinitionRef> protectionPin(const Release& release)
{
    const auto pin = std::ranges::find(release.pins, DefinitionKind::Protection, &DefinitionRef::kind);
    return pin == release.pins.end() ? std::nullopt : std::optional(*pin);
}

Result<ReleaseProtection> protectionOf(const store::Snapshot& snapshot, const Release& release)
{
    ReleaseProtection protection;
    const auto pin = protectionPin(release);
    if (!pin) {
        EPHOR_TRY(protection.rules, guard::Protection::compile({}, guard::standardProtection(), {}));
        return protection;
    }
    EPHOR_TRY(
        const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Protection, pin->name, pin->version));
    EPHOR_TRY(ProtectionBody body, definition::protectionFrom(bytes.body));
    protection.pin = *pin;
    if (const DefinitionRef* const judge = findPin(release.pins, DefinitionKind::Model, body.judge))
        protection.judge = *judge;
    EPHOR_TRY(protection.rules, guard::Protection::compile(pin->name, std::move(body), {}));
    return protection;
}

}

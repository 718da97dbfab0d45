#include "core/insight/entity_titles.h"

#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/trust/guard/protection.h"

namespace ephor::insight {

Result<EntityTitles> entityTitles(const store::Snapshot& snapshot)
{
    EntityTitles titles;
    EPHOR_TRY(const auto builtIn, guard::Protection::compile({}, {}, {}));
    for (const detect::Entity& entity : builtIn->entities())
        titles.emplace(entity.name, entity.title);
    // Of a retired one counts are still told.
    EPHOR_TRY(
        const auto protections, definition::list(snapshot, DefinitionKind::Protection, definition::Retired::Show));
    for (const DefinitionSummary& each : protections) {
        EPHOR_TRY(const auto newest, definition::bodyBytes(snapshot, DefinitionKind::Protection, each.name, 0));
        EPHOR_TRY(const ProtectionBody body, definition::protectionFrom(newest.body));
        for (const OwnDetector& detector : body.detectors)
            titles.emplace(detector.entity, detector.title);
    }
    return titles;
}

}

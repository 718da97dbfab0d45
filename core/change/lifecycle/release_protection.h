#pragma once

#include "core/domain/change.h"
#include "core/store/database.h"

#include <memory>
#include <optional>

namespace ephor::guard {
class Protection;
}

namespace ephor::lifecycle {

/// What may pass under a release.
struct ReleaseProtection {
    std::optional<DefinitionRef> pin; ///< nothing: the standard protection
    std::optional<DefinitionRef> judge; ///< the model that it names
    std::shared_ptr<const guard::Protection> rules; ///< compiled without keys, to be compared
};

/// The pin of the protection of a release; nothing: the standard one.
std::optional<DefinitionRef> protectionPin(const Release& release);

/// Codes: those of definition::verifiedBytes.
Result<ReleaseProtection> protectionOf(const store::Snapshot& snapshot, const Release& release);

}

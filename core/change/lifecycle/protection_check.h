#pragma once

#include "core/change/lifecycle/basis.h"

#include <optional>

namespace ephor::lifecycle {

/// For whoever approves: what the candidate's protection lets through and the one in production does not. Nothing where
/// both are the same version.
Result<std::optional<CheckResult>> checkProtection(
    const store::Snapshot& snapshot, const Release& candidate, const std::optional<Release>& production);

}

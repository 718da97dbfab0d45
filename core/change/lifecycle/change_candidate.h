#pragma once

#include "core/domain/change.h"
#include "core/store/database.h"

#include <string>

namespace ephor::lifecycle {

/// What a change would release on top of what is live now; not stored. Codes: change.unknown, those of readBasis and
/// candidateRelease.
Result<Release> candidateOfChange(const store::Snapshot& snapshot, const std::string& change);

}

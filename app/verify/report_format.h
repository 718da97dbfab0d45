#pragma once

#include "core/proof/report.h"

namespace ephor::verify {

/// A short table of the checks for a person. Text from the evidence is printed with control characters made visible.
std::string reportText(const proof::Report& report);

/// One JSON object: {verified, origin, size, root, entries, firstBadEntry, clock, failed, checks: [{name, state,
/// detail, code, hint, fields}]}.
std::string reportJson(const proof::Report& report);

}

#pragma once

#include "core/api/handlers.h"
#include "core/base/clock.h"
#include "core/domain/run.h"

#include <string>

namespace ephor::approval {

/// Why this caller may not decide about the request, in one sentence; empty when he may. The one place of that rule:
/// the decision itself, what a page offers and what waits in an inbox all ask here.
std::string whyNotDecide(const ApprovalRequest& request, const Call& call, Instant now);

}

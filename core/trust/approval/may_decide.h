#pragma once

#include "core/api/handlers.h"
#include "core/base/clock.h"
#include "core/domain/run.h"

#include <string>

namespace ephor::approval {

/// Why this caller may not decide about the request, in one sentence; empty when he may. The one place of that rule:
/// the decision itself, what a page offers and what waits in an inbox all ask here.
std::string whyNotDecide(const ApprovalRequest& request, const Call& call, Instant now);

/// Whether the request waits for this caller's fresh sign-in, whatever his roles.
bool waitsForSignIn(const ApprovalRequest& request, const Call& call, Instant now);

/// Why this caller may not confirm the request, in one sentence; empty when he may: he is the one, and signed in after
/// it was made.
std::string whyNotConfirm(const ApprovalRequest& request, const Call& call, Instant now);

}

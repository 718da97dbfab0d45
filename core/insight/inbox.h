#pragma once

#include "core/api/handlers.h"
#include "core/api/insight.h"
#include "core/insight/operations.h"

namespace ephor::insight {

/// What the caller may decide now: actions of runs, changes, self-approved changes to ratify; soonest deadline first,
/// then oldest. And the caller's last 50 decisions, newest first.
Result<ReadInbox::Response> readInbox(const Services& services, const store::Snapshot& snapshot, const Call& call);

}

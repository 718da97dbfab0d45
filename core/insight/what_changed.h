#pragma once

#include "core/api/handlers.h"
#include "core/api/insight.h"
#include "core/insight/operations.h"

namespace ephor::insight {

/// What people and agents changed since a moment, else since the caller's last visit, else in seven days: acts from the
/// record, moves of rollouts, and what the numbers say beside the stretch just before. Only of teams the caller may
/// view. Newest first.
Result<WhatChanged::Response> readChanged(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const WhatChanged::Request& request);

}

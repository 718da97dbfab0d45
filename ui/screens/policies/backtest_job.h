#pragma once

#include "core/api/policies.h"
#include "ui/bridge/job_centre.h"

namespace ephor::ui::policies {

/// Asks for one page after the other into `whole` until the last, or until the job is cancelled; the sentence sums up.
/// For JobCentre::run. Codes: policy.cancelled, those of the operation.
Result<QString> runBacktest(Backend& backend, const CallContext& context, JobControl& job, Backtest::Request request,
    Backtest::Response& whole);

}

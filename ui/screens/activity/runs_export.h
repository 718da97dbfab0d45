#pragma once

#include "core/api/backend.h"
#include "core/api/runs.h"
#include "ui/bridge/job_centre.h"

#include <QString>

namespace ephor::ui::activity {

/// More than this belongs to `ephor runs list` on a machine with room for it.
constexpr std::size_t mostExportedRuns = 100'000;

/// A line of comma-separated values for each run, the names of the columns first. Pure; money and counts that are not
/// known stay empty, and no cell begins with a sign a spreadsheet would take for a formula.
QString runsAsCsv(const std::vector<RunSummary>& runs);

/// Pages through the list and writes it; the sentence tells how many. For JobCentre::run.
Result<QString> exportRuns(
    Backend& backend, const CallContext& context, JobControl& job, const RunFilter& filter, const QString& file);

}

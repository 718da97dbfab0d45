#pragma once

#include "core/api/changes.h"
#include "ui/kit/pipeline_strip.h"

#include <QDateTime>

/// The steps of one change, and moments as its page writes them. Pure.
namespace ephor::ui::changes {

/// Draft, Checks, Approval, Rolling out, and Live or what came instead: who and when, and where it stands.
std::vector<PipelineStep> pipelineSteps(const GetChange::Response& shown);

/// The part of the page that tells of a step.
enum class PagePart { items, checks, approvals, comparison };
PagePart partOfStep(int step);

/// "Tue 10 Mar 08:52"; a dash for never.
QString momentText(Instant at);
/// "Tue 10 Mar".
QString dayText(Instant at);
/// "5 %".
QString shareText(double share);
/// Shares still to come: 0.25, 0.5, 1.
std::vector<double> sharesAhead(const Rollout& rollout);

}

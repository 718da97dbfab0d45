#pragma once

#include "core/run/runtime/run.h"

namespace ephor::runtime {

/// The business outcome of a run that has ended, as its agent's contract marks it: the tool that decides, else the
/// answer. Pure.
Decision decisionOf(const AgentBody& agent, const RunSummary& summary, const Messages& messages);

}

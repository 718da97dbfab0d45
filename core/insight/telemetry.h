#pragma once

#include "core/base/result.h"
#include "core/domain/metrics.h"

#include <string>
#include <vector>

namespace ephor::insight {

/// What the run path hands over when a run reaches a resting point: done, denied, failed, stopped, or waiting.
struct RunReport {
    RunSummary summary;
    std::string model; ///< name of the model definition
    std::vector<Span> spans; ///< all of this stretch so far; a later report of the same stretch replaces them
    std::string stretch; ///< what their ids begin with, where a run went on after it had waited; empty: its beginning
    struct ToolVerdict {
        std::string tool;
        VerdictWord word;
    };
    std::vector<ToolVerdict> toolVerdicts; ///< since the report before this one
    std::vector<Inspected> inspected; ///< what was found in its texts, since the report before this one
    bool ended = false; ///< counts into the rollups once, when true
};

/// Where the run path leaves spans and measures. Never blocks and never fails a run: a full queue drops the report and
/// counts it, since every decision is in the ledger anyway. Thread-safe.
class RunReports {
public:
    virtual ~RunReports() = default;
    virtual void report(RunReport report) = 0;
};

}

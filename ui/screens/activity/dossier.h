#pragma once

#include "core/api/audit.h"
#include "core/api/runs.h"

#include <string>

namespace ephor::ui::activity {

/// All that is known of a run without its sealed content, as indented JSON for a file: run, sentence, spans, verdicts,
/// approvals, entries of the record where they may be read, and how far the record was verified. Pure.
std::string dossierJson(const GetRun::Response& run, const std::optional<QueryRecord::Response>& entries,
    const std::optional<RecordStatus>& record, Instant exportedAt);

}

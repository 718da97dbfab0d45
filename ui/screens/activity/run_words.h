#pragma once

#include "core/api/audit.h"
#include "core/api/runs.h"
#include "ui/bridge/route.h"
#include "ui/bridge/wording.h"
#include "ui/kit/waterfall.h"

#include <QDateTime>
#include <QStringList>

namespace ephor::ui::activity {

/// What happened, why, and what it took: up to three sentences. Pure.
QStringList runSentences(const GetRun::Response& answer);
/// The business outcome with its state: refused calls and ends that nobody wanted are loud.
StateWords decisionOf(const RunSummary& run);
/// "#1,282,491 to #1,282,497".
QString entriesWords(const RunSummary& run);
/// Whether the run's entries are among those verified.
StateWords verifiedOf(const RunSummary& run, const std::optional<RecordStatus>& record);
/// "9 spans recorded, started Mon 16 Mar 2026, 13:52:01".
QString recordedWords(const GetRun::Response& answer);

bool isUnderWay(const RunSummary& run);
/// The first request of the run that still waits, or null.
const ApprovalRequest* waitingApproval(const GetRun::Response& answer);

/// The waterfall of a run; keys are span ids.
std::vector<WaterfallRow> spanRows(const GetRun::Response& answer);
/// "Model 5.3 s · Tools 382 ms · Ephor 12 ms", by where the time went.
QString shareWords(const GetRun::Response& answer);

/// The entry that proves what the pane shows: the verdict's own where the span has one, else the run's last.
struct SpanProof {
    std::optional<std::uint64_t> entry; ///< nothing: not durable yet
    QString words; ///< "entry #%1"
    QString meaning;
};
SpanProof proofOf(const GetRun::Response& answer, const Span& span);
/// "6,902 tokens"
QString tokensWords(const Usage& usage);

}

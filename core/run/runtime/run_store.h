#pragma once

#include "core/api/page.h"
#include "core/api/runs.h"
#include "core/domain/run.h"
#include "core/store/database.h"

#include <span>
#include <string>
#include <vector>

namespace ephor::runtime {

std::span<const store::Migration> migrations();

/// The body of a run's header, made off the writer's thread: only the places of its entries are still to come.
class RunHeader {
public:
    explicit RunHeader(const RunSummary& run);
    /// The body once the entry of this index is its last, and its first if it had none.
    std::string with(std::uint64_t entry) const;

private:
    std::string m_text;
    std::vector<std::size_t> m_places; ///< where the index stands in it, ascending
};

/// Adds a run in the transaction of its first entry.
Result<void> addRun(
    store::Transaction& transaction, const RunSummary& run, const std::string& requester, std::string_view body);
/// The same of a run as it is.
Result<void> addRun(store::Transaction& transaction, const RunSummary& run, const std::string& requester);
/// Replaces the header.
Result<void> updateRun(store::Transaction& transaction, const RunSummary& run, std::string_view body);
/// By id as people paste it (core/domain/short_id.h), by its last eight characters, or by a prefix of at least six;
/// always of one run only. Codes: run.unknown, run.ambiguous.
Result<RunSummary> findRun(const store::Snapshot& snapshot, const std::string& idOrPrefix);
/// The principal that started it.
Result<std::string> requesterOf(const store::Snapshot& snapshot, const std::string& run);
/// `hiddenText` is what the filter's text is recorded as where it is hidden (guard::Protection::hiddenName).
Result<ListRuns::Response> listRuns(
    const store::Snapshot& snapshot, const ListRuns::Request& request, std::string_view hiddenText);
/// Runs that were under way or waiting when the workspace closed, oldest first.
Result<std::vector<RunSummary>> unfinishedRuns(const store::Snapshot& snapshot);

/// What a step of the journal says happened. The words are stored.
enum class JournalKind {
    Admitted, ///< the run may start; its entry holds the messages it began with
    Permitted, ///< a tool call leaves; from here until Answered nobody knows whether it happened
    Answered, ///< the call's result, or that it was refused
    Asked, ///< a person was asked about a call
    Ended,
};

/// A durable step. Everything with content stands sealed in the ledger entry it names.
struct JournalStep {
    std::string run;
    std::uint64_t seq = 0; ///< from 1, without gaps
    JournalKind kind = JournalKind::Admitted;
    std::uint64_t entry = 0; ///< ledger index
    std::string call; ///< id of the tool call, where there is one
    std::string approval; ///< id of the request, of Asked and of the Permitted that consumed it
};
Result<void> addStep(store::Transaction& transaction, const JournalStep& step);
Result<std::vector<JournalStep>> journal(const store::Snapshot& snapshot, const std::string& run);

/// Counts verdicts on tool calls by day, for the access matrix and previews.
Result<void> countVerdict(
    store::Transaction& transaction, Instant at, const std::string& agent, const std::string& tool, VerdictWord word);

/// Whether the units of recent requests could be told apart: a rollout needs them stable.
struct UnitCoverage {
    std::uint64_t requests = 0; ///< the newest ones, at most `lookback`
    std::uint64_t withoutUnit = 0; ///< that carried neither person nor conversation
};
Result<UnitCoverage> unitCoverage(const store::Snapshot& snapshot, const std::string& agent, std::uint64_t lookback);

}

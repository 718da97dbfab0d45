#pragma once

#include "core/domain/run.h"
#include "core/store/database.h"
#include "core/trust/ledger/entry.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ephor {
class Clock;
}

namespace ephor::approval {

std::span<const store::Migration> migrations();

/// What a call is, exactly. Its canonical form is what people approve: another argument, schema or policy is another
/// call.
struct CallBinding {
    std::string tool;
    std::string schemaDigest; ///< of the tool's input schema
    Document arguments;
    std::string principal; ///< who started the run
    std::string policy; ///< release id and generation of tightenings
    Instant expiresAt;
};

/// "sha256:…" over the canonical JSON of the binding. Code json.integer-range and others for arguments that have no
/// canonical form: such a call cannot be approved.
Result<std::string> digestOf(const CallBinding& binding);

/// Adds a request in the transaction that records it. `argumentsEntry` is the ledger index whose sealed field holds the
/// arguments.
Result<void> add(store::Transaction& transaction, const ApprovalRequest& request, std::uint64_t argumentsEntry);

Result<ApprovalRequest> get(const store::Snapshot& snapshot, const std::string& id);
/// The ledger index that holds the sealed arguments.
Result<std::uint64_t> argumentsEntry(const store::Snapshot& snapshot, const std::string& id);

/// Newest first; `before` pages by request time and id ("" for the newest).
struct ListFilter {
    bool all = false; ///< also what is decided
    std::string agent;
    std::string before;
    std::uint64_t limit = 256;
};
Result<std::vector<ApprovalRequest>> list(const store::Snapshot& snapshot, const ListFilter& filter);
Result<std::uint64_t> countWaiting(const store::Snapshot& snapshot);

/// How many people have approved, without the confirmation of whoever it works for.
std::uint64_t approvalsGiven(const ApprovalRequest& request);

/// Counts one person's decision. One denial denies; `needed` approvals of different people approve, and where a fresh
/// sign-in is wanted the word of `confirmer`, which counts as that and never as an approval. Returns the request as it
/// is then. Codes: approval.decided, approval.expired, approval.moved-on (the digest differs), approval.requester
/// (who started the run never counts), approval.twice.
Result<ApprovalRequest> decide(store::Transaction& transaction, const std::string& id, const std::string& digest,
    const ApprovalDecision& decision, Instant now);

/// Turns an approved request into a consumed one, in the transaction that starts the call: it can happen once.
/// Codes: approval.not-approved, approval.expired, approval.moved-on.
Result<void> consume(store::Transaction& transaction, const std::string& id, const std::string& digest, Instant now);

/// Marks what is past its time as expired and returns it. Called by the workspace's timer; limit bounds one
/// transaction.
Result<std::vector<ApprovalRequest>> expire(store::Transaction& transaction, Instant now, std::uint64_t limit);

/// Voids a request that still waits, since a rule now forbids its call whatever people say. Nothing when somebody
/// decided in the meantime.
Result<std::optional<ApprovalRequest>> voidByRule(store::Transaction& transaction, const std::string& id);

/// Voids what waits for a run that has ended (stopped, cancelled). Returns the ids of the requests.
Result<std::vector<std::string>> voidForRun(store::Transaction& transaction, const std::string& run);

/// How similar calls were decided before: same agent and tool, since `since`.
struct Similar {
    std::uint64_t approved = 0;
    std::uint64_t denied = 0;
};
Result<Similar> similar(
    const store::Snapshot& snapshot, const std::string& agent, const std::string& tool, Instant since);

}

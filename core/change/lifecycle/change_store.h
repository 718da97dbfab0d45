#pragma once

#include "core/api/changes.h"
#include "core/store/database.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace ephor::lifecycle {

/// The table `change`: number, id, agent, team, environment, state (its word), author, self_approved, created_at,
/// moved_at, body (a StoredChange).
std::span<const store::Migration> migrations();

/// A tightening that went when a change loosened it, kept so that a rollback puts it back.
struct LiftedTightening {
    std::string tool;
    Access access = Access::Deny;
    std::string by;
    std::string reason;
    Instant at;
    bool operator==(const LiftedTightening&) const = default;
};
BOOST_DESCRIBE_STRUCT(LiftedTightening, (), (tool, access, by, reason, at))

/// A change with what no screen shows.
struct StoredChange {
    Change change;
    std::vector<std::string> authors; ///< principals who drafted it or wrote a version in it
    std::string basis; ///< release in production when it was submitted; empty: none
    Instant submittedAt; ///< a tightening younger than this was never looked at: going live leaves it standing
    std::vector<LiftedTightening> lifted;
    bool operator==(const StoredChange&) const = default;
};
BOOST_DESCRIBE_STRUCT(StoredChange, (), (change, authors, basis, submittedAt, lifted))

/// Numbers it ("CH-12") and writes it.
Result<void> addChange(store::Transaction& transaction, StoredChange& stored);
Result<void> saveChange(store::Transaction& transaction, const StoredChange& stored);
/// Code: change.unknown.
Result<StoredChange> findChange(const store::Snapshot& snapshot, const std::string& id);

/// Newest first; `visible` says which of them the caller may see. The total is known when one page holds them all.
/// Code: page.cursor.
Result<ListChanges::Response> listChanges(const store::Snapshot& snapshot, const ListChanges::Request& request,
    const std::function<bool(const ChangeSummary&)>& visible);

/// "sha256:…" over the canonical JSON of {agent, items, grants}: what an approval names. `grants` are the rules to be
/// in force.
Result<std::string> changeDigest(const Change& change);

}

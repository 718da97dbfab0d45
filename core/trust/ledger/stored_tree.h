#pragma once

#include "core/proof/frontier.h"
#include "core/proof/merkle.h"
#include "core/store/database.h"

namespace ephor::ledger {

/// The tree as it is stored: leaf hashes with the entries, and the hash of every complete subtree of 256^level leaves.
/// Everything in between is recomputed from at most 256 stored hashes. The source is good as long as the snapshot.
proof::HashSource storedTree(const store::Snapshot& snapshot);

/// The same from leaf hashes alone along the path to `index`, where `hash` stands in for what is stored: answers
/// "which root would it have been, had the leaf been this one". Slow: only to locate a fault.
proof::HashSource treeWithLeaf(const store::Snapshot& snapshot, std::uint64_t index, const Digest& hash);

/// Entries in the log: one more than the greatest index.
Result<std::uint64_t> storedSize(const store::Snapshot& snapshot);

/// The hash of the complete subtree `n` at `level` (1: 256 leaves, 2: 65,536 …), or nothing.
Result<std::optional<Digest>> storedSubtree(const store::Snapshot& snapshot, unsigned level, std::uint64_t n);

/// Extends the frontier by a leaf and stores the subtrees it completes.
Result<void> appendLeaf(store::Transaction& transaction, proof::Frontier& frontier, const Digest& leaf);

/// A digest out of a stored blob; fails (ledger.damaged) for another length.
Result<Digest> digestFrom(BytesView bytes);

}

#include "core/trust/ledger/stored_tree.h"

#include "core/proof/tile.h"

#include <algorithm>

namespace ephor::ledger {

namespace {

Result<std::vector<Digest>> storedHashes(
    const store::Snapshot& snapshot, unsigned level, std::uint64_t first, std::uint64_t count)
{
    std::vector<Digest> hashes;
    hashes.reserve(count);
    const auto visit = [&](const store::Row& row) -> Result<void> {
        EPHOR_TRY(hashes.emplace_back(), digestFrom(row.blob(0)));
        return {};
    };
    const auto begin = std::int64_t(first);
    const auto end = std::int64_t(first + count);
    if (level == 0) {
        EPHOR_TRY_VOID(
            snapshot.query("SELECT leaf_hash FROM leaf WHERE idx >= ? AND idx < ? ORDER BY idx", {begin, end}, visit));
    } else {
        EPHOR_TRY_VOID(snapshot.query("SELECT hash FROM subtree WHERE level = ? AND n >= ? AND n < ? ORDER BY n",
            {std::int64_t(level), begin, end}, visit));
    }
    if (hashes.size() != count)
        return fail(Error(ErrorKind::CheckFailed, level == 0 ? "ledger.entry.missing" : "ledger.subtree",
            level == 0 ? "An entry is missing from the ledger." : "A stored hash of the tree is missing.",
            "Restore the last backup beside it and compare.")
                .with("entry", std::to_string(first << (proof::tileHeight * level)))
                .with("level", std::to_string(level)));
    return hashes;
}

}

proof::HashSource storedTree(const store::Snapshot& snapshot)
{
    return [&snapshot](unsigned level, std::uint64_t index) -> Result<Digest> {
        const unsigned within = level % proof::tileHeight;
        EPHOR_TRY(const auto hashes,
            storedHashes(snapshot, level / proof::tileHeight, index << within, std::uint64_t{1} << within));
        return proof::subtreeHash(hashes);
    };
}

proof::HashSource treeWithLeaf(const store::Snapshot& snapshot, std::uint64_t index, const Digest& hash)
{
    struct Path {
        const store::Snapshot& snapshot;
        std::uint64_t index;
        Digest hash;
        Result<Digest> at(unsigned level, std::uint64_t position) const
        {
            if ((index >> level) != position)
                return storedTree(snapshot)(level, position);
            if (level == 0)
                return hash;
            EPHOR_TRY(const Digest left, at(level - 1, 2 * position));
            EPHOR_TRY(const Digest right, at(level - 1, 2 * position + 1));
            return proof::nodeHash(left, right);
        }
    };
    return [path = Path{snapshot, index, hash}](
               unsigned level, std::uint64_t position) { return path.at(level, position); };
}

Result<std::uint64_t> storedSize(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const auto last, snapshot.integer("SELECT max(idx) FROM leaf", {}));
    return last ? std::uint64_t(std::max<std::int64_t>(*last + 1, 0)) : 0;
}

Result<std::optional<Digest>> storedSubtree(const store::Snapshot& snapshot, unsigned level, std::uint64_t n)
{
    std::optional<Digest> hash;
    EPHOR_TRY_VOID(snapshot.query("SELECT hash FROM subtree WHERE level = ? AND n = ?",
        {std::int64_t(level), std::int64_t(n)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(hash, digestFrom(row.blob(0)));
            return {};
        }));
    return hash;
}

Result<void> appendLeaf(store::Transaction& transaction, proof::Frontier& frontier, const Digest& leaf)
{
    Result<void> result;
    frontier.append(leaf, [&](unsigned level, std::uint64_t n, const Digest& hash) {
        if (!result || level == 0 || level % proof::tileHeight != 0)
            return;
        if (auto stored = transaction.run("INSERT INTO subtree(level, n, hash) VALUES(?, ?, ?)",
                {std::int64_t(level / proof::tileHeight), std::int64_t(n), hash});
            !stored)
            result = fail(std::move(stored).error());
    });
    return result;
}

Result<Digest> digestFrom(BytesView bytes)
{
    Digest digest{};
    if (bytes.size() != digest.size())
        return fail(ErrorKind::CheckFailed, "ledger.damaged", "A stored hash has the wrong length.");
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

}

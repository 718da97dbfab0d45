#include "core/trust/ledger/verification.h"

#include "core/proof/leaf.h"
#include "core/proof/tile.h"
#include "core/trust/ledger/envelope.h"
#include "core/trust/ledger/schema_check.h"
#include "core/trust/ledger/seal_check.h"
#include "core/trust/ledger/stored_tree.h"

namespace ephor::ledger {

namespace {

// Rows read under one snapshot: a few milliseconds, so that the WAL is never held back for long.
constexpr std::uint64_t sliceEntries = 2'048;
constexpr std::size_t headsAtOnce = 256;

}

Error entryFault(const char* code, std::string message, std::uint64_t index)
{
    return Error(ErrorKind::CheckFailed, code, std::move(message), "Compare with an export or a backup made before.")
        .with("entry", std::to_string(index));
}

Verification::Verification(VerificationParts parts, VerificationProgress progress)
    : m_parts(std::move(parts))
    , m_progress(std::move(progress))
{
}

Result<std::uint64_t> Verification::run(std::uint64_t from)
{
    EPHOR_TRY_VOID(m_parts.database.read([&](const store::Snapshot& snapshot) { return begin(snapshot, from); }));
    while (m_frontier.size() < m_size) {
        EPHOR_TRY_VOID(m_parts.database.read([&](const store::Snapshot& snapshot) { return checkSlice(snapshot); }));
        if (m_progress && !m_progress(m_frontier.size(), m_size))
            return fail(ErrorKind::Cancelled, "ledger.cancelled", "The verification was cancelled.");
    }
    if (m_tailFault)
        return fail(*m_tailFault);
    // No head says whether a differing hash above the last one is the entry's fault or the stored hash's.
    if (m_subtreeFault)
        return fail(*m_subtreeFault);
    // Both read whole tables, so that they belong to verifying the whole: an opening looks at the record's end alone.
    if (from == 0) {
        EPHOR_TRY_VOID(m_parts.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY_VOID(checkSealsOutsideEntries(snapshot));
            return checkIndexes(snapshot);
        }));
    }
    return m_size;
}

Result<void> Verification::begin(const store::Snapshot& snapshot, std::uint64_t from)
{
    EPHOR_TRY_VOID(checkSchema(snapshot));
    EPHOR_TRY(m_size, storedSize(snapshot));
    EPHOR_TRY(const auto first, snapshot.integer("SELECT min(idx) FROM leaf", {}));
    if (first && *first < 0)
        return fail(entryFault("ledger.entry.extra", "There is an entry before the first one.", 0));
    EPHOR_TRY(const auto head, lastHead(snapshot));
    const std::uint64_t known = std::max(m_parts.expectedSize, head ? head->size : 0);
    if (m_size < known)
        m_tailFault = entryFault("ledger.tail",
            "The end of the ledger was cut off: entries that were signed for or acknowledged are missing.", m_size)
                          .with("known", std::to_string(known));
    from = std::min(from, m_size);
    EPHOR_TRY(m_frontier, proof::Frontier::load(from, storedTree(snapshot)));
    m_proved = from;
    m_headsFrom = from;
    // An empty tree has no head of its own.
    return from == 0 ? Result<void>() : checkHeadsHere(snapshot);
}

Result<void> Verification::checkSlice(const store::Snapshot& snapshot)
{
    const std::uint64_t begin = m_frontier.size();
    const std::uint64_t end = std::min(begin + sliceEntries, m_size);
    EPHOR_TRY_VOID(snapshot.query("SELECT idx, leaf_hash, body FROM leaf WHERE idx >= ? AND idx < ? ORDER BY idx",
        {std::int64_t(begin), std::int64_t(end)}, [&](const store::Row& row) -> Result<void> {
            const std::uint64_t expected = m_frontier.size();
            if (std::uint64_t(row.integer(0)) != expected)
                return fail(entryFault("ledger.entry.missing", "An entry is missing from the ledger.", expected));
            return checkEntry(snapshot, expected, row.blob(1), row.text(2));
        }));
    if (m_frontier.size() < end)
        return fail(entryFault("ledger.entry.missing", "An entry is missing from the ledger.", m_frontier.size()));
    return {};
}

Result<void> Verification::checkEntry(
    const store::Snapshot& snapshot, std::uint64_t index, BytesView storedHash, std::string_view body)
{
    EPHOR_TRY(const Digest stored, digestFrom(storedHash));
    const Digest computed = proof::leafHash(bytesOf(proof::leafFor(body).body));
    if (stored != computed)
        return fail(locateMismatch(snapshot, index, computed, body));
    Result<void> subtrees;
    m_frontier.append(computed, [&](unsigned level, std::uint64_t n, const Digest& hash) {
        if (subtrees && level != 0 && level % proof::tileHeight == 0)
            subtrees = checkSubtree(snapshot, level / proof::tileHeight, n, hash);
    });
    EPHOR_TRY_VOID(subtrees);
    EPHOR_TRY_VOID(checkHeadsHere(snapshot));
    return mayHoldCommitment(body) ? checkEntrySeals(snapshot, m_parts.keys, index, body) : Result<void>();
}

Result<void> Verification::checkSubtree(
    const store::Snapshot& snapshot, unsigned level, std::uint64_t n, const Digest& hash)
{
    EPHOR_TRY(const auto stored, storedSubtree(snapshot, level, n));
    if (m_subtreeFault || stored == hash)
        return {};
    const unsigned shift = proof::tileHeight * level;
    m_subtreeBegin = n << shift;
    m_subtreeEnd = (n + 1) << shift;
    m_subtreeFault = entryFault("ledger.subtree",
        stored ? "A stored hash of the tree is not that of the entries under it."
               : "A stored hash of the tree is missing.",
        m_subtreeBegin)
                         .with("level", std::to_string(level))
                         .with("last", std::to_string(m_subtreeEnd - 1));
    return {};
}

Result<const HeadRow*> Verification::nextHead(const store::Snapshot& snapshot)
{
    if (m_heads.empty() && m_moreHeads) {
        EPHOR_TRY(auto heads, headsFrom(snapshot, m_headsFrom, headsAtOnce));
        m_moreHeads = heads.size() == headsAtOnce;
        m_heads.assign(std::make_move_iterator(heads.begin()), std::make_move_iterator(heads.end()));
        if (!m_heads.empty())
            m_headsFrom = m_heads.back().size + 1;
    }
    return m_heads.empty() ? nullptr : &m_heads.front();
}

Result<void> Verification::checkHeadsHere(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const HeadRow* head, nextHead(snapshot));
    if (!head || head->size > m_frontier.size())
        return {};
    EPHOR_TRY_VOID(checkHeadRow(*head, m_parts.trust));
    if (m_frontier.root() != head->root)
        return fail(locateTreeFault(snapshot, *head));
    if (m_subtreeFault)
        return fail(*m_subtreeFault);
    m_proved = head->size;
    m_heads.pop_front();
    return {};
}

}

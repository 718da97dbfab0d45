#include "core/base/json.h"
#include "core/trust/ledger/stored_tree.h"
#include "core/trust/ledger/verification.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::ledger {

std::optional<std::uint64_t> statedIndex(std::string_view body)
{
    const auto json = parseJson(body);
    if (!json || !json->is_object())
        return std::nullopt;
    const auto found = json->find("idx");
    return found != json->end() && found->is_number_unsigned() ? std::optional(found->get<std::uint64_t>())
                                                               : std::nullopt;
}

// The body and its stored hash disagree: the next signed head tells which of the two is the one that was recorded.
Error Verification::locateMismatch(
    const store::Snapshot& snapshot, std::uint64_t index, const Digest& computed, std::string_view body)
{
    if (const auto stated = statedIndex(body); stated && *stated != index)
        return entryFault(
            "ledger.entry.moved", "An entry stands at another place than the one it was recorded at.", index)
            .with("stated", std::to_string(*stated));
    const auto head = nextHead(snapshot);
    if (head && *head && checkHeadRow(**head, m_parts.trust)) {
        const auto root = proof::treeRoot((*head)->size, treeWithLeaf(snapshot, index, computed));
        if (root && *root == (*head)->root)
            return entryFault(
                "ledger.entry.hash", "An entry's stored hash was changed; its body is the one recorded.", index);
    }
    return entryFault("ledger.entry.body", "An entry's body was changed.", index);
}

// Bodies and hashes agree with each other, but not with the signed root: what was put in place of the record states
// its own place wrongly, or lies somewhere in the range that the stored hashes of the tree narrow down.
Error Verification::locateTreeFault(const store::Snapshot& snapshot, const HeadRow& head)
{
    std::optional<Error> moved;
    (void)snapshot.query("SELECT idx, body FROM leaf WHERE idx >= ? AND idx < ? ORDER BY idx",
        {std::int64_t(m_proved), std::int64_t(head.size)}, [&](const store::Row& row) -> Result<void> {
            const auto index = std::uint64_t(row.integer(0));
            const auto stated = statedIndex(row.text(1));
            if (!stated || *stated == index)
                return {};
            moved = entryFault(
                "ledger.entry.moved", "An entry stands at another place than the one it was recorded at.", index)
                        .with("stated", std::to_string(*stated));
            return fail(*moved);
        });
    if (moved)
        return *moved;
    const bool narrowed = m_subtreeFault && m_subtreeEnd > m_proved && m_subtreeBegin < head.size;
    const std::uint64_t first = narrowed ? std::max(m_subtreeBegin, m_proved) : m_proved;
    const std::uint64_t last = (narrowed ? std::min(m_subtreeEnd, head.size) : head.size) - 1;
    return entryFault("ledger.tree",
        "The entries do not make the tree that was signed: one of this range was replaced together with its hash.",
        first)
        .with("last", std::to_string(last))
        .with("size", std::to_string(head.size));
}

}

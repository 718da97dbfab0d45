#include "core/trust/ledger/seal_check.h"

#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "core/trust/ledger/envelope.h"
#include "core/trust/ledger/sealed_fields.h"
#include "core/trust/ledger/verification.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::ledger {

namespace {

Error sealFault(const char* code, std::string message, std::uint64_t index, const std::string& path)
{
    return entryFault(code, std::move(message), index).with("path", path);
}

Result<void> checkDestroyed(const store::Snapshot& snapshot, const SealedRow& row, std::uint64_t index)
{
    EPHOR_TRY(const auto recorded,
        snapshot.integer(
            "SELECT idx FROM entry WHERE subject = ? AND kind = ? LIMIT 1", {row.subject, wordOf(EntryKind::Erasure)}));
    if (row.destroyedAt && recorded)
        return {};
    return fail(sealFault(
        "ledger.erasure.unrecorded", "A sealed value's key was destroyed, but no entry says so.", index, row.path));
}

Result<void> checkRow(const store::Snapshot& snapshot, const keys::KeyStore* keys, const SealedRow& row,
    const std::string& commitment, std::uint64_t index)
{
    if (!row.keyKnown)
        return fail(sealFault("ledger.sealed.key", "The key of a sealed value is missing.", index, row.path));
    if (!row.wrappedKey)
        return checkDestroyed(snapshot, row, index);
    if (!keys)
        return {};
    const auto opened = openSeal(*keys, row, commitment);
    return opened ? Result<void>()
                  : fail(sealFault(opened.error().code.c_str(), opened.error().message, index, row.path));
}

}

Result<void> checkEntrySeals(
    const store::Snapshot& snapshot, const keys::KeyStore* keys, std::uint64_t index, std::string_view body)
{
    EPHOR_TRY(const Json envelope, parseJson(body));
    const auto commitments = commitmentsIn(envelope);
    EPHOR_TRY(const auto rows, sealedRows(snapshot, envelope.value("id", std::string())));
    std::size_t matched = 0;
    for (const SealedRow& row : rows) {
        const auto commitment = commitments.find(row.path);
        if (commitment == commitments.end())
            return fail(
                sealFault("ledger.sealed.extra", "A sealed value belongs to no field of its entry.", index, row.path));
        EPHOR_TRY_VOID(checkRow(snapshot, keys, row, commitment->second, index));
        ++matched;
    }
    if (matched == commitments.size())
        return {};
    for (const auto& [path, commitment] : commitments) {
        const auto at = std::find_if(rows.begin(), rows.end(), [&](const SealedRow& row) { return row.path == path; });
        if (at == rows.end())
            return fail(sealFault("ledger.sealed.missing", "The sealed value of a field was removed.", index, path));
    }
    return {};
}

Result<void> checkSealsOutsideEntries(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const auto id,
        snapshot.text("SELECT entry_id FROM sealed WHERE NOT EXISTS (SELECT 1 FROM leaf WHERE filed = 1 AND id = "
                      "entry_id) AND NOT"
                      " EXISTS (SELECT 1 FROM leaf INDEXED BY leaf_unfiled WHERE filed = 0 AND id = entry_id) LIMIT 1",
            {}));
    if (!id)
        return {};
    return fail(
        Error(ErrorKind::CheckFailed, "ledger.sealed.extra", "A sealed value belongs to no entry.").with("id", *id));
}

}

#include "core/workspace/offline_record.h"

#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/kept_head.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/ledger/operations.h"
#include "core/workspace/rooms.h"

namespace ephor::workspace {

struct OfflineRecord::State {
    std::string keptHead; ///< its path; empty: verified by keys that were given
    std::unique_ptr<keys::KeyStore> keyStore;
    std::unique_ptr<store::Database> database;
    std::unique_ptr<ledger::Ledger> ledger;
};

OfflineRecord::OfflineRecord(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

OfflineRecord::~OfflineRecord() = default;

Result<std::unique_ptr<OfflineRecord>> OfflineRecord::open(
    const std::string& folder, const KeyPlace& keyPlace, const std::vector<std::string>& trustedKeys)
{
    auto state = std::make_unique<State>();
    const WorkspacePaths paths(folder);
    EPHOR_TRY(const WorkspaceFile file, readWorkspaceFile(paths.file));
    // A part of a record verifies as well as a whole one; calling it verified would mislead.
    if (!file.complete)
        return fail(unfinished(paths.file));
    if (trustedKeys.empty()) {
        EPHOR_TRY(state->keyStore, openKeyStore(keyPlace, file.id));
        EPHOR_TRY(state->keptHead, keptHeadPathOf(keyPlace, file.id, folder));
    }
    store::DatabaseOptions options;
    options.path = paths.database;
    options.readOnly = true;
    EPHOR_TRY(state->database, store::Database::open(options, governedMigrations()));
    ledger::LedgerOptions record{.database = *state->database, .keys = state->keyStore.get(), .clock = systemClock()};
    record.trustedKeys = trustedKeys;
    EPHOR_TRY(state->ledger, ledger::openLedger(record));
    return std::unique_ptr<OfflineRecord>(new OfflineRecord(std::move(state)));
}

Result<RecordStatus> OfflineRecord::verify(const std::function<bool(std::uint64_t, std::uint64_t)>& progress)
{
    EPHOR_TRY(const ledger::LedgerStatus status, m_state->ledger->verify(0, progress));
    // One is signed with the first entries of an opening, and at its end.
    if (status.headSize == 0)
        return fail(Error(ErrorKind::CheckFailed, "ledger.head.missing",
            "The record has no signed head, so that nothing says who wrote it.",
            "If its making was interrupted, open it once; else compare with an export or a backup made before.")
                .with("entries", std::to_string(status.size)));
    EPHOR_TRY_VOID(compareWithKept());
    return ledger::recordStatusOf(status);
}

// An older copy is no fault by itself: whoever opens it in the other's place has it recorded.
Result<void> OfflineRecord::compareWithKept() const
{
    EPHOR_TRY(const auto kept, ledger::KeptHead(m_state->keptHead).read());
    const auto same = kept ? m_state->ledger->compareWith(*kept) : Result<void>();
    return !same && same.error().code == "ledger.rolled-back" ? Result<void>() : same;
}

Result<ProveEntry::Response> OfflineRecord::prove(std::uint64_t index)
{
    ProveEntry::Response response;
    EPHOR_TRY(response.proof, m_state->ledger->prove(index));
    EPHOR_TRY_VOID(m_state->database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(response.body, m_state->ledger->body(snapshot, index));
        return {};
    }));
    response.keys = m_state->ledger->publicKeys();
    return response;
}

}

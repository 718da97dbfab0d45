#pragma once

#include "core/api/audit.h"
#include "core/workspace/workspace.h"

#include <memory>
#include <string>
#include <vector>

namespace ephor::workspace {

/// The record of a workspace that nobody owns, opened for reading only: what can be checked without signing in. Nothing
/// is written, so a proof needs a signed head that covers its entry already.
class OfflineRecord {
public:
    /// `trustedKeys` are vkey lines; without them the workspace's own key store tells which keys count.
    /// Codes: store.locked, workspace.missing, keys.* (only without trustedKeys), ledger.*.
    static Result<std::unique_ptr<OfflineRecord>> open(
        const std::string& folder, const KeyPlace& keyPlace, const std::vector<std::string>& trustedKeys);
    ~OfflineRecord();

    /// Fails with the fault's own code, naming the entry; without any signed head ledger.head.missing. Where the keys
    /// are, the head kept beside them counts, unless the record is an older copy.
    Result<RecordStatus> verify(const std::function<bool(std::uint64_t, std::uint64_t)>& progress);
    Result<ProveEntry::Response> prove(std::uint64_t index);

private:
    struct State;
    explicit OfflineRecord(std::unique_ptr<State> state);
    Result<void> compareWithKept() const;
    std::unique_ptr<State> m_state;
};

}

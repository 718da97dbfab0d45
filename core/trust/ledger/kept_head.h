#pragma once

#include "core/base/clock.h"

#include <mutex>
#include <optional>
#include <string>

namespace ephor::ledger {

/// The file of the kept head of the workspace in `folder`, beside its keys: a copy in another folder has its own.
std::string keptHeadPath(const std::string& keyPath, const std::string& folder);

/// The newest signed head in a file beside the keys, outside the workspace: whoever can write the workspace alone can
/// neither take the signed heads out and write anew what they were signed for, nor put an older copy in its place
/// unseen. Thread-safe.
class KeptHead {
public:
    /// Of an empty path nothing is kept, and nothing read.
    explicit KeptHead(std::string path);

    const std::string& path() const { return m_path; }
    /// The signed note; nothing when none was kept yet. Codes: keys.permissions, keys.too-large, keys.io.
    Result<std::optional<std::string>> read() const;

    enum class Moment { AnyTime, Last };
    /// Keeps a head that the record holds durably: at once the first and the Last, others not more than once a minute,
    /// since each costs two syncs. One that cannot be written leaves the one before, which still binds all up to it.
    void keep(const std::string& note, Instant now, Moment moment);

private:
    const std::string m_path;
    std::mutex m_mutex; ///< guards what follows
    std::optional<Instant> m_keptAt;
};

}

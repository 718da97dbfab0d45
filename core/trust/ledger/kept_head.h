#pragma once

#include "core/base/clock.h"

#include <mutex>
#include <optional>
#include <string>

namespace ephor::ledger {

/// The file of the kept head that belongs to a key store.
std::string keptHeadPath(const std::string& keyPath);

/// The newest signed head in a file beside the keys, outside the workspace: whoever can write the workspace alone can
/// neither cut its record, nor put an old copy in its place, nor take the signed heads out and write what they were
/// signed for anew. Thread-safe.
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

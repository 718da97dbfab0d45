#pragma once

#include "core/api/people.h"
#include "core/base/clock.h"
#include "core/base/hash.h"

#include <map>
#include <mutex>
#include <optional>
#include <string_view>

namespace ephor::identity {

/// Who holds a service key that was found in the database a moment ago: agents show the same key with each request.
/// Sessions of people are not kept, since their roles and their end are asked for anew each time. Thread-safe.
///
/// Whoever commits a change to keys, people or roles calls `forget` in the outcome of that transaction, before anybody
/// hears that it is done. What was looked up on an older state is refused by its generation.
class KeyPasses {
public:
    /// Within the minute in which Activity notes when a key was last used.
    static constexpr Duration keptFor = std::chrono::seconds(30);

    /// `clock` must outlive this.
    explicit KeyPasses(const Clock& clock)
        : m_clock(clock)
    {
    }

    /// Nothing for what is not kept, and for a key that has expired since.
    std::optional<Principal> recall(std::string_view credential) const;
    /// To be asked before the snapshot is taken in which the key is looked up.
    std::uint64_t generation() const;
    /// Keeps the holder of a key that is in force until `expiresAt`, unless something was forgotten since `generation`.
    void keep(std::string_view credential, const Principal& holder, Instant expiresAt, std::uint64_t generation);
    void forget();

private:
    struct Pass {
        Principal holder;
        Instant expiresAt;
        Duration keptAt;
    };
    const Clock& m_clock;
    mutable std::mutex m_mutex; ///< guards what follows
    std::map<Digest, Pass> m_passes; ///< by the hash of the key, so that none lies in memory
    std::uint64_t m_generation = 0;
};

}

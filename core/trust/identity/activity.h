#pragma once

#include "core/domain/principal.h"
#include "core/store/database.h"

#include <map>
#include <mutex>

namespace ephor::identity {

/// Remembers who was seen and writes it down in batches, so that no call pays for a write of its own: sessions slide
/// and "last used" follows within `writeEvery`. Lost on a crash at most: that minute. Thread-safe.
class Activity {
public:
    /// How far what is stored may lag. Small beside sessionLength, so that a session in use never expires.
    static constexpr Duration writeEvery = std::chrono::minutes(1);

    /// Both must outlive this.
    Activity(store::Database& database, const Clock& clock);

    /// Notes that `principal` was just authenticated. Cheap; once a `writeEvery` it queues one write.
    void seen(const Principal& principal);
    /// Writes what is noted now and waits until it is durable: before closing.
    Result<void> flush();

private:
    struct Seen {
        std::string person; ///< empty: a service key
        Instant at;
    };
    using Batch = std::map<std::string, Seen>; ///< by session or key
    static Result<void> write(store::Transaction& transaction, const Batch& batch);
    Batch take();

    store::Database& m_database;
    const Clock& m_clock;
    std::mutex m_mutex;
    Batch m_batch;
    Duration m_writtenAt;
};

}

#pragma once

#include "core/store/connection.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace ephor::store {

/// Copies the write-ahead log into the database file beside the writer, which commits meanwhile. What was committed
/// since it began is left over, so the writer completes the checkpoint itself: that little no longer holds it up. A
/// failure is left to that attempt too, which meets it again.
class Backfill {
public:
    /// `connection` is used by this alone.
    explicit Backfill(std::unique_ptr<Connection> connection);
    ~Backfill();
    Backfill(const Backfill&) = delete;
    Backfill& operator=(const Backfill&) = delete;

    /// Begins one unless it is at it, or has ended one that `ended` has not told yet.
    void begin();
    /// True once for each that ended.
    bool ended();

private:
    enum class Stage { Resting, Asked, Ended, Stopping };
    void runLoop();

    std::unique_ptr<Connection> m_connection;
    std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake;
    Stage m_stage = Stage::Resting;
    std::thread m_thread;
};

}

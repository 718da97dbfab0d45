#pragma once

#include "core/store/backfill.h"
#include "core/store/connection.h"
#include "core/store/reserve.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace ephor::store {

class WorkTransaction;

/// The one thread that writes: it commits at once when idle, and what queued meanwhile is the next group.
class Writer {
public:
    /// `turn` is held while the connection is in use: in memory the readers share it. `backfill` may be null.
    Writer(Connection& connection, std::recursive_mutex& turn, Reserve reserve, std::unique_ptr<Backfill> backfill,
        const DatabaseOptions& options);
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void submit(Database::Work work, Database::Done done);
    Result<void> resume();
    std::optional<Error> halted() const;
    void halt(const Error& cause);
    void recordHalts(Database::HaltRecorder recorder);
    std::size_t queued() const;
    bool onWriterThread() const { return std::this_thread::get_id() == m_thread.get_id(); }
    /// True inside a Work (not inside a Done), on the writer's thread.
    bool insideWork() const { return onWriterThread() && m_working; }

private:
    struct Item {
        Database::Work work;
        Database::Done done;
    };
    /// What became of one work's share of the group; Lost takes the whole group with it.
    enum class Share { Kept, Undone, Lost };
    void runLoop();
    std::vector<Item> takeGroup();
    void commitGroup(std::vector<Item>& group);
    Result<void> attemptGroup(std::vector<Item>& group, std::vector<Result<void>>& results);
    Share attemptWork(const Database::Work& work, WorkTransaction& transaction, Result<void>& result);
    Share attemptAlone(const Database::Work& work, WorkTransaction& transaction, Result<void>& result);
    Share performWork(const Database::Work& work, WorkTransaction& transaction, Result<void>& result);
    Result<void> begin();
    void rollBack();
    void checkpointIfDue();
    void checkpoint();
    void emptyLog();
    void halt(const Error& cause, int sqliteCode);
    Result<void> recordHalt(std::span<const HaltEvent> events, const Error& cause);
    Result<void> resumeNow();

    Connection& m_connection;
    std::recursive_mutex& m_turn;
    const std::unique_ptr<Backfill> m_backfill;
    Reserve m_reserve;
    const std::size_t m_largestGroup;
    const std::size_t m_longestQueue;
    const std::int64_t m_checkpointPages;
    bool m_working = false; ///< of the writer's thread alone
    /// Of the writer's thread alone: when the log, which still has what was erased, is to be emptied.
    std::optional<std::chrono::steady_clock::time_point> m_emptyLogAt;
    /// Of the writer's thread alone: what the last group said of itself, and how long a checkpoint that was begun
    /// beside may still wait for a better moment.
    bool m_moreIsComing = false;
    int m_commitsBeforeCheckpoint = 0;
    bool m_haltUnrecorded = false; ///< of the writer's thread alone, once it runs

    mutable std::mutex m_mutex; ///< guards what follows
    std::condition_variable m_wake;
    std::deque<Item> m_queue;
    std::size_t m_inFlight = 0;
    std::vector<std::promise<Result<void>>> m_resumes;
    Database::HaltRecorder m_recorder;
    std::optional<Error> m_halt; ///< what writers are told
    Error m_haltCause;
    bool m_stopping = false;
    std::thread m_thread;
};

}

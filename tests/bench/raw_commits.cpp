#include "tests/bench/raw_commits.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <sqlite3.h>
#include <stdexcept>
#include <thread>

namespace ephor::bench {

namespace {

using Moment = std::chrono::steady_clock::time_point;
constexpr std::size_t largestGroup = 256; // as store::DatabaseOptions::largestGroup
constexpr int checkpointPages = 1'000; // as the store's when its queue is empty
constexpr int longestWal = 10'000; // as store::DatabaseOptions::checkpointPages

struct Pending {
    Moment due;
    int commitsLeft = 2;
};

}

struct RawCommits::State {
    sqlite3* handle = nullptr;
    sqlite3_stmt* insert = nullptr;
    std::string body;
    std::string hash = std::string(32, '\x5a');
    int walPages = 0;

    std::mutex mutex;
    std::condition_variable wake;
    std::deque<Pending> queue;
    std::size_t open = 0; ///< requests not yet durable
    bool stopping = false;
    LoadResult result;
    Moment last;
    std::thread thread;

    void check(int code) const
    {
        if (code != SQLITE_OK && code != SQLITE_DONE)
            throw std::runtime_error(std::string("Raw SQLite: ") + sqlite3_errmsg(handle));
    }
    void execute(const char* sql) const { check(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr)); }

    static int rememberWal(void* self, sqlite3*, const char*, int pages)
    {
        static_cast<State*>(self)->walPages = pages;
        return SQLITE_OK;
    }

    void commit(std::size_t rows)
    {
        execute("BEGIN IMMEDIATE");
        for (std::size_t i = 0; i < rows; ++i) {
            sqlite3_bind_blob(insert, 1, hash.data(), int(hash.size()), SQLITE_STATIC);
            sqlite3_bind_text(insert, 2, body.data(), int(body.size()), SQLITE_STATIC);
            check(sqlite3_step(insert));
            sqlite3_reset(insert);
        }
        execute("COMMIT");
    }

    void run()
    {
        std::unique_lock lock(mutex);
        for (;;) {
            wake.wait(lock, [this] { return stopping || !queue.empty(); });
            if (queue.empty())
                return;
            const std::size_t count = std::min(queue.size(), largestGroup);
            std::deque<Pending> group(queue.begin(), queue.begin() + std::ptrdiff_t(count));
            queue.erase(queue.begin(), queue.begin() + std::ptrdiff_t(count));
            lock.unlock();
            commit(count);
            last = std::chrono::steady_clock::now();
            lock.lock();
            for (Pending& pending : group) {
                if (--pending.commitsLeft > 0) {
                    queue.push_back(pending);
                    continue;
                }
                result.micros.push_back(std::chrono::duration<double, std::micro>(last - pending.due).count());
                --open;
            }
            if (open == 0)
                wake.notify_all();
            const bool idle = queue.empty();
            lock.unlock();
            if (walPages >= (idle ? checkpointPages : longestWal)) {
                check(sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr));
                walPages = 0;
            }
            lock.lock();
        }
    }
};

RawCommits::RawCommits(const std::string& path, std::size_t bodyBytes)
    : m_state(std::make_unique<State>())
{
    State& state = *m_state;
    state.body.assign(bodyBytes, 'x');
    state.check(sqlite3_open(path.c_str(), &state.handle));
    state.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
    state.execute("CREATE TABLE leaf(idx INTEGER PRIMARY KEY, leaf_hash BLOB NOT NULL, body TEXT NOT NULL)");
    state.check(sqlite3_prepare_v3(state.handle, "INSERT INTO leaf(leaf_hash, body) VALUES(?, ?)", -1,
        SQLITE_PREPARE_PERSISTENT, &state.insert, nullptr));
    sqlite3_wal_hook(state.handle, State::rememberWal, &state);
    state.thread = std::thread([&state] { state.run(); });
}

RawCommits::~RawCommits()
{
    {
        const std::scoped_lock lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->wake.notify_all();
    m_state->thread.join();
    sqlite3_finalize(m_state->insert);
    sqlite3_close(m_state->handle);
}

LoadResult RawCommits::openLoop(double perSecond, double seconds)
{
    State& state = *m_state;
    const Moment begin = std::chrono::steady_clock::now();
    const auto count = std::size_t(perSecond * seconds);
    const std::chrono::duration<double> gap(1 / perSecond);
    for (std::size_t i = 0; i < count; ++i) {
        const Moment due = begin + std::chrono::duration_cast<std::chrono::steady_clock::duration>(gap * double(i));
        std::this_thread::sleep_until(due);
        {
            const std::scoped_lock lock(state.mutex);
            ++state.open;
            state.queue.push_back({due, 2});
        }
        state.wake.notify_one();
    }
    std::unique_lock lock(state.mutex);
    state.wake.wait(lock, [&state] { return state.open == 0; });
    LoadResult result = std::move(state.result);
    state.result = {};
    result.seconds = std::chrono::duration<double>(state.last - begin).count();
    return result;
}

}

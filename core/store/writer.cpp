#include "core/store/writer.h"

#include "core/base/background_thread.h"
#include "core/store/sqlite_error.h"
#include "core/store/work_transaction.h"

#include <exception>

namespace ephor::store {

namespace {

// From this length on the log is copied into the file. A run dirties two dozen pages, most of them again and again, so
// with SQLite's own default of 1,000 a busy gateway would do little else; 16 MB are read back within milliseconds after
// a crash.
constexpr std::int64_t worthwhileCheckpointPages = 4'000;

// A checkpoint of the writer's own takes about as long as a commit or two, so it is put off while a run goes on that
// would have to wait for it. Each commit leaves it a dozen pages more to copy.
constexpr int mostCommitsBeforeCheckpoint = 4;

// While a reader keeps the log from being emptied, commits wait for it a tenth of the time and no longer.
constexpr std::chrono::milliseconds longestWaitForReaders(100);
constexpr std::chrono::seconds emptyLogAgainAfter(1);

// The value of PRAGMA user_version: the store's own layout. Writing it again is the smallest commit there is.
constexpr const char* smallestWrite = "PRAGMA user_version=1";

Result<void> guarded(const std::function<Result<void>()>& call)
{
    try {
        return call();
    } catch (const std::exception& exception) {
        return fail(Error(ErrorKind::Internal, "store.exception",
            "A transaction ended by an exception and was rolled back.", "This is a fault of Ephor; please report it.")
                .with("detail", exception.what()));
    }
}

Error haltedBy(const Error& cause)
{
    Error error(ErrorKind::Unavailable, "store.halted",
        "The record cannot be written, so nothing may change: " + cause.message, cause.hint);
    error.fields = cause.fields;
    return std::move(error).with("cause", cause.code);
}

}

Writer::Writer(Connection& connection, std::recursive_mutex& turn, Reserve reserve, std::unique_ptr<Backfill> backfill,
    const DatabaseOptions& options)
    : m_connection(connection)
    , m_turn(turn)
    , m_backfill(std::move(backfill))
    , m_reserve(std::move(reserve))
    , m_largestGroup(std::max<std::size_t>(options.largestGroup, 1))
    , m_longestQueue(options.longestQueue)
    , m_checkpointPages(options.checkpointPages)
{
    if (const auto held = m_reserve.hold(); !held)
        halt(held.error());
    // The new thread reads m_thread's id: it must not run before the member is set.
    const std::scoped_lock lock(m_mutex);
    m_thread = std::thread([this, mayBeLost = options.sync == Sync::AtCheckpoints] {
        // Nobody waits for a commit that may be lost.
        if (mayBeLost)
            letOthersInterrupt();
        runLoop();
    });
}

Writer::~Writer()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Writer::submit(Database::Work work, Database::Done done)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_queue.size() < m_longestQueue) {
            m_queue.push_back({std::move(work), std::move(done)});
            done = nullptr;
            work = nullptr;
        }
    }
    m_wake.notify_one();
    if (work && done)
        done(fail(Error(ErrorKind::Unavailable, "store.overloaded", "Too many changes wait to be written.",
            "Try again in a moment; if it stays so, the disk is too slow for this load.")
                .with("queued", std::to_string(m_longestQueue))));
}

Result<void> Writer::resume()
{
    if (onWriterThread())
        return fail(
            ErrorKind::Internal, "store.misuse", "Resuming from the writer's own thread would wait for itself.");
    std::future<Result<void>> answer;
    {
        const std::scoped_lock lock(m_mutex);
        answer = m_resumes.emplace_back().get_future();
    }
    m_wake.notify_one();
    return answer.get();
}

std::optional<Error> Writer::halted() const
{
    const std::scoped_lock lock(m_mutex);
    return m_halt;
}

void Writer::halt(const Error& cause)
{
    m_haltUnrecorded = true;
    const std::scoped_lock lock(m_mutex);
    m_halt = haltedBy(cause);
    m_haltCause = cause;
}

void Writer::recordHalts(Database::HaltRecorder recorder)
{
    const std::scoped_lock lock(m_mutex);
    m_recorder = std::move(recorder);
}

std::size_t Writer::queued() const
{
    const std::scoped_lock lock(m_mutex);
    return m_queue.size() + m_inFlight;
}

void Writer::runLoop()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        const auto wanted = [this] { return m_stopping || !m_queue.empty() || !m_resumes.empty(); };
        if (!m_emptyLogAt) {
            m_wake.wait(lock, wanted);
        } else if (!m_wake.wait_until(lock, *m_emptyLogAt, wanted)) {
            lock.unlock();
            emptyLog();
            lock.lock();
            continue;
        }
        auto resumes = std::exchange(m_resumes, {});
        std::vector<Item> group = takeGroup();
        if (resumes.empty() && group.empty())
            return;
        lock.unlock();
        for (auto& asked : resumes)
            asked.set_value(resumeNow());
        if (!group.empty())
            commitGroup(group);
        group.clear();
        checkpointIfDue();
        lock.lock();
    }
}

std::vector<Writer::Item> Writer::takeGroup()
{
    const std::size_t count = std::min(m_queue.size(), m_largestGroup);
    std::vector<Item> group(
        std::make_move_iterator(m_queue.begin()), std::make_move_iterator(m_queue.begin() + std::ptrdiff_t(count)));
    m_queue.erase(m_queue.begin(), m_queue.begin() + std::ptrdiff_t(count));
    m_inFlight = count;
    return group;
}

void Writer::commitGroup(std::vector<Item>& group)
{
    std::vector<Result<void>> results(group.size());
    if (const auto halt = halted()) {
        for (auto& result : results)
            result = fail(*halt);
    } else {
        const std::scoped_lock turn(m_turn);
        m_connection.forgetEnvironmental();
        if (const auto committed = attemptGroup(group, results); !committed) {
            if (const int code = m_connection.environmental(); code != 0)
                this->halt(committed.error(), code);
            const Error error = halted().value_or(committed.error());
            for (auto& result : results) {
                if (result)
                    result = fail(error);
            }
        }
    }
    {
        const std::scoped_lock lock(m_mutex);
        m_inFlight = 0;
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (group[i].done)
            (void)guarded([&]() -> Result<void> {
                group[i].done(std::move(results[i]));
                return {};
            });
    }
}

Result<void> Writer::attemptGroup(std::vector<Item>& group, std::vector<Result<void>>& results)
{
    m_moreIsComing = false;
    EPHOR_TRY_VOID(begin());
    std::vector<std::unique_ptr<WorkTransaction>> kept;
    const auto undo = [&](Error error) -> Result<void> {
        rollBack();
        for (auto transaction = kept.rbegin(); transaction != kept.rend(); ++transaction)
            (*transaction)->rolledBack();
        return fail(std::move(error));
    };
    for (std::size_t i = 0; i < group.size(); ++i) {
        kept.push_back(std::make_unique<WorkTransaction>(m_connection));
        Result<void> result;
        const Share share = group.size() == 1 ? attemptAlone(group[i].work, *kept.back(), result)
                                              : attemptWork(group[i].work, *kept.back(), result);
        if (share == Share::Lost)
            return undo(result.error());
        if (share == Share::Undone) {
            results[i] = result;
            kept.back()->rolledBack();
            kept.pop_back();
        }
    }
    // Nothing to commit: a work that was alone and failed took its transaction with it.
    if (!m_connection.inTransaction())
        return {};
    if (const auto committed = m_connection.perform("COMMIT"); !committed)
        return undo(committed.error());
    for (const auto& transaction : kept) {
        if (transaction->wantsEmptyLog())
            emptyLog();
        m_moreIsComing = m_moreIsComing || transaction->moreIsComing();
        transaction->committed();
    }
    return {};
}

Writer::Share Writer::attemptWork(const Database::Work& work, WorkTransaction& transaction, Result<void>& result)
{
    if (result = m_connection.perform("SAVEPOINT work"); !result)
        return Share::Lost;
    if (performWork(work, transaction, result) == Share::Lost)
        return Share::Lost;
    const bool failed = !result;
    if (failed) {
        if (auto undone = m_connection.perform("ROLLBACK TO work"); !undone) {
            result = undone;
            return Share::Lost;
        }
    }
    if (auto released = m_connection.perform("RELEASE work"); !released) {
        result = released;
        return Share::Lost;
    }
    return failed ? Share::Undone : Share::Kept;
}

// A savepoint keeps a copy of every page that changes within it. Nobody else's work is here to be spared.
Writer::Share Writer::attemptAlone(const Database::Work& work, WorkTransaction& transaction, Result<void>& result)
{
    const Share share = performWork(work, transaction, result);
    if (share == Share::Undone)
        rollBack();
    return share;
}

Writer::Share Writer::performWork(const Database::Work& work, WorkTransaction& transaction, Result<void>& result)
{
    m_working = true;
    result = guarded([&] { return work(transaction); });
    m_working = false;
    // A disk that failed under this work failed under its neighbours too, whatever the work made of it.
    if (const int code = m_connection.environmental(); code != 0) {
        result = fail(sqliteError(nullptr, code));
        return Share::Lost;
    }
    int unresolved = 0;
    int highest = 0;
    sqlite3_db_status(m_connection.handle(), SQLITE_DBSTATUS_DEFERRED_FKS, &unresolved, &highest, 0);
    // Left to the commit, a dangling reference of one would fail the whole group.
    if (result && unresolved != 0)
        result = fail(ErrorKind::Conflict, "store.constraint", "The change refers to something that does not exist.");
    return result ? Share::Kept : Share::Undone;
}

Result<void> Writer::begin()
{
    return m_connection.perform("BEGIN IMMEDIATE");
}

void Writer::rollBack()
{
    if (m_connection.inTransaction())
        (void)m_connection.perform("ROLLBACK");
}

// During a checkpoint of its own nothing is committed, so the bulk of it is done beside. Without that, or where that
// does not keep up, it stops for it: the log must not grow without end.
void Writer::checkpointIfDue()
{
    if (m_emptyLogAt && std::chrono::steady_clock::now() >= *m_emptyLogAt)
        emptyLog();
    if (m_commitsBeforeCheckpoint > 0)
        --m_commitsBeforeCheckpoint;
    else if (m_backfill && m_backfill->ended())
        m_commitsBeforeCheckpoint = mostCommitsBeforeCheckpoint;
    const bool goodMoment = m_commitsBeforeCheckpoint == 1 || (m_commitsBeforeCheckpoint > 0 && !m_moreIsComing);
    if (goodMoment || m_connection.walPages() >= m_checkpointPages)
        checkpoint();
    else if (m_commitsBeforeCheckpoint == 0 && m_backfill && m_connection.walPages() >= worthwhileCheckpointPages)
        m_backfill->begin();
}

void Writer::checkpoint()
{
    m_commitsBeforeCheckpoint = 0;
    const std::scoped_lock turn(m_turn);
    int left = 0;
    int moved = 0;
    const int code
        = sqlite3_wal_checkpoint_v2(m_connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &left, &moved);
    // A reader that still needs old pages only delays it; the next commit reports the length again.
    m_connection.forgetWal();
    if (code != SQLITE_OK && isEnvironmental(code) && !halted())
        halt(sqliteError(m_connection.handle(), code), code);
}

// Unlike a passive checkpoint it waits for readers, and then cuts the file to nothing.
void Writer::emptyLog()
{
    const std::scoped_lock turn(m_turn);
    sqlite3_busy_timeout(m_connection.handle(), int(longestWaitForReaders.count()));
    const int code
        = sqlite3_wal_checkpoint_v2(m_connection.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(m_connection.handle(), Connection::busyMilliseconds);
    m_emptyLogAt.reset();
    if (code == SQLITE_OK)
        m_connection.forgetWal();
    else
        m_emptyLogAt = std::chrono::steady_clock::now() + emptyLogAgainAfter;
}

void Writer::halt(const Error& cause, int sqliteCode)
{
    halt(Error(cause).with("result", std::to_string(sqliteCode)));
    m_reserve.release();
    const HaltEvent events[] = {HaltEvent::Halted};
    if (recordHalt(events, cause))
        m_haltUnrecorded = false;
}

Result<void> Writer::recordHalt(std::span<const HaltEvent> events, const Error& cause)
{
    Database::HaltRecorder recorder;
    {
        const std::scoped_lock lock(m_mutex);
        recorder = m_recorder;
    }
    m_connection.forgetEnvironmental();
    EPHOR_TRY_VOID(begin());
    WorkTransaction transaction(m_connection);
    m_working = true;
    Result<void> result = m_connection.execute(smallestWrite);
    for (const HaltEvent event : events) {
        if (result && recorder)
            result = guarded([&] { return recorder(transaction, event, cause); });
    }
    m_working = false;
    if (result && m_connection.environmental() != 0)
        result = fail(cause);
    if (result)
        result = m_connection.perform("COMMIT");
    if (result) {
        transaction.committed();
        return {};
    }
    rollBack();
    transaction.rolledBack();
    return result;
}

Result<void> Writer::resumeNow()
{
    const auto halt = halted();
    if (!halt)
        return {};
    const std::scoped_lock turn(m_turn);
    if (const auto held = m_reserve.hold(); !held)
        return fail(haltedBy(held.error()));
    const HaltEvent events[] = {HaltEvent::Halted, HaltEvent::Resumed};
    if (const auto recorded = recordHalt(std::span(events).subspan(m_haltUnrecorded ? 0 : 1), m_haltCause); !recorded) {
        m_reserve.release();
        return fail(haltedBy(recorded.error()));
    }
    m_haltUnrecorded = false;
    const std::scoped_lock lock(m_mutex);
    m_halt.reset();
    return {};
}

}

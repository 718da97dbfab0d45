#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/store/migration.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace ephor::store {

/// A value bound to a statement, in order of its question marks. Views must live until the call returns.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, BytesView>;

/// Null for an empty optional, else the value.
template <class T> Value orNull(const std::optional<T>& value)
{
    return value ? Value(*value) : Value(nullptr);
}

/// One row of a result; valid only inside the visit that got it. Columns count from 0.
class Row {
public:
    virtual ~Row() = default;
    virtual bool isNull(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual BytesView blob(int column) const = 0;

    std::string string(int column) const { return std::string(text(column)); }
    std::optional<std::int64_t> maybeInteger(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(integer(column));
    }
    std::optional<std::string> maybeString(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(string(column));
    }
};

/// Read access to one consistent state. Belongs to the thread that was given it, for the length of that call.
/// Statements are prepared once per connection and kept; SQL text must therefore be constant, never built from values.
class Snapshot {
public:
    virtual ~Snapshot() = default;
    /// Visits each row in order. A failing visit ends the query and is returned.
    virtual Result<void> query(std::string_view sql, std::initializer_list<Value> values,
        const std::function<Result<void>(const Row&)>& visit) const
        = 0;
    /// The same with values gathered at run time (a filter with a varying number of conditions).
    virtual Result<void> queryWith(
        std::string_view sql, std::span<const Value> values, const std::function<Result<void>(const Row&)>& visit) const
        = 0;
    /// The first column of the first row, or nothing when there is no row or it is null.
    Result<std::optional<std::int64_t>> integer(std::string_view sql, std::initializer_list<Value> values) const;
    Result<std::optional<std::string>> text(std::string_view sql, std::initializer_list<Value> values) const;
};

/// Write access inside one short transaction, on the writer's thread. What it reads includes what it wrote.
class Transaction : public Snapshot {
public:
    /// Returns the number of rows changed. A broken constraint is store.constraint (Conflict).
    virtual Result<std::int64_t> run(std::string_view sql, std::initializer_list<Value> values) = 0;
    virtual Result<std::int64_t> runWith(std::string_view sql, std::span<const Value> values) = 0;
    virtual std::int64_t lastInsertedRow() const = 0;
    /// Called on the writer's thread after this transaction's group is durable, or right after it was rolled back
    /// (before the next transaction begins): caches that a transaction changes (a tree's edge, a generation) follow the
    /// outcome through it. Called in order of registration when committed, in reverse order when rolled back.
    virtual void onOutcome(std::function<void(bool committed)> follow) = 0;
};

/// Full: a commit is on the disk when it returns. AtCheckpoints: it is in the file, and on the disk with the next
/// checkpoint; a crash of the program loses nothing, a loss of power the last commits and never half of one, so it is
/// for what may be lost. WhileBuilding: it is when the database closes; a crash before that
/// leaves nothing of use, so it is only for making databases that are thrown away when that fails.
enum class Sync { Full, AtCheckpoints, WhileBuilding };

struct DatabaseOptions {
    std::string path; ///< empty: in memory (tests), where readers and the writer share one connection by turns
    std::size_t readers = 4; ///< connections of the pool; more readers wait their turn
    std::size_t largestGroup = 256; ///< transactions in one commit: bounds what one fsync failure takes back
    std::size_t longestQueue = 65'536; ///< transactions that may wait: bounds memory when the disk cannot keep up
    std::int64_t checkpointPages = 10'000; ///< the WAL is checkpointed at this length at the latest
    std::int64_t reserveBytes = 64 << 20; ///< kept free on disk so that the last entry still fits; 0 for none
    bool readOnly = false;
    Sync sync = Sync::Full;
    std::string vfs; ///< name of the SQLite VFS; empty: the system's. Tests put one that fails here
};

/// What the recorder of halts is told.
enum class HaltEvent { Halted, Resumed };

/// SQLite behind one interface: one writer thread with group commit, a pool of readers. Thread-safe.
/// Settings and their reasons: docs/architecture.md, "The store".
class Database {
public:
    using Work = std::function<Result<void>(Transaction&)>;
    using Done = std::function<void(Result<void>)>;
    using HaltRecorder = std::function<Result<void>(Transaction&, HaltEvent, const Error& cause)>;

    /// Opens or creates. Codes: store.locked (another process owns it), store.newer (a later version of Ephor wrote
    /// it), store.corrupt, store.open, store.foreign (a database of something else), store.migration.
    static Result<std::unique_ptr<Database>> open(
        const DatabaseOptions& options, std::span<const Migration> migrations);
    /// What is queued is still committed; then the writer ends and the WAL is folded into the file.
    virtual ~Database() = default;

    /// Queues `work`; `done` (may be empty) hears once its group is durable, or why it was taken back, on the writer's
    /// thread: keep it short. Work that fails is rolled back alone (a savepoint); its neighbours in the group commit.
    /// An exception out of `work` is store.exception. A full queue is store.overloaded, heard at once on the caller's
    /// thread. After the store could not commit (disk full, I/O error) every write fails with store.halted until
    /// reopened or until `resume` finds that it can commit again.
    virtual void submit(Work work, Done done) = 0;
    /// The same, blocking until durable. From inside a Work or a Done it is store.misuse, since it would wait for
    /// itself.
    virtual Result<void> write(Work work) = 0;
    /// Runs `read` on a snapshot of the pool, on the caller's thread. Never blocks a writer.
    /// Inside a Work it is store.misuse: that reads through its Transaction, which sees what it wrote.
    virtual Result<void> read(const std::function<Result<void>(const Snapshot&)>& read) const = 0;
    /// Why writes fail at the moment, or nothing.
    virtual std::optional<Error> halted() const = 0;
    /// Tries to commit again after a halt: restores the reserve and commits what the recorder has to say.
    virtual Result<void> resume() = 0;
    /// `recorder` writes the entry that says that the store halted, in a transaction of its own for which the reserve
    /// was released, and the entry that says it can commit again. An entry of a halt that could not be written even so
    /// is written first on resuming. One recorder; set it right after opening.
    virtual void recordHalts(HaltRecorder recorder) = 0;
    /// An online copy of the whole database to a new file (0600), complete or absent. Code: store.backup.
    virtual Result<void> backup(const std::string& path) const = 0;
    /// Transactions queued and not yet durable: for metrics and for back-pressure.
    virtual std::size_t queued() const = 0;
};

}

#include "core/store/database.h"

#include "core/store/backup.h"
#include "core/store/gathering_vfs.h"
#include "core/store/migrate.h"
#include "core/store/ownership.h"
#include "core/store/reader_pool.h"
#include "core/store/writer.h"

#include <fcntl.h>
#include <unistd.h>

namespace ephor::store {

namespace {

const char* syncing(Sync sync)
{
    switch (sync) {
    case Sync::Full:
        break;
    case Sync::AtCheckpoints:
        return "PRAGMA synchronous=NORMAL;";
    case Sync::WhileBuilding:
        return "PRAGMA synchronous=OFF;";
    }
    return "PRAGMA synchronous=FULL;";
}

class SqliteDatabase final : public Database {
public:
    Result<void> start(const DatabaseOptions& options, std::span<const Migration> migrations)
    {
        const bool inMemory = options.path.empty();
        if (!inMemory) {
            EPHOR_TRY(m_ownership,
                Ownership::take(
                    options.path + ".lock", options.readOnly ? Ownership::Mode::Share : Ownership::Mode::Own));
        }
        if (options.readOnly)
            return startReadOnly(options, migrations);
        if (!inMemory)
            createPrivately(options.path);
        const bool gathers = !inMemory && options.sync == Sync::Full;
        EPHOR_TRY(m_writing,
            Connection::open(options.path, Access::Write, gathers ? gatheringVfs(options.vfs) : options.vfs));
        EPHOR_TRY_VOID(m_writing->execute(syncing(options.sync)));
        EPHOR_TRY_VOID(migrate(*m_writing, migrations));
        std::unique_ptr<Backfill> backfill;
        if (!inMemory) {
            EPHOR_TRY(auto beside, Connection::open(options.path, Access::Write, options.vfs));
            EPHOR_TRY_VOID(beside->execute(syncing(options.sync)));
            backfill = std::make_unique<Backfill>(std::move(beside));
            EPHOR_TRY(
                m_readers, ReaderPool::open(options.path, std::max<std::size_t>(options.readers, 1), options.vfs));
        }
        m_writer = std::make_unique<Writer>(*m_writing, m_turn,
            Reserve(inMemory ? std::string() : options.path + ".reserve", options.reserveBytes), std::move(backfill),
            options);
        return {};
    }

    ~SqliteDatabase() override
    {
        m_writer.reset();
        m_readers.reset();
        m_writing.reset();
    }

    void submit(Work work, Done done) override
    {
        if (m_writer)
            m_writer->submit(std::move(work), std::move(done));
        else if (done)
            done(fail(ErrorKind::Forbidden, "store.read-only", "The database is open for reading only."));
    }

    Result<void> write(Work work) override
    {
        if (m_writer && m_writer->onWriterThread())
            return fail(ErrorKind::Internal, "store.misuse",
                "A blocking write from the writer's own thread would wait for itself.");
        std::promise<Result<void>> promise;
        auto answer = promise.get_future();
        submit(std::move(work), [&](Result<void> result) { promise.set_value(std::move(result)); });
        return answer.get();
    }

    Result<void> read(const std::function<Result<void>(const Snapshot&)>& read) const override
    {
        if (m_writer && m_writer->insideWork())
            return fail(ErrorKind::Internal, "store.misuse", "Inside a transaction, reads go through the transaction.");
        return withReader([&](Connection& connection) { return read(ConnectionSnapshot(connection)); });
    }

    std::optional<Error> halted() const override { return m_writer ? m_writer->halted() : std::nullopt; }

    Result<void> resume() override
    {
        return m_writer ? m_writer->resume()
                        : fail(ErrorKind::Forbidden, "store.read-only", "The database is open for reading only.");
    }

    void recordHalts(HaltRecorder recorder) override
    {
        if (m_writer)
            m_writer->recordHalts(std::move(recorder));
    }

    Result<void> backup(const std::string& path) const override
    {
        return withReader([&](Connection& connection) { return backUp(connection, path); });
    }

    std::size_t queued() const override { return m_writer ? m_writer->queued() : 0; }

private:
    Result<void> startReadOnly(const DatabaseOptions& options, std::span<const Migration> migrations)
    {
        EPHOR_TRY(m_readers, ReaderPool::open(options.path, std::max<std::size_t>(options.readers, 1), options.vfs));
        return m_readers->read([&](Connection& connection) { return checkMigrated(connection, migrations); });
    }

    // SQLite would create it with the process's umask; the WAL takes the database's permissions.
    static void createPrivately(const std::string& path)
    {
        if (const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); file >= 0)
            ::close(file);
    }

    Result<void> withReader(const ReaderPool::Reading& reading) const
    {
        if (m_readers)
            return m_readers->read(reading);
        const std::scoped_lock turn(m_turn);
        return reading(*m_writing);
    }

    Ownership m_ownership;
    mutable std::recursive_mutex m_turn; ///< whose turn it is on the one connection of a database in memory
    std::unique_ptr<Connection> m_writing;
    std::unique_ptr<ReaderPool> m_readers;
    std::unique_ptr<Writer> m_writer;
};

}

Result<std::unique_ptr<Database>> Database::open(const DatabaseOptions& options, std::span<const Migration> migrations)
{
    auto database = std::make_unique<SqliteDatabase>();
    EPHOR_TRY_VOID(database->start(options, migrations));
    return database;
}

}

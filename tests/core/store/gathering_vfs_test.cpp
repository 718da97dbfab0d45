#include "core/store/database.h"
#include "tests/core/store/fault_vfs.h"

#include <QtTest>
#include <QTemporaryDir>

using namespace ephor;
using namespace ephor::store;

namespace {

constexpr Migration pageMigrations[] = {
    {"pages", 1, "pages", "CREATE TABLE page(id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;"},
};

/// Fills about a page of the database each.
Result<void> fillPages(Transaction& transaction, std::int64_t from, std::int64_t count)
{
    const Bytes body(3'900, std::uint8_t(from));
    for (std::int64_t id = from; id < from + count; ++id)
        EPHOR_TRY_VOID(transaction.run("INSERT INTO page(id, body) VALUES(?, ?)", {id, BytesView(body)}));
    return {};
}

std::int64_t filledPages(const Snapshot& snapshot)
{
    return snapshot.integer("SELECT count(*) FROM page WHERE length(body) = 3900", {}).value().value();
}

struct Disk {
    explicit Disk(Sync sync = Sync::Full)
    {
        options.path = folder.filePath("pages.db").toStdString();
        options.vfs = fault::install();
        options.sync = sync;
        options.reserveBytes = 0;
        open();
    }
    void open()
    {
        database.reset();
        database = Database::open(options, pageMigrations).value();
    }
    Result<void> fill(std::int64_t from, std::int64_t count)
    {
        return database->write([&](Transaction& transaction) { return fillPages(transaction, from, count); });
    }
    std::int64_t filled()
    {
        std::int64_t count = -1;
        const auto read = database->read([&](const Snapshot& snapshot) -> Result<void> {
            count = filledPages(snapshot);
            return {};
        });
        return read ? count : -1;
    }

    QTemporaryDir folder;
    DatabaseOptions options;
    std::unique_ptr<Database> database;
};

}

class GatheringVfsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aCommitIsOneWriteAndOneSync()
    {
        Disk disk;
        QVERIFY(disk.fill(1, 1));
        const int writes = fault::rules.writes;
        const int syncs = fault::rules.syncs;
        QVERIFY(disk.fill(2, 12));
        QCOMPARE(fault::rules.writes - writes, 1);
        QCOMPARE(fault::rules.syncs - syncs, 1);
        QCOMPARE(disk.filled(), std::int64_t(13));
    }

    void othersReadACommitOnceItIsTold()
    {
        Disk disk;
        for (std::int64_t i = 1; i <= 200; ++i) {
            QVERIFY(disk.fill(i, 1));
            QCOMPARE(disk.filled(), i);
        }
        disk.open();
        QCOMPARE(disk.filled(), std::int64_t(200));
    }

    // More than the cache holds is written before the commit, read back from there and, where it fails, written over.
    void aTransactionMayOutgrowTheCache()
    {
        Disk disk;
        constexpr std::int64_t many = 2'000;
        std::int64_t within = 0;
        QVERIFY(!disk.database->write([&](Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(fillPages(transaction, 1, many));
            return fail(ErrorKind::Conflict, "test.given-up", "Given up.");
        }));
        QCOMPARE(disk.filled(), std::int64_t(0));
        QVERIFY(disk.database->write([&](Transaction& transaction) -> Result<void> {
            EPHOR_TRY_VOID(fillPages(transaction, 1, many));
            within = filledPages(transaction);
            return {};
        }));
        QCOMPARE(within, many);
        QCOMPARE(disk.filled(), many);
        disk.open();
        QCOMPARE(disk.filled(), many);
    }

    void whatCannotBeWrittenFailsTheCommit()
    {
        Disk disk;
        QVERIFY(disk.fill(1, 1));
        fault::rules.writesUntilFull = 0;
        const auto written = disk.fill(2, 12);
        QVERIFY(!written);
        QCOMPARE(written.error().code, std::string("store.halted"));
        fault::rules.writesUntilFull = -1;
        QVERIFY(disk.database->resume());
        QVERIFY(disk.fill(20, 3));
        QCOMPARE(disk.filled(), std::int64_t(4));
        disk.open();
        QCOMPARE(disk.filled(), std::int64_t(4));
    }

    // Its commits are told before any sync, so that they are written at once.
    void aDatabaseThatSyncsAtCheckpointsGathersNothing()
    {
        Disk disk(Sync::AtCheckpoints);
        QVERIFY(disk.fill(1, 1));
        const int writes = fault::rules.writes;
        QVERIFY(disk.fill(2, 12));
        QVERIFY(fault::rules.writes - writes > 12);
        QCOMPARE(disk.filled(), std::int64_t(13));
    }
};

QTEST_GUILESS_MAIN(GatheringVfsTest)
#include "gathering_vfs_test.moc"

#include "core/store/database.h"

#include <QTemporaryDir>
#include <QtTest>
#include <future>
#include <sqlite3.h>
#include <sys/stat.h>
#include <thread>

using namespace ephor;
using namespace ephor::store;

namespace {

constexpr Migration pairs[] = {
    {"test/pairs", 1, "pairs", "CREATE TABLE pair(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT"},
    {"test/pairs", 2, "children",
        "CREATE TABLE child(id INTEGER PRIMARY KEY, pair TEXT REFERENCES pair(name) DEFERRABLE INITIALLY DEFERRED)"},
};

Database::Work insert(std::string name, std::int64_t value)
{
    return [name, value](Transaction& transaction) -> Result<void> {
        EPHOR_TRY(const std::int64_t changed, transaction.run("INSERT INTO pair VALUES(?, ?)", {name, value}));
        return changed == 1 ? Result<void>() : fail(ErrorKind::Internal, "test.changes", "");
    };
}

std::int64_t count(const Database& database)
{
    std::int64_t found = -1;
    (void)database.read([&](const Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto number, snapshot.integer("SELECT count(*) FROM pair", {}));
        found = number.value_or(-1);
        return {};
    });
    return found;
}

std::string codeOf(const Result<void>& result)
{
    return result ? "ok" : result.error().code;
}

// Holds the writer inside a Done, so that what is submitted meanwhile becomes one group.
struct Gate {
    std::promise<void> entered;
    std::promise<void> open;
    void closeOn(Database& database)
    {
        database.submit([](Transaction&) -> Result<void> { return {}; },
            [this](Result<void>) {
                entered.set_value();
                open.get_future().wait();
            });
        entered.get_future().wait();
    }
};

}

class DatabaseTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    DatabaseOptions fresh()
    {
        DatabaseOptions options;
        options.path = m_folder.filePath("%1.db").arg(++m_files).toStdString();
        options.reserveBytes = 1 << 16;
        return options;
    }
    static std::unique_ptr<Database> mustOpen(
        const DatabaseOptions& options, std::span<const Migration> migrations = pairs)
    {
        auto opened = Database::open(options, migrations);
        if (!opened)
            qFatal("%s", describe(opened.error()).c_str());
        return std::move(*opened);
    }

private Q_SLOTS:
    void keepsTheContract_data()
    {
        QTest::addColumn<bool>("inMemory");
        QTest::newRow("file") << false;
        QTest::newRow("memory") << true;
    }
    void keepsTheContract();
    void valuesComeBackAsTheyWent();
    void failingWorkIsUndoneAlone();
    void danglingReferenceIsTheCulpritsAlone();
    void outcomeIsFollowed();
    void snapshotIsOfOneMoment();
    void readersCannotWrite();
    void misuseIsRefusedNotDeadlocked();
    void fullQueueRefuses();
    void waitingWorkIsCommittedOnClosing();
    void manyThreadsWriteAndRead();
    void settingsAreOn();
    void secondOwnerIsLockedOut();
    void readOnlyReads();
    void filesArePrivate();
    void backupIsWhole();
    void walIsFolded();
    void jsonColumnsAgreeWithTheBuiltIn();
};

void DatabaseTest::keepsTheContract()
{
    QFETCH(bool, inMemory);
    const auto database = mustOpen(inMemory ? DatabaseOptions() : fresh());
    QCOMPARE(codeOf(database->write(insert("a", 1))), "ok");
    QCOMPARE(codeOf(database->write(insert("a", 2))), "store.constraint");
    QCOMPARE(codeOf(database->write([](Transaction&) -> Result<void> { throw std::runtime_error("boom"); })),
        "store.exception");
    QCOMPARE(codeOf(database->write([](Transaction& t) -> Result<void> {
        EPHOR_TRY(const auto changed, t.run("DELETE FROM nothing", {}));
        return changed ? Result<void>() : Result<void>();
    })),
        "store.sql");
    QCOMPARE(codeOf(database->write([](Transaction& t) -> Result<void> {
        EPHOR_TRY_VOID(t.run("INSERT INTO pair VALUES('b', 2)", {}));
        EPHOR_TRY(const auto seen, t.integer("SELECT value FROM pair WHERE name = ?", {"b"}));
        return seen == 2 ? Result<void>() : fail(ErrorKind::Internal, "test.unseen", "");
    })),
        "ok");
    QCOMPARE(count(*database), 2);
    QCOMPARE(database->queued(), std::size_t(0));
    QVERIFY(!database->halted());
    QVERIFY(database->resume());
    const auto tooFew = database->read([](const Snapshot& s) -> Result<void> {
        return s.query("SELECT * FROM pair WHERE name = ?", {}, [](const Row&) -> Result<void> { return {}; });
    });
    QCOMPARE(codeOf(tooFew), "store.sql");
}

void DatabaseTest::valuesComeBackAsTheyWent()
{
    const Migration kinds[] = {{"test/kinds", 1, "kinds", "CREATE TABLE kind(a, b, c, d, e, f)"}};
    const auto database = mustOpen({}, kinds);
    const Bytes blob{0, 1, 255};
    const std::string text("a\0b", 3);
    QVERIFY(database->write([&](Transaction& t) -> Result<void> {
        EPHOR_TRY_VOID(t.run("INSERT INTO kind VALUES(?, ?, ?, ?, ?, ?)",
            {nullptr, std::int64_t(INT64_MIN), 0.5, text, blob, BytesView()}));
        return {};
    }));
    int rows = 0;
    QVERIFY(database->read([&](const Snapshot& s) {
        return s.query("SELECT * FROM kind", {}, [&](const Row& row) -> Result<void> {
            ++rows;
            const bool same = row.isNull(0) && row.integer(1) == INT64_MIN && row.real(2) == 0.5 && row.text(3) == text
                && Bytes(row.blob(4).begin(), row.blob(4).end()) == blob && !row.isNull(5) && row.blob(5).empty()
                && !row.maybeInteger(0) && row.maybeString(3) == text;
            return same ? Result<void>() : fail(ErrorKind::Internal, "test.differs", "");
        });
    }));
    QCOMPARE(rows, 1);
}

void DatabaseTest::failingWorkIsUndoneAlone()
{
    Gate gate;
    const auto database = mustOpen(fresh());
    gate.closeOn(*database);
    std::vector<std::string> heard;
    std::promise<void> last;
    const auto hear = [&](Result<void> result) { heard.push_back(codeOf(result)); };
    database->submit(insert("first", 1), hear);
    database->submit(
        [](Transaction& t) -> Result<void> {
            EPHOR_TRY_VOID(t.run("INSERT INTO pair VALUES('undone', 1)", {}));
            return fail(ErrorKind::Invalid, "test.refused", "");
        },
        hear);
    database->submit(insert("third", 3), [&](Result<void> result) {
        hear(result);
        last.set_value();
    });
    QCOMPARE(database->queued(), std::size_t(3));
    gate.open.set_value();
    last.get_future().wait();
    QCOMPARE(heard, (std::vector<std::string>{"ok", "test.refused", "ok"}));
    QCOMPARE(count(*database), 2);
}

void DatabaseTest::danglingReferenceIsTheCulpritsAlone()
{
    Gate gate;
    const auto database = mustOpen(fresh());
    gate.closeOn(*database);
    std::promise<Result<void>> good;
    std::promise<Result<void>> bad;
    database->submit(
        [](Transaction& t) -> Result<void> {
            EPHOR_TRY_VOID(t.run("INSERT INTO child(pair) VALUES('nobody')", {}));
            return {};
        },
        [&](Result<void> result) { bad.set_value(result); });
    database->submit(insert("good", 1), [&](Result<void> result) { good.set_value(result); });
    gate.open.set_value();
    QCOMPARE(codeOf(bad.get_future().get()), "store.constraint");
    QCOMPARE(codeOf(good.get_future().get()), "ok");
}

void DatabaseTest::outcomeIsFollowed()
{
    const auto database = mustOpen(fresh());
    std::vector<std::string> order;
    const auto follow = [&](std::string name) {
        return [&order, name](bool committed) { order.push_back(name + (committed ? "+" : "-")); };
    };
    QVERIFY(database->write([&](Transaction& t) -> Result<void> {
        t.onOutcome(follow("a"));
        t.onOutcome(follow("b"));
        return {};
    }));
    QVERIFY(!database->write([&](Transaction& t) -> Result<void> {
        t.onOutcome(follow("c"));
        t.onOutcome(follow("d"));
        return fail(ErrorKind::Invalid, "test.refused", "");
    }));
    QCOMPARE(order, (std::vector<std::string>{"a+", "b+", "d-", "c-"}));
}

void DatabaseTest::snapshotIsOfOneMoment()
{
    const auto database = mustOpen(fresh());
    QVERIFY(database->write(insert("before", 1)));
    QVERIFY(database->read([&](const Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto first, snapshot.integer("SELECT count(*) FROM pair", {}));
        EPHOR_TRY_VOID(database->write(insert("during", 2)));
        EPHOR_TRY(const auto second, snapshot.integer("SELECT count(*) FROM pair", {}));
        return first == second ? Result<void>() : fail(ErrorKind::Internal, "test.moved", "");
    }));
    QCOMPARE(count(*database), 2);
}

void DatabaseTest::readersCannotWrite()
{
    for (const DatabaseOptions& options : {DatabaseOptions(), fresh()}) {
        const auto database = mustOpen(options);
        const auto written = database->read([](const Snapshot& s) {
            return s.query("INSERT INTO pair VALUES('x', 1)", {}, [](const Row&) -> Result<void> { return {}; });
        });
        QCOMPARE(codeOf(written), "store.read-only");
        QCOMPARE(count(*database), 0);
    }
}

void DatabaseTest::misuseIsRefusedNotDeadlocked()
{
    const auto database = mustOpen(fresh());
    std::string inWork;
    std::string readInWork;
    QVERIFY(database->write([&](Transaction&) -> Result<void> {
        inWork = codeOf(database->write(insert("x", 1)));
        readInWork = codeOf(database->read([](const Snapshot&) -> Result<void> { return {}; }));
        return {};
    }));
    QCOMPARE(inWork, "store.misuse");
    QCOMPARE(readInWork, "store.misuse");
    std::promise<std::string> inDone;
    database->submit([](Transaction&) -> Result<void> { return {}; },
        [&](Result<void>) {
            inDone.set_value(codeOf(database->read([](const Snapshot&) -> Result<void> { return {}; })));
        });
    QCOMPARE(inDone.get_future().get(), "ok");
}

void DatabaseTest::fullQueueRefuses()
{
    DatabaseOptions options = fresh();
    options.longestQueue = 1;
    Gate gate;
    const auto database = mustOpen(options);
    gate.closeOn(*database);
    database->submit(insert("waits", 1), {});
    std::string heard;
    database->submit(insert("refused", 1), [&](Result<void> result) { heard = codeOf(result); });
    QCOMPARE(heard, "store.overloaded");
    gate.open.set_value();
}

void DatabaseTest::waitingWorkIsCommittedOnClosing()
{
    const DatabaseOptions options = fresh();
    {
        const auto database = mustOpen(options);
        for (int i = 0; i < 600; ++i)
            database->submit(insert(std::to_string(i), i), {});
    }
    QCOMPARE(count(*mustOpen(options)), 600);
}

void DatabaseTest::manyThreadsWriteAndRead()
{
    const auto database = mustOpen(fresh());
    std::atomic<int> failures{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 6; ++t) {
            threads.emplace_back([&, t] {
                for (int i = 0; i < 40; ++i) {
                    if (!database->write(insert(std::to_string(t) + "/" + std::to_string(i), i))
                        || count(*database) < i + 1)
                        ++failures;
                }
            });
        }
    }
    QCOMPARE(failures.load(), 0);
    QCOMPARE(count(*database), 240);
}

void DatabaseTest::settingsAreOn()
{
    const auto database = mustOpen(fresh());
    QVERIFY(database->write([](Transaction& t) -> Result<void> {
        EPHOR_TRY(const auto synchronous, t.integer("PRAGMA synchronous", {}));
        EPHOR_TRY(const auto trusted, t.integer("PRAGMA trusted_schema", {}));
        EPHOR_TRY(const auto cells, t.integer("PRAGMA cell_size_check", {}));
        EPHOR_TRY(const auto keys, t.integer("PRAGMA foreign_keys", {}));
        EPHOR_TRY(const auto journal, t.text("PRAGMA journal_mode", {}));
        const bool on = synchronous == 2 && trusted == 0 && cells == 1 && keys == 1 && journal == "wal";
        return on ? Result<void>() : fail(ErrorKind::Internal, "test.setting", "");
    }));
}

void DatabaseTest::secondOwnerIsLockedOut()
{
    DatabaseOptions options = fresh();
    {
        const auto owner = mustOpen(options);
        const auto second = Database::open(options, pairs);
        QVERIFY(!second);
        QCOMPARE(second.error().code, "store.locked");
        options.readOnly = true;
        QCOMPARE(Database::open(options, pairs).error().code, "store.locked");
        options.readOnly = false;
    }
    QVERIFY(Database::open(options, pairs));
}

void DatabaseTest::readOnlyReads()
{
    DatabaseOptions options = fresh();
    QVERIFY(mustOpen(options)->write(insert("a", 1)));
    options.readOnly = true;
    const auto first = mustOpen(options);
    const auto second = mustOpen(options);
    QCOMPARE(count(*first), 1);
    QCOMPARE(count(*second), 1);
    QCOMPARE(codeOf(first->write(insert("b", 1))), "store.read-only");
}

void DatabaseTest::filesArePrivate()
{
    const DatabaseOptions options = fresh();
    const auto database = mustOpen(options);
    QVERIFY(database->write(insert("a", 1)));
    for (const char* suffix : {"", "-wal", ".lock", ".reserve"}) {
        struct stat status{};
        QCOMPARE(::stat((options.path + suffix).c_str(), &status), 0);
        QCOMPARE(int(status.st_mode & 0777), 0600);
    }
}

void DatabaseTest::backupIsWhole()
{
    DatabaseOptions options = fresh();
    const auto database = mustOpen(options);
    QVERIFY(database->write(insert("a", 1)));
    DatabaseOptions copy = fresh();
    QCOMPARE(codeOf(database->backup(copy.path)), "ok");
    QCOMPARE(codeOf(database->backup(copy.path)), "store.backup");
    QVERIFY(database->write(insert("b", 1)));
    QCOMPARE(count(*mustOpen(copy)), 1);
    copy = fresh();
    const auto inMemory = mustOpen({});
    QVERIFY(inMemory->write(insert("a", 1)));
    QCOMPARE(codeOf(inMemory->backup(copy.path)), "ok");
    QCOMPARE(count(*mustOpen(copy)), 1);
}

void DatabaseTest::walIsFolded()
{
    DatabaseOptions options = fresh();
    options.checkpointPages = 1;
    const auto database = mustOpen(options);
    struct stat before{};
    QCOMPARE(::stat(options.path.c_str(), &before), 0);
    const std::string long_(100'000, 'x');
    QVERIFY(database->write(insert(long_, 1)));
    // The checkpoint follows the answer; a further write can only be answered after it.
    QVERIFY(database->write(insert("next", 1)));
    struct stat after{};
    QCOMPARE(::stat(options.path.c_str(), &after), 0);
    QVERIFY(after.st_size >= before.st_size + 100'000);
}

void DatabaseTest::jsonColumnsAgreeWithTheBuiltIn()
{
    const Migration texts[] = {{"test/texts", 1, "texts",
        "CREATE TABLE t(body TEXT, path TEXT, plain TEXT GENERATED ALWAYS AS (json_extract(body, '$.a.b')) VIRTUAL);"
        "CREATE INDEX t_plain ON t(plain);"}};
    const auto database = mustOpen({}, texts);
    for (const std::string body : {R"({"a":{"b":"text \u00e9"}})", R"({"a":{"b":1}})", R"({"a":{"b":true}})",
             R"({"a":{"b":null}})", R"({"a":{"b":[1,"x"]}})", R"({"a":"b"})", "{}", "[]", R"({"a":{"b":1.5}})",
             R"({"a":{"b":1},"a":{"b":"second"}})"}) {
        for (const std::string path : {"$.a.b", "$.a", "$", "$.a.b[1]", "$.\"a\"", "$.missing"}) {
            QVERIFY(database->write([&](Transaction& t) -> Result<void> {
                // Three arguments go to the built-in function, as an array of the two answers.
                EPHOR_TRY(const auto own,
                    t.text("SELECT json_array(json_extract(?1, ?2), json_extract(?1, ?2))", {body, path}));
                EPHOR_TRY(const auto builtIn,
                    t.text("SELECT json_array(json_extract(json_extract(?1, ?2, ?2), '$[0]'), "
                           "json_extract(json_extract(?1, ?2, ?2), '$[0]'))",
                        {body, path}));
                return own == builtIn ? Result<void>() : fail(ErrorKind::Internal, "test.differs", body + " " + path);
            }) || (qWarning("%s %s", body.c_str(), path.c_str()), false));
        }
    }
    QCOMPARE(codeOf(database->write([](Transaction& t) -> Result<void> {
        EPHOR_TRY_VOID(t.run("INSERT INTO t(body) VALUES('not json')", {}));
        return {};
    })),
        "store.sql");
}

QTEST_GUILESS_MAIN(DatabaseTest)
#include "database_test.moc"

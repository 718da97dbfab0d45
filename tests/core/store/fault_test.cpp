#include "core/store/database.h"
#include "tests/core/store/fault_vfs.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace ephor;
using namespace ephor::store;

namespace {

constexpr Migration lines[] = {{"test/lines", 1, "lines", "CREATE TABLE line(text TEXT NOT NULL) STRICT"}};

Database::Work addLine(std::string text)
{
    return [text](Transaction& transaction) -> Result<void> {
        EPHOR_TRY_VOID(transaction.run("INSERT INTO line VALUES(?)", {text}));
        return {};
    };
}

std::vector<std::string> linesOf(const Database& database)
{
    std::vector<std::string> found;
    (void)database.read([&](const Snapshot& snapshot) {
        return snapshot.query("SELECT text FROM line ORDER BY rowid", {}, [&](const Row& row) -> Result<void> {
            found.push_back(row.string(0));
            return {};
        });
    });
    return found;
}

void recordInto(Database& database)
{
    database.recordHalts([](Transaction& t, HaltEvent event, const Error& cause) -> Result<void> {
        const std::string text = (event == HaltEvent::Halted ? "halted: " : "resumed: ") + cause.code;
        EPHOR_TRY_VOID(t.run("INSERT INTO line VALUES(?)", {text}));
        return {};
    });
}

std::string causeOf(const Error& error)
{
    for (const auto& [name, value] : error.fields) {
        if (name == "cause")
            return value;
    }
    return {};
}

}

class FaultTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    std::unique_ptr<Database> open(DatabaseOptions options = {})
    {
        options.vfs = fault::install();
        if (options.path.empty())
            options.path = m_folder.filePath("%1.db").arg(++m_files).toStdString();
        options.reserveBytes = 1 << 16;
        auto opened = Database::open(options, lines);
        if (!opened)
            qFatal("%s", describe(opened.error()).c_str());
        m_path = options.path;
        return std::move(*opened);
    }
    std::string m_path;

private Q_SLOTS:
    void fullDiskHaltsAndResumes()
    {
        const auto database = open();
        recordInto(*database);
        QVERIFY(database->write(addLine("kept")));
        fault::rules.writesUntilFull = 0;
        const auto refused = database->write(addLine("lost"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, "store.halted");
        QCOMPARE(causeOf(refused.error()), "store.full");
        QCOMPARE(database->write(addLine("also lost")).error().code, "store.halted");
        QVERIFY(database->halted());
        QCOMPARE(database->resume().error().code, "store.halted");
        QCOMPARE(linesOf(*database), std::vector<std::string>{"kept"});
        fault::rules.writesUntilFull = -1;
        QVERIFY(database->resume());
        QVERIFY(!database->halted());
        QVERIFY(database->write(addLine("after")));
        QCOMPARE(linesOf(*database),
            (std::vector<std::string>{"kept", "halted: store.full", "resumed: store.full", "after"}));
    }

    void reserveMakesRoomForTheLastWord()
    {
        const auto database = open();
        recordInto(*database);
        const std::string reserve = m_path + ".reserve";
        QVERIFY(QFile::exists(QString::fromStdString(reserve)));
        fault::rules.fullWhileExists = reserve;
        QCOMPARE(database->write(addLine("lost")).error().code, "store.halted");
        QVERIFY(!QFile::exists(QString::fromStdString(reserve)));
        QCOMPARE(linesOf(*database), std::vector<std::string>{"halted: store.full"});
        // Still full: the reserve can be had, but nothing can be committed beside it.
        QCOMPARE(database->resume().error().code, "store.halted");
        fault::rules.fullWhileExists.clear();
        QVERIFY(database->resume());
        QCOMPARE(linesOf(*database), (std::vector<std::string>{"halted: store.full", "resumed: store.full"}));
    }

    void failingSyncHalts()
    {
        const auto database = open();
        fault::rules.syncsUntilFailure = 0;
        const auto refused = database->write(addLine("lost"));
        QCOMPARE(refused.error().code, "store.halted");
        QCOMPARE(causeOf(refused.error()), "store.io");
        fault::rules.syncsUntilFailure = -1;
        QVERIFY(database->resume());
        QVERIFY(database->write(addLine("kept")));
        QCOMPARE(linesOf(*database), std::vector<std::string>{"kept"});
    }

    void swallowedErrorStillHalts()
    {
        const auto database = open();
        const std::string big(8 << 20, 'x');
        bool followed = false;
        bool committed = true;
        const auto result = database->write([&](Transaction& t) -> Result<void> {
            t.onOutcome([&](bool outcome) {
                followed = true;
                committed = outcome;
            });
            fault::rules.writesUntilFull = 0;
            // Larger than the page cache, so that pages spill inside the transaction.
            for (int i = 0; i < 4; ++i)
                (void)t.run("INSERT INTO line VALUES(?)", {big});
            return {};
        });
        QCOMPARE(result.error().code, "store.halted");
        QVERIFY(followed);
        QVERIFY(!committed);
        fault::rules.writesUntilFull = -1;
        QVERIFY(linesOf(*database).empty());
    }

    void everyWriteAndSyncMayFail();
    void haltedDatabaseReopens();
};

void FaultTest::everyWriteAndSyncMayFail()
{
    // One failing call at every place of the same sequence: what was acknowledged is there, nothing else is half there.
    for (auto* rule : {&fault::rules.writesUntilFull, &fault::rules.syncsUntilFailure}) {
        bool failedOnce = true;
        for (int n = 0; failedOnce; ++n) {
            DatabaseOptions options;
            options.checkpointPages = 4;
            auto database = open(options);
            options.path = m_path;
            rule->store(n);
            std::vector<std::string> acknowledged;
            failedOnce = false;
            for (int i = 0; i < 6; ++i) {
                if (database->write(addLine("line " + std::to_string(i))))
                    acknowledged.push_back("line " + std::to_string(i));
                else
                    failedOnce = true;
            }
            // A checkpoint may fail after the last answer; the writer is asked once more, so that it has been.
            if (!database->resume() || rule->load() == 0)
                failedOnce = true;
            rule->store(-1);
            QVERIFY(database->resume());
            QCOMPARE(linesOf(*database), acknowledged);
            database.reset();
            QCOMPARE(linesOf(*open(options)), acknowledged);
            QVERIFY(n < 200);
        }
    }
}

void FaultTest::haltedDatabaseReopens()
{
    auto database = open();
    fault::rules.writesUntilFull = 0;
    QVERIFY(!database->write(addLine("lost")));
    database.reset();
    DatabaseOptions options;
    options.path = m_path;
    database = open(options);
    QVERIFY(database->write(addLine("kept")));
    QCOMPARE(linesOf(*database), std::vector<std::string>{"kept"});
}

QTEST_GUILESS_MAIN(FaultTest)
#include "fault_test.moc"

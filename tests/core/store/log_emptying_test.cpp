#include "core/store/database.h"
#include "core/store/log_emptying.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <condition_variable>
#include <mutex>
#include <thread>

using namespace ephor;
using namespace ephor::store;

namespace {

const QByteArray secret = "a value that is to be gone";

constexpr Migration migrations[] = {{"test", 1, "notes", "CREATE TABLE note(id INTEGER PRIMARY KEY, text TEXT);"}};

struct Files {
    QTemporaryDir folder;
    std::string path = folder.filePath("a.db").toStdString();
    std::unique_ptr<Database> database = Database::open({.path = path, .reserveBytes = 0}, migrations).value();

    void write(const std::string& sql, bool emptying = false)
    {
        const auto written = database->write([&](Transaction& transaction) -> Result<void> {
            EPHOR_TRY([[maybe_unused]] const auto rows, transaction.run(sql, {}));
            if (emptying)
                emptyLogAfter(transaction);
            return {};
        });
        if (!written)
            qFatal("%s", written.error().message.c_str());
    }
    void keepSecret() { write("INSERT INTO note(text) VALUES('" + secret.toStdString() + "')"); }
    QByteArray bytes() const
    {
        QByteArray all;
        for (const char* end : {"", "-wal"}) {
            QFile file(QString::fromStdString(path) + QLatin1String(end));
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }
};

}

/// What is erased is in the database file and its log no more, while the database goes on.
class LogEmptyingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anOrdinaryDeletionLeavesTheLog();
    void whatWasDeletedIsInNeitherFile();
    void whatWasOverwrittenIsInNeitherFile();
    void aReaderIsWaitedForAndThenTriedAgain();
    void whatIsTakenBackEmptiesNothing();
};

void LogEmptyingTest::anOrdinaryDeletionLeavesTheLog()
{
    Files files;
    files.keepSecret();
    files.write("DELETE FROM note");
    QVERIFY(files.bytes().contains(secret));
}

void LogEmptyingTest::whatWasDeletedIsInNeitherFile()
{
    Files files;
    files.keepSecret();
    files.write("DELETE FROM note", true);
    QVERIFY(!files.bytes().contains(secret));
    files.keepSecret();
    QVERIFY(files.bytes().contains(secret));
}

void LogEmptyingTest::whatWasOverwrittenIsInNeitherFile()
{
    Files files;
    files.keepSecret();
    files.write("UPDATE note SET text = NULL", true);
    QVERIFY(!files.bytes().contains(secret));
}

void LogEmptyingTest::aReaderIsWaitedForAndThenTriedAgain()
{
    Files files;
    files.keepSecret();
    std::mutex mutex;
    std::condition_variable moved;
    bool reading = false;
    bool enough = false;
    std::thread reader([&] {
        (void)files.database->read([&](const Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY([[maybe_unused]] const auto count, snapshot.integer("SELECT count(*) FROM note", {}));
            std::unique_lock lock(mutex);
            reading = true;
            moved.notify_all();
            moved.wait(lock, [&] { return enough; });
            return {};
        });
    });
    {
        std::unique_lock lock(mutex);
        moved.wait(lock, [&] { return reading; });
    }
    files.write("DELETE FROM note", true);
    const bool stillThere = files.bytes().contains(secret);
    {
        const std::lock_guard lock(mutex);
        enough = true;
    }
    moved.notify_all();
    reader.join();
    QVERIFY(stillThere);
    // Without anything more being written.
    QTRY_VERIFY_WITH_TIMEOUT(!files.bytes().contains(secret), 60'000);
}

void LogEmptyingTest::whatIsTakenBackEmptiesNothing()
{
    Files files;
    files.keepSecret();
    const auto written = files.database->write([&](Transaction& transaction) -> Result<void> {
        emptyLogAfter(transaction);
        return fail(ErrorKind::Conflict, "test", "Not now.");
    });
    QVERIFY(!written);
    files.write("DELETE FROM note");
    QVERIFY(files.bytes().contains(secret));
}

QTEST_GUILESS_MAIN(LogEmptyingTest)
#include "log_emptying_test.moc"

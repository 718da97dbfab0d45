#include "core/store/backfill.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>
#include <thread>

using namespace ephor::store;

class BackfillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void copiesWhileTheWriterHoldsATransaction();
    void endsOnceForEachBeginning();
};

namespace {

struct Pair {
    QTemporaryDir folder;
    std::string path = folder.filePath("a.db").toStdString();
    std::unique_ptr<Connection> writing = *Connection::open(path, Access::Write, {});
    Backfill backfill{*Connection::open(path, Access::Write, {})};

    void waitForEnd()
    {
        while (!backfill.ended())
            std::this_thread::yield();
    }
    qint64 fileSize() const { return QFileInfo(QString::fromStdString(path)).size(); }
};

}

void BackfillTest::copiesWhileTheWriterHoldsATransaction()
{
    Pair pair;
    QVERIFY(pair.writing->execute("CREATE TABLE t(body BLOB); INSERT INTO t VALUES(zeroblob(1000000));"));
    QVERIFY(pair.fileSize() < 1'000'000);
    QVERIFY(pair.writing->execute("BEGIN IMMEDIATE; INSERT INTO t VALUES(zeroblob(10));"));
    pair.backfill.begin();
    pair.waitForEnd();
    QVERIFY(pair.fileSize() > 1'000'000);
    QVERIFY(pair.writing->execute("COMMIT"));
    // What was committed since is left for the writer, and little.
    int frames = 0;
    int moved = 0;
    QCOMPARE(sqlite3_wal_checkpoint_v2(pair.writing->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &frames, &moved),
        SQLITE_OK);
    QCOMPARE(moved, frames);
    QVERIFY(pair.writing->execute("INSERT INTO t VALUES(1)"));
    QCOMPARE(sqlite3_wal_checkpoint_v2(pair.writing->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &frames, &moved),
        SQLITE_OK);
    QVERIFY2(frames < 10, "the log does not begin anew");
}

void BackfillTest::endsOnceForEachBeginning()
{
    Pair pair;
    QVERIFY(!pair.backfill.ended());
    for (int i = 0; i < 3; ++i) {
        pair.backfill.begin();
        pair.waitForEnd();
        QVERIFY(!pair.backfill.ended());
    }
}

QTEST_GUILESS_MAIN(BackfillTest)
#include "backfill_test.moc"

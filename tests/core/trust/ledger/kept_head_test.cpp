#include "core/base/json.h"
#include "core/proof/leaf.h"
#include "core/proof/merkle.h"
#include "core/trust/ledger/kept_head.h"
#include "tests/core/trust/ledger/workbench.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

using namespace ephor;
using namespace ephor::ledger;

namespace {

constexpr std::uint64_t entries = 20; // after the first one

/// A record of `entries` and the head of it that was kept when it was closed.
struct Kept {
    Kept()
        : bench(folder.filePath("ephor.db").toStdString())
    {
        bench.keptHead = folder.filePath("w-1.keys.head").toStdString();
        bench.reopen();
        for (std::uint64_t i = 0; i < entries; ++i)
            (void)Workbench::take(bench.append(Workbench::entry("prompt:" + std::to_string(i))));
        bench.close();
    }

    std::string faultAtOpening()
    {
        bench.open();
        const auto fault = bench.ledger->status().fault;
        return fault ? fault->code : std::string();
    }

    QString database() const { return QString::fromStdString(bench.path); }

    QTemporaryDir folder;
    Workbench bench;
};

/// Somebody who can write the database, and has no key.
void change(const std::string& path, const std::string& sql)
{
    sqlite3* connection = nullptr;
    if (sqlite3_open(path.c_str(), &connection) != SQLITE_OK)
        qFatal("cannot open %s", path.c_str());
    char* message = nullptr;
    if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK)
        qFatal("%s: %s", sql.c_str(), message);
    sqlite3_close(connection);
}

std::string textIn(const std::string& path, const std::string& sql)
{
    sqlite3* connection = nullptr;
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_open(path.c_str(), &connection) != SQLITE_OK
        || sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK
        || sqlite3_step(statement) != SQLITE_ROW)
        qFatal("%s", sql.c_str());
    const std::string text(static_cast<const char*>(static_cast<const void*>(sqlite3_column_text(statement, 0))));
    sqlite3_finalize(statement);
    sqlite3_close(connection);
    return text;
}

/// Writes an entry anew as the record itself would have it, and takes out what it was signed by.
void forge(const std::string& path)
{
    const std::string trigger = textIn(path, "SELECT sql FROM sqlite_schema WHERE name = 'leaf_is_never_updated'");
    std::string body = textIn(path, "SELECT body FROM leaf WHERE idx = 10");
    body.replace(body.find("prompt:9"), 8, "prompt:x");
    const std::string hash = toHex(proof::leafHash(bytesOf(proof::leafFor(body).body)));
    change(path,
        "DROP TRIGGER leaf_is_never_updated; UPDATE leaf SET body = '" + body + "', leaf_hash = x'" + hash
            + "' WHERE idx = 10; DELETE FROM head; " + trigger);
}

}

class KeptHeadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goesOnWithTheRecordItWasSignedFor();
    void findsARecordThatWasWrittenAnew();
    void findsOneThatWasCutAndWrittenAnew();
    void recordsThatAnOlderCopyTookItsPlace();
    void keepsTheFirstAndTheLastAtOnce();
    void oneThatIsNoHeadIsAFault();
};

void KeptHeadTest::goesOnWithTheRecordItWasSignedFor()
{
    Kept kept;
    QVERIFY(KeptHead(kept.bench.keptHead).read()->has_value());
    QCOMPARE(kept.faultAtOpening(), std::string());
    QVERIFY(kept.bench.append(Workbench::entry("prompt:more")));
    QCOMPARE(kept.bench.verifyCode(), std::string("ok"));
}

void KeptHeadTest::findsARecordThatWasWrittenAnew()
{
    Kept kept;
    forge(kept.bench.path);
    QCOMPARE(kept.faultAtOpening(), std::string("ledger.fork"));
    QCOMPARE(kept.bench.verifyCode(), std::string("ledger.fork"));
    const auto refused = kept.bench.append(Workbench::entry("prompt:more"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, std::string("ledger.damaged"));
    QCOMPARE(Workbench::field(refused.error(), "file"), kept.bench.keptHead);
    kept.bench.close();
    QCOMPARE(textIn(kept.bench.path, "SELECT count(*) FROM head"), std::string("0"));
}

// A backup may be restored, but never unseen.
void KeptHeadTest::recordsThatAnOlderCopyTookItsPlace()
{
    Kept kept;
    const QString copy = kept.folder.filePath("copy.db");
    QVERIFY(QFile::copy(kept.database(), copy));
    kept.bench.open();
    QVERIFY(kept.bench.append(Workbench::entry("prompt:more")));
    kept.bench.close();
    const std::string newest = KeptHead(kept.bench.keptHead).read()->value_or("");
    QVERIFY(QFile::remove(kept.database()));
    QVERIFY(QFile::copy(copy, kept.database()));
    QCOMPARE(kept.faultAtOpening(), std::string());
    QCOMPARE(kept.bench.ledger->status().size, entries + 2);
    const auto said = parseJson(kept.bench.body(entries + 1));
    QVERIFY(said);
    QCOMPARE((*said)["operation"].get<std::string>(), std::string("ledger.restore"));
    QCOMPARE((*said)["data"]["signed"].get<std::string>(), newest);
    // Said once.
    kept.bench.reopen();
    QCOMPARE(kept.bench.ledger->status().size, entries + 2);
    QCOMPARE(kept.bench.verifyCode(), std::string("ok"));
}

// Shorter, and without a head that it could be an older copy by.
void KeptHeadTest::findsOneThatWasCutAndWrittenAnew()
{
    Kept kept;
    forge(kept.bench.path);
    const std::string trigger
        = textIn(kept.bench.path, "SELECT sql FROM sqlite_schema WHERE name = 'leaf_is_never_deleted'");
    change(kept.bench.path, "DROP TRIGGER leaf_is_never_deleted; DELETE FROM leaf WHERE idx = 20; " + trigger);
    QCOMPARE(kept.faultAtOpening(), std::string("ledger.rolled-back"));
    QVERIFY(!kept.bench.append(Workbench::entry("prompt:more")));
}

void KeptHeadTest::keepsTheFirstAndTheLastAtOnce()
{
    Kept kept;
    const KeptHead file(kept.bench.keptHead);
    QVERIFY(QFile::remove(QString::fromStdString(kept.bench.keptHead)));
    kept.bench.open();
    const auto signedNow = [&] {
        (void)Workbench::take(kept.bench.append(Workbench::entry("prompt:more")));
        return Workbench::take(kept.bench.ledger->checkpoint());
    };
    const std::string first = signedNow();
    QCOMPARE(file.read()->value_or(""), first);
    (void)signedNow();
    QCOMPARE(file.read()->value_or(""), first);
    kept.bench.clock.advance(std::chrono::seconds(61));
    const std::string later = signedNow();
    QCOMPARE(file.read()->value_or(""), later);
    const std::string last = signedNow();
    kept.bench.close();
    QCOMPARE(file.read()->value_or(""), last);
}

void KeptHeadTest::oneThatIsNoHeadIsAFault()
{
    Kept kept;
    QFile file(QString::fromStdString(kept.bench.keptHead));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("not a head");
    file.close();
    QCOMPARE(kept.faultAtOpening(), std::string("ledger.head.format"));
}

QTEST_GUILESS_MAIN(KeptHeadTest)
#include "kept_head_test.moc"

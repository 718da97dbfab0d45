#include "core/base/json.h"
#include "core/proof/leaf.h"
#include "core/proof/merkle.h"
#include "core/proof/checkpoint.h"
#include "tests/core/trust/ledger/workbench.h"

#include <QTemporaryDir>
#include <QtTest>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

using namespace ephor;
using namespace ephor::ledger;

namespace {

/// The database file in somebody else's hands.
class Intruder {
public:
    explicit Intruder(const std::string& path)
    {
        if (sqlite3_open(path.c_str(), &m_connection) != SQLITE_OK)
            qFatal("cannot open %s", path.c_str());
        // The seat-belts are taken off, and put back on so that they tell nothing.
        m_triggers = texts("SELECT sql FROM sqlite_schema WHERE type = 'trigger'");
        run("DROP TRIGGER leaf_is_never_updated; DROP TRIGGER leaf_is_never_deleted;");
    }
    ~Intruder()
    {
        for (const std::string& trigger : m_triggers)
            run(trigger);
        sqlite3_close(m_connection);
    }
    void run(const std::string& sql)
    {
        char* message = nullptr;
        if (sqlite3_exec(m_connection, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK)
            qFatal("%s: %s", sql.c_str(), message);
    }
    std::vector<std::string> texts(const std::string& sql)
    {
        std::vector<std::string> found;
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(m_connection, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            qFatal("%s", sql.c_str());
        while (sqlite3_step(statement) == SQLITE_ROW)
            found.emplace_back(static_cast<const char*>(static_cast<const void*>(sqlite3_column_text(statement, 0))));
        sqlite3_finalize(statement);
        return found;
    }
    void forgetTriggers() { m_triggers.clear(); }
    std::string body(int index) { return texts("SELECT body FROM leaf WHERE idx = " + std::to_string(index)).front(); }
    /// Replaces the body and makes the hash follow.
    void forge(int index, const std::string& body)
    {
        const std::string hash = toHex(proof::leafHash(bytesOf(proof::leafFor(body).body)));
        run("UPDATE leaf SET body = '" + body + "', leaf_hash = x'" + hash + "' WHERE idx = " + std::to_string(index));
    }
    void editSchema(const std::string& from, const std::string& to)
    {
        run("PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, '" + from + "', '" + to
            + "') WHERE name = 'leaf'; PRAGMA writable_schema=RESET;");
    }

private:
    sqlite3* m_connection = nullptr;
    std::vector<std::string> m_triggers;
};

std::string replaced(std::string text, const std::string& from, const std::string& to)
{
    const auto at = text.find(from);
    if (at == std::string::npos)
        qFatal("nothing to replace");
    return text.replace(at, from.size(), to);
}

struct Crime {
    const char* name;
    const char* code; ///< what verification must say
    const char* entry; ///< the entry it must name; empty: none
    std::function<void(Intruder&)> commit;
};

// Entry 3 is sealed for person:ada, 5 for person:bob, 7 for person:eve whose key was destroyed at 8.
std::vector<Crime> crimesAgainstTheLog()
{
    return {
        {"body", "ledger.entry.body", "10",
            [](Intruder& i) { i.run("UPDATE leaf SET body = replace(body, 'done', 'deny') WHERE idx = 10"); }},
        {"hash", "ledger.entry.hash", "10",
            [](Intruder& i) { i.run("UPDATE leaf SET leaf_hash = zeroblob(32) WHERE idx = 10"); }},
        {"genesis", "ledger.entry.body", "0",
            [](Intruder& i) { i.run("UPDATE leaf SET body = replace(body, 'w-1', 'w-2') WHERE idx = 0"); }},
        {"last entry", "ledger.entry.body", "599",
            [](Intruder& i) { i.run("UPDATE leaf SET body = replace(body, 'done', 'deny') WHERE idx = 599"); }},
        {"body and hash", "ledger.tree", "1", [](Intruder& i) { i.forge(10, replaced(i.body(10), "done", "deny")); }},
        {"body, hash and subtree", "ledger.tree", "1",
            [](Intruder& i) {
                i.forge(10, replaced(i.body(10), "done", "deny"));
                i.run("UPDATE subtree SET hash = zeroblob(32) WHERE level = 1 AND n = 1");
            }},
        {"swapped", "ledger.entry.moved", "20",
            [](Intruder& i) {
                i.run("UPDATE leaf SET idx = -1 WHERE idx = 20; UPDATE leaf SET idx = 20 WHERE idx = 21; UPDATE leaf "
                      "SET idx = 21 WHERE idx = -1");
            }},
        {"deleted", "ledger.entry.missing", "30", [](Intruder& i) { i.run("DELETE FROM leaf WHERE idx = 30"); }},
        {"deleted and renumbered", "ledger.entry.moved", "30",
            [](Intruder& i) {
                i.run("DELETE FROM leaf WHERE idx = 30; UPDATE leaf SET idx = -idx WHERE idx > 30; UPDATE leaf SET idx "
                      "= -idx - 1 WHERE idx < 0");
            }},
        {"duplicated", "ledger.entry.moved", "31",
            [](Intruder& i) { i.forge(31, replaced(i.body(30), "\"id\":\"0", "\"id\":\"f")); }},
        {"put before the first", "ledger.entry.extra", "0",
            [](Intruder& i) {
                i.run("INSERT INTO leaf(idx, leaf_hash, body) VALUES(-5, zeroblob(32), '{\"id\":\"x\"}')");
            }},
        {"tail cut", "ledger.tail", "590", [](Intruder& i) { i.run("DELETE FROM leaf WHERE idx >= 590"); }},
        {"stored subtree", "ledger.subtree", "256",
            [](Intruder& i) { i.run("UPDATE subtree SET hash = zeroblob(32) WHERE level = 1 AND n = 1"); }},
        {"stored subtree removed", "ledger.subtree", "0",
            [](Intruder& i) { i.run("DELETE FROM subtree WHERE level = 1 AND n = 0"); }},
        {"head's signature", "ledger.head.signature", "",
            [](Intruder& i) {
                i.run("UPDATE head SET note = (SELECT substr(note, 1, instr(note, '— ') - 1) FROM head WHERE size = "
                      "300) || "
                      "(SELECT substr(note, instr(note, '— ')) FROM head WHERE size = 600) WHERE size = 300");
            }},
        {"head's text", "ledger.head.signature", "",
            [](Intruder& i) {
                i.run("UPDATE head SET note = replace(note, char(10) || '300' || char(10), char(10) || '301' || "
                      "char(10)) WHERE size = 300");
            }},
        {"head's origin", "ledger.head.origin", "",
            [](Intruder& i) {
                i.run("UPDATE head SET note = (SELECT note FROM other.head LIMIT 1) WHERE size = 300");
            }},
        {"head's columns", "ledger.head.changed", "",
            [](Intruder& i) { i.run("UPDATE head SET root = zeroblob(32) WHERE size = 300"); }},
        {"head's base64", "ledger.head.format", "",
            [](Intruder& i) {
                i.run("UPDATE head SET note = substr(note, 1, length(note) - 2) || '!' || char(10) WHERE size = 300");
            }},
        {"head's signer", "ledger.head.key", "",
            [](Intruder& i) {
                const auto key = proof::SigningKey::generate();
                const proof::Checkpoint head{"ledger.test/acme/demo", 300, {}, {}};
                i.run("UPDATE head SET root = zeroblob(32), note = '" + proof::signCheckpoint(head, *key).value()
                    + "' WHERE size = 300");
            }},
    };
}

// Against what is sealed, and against the schema.
std::vector<Crime> crimesBesideTheLog()
{
    return {
        {"sealed value", "ledger.sealed.changed", "3",
            [](Intruder& i) { i.run("UPDATE sealed SET ciphertext = zeroblob(60) WHERE subject = 'person:ada'"); }},
        {"sealed value removed", "ledger.sealed.missing", "3",
            [](Intruder& i) { i.run("DELETE FROM sealed WHERE subject = 'person:ada'"); }},
        {"sealed values exchanged", "ledger.sealed.changed", "3",
            [](Intruder& i) {
                i.run("UPDATE sealed SET (nonce, ciphertext) = (SELECT nonce, ciphertext FROM sealed WHERE subject = "
                      "'person:bob') WHERE subject = 'person:ada'");
            }},
        {"sealed value invented", "ledger.sealed.extra", "3",
            [](Intruder& i) {
                i.run("INSERT INTO sealed SELECT entry_id, '/zz', subject, generation, nonce, ciphertext FROM sealed "
                      "WHERE subject = 'person:ada'");
            }},
        {"sealed value of no entry", "ledger.sealed.extra", "",
            [](Intruder& i) {
                i.run("INSERT INTO sealed SELECT 'nowhere', field, subject, generation, nonce, ciphertext FROM sealed "
                      "WHERE subject = 'person:ada'");
            }},
        {"subject's key removed", "ledger.sealed.key", "3",
            [](Intruder& i) { i.run("DELETE FROM subject_key WHERE subject = 'person:ada'"); }},
        {"subject's key changed", "ledger.sealed.key", "3",
            [](Intruder& i) { i.run("UPDATE subject_key SET wrapped = zeroblob(60) WHERE subject = 'person:ada'"); }},
        {"subject's key destroyed in silence", "ledger.erasure.unrecorded", "3",
            [](Intruder& i) {
                i.run("UPDATE subject_key SET wrapped = NULL, destroyed_at = '2026-01-01T00:00:00.000000Z' WHERE "
                      "subject = 'person:ada'");
            }},
        {"column not from the body", "ledger.schema", "", [](Intruder& i) { i.editSchema("$.outcome", "$.reason"); }},
        {"trigger removed", "ledger.schema", "", [](Intruder& i) { i.forgetTriggers(); }},
        {"trigger that swallows", "ledger.schema", "",
            [](Intruder& i) { i.run("CREATE TRIGGER swallow BEFORE INSERT ON leaf BEGIN SELECT RAISE(IGNORE); END"); }},
        {"unique index removed", "ledger.schema", "", [](Intruder& i) { i.run("DROP INDEX leaf_id"); }},
        {"view that hides", "ledger.schema", "",
            [](Intruder& i) {
                i.run("DROP VIEW entry; CREATE VIEW entry AS SELECT * FROM leaf WHERE outcome <> 'denied'");
            }},
    };
}

std::vector<Crime> crimes()
{
    std::vector<Crime> all = crimesAgainstTheLog();
    const std::vector<Crime> more = crimesBesideTheLog();
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

}

class TamperTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;
    std::unique_ptr<Workbench> m_bench; ///< closed; each case works on a copy of its file
    std::string m_original;
    std::string m_other;
    std::string m_keptHead;

    std::string freshCopy()
    {
        const std::string path = m_folder.filePath("%1.db").arg(++m_files).toStdString();
        if (!QFile::copy(QString::fromStdString(m_original), QString::fromStdString(path)))
            qFatal("cannot copy");
        return path;
    }

private Q_SLOTS:
    void initTestCase();
    void everyCrimeIsNamed_data();
    void everyCrimeIsNamed();
    void staleIndexIsNamed();
    void oldBackupNeedsOutsideMemory();
    void rewrittenHistoryNeedsOutsideMemory();
    void anotherHistoryIsAFork();
    void damagedTailStopsAppending();
    void cutWalIsShorterNotBroken();
    void cutFileIsNotTrusted();
};

void TamperTest::initTestCase()
{
    m_original = m_folder.filePath("original.db").toStdString();
    m_bench = std::make_unique<Workbench>(m_original);
    // The first head is due at once; with it made here, what the later ones cover is always the same.
    QVERIFY(m_bench->ledger->checkpoint());
    const std::string subjects[] = {"", "", "", "person:ada", "", "person:bob", "", "person:eve"};
    for (int i = 1; i < 600; ++i) {
        if (i == 300)
            QVERIFY(m_bench->ledger->checkpoint());
        if (i == 8) {
            QVERIFY(m_bench->database->write([&](store::Transaction& transaction) {
                return m_bench->ledger->erase(transaction, "person:eve", "person:ines", "Asked to.");
            }));
            continue;
        }
        NewEntry entry = Workbench::entry("prompt:" + std::to_string(i));
        if (i < 8 && !subjects[i].empty())
            entry.sealed.push_back({"/input", subjects[i], {"\"value\""}});
        QCOMPARE(m_bench->append(entry)->index, std::uint64_t(i));
    }
    m_keptHead = m_bench->ledger->checkpoint().value();
    QCOMPARE(m_bench->verifyCode(), "ok");
    m_bench->close();
    // A log of the same key under another name, for the exchanged head.
    m_other = m_folder.filePath("other.db").toStdString();
    const auto database = Workbench::take(store::Database::open({.path = m_other, .reserveBytes = 0}, migrations()));
    const auto ledger = Workbench::take(openLedger({.database = *database,
        .keys = m_bench->keys.get(),
        .clock = m_bench->clock,
        .origin = "another",
        .trustedKeys = {}}));
    QVERIFY(ledger->checkpoint());
}

void TamperTest::everyCrimeIsNamed_data()
{
    QTest::addColumn<int>("number");
    const auto list = crimes();
    for (std::size_t i = 0; i < list.size(); ++i)
        QTest::newRow(list[i].name) << int(i);
}

void TamperTest::everyCrimeIsNamed()
{
    QFETCH(int, number);
    const Crime crime = crimes()[std::size_t(number)];
    m_bench->path = freshCopy();
    {
        Intruder intruder(m_bench->path);
        intruder.run("ATTACH '" + m_other + "' AS other");
        crime.commit(intruder);
    }
    m_bench->open();
    const auto verified = m_bench->ledger->verify(0, {});
    const std::string found = verified ? "nothing" : describe(verified.error());
    QVERIFY2(!verified, found.c_str());
    QVERIFY2(verified.error().code == crime.code, found.c_str());
    QVERIFY2(Workbench::field(verified.error(), "entry") == crime.entry, found.c_str());
    QVERIFY(m_bench->ledger->status().fault);
    m_bench->close();
}

// The column's formula is changed, the index built from it, and the formula put back: queries by index lie.
void TamperTest::staleIndexIsNamed()
{
    m_bench->path = freshCopy();
    {
        Intruder intruder(m_bench->path);
        intruder.editSchema("$.outcome", "$.reason");
    }
    {
        Intruder intruder(m_bench->path);
        intruder.run("REINDEX leaf_outcome");
        intruder.editSchema("$.reason'')) VIRTUAL,\n    reason", "$.outcome'')) VIRTUAL,\n    reason");
    }
    m_bench->open();
    QCOMPARE(m_bench->verifyCode(), "ledger.index");
    m_bench->close();
}

void TamperTest::oldBackupNeedsOutsideMemory()
{
    m_bench->path = freshCopy();
    {
        Intruder intruder(m_bench->path);
        intruder.run(
            "DELETE FROM head WHERE size > 300; DELETE FROM leaf WHERE idx >= 300; DELETE FROM subtree WHERE n > 0");
    }
    m_bench->open();
    QCOMPARE(m_bench->verifyCode(), "ok");
    QCOMPARE(codeOf(m_bench->ledger->compareWith(m_keptHead)), "ledger.rolled-back");
    m_bench->close();
}

void TamperTest::rewrittenHistoryNeedsOutsideMemory()
{
    m_bench->path = freshCopy();
    {
        Intruder intruder(m_bench->path);
        intruder.run(
            "DELETE FROM head WHERE size > 300; DELETE FROM leaf WHERE idx >= 300; DELETE FROM subtree WHERE n > 0");
    }
    m_bench->open();
    for (int i = 0; i < 400; ++i)
        QVERIFY(m_bench->append(Workbench::entry("another past")));
    QVERIFY(m_bench->ledger->checkpoint());
    QCOMPARE(m_bench->verifyCode(), "ok");
    QCOMPARE(codeOf(m_bench->ledger->compareWith(m_keptHead)), "ledger.rewritten");
    m_bench->close();
}

void TamperTest::anotherHistoryIsAFork()
{
    m_bench->path = freshCopy();
    m_bench->open();
    const auto key = m_bench->keys->signer();
    proof::Checkpoint head{"ledger.test/acme/demo", 600, {}, {}};
    QCOMPARE(codeOf(m_bench->ledger->compareWith(proof::signCheckpoint(head, *key).value())), "ledger.fork");
    QVERIFY(m_bench->ledger->compareWith(m_keptHead));
    QCOMPARE(codeOf(m_bench->ledger->compareWith("nonsense")), "ledger.head.format");
    m_bench->close();
}

void TamperTest::damagedTailStopsAppending()
{
    m_bench->path = freshCopy();
    Intruder(m_bench->path).run("DELETE FROM leaf WHERE idx >= 590");
    m_bench->open();
    QVERIFY(m_bench->ledger->status().fault);
    QCOMPARE(m_bench->ledger->status().fault->code, "ledger.tail");
    QCOMPARE(codeOf(m_bench->append(Workbench::entry("x"))), "ledger.damaged");
    QVERIFY(!m_bench->body(5).empty());
    m_bench->close();
}

void TamperTest::cutWalIsShorterNotBroken()
{
    m_bench->path = freshCopy();
    m_bench->open();
    for (int i = 0; i < 20; ++i)
        QVERIFY(m_bench->append(Workbench::entry("in the WAL")));
    const std::string head = m_bench->ledger->checkpoint().value();
    const QString live = QString::fromStdString(m_bench->path);
    const qint64 length = QFileInfo(live + "-wal").size();
    QVERIFY(length > 40'000);
    std::vector<std::string> copies;
    for (int part = 0; part <= 8; ++part) {
        copies.push_back(m_folder.filePath("wal%1.db").arg(part).toStdString());
        const QString copy = QString::fromStdString(copies.back());
        QVERIFY(QFile::copy(live, copy) && QFile::copy(live + "-wal", copy + "-wal"));
        QVERIFY(QFile::resize(copy + "-wal", length * part / 8 - (part == 8 ? 0 : part * 7)));
    }
    m_bench->close();
    for (const std::string& copy : copies) {
        m_bench->path = copy;
        m_bench->open();
        QVERIFY(!m_bench->ledger->status().fault);
        QCOMPARE(m_bench->verifyCode(), "ok");
        QCOMPARE(codeOf(m_bench->ledger->compareWith(head)), &copy == &copies.back() ? "ok" : "ledger.rolled-back");
        m_bench->close();
    }
}

void TamperTest::cutFileIsNotTrusted()
{
    for (const int part : {1, 2, 3}) {
        const std::string path = freshCopy();
        const QString file = QString::fromStdString(path);
        QVERIFY(QFile::resize(file, QFileInfo(file).size() * part / 4));
        const auto database = store::Database::open({.path = path, .reserveBytes = 0}, migrations());
        if (!database) {
            QCOMPARE(database.error().code, "store.corrupt");
            continue;
        }
        const auto ledger = openLedger({.database = **database,
            .keys = m_bench->keys.get(),
            .clock = m_bench->clock,
            .origin = {},
            .trustedKeys = {}});
        if (ledger)
            QVERIFY(!(*ledger)->verify(0, {}));
        else
            QVERIFY(ledger.error().kind == ErrorKind::CheckFailed);
    }
}

QTEST_GUILESS_MAIN(TamperTest)
#include "tamper_test.moc"

#include "core/trust/ledger/query.h"

#include "core/store/more_coming.h"
#include "tests/core/trust/ledger/workbench.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace ephor;
using namespace ephor::ledger;

class FilingTest : public QObject {
    Q_OBJECT

    static std::int64_t number(const Workbench& bench, std::string_view sql)
    {
        std::int64_t found = -1;
        (void)bench.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(const auto value, snapshot.integer(sql, {}));
            found = value.value_or(-1);
            return {};
        });
        return found;
    }
    static std::int64_t unfiled(const Workbench& bench)
    {
        return number(bench, "SELECT count(*) FROM leaf WHERE filed = 0");
    }
    static std::size_t found(const Workbench& bench, const EntryFilter& filter)
    {
        std::size_t count = 0;
        (void)bench.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(const auto rows, findEntries(snapshot, filter, {.limit = maxEntryPage}));
            count = rows.size();
            return {};
        });
        return count;
    }
    static Result<void> run(Workbench& bench, std::string_view sql)
    {
        return bench.database->write([&](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY([[maybe_unused]] const auto changed, transaction.run(sql, {}));
            return {};
        });
    }
    // What was queued behind the last append has run once this has.
    static void settle(Workbench& bench)
    {
        QVERIFY(bench.database->write([](store::Transaction&) -> Result<void> { return {}; }));
    }
    static void append(Workbench& bench, int count, const std::string& outcome = "done")
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(bench.append(Workbench::entry("prompt:" + std::to_string(i % 2), outcome)));
        settle(bench);
    }
    static void copyInto(const Workbench& source, store::Database& target);

private Q_SLOTS:
    void fewStandUnfiled()
    {
        Workbench bench;
        append(bench, 10);
        QCOMPARE(unfiled(bench), 11);
        append(bench, 300);
        QVERIFY2(unfiled(bench) < 32, std::to_string(unfiled(bench)).c_str());
        QCOMPARE(found(bench, {.outcome = "done"}), std::size_t(311));
        QCOMPARE(bench.verifyCode(), "ok");
    }

    // A run that goes on writes again soon; its next entry would wait for the filing.
    void filingWaitsForTheEndOfARun()
    {
        Workbench bench;
        append(bench, 20);
        const auto appendOfRun = [&bench](int count) {
            for (int i = 0; i < count; ++i)
                QVERIFY(bench.database->write([&](store::Transaction& transaction) -> Result<void> {
                    store::announceMore(transaction);
                    EPHOR_TRY([[maybe_unused]] const auto reference,
                        bench.ledger->append(transaction, Workbench::entry("prompt:1")));
                    return {};
                }));
            settle(bench);
        };
        appendOfRun(20);
        QCOMPARE(unfiled(bench), 41);
        append(bench, 1);
        QCOMPARE(unfiled(bench), 0);
        // But not for ever.
        appendOfRun(60);
        QVERIFY2(unfiled(bench) < 48, std::to_string(unfiled(bench)).c_str());
    }

    void whatAnOpeningFindsIsCounted()
    {
        const QTemporaryDir folder;
        Workbench bench(folder.filePath("a.db").toStdString());
        append(bench, 20);
        bench.reopen();
        QCOMPARE(unfiled(bench), 21);
        append(bench, 15);
        QVERIFY2(unfiled(bench) < 20, std::to_string(unfiled(bench)).c_str());
    }

    void filedIsFinal()
    {
        Workbench bench;
        append(bench, 40);
        QVERIFY(unfiled(bench) > 0);
        QVERIFY(!run(bench, "UPDATE leaf SET filed = 0 WHERE idx = 1"));
        QVERIFY(!run(bench, "UPDATE leaf SET filed = 0 WHERE filed = 0"));
        QVERIFY(!run(bench, "UPDATE leaf SET filed = 1, body = replace(body, 'done', 'deny') WHERE filed = 0"));
        QVERIFY(!run(bench, "UPDATE leaf SET filed = 1, leaf_hash = zeroblob(32) WHERE filed = 0"));
        QVERIFY(!run(bench, "UPDATE leaf SET filed = 1, rowid = rowid + 100 WHERE filed = 0"));
        QVERIFY(run(bench, "UPDATE leaf SET filed = 1 WHERE filed = 0"));
        QCOMPARE(unfiled(bench), 0);
    }

    // The one column that is not computed from the body says where an entry is looked for, never whether.
    void neitherHalfHidesAnything()
    {
        Workbench bench;
        append(bench, 40);
        append(bench, 1, "denied");
        QVERIFY(run(bench, "DROP TRIGGER leaf_is_never_updated"));
        for (const char* const sql : {"UPDATE leaf SET filed = 1", "UPDATE leaf SET filed = 0",
                 "UPDATE leaf SET filed = 0 WHERE idx % 3 = 1", "UPDATE leaf SET filed = idx % 2"}) {
            QVERIFY(run(bench, sql));
            QCOMPARE(found(bench, {.outcome = "denied"}), std::size_t(1));
            QCOMPARE(found(bench, {.subject = "prompt:1"}), std::size_t(20));
            QCOMPARE(found(bench, {}), std::size_t(42));
        }
        QVERIFY(!run(bench, "UPDATE leaf SET filed = 2 WHERE idx = 3"));
        QVERIFY(!run(bench, "UPDATE leaf SET filed = NULL WHERE idx = 3"));
    }

    void twoOfOneIdAreAFault()
    {
        Workbench bench;
        append(bench, 40);
        QVERIFY(!bench.ledger->status().fault);
        QVERIFY(run(bench, "DROP TRIGGER leaf_is_never_updated"));
        QVERIFY(run(bench,
            "UPDATE leaf SET body = replace(body, id, (SELECT id FROM leaf WHERE idx = 5)) WHERE idx = (SELECT max(idx)"
            " FROM leaf)"));
        append(bench, 40);
        QVERIFY(bench.ledger->status().fault);
        QCOMPARE(bench.ledger->status().fault->code, "ledger.index");
        QCOMPARE(found(bench, {.outcome = "done"}), std::size_t(81));
    }

    void anOlderWorkspaceOpens()
    {
        const QTemporaryDir folder;
        Workbench bench;
        append(bench, 50);
        NewEntry sealed = Workbench::entry("run:r-1", "allow");
        sealed.sealed.push_back({"/input", "person:ada", {"\"value\""}});
        sealed.refs = {{"run", "r-1"}};
        QVERIFY(bench.append(sealed));
        QVERIFY(bench.ledger->checkpoint());
        const std::string path = folder.filePath("old.db").toStdString();
        {
            const auto old
                = Workbench::take(store::Database::open({.path = path, .reserveBytes = 0}, migrations().first(1)));
            copyInto(bench, *old);
        }
        bench.close();
        bench.path = path;
        bench.open();
        QVERIFY(!bench.ledger->status().fault);
        QCOMPARE(unfiled(bench), 0);
        append(bench, 3);
        QCOMPARE(unfiled(bench), 3);
        QCOMPARE(found(bench, {.outcome = "done"}), std::size_t(54));
        QCOMPARE(found(bench, {.refs = {"r-1"}}), std::size_t(1));
        QCOMPARE(bench.opened(51)->front().value.text, "\"value\"");
        QCOMPARE(bench.verifyCode(), "ok");
    }
};

// Only what the first step of the schema has.
void FilingTest::copyInto(const Workbench& source, store::Database& target)
{
    QVERIFY(source.database->read([&](const store::Snapshot& from) {
        return target.write([&](store::Transaction& to) -> Result<void> {
            EPHOR_TRY_VOID(from.query(
                "SELECT idx, leaf_hash, body FROM leaf ORDER BY idx", {}, [&](const store::Row& row) -> Result<void> {
                    EPHOR_TRY([[maybe_unused]] const auto added,
                        to.run("INSERT INTO leaf(idx, leaf_hash, body) VALUES(?, ?, ?)",
                            {row.integer(0), row.blob(1), row.text(2)}));
                    return {};
                }));
            EPHOR_TRY_VOID(from.query(
                "SELECT size, root, note, signed_at FROM head", {}, [&](const store::Row& row) -> Result<void> {
                    EPHOR_TRY([[maybe_unused]] const auto added,
                        to.run("INSERT INTO head(size, root, note, signed_at) VALUES(?, ?, ?, ?)",
                            {row.integer(0), row.blob(1), row.text(2), row.text(3)}));
                    return {};
                }));
            EPHOR_TRY_VOID(from.query("SELECT subject, generation, wrapped, created_at FROM subject_key", {},
                [&](const store::Row& row) -> Result<void> {
                    EPHOR_TRY([[maybe_unused]] const auto added,
                        to.run("INSERT INTO subject_key(subject, generation, wrapped, created_at) VALUES(?, ?, ?, ?)",
                            {row.text(0), row.integer(1), row.blob(2), row.text(3)}));
                    return {};
                }));
            return from.query("SELECT entry_id, field, subject, generation, nonce, ciphertext FROM sealed", {},
                [&](const store::Row& row) -> Result<void> {
                    EPHOR_TRY([[maybe_unused]] const auto added,
                        to.run("INSERT INTO sealed(entry_id, field, subject, generation, nonce, ciphertext)"
                               " VALUES(?, ?, ?, ?, ?, ?)",
                            {row.text(0), row.text(1), row.text(2), row.integer(3), row.blob(4), row.blob(5)}));
                    return {};
                });
        });
    }));
}

QTEST_GUILESS_MAIN(FilingTest)
#include "filing_test.moc"

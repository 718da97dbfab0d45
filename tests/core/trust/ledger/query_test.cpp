#include "core/trust/ledger/query.h"

#include "tests/core/trust/ledger/workbench.h"

#include <QtTest>

using namespace ephor;
using namespace ephor::ledger;

class QueryTest : public QObject {
    Q_OBJECT

    Workbench m_bench;
    std::vector<std::uint64_t> find(const EntryFilter& filter, const EntryPage& page = {}) const
    {
        std::vector<std::uint64_t> found;
        const auto read = m_bench.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(const auto rows, findEntries(snapshot, filter, page));
            for (const EntryRow& row : rows)
                found.push_back(row.index);
            return {};
        });
        if (!read)
            qWarning("%s", describe(read.error()).c_str());
        return found;
    }
    std::uint64_t count(const EntryFilter& filter, std::uint64_t cap) const
    {
        std::uint64_t found = 0;
        (void)m_bench.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(found, countEntries(snapshot, filter, cap));
            return {};
        });
        return found;
    }
    using Found = std::vector<std::uint64_t>;

private Q_SLOTS:
    void initTestCase()
    {
        // 1 … 6, a minute apart; 0 is the Genesis entry.
        for (int i = 1; i <= 6; ++i) {
            m_bench.clock.advance(std::chrono::minutes(1));
            NewEntry entry = Workbench::entry("prompt:" + std::to_string(i % 2), i == 3 ? "denied" : "done");
            entry.kind = i == 4 ? EntryKind::Stop : EntryKind::Operation;
            entry.actor = i == 5 ? "person:omar" : "person:ines";
            entry.operation = i == 6 ? "policies.save" : "prompts.save";
            entry.refs = {{i == 2 ? "run" : "change", i < 4 ? "R-1" : "R-2"}};
            QVERIFY(m_bench.append(entry));
        }
    }

    void filtersRestrict()
    {
        QCOMPARE(find({}), (Found{6, 5, 4, 3, 2, 1, 0}));
        QCOMPARE(find({.kinds = {EntryKind::Stop, EntryKind::Genesis}}), (Found{4, 0}));
        QCOMPARE(find({.actor = "person:omar"}), Found{5});
        QCOMPARE(find({.operationPrefix = "prompts."}), (Found{5, 4, 3, 2, 1}));
        QCOMPARE(find({.operationPrefix = "prompts.save", .subject = "prompt:0"}), (Found{4, 2}));
        QCOMPARE(find({.outcome = "denied"}), Found{3});
        QCOMPARE(find({.refs = {"R-1"}}), (Found{3, 2, 1}));
        QCOMPARE(find({.refs = {"R-2", "nothing"}}), (Found{6, 5, 4}));
        QCOMPARE(find({.outcome = "done", .refs = {"R-1"}}), (Found{2, 1}));
        QVERIFY(find({.actor = "person:ines' OR '1'='1"}).empty());
    }

    void findsToolsAndVerdicts()
    {
        Workbench bench;
        const auto append = [&](int verdict, const std::string& tool) {
            NewEntry entry = Workbench::entry("run:r-1", "allow");
            entry.kind = EntryKind::Permit;
            entry.operation = "tool.call";
            entry.refs = {{"run", "r-1"}, {"tool", tool}};
            entry.reason = "says \"tool\":\"mail.send\"";
            entry.data.text = "{\"verdicts\":[{\"id\":\"vd-r-1-" + std::to_string(verdict) + "\"}]}";
            return bench.append(entry);
        };
        QVERIFY(append(1, "orders.lookup"));
        QVERIFY(append(2, "mail.send"));
        (void)bench.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            const auto byTool = findEntries(snapshot, {.tool = "mail.send"}, {});
            const auto byVerdict = findEntries(snapshot, {.refs = {"r-1"}, .verdict = "vd-r-1-1"}, {});
            const auto entries = verdictEntries(snapshot, "r-1");
            [&] {
                QVERIFY(byTool && byTool->size() == 1 && byTool->front().index == 2);
                QVERIFY(byTool->front().body.find("vd-r-1-2") != std::string::npos);
                QCOMPARE(*countEntries(snapshot, {.tool = "orders.lookup"}, 100), std::uint64_t(1));
                QVERIFY(byVerdict && byVerdict->size() == 1 && byVerdict->front().index == 1);
                QVERIFY(entries && entries->size() == 2 && entries->at("vd-r-1-2") == 2);
                QVERIFY(verdictEntries(snapshot, "r-2")->empty());
            }();
            return {};
        });
    }

    void timesAreHalfOpen()
    {
        const Instant start = *parseInstant("2026-03-16T14:20:08Z");
        QCOMPARE(
            find({.from = start + std::chrono::minutes(2), .until = start + std::chrono::minutes(4)}), (Found{3, 2}));
    }

    void pagesByKeys()
    {
        QCOMPARE(find({}, {.before = 4, .limit = 2}), (Found{3, 2}));
        QCOMPARE(find({}, {.after = 4, .limit = 2}), (Found{5, 6}));
        QCOMPARE(find({.subject = "prompt:1"}, {.before = 5, .limit = 1}), Found{3});
        QVERIFY(find({}, {.before = 0}).empty());
        const auto refused = m_bench.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            for (const EntryPage& page :
                {EntryPage{.limit = 0}, EntryPage{.limit = 1'001}, EntryPage{.before = 1, .after = 1}}) {
                const auto rows = findEntries(snapshot, {}, page);
                if (rows || rows.error().code != "ledger.page")
                    return fail(ErrorKind::Internal, "test.accepted", "");
            }
            return {};
        });
        QCOMPARE(codeOf(refused), "ok");
    }

    void countsUpToACap()
    {
        QCOMPARE(count({}, 100), std::uint64_t(7));
        QCOMPARE(count({}, 3), std::uint64_t(3));
        QCOMPARE(count({.outcome = "denied"}, 100), std::uint64_t(1));
    }

    void rowsSayWhatBodiesSay()
    {
        (void)m_bench.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            const auto rows = findEntries(snapshot, {.kinds = {EntryKind::Stop}}, {});
            [&] {
                QVERIFY(rows && rows->size() == 1);
                const EntryRow& row = rows->front();
                QCOMPARE(row.kind, EntryKind::Stop);
                QCOMPARE(row.actor, "person:ines");
                QCOMPARE(row.operation, "prompts.save");
                QCOMPARE(row.subject, "prompt:0");
                QCOMPARE(row.at, *parseInstant("2026-03-16T14:24:08Z"));
                QCOMPARE(entryById(snapshot, row.id)->index, std::uint64_t(4));
                const auto byPrefix = findEntries(snapshot, {.id = row.id.substr(0, 30)}, {});
                QVERIFY(byPrefix && byPrefix->size() == 1);
                QCOMPARE(codeOf(entryById(snapshot, "nothing")), "ledger.no-entry");
            }();
            return {};
        });
    }

    // Until here no entry was in any index; from here on some are, and in the end all.
    void filedAndUnfiledAreFoundAlike()
    {
        for (const char* const file :
            {"UPDATE leaf SET filed = 1 WHERE idx < 4", "UPDATE leaf SET filed = 1 WHERE idx > 3"}) {
            QVERIFY(m_bench.database->write([&](store::Transaction& transaction) -> Result<void> {
                EPHOR_TRY(const auto filed, transaction.run(file, {}));
                return filed > 0 ? Result<void>() : fail(ErrorKind::Internal, "test.unfiled", "");
            }));
            filtersRestrict();
            timesAreHalfOpen();
            pagesByKeys();
            countsUpToACap();
            rowsSayWhatBodiesSay();
        }
    }

    // Each filter must be answered from an index: a scan of a year's entries would take seconds. What no index has yet
    // is scanned, by the index that holds only that.
    void filtersUseIndexes()
    {
        for (const char* condition :
            {"actor = ?1", "subject = ?1", "outcome = ?1", "operation >= ?1 AND operation < ?1", "id >= ?1 AND id < ?1",
                "kind = ?1", "ref_run = ?1", "kind = ?1 AND idx < 5"}) {
            std::string plan;
            (void)m_bench.database->read([&](const store::Snapshot& snapshot) {
                return snapshot.query("EXPLAIN QUERY PLAN SELECT idx FROM entry WHERE " + std::string(condition)
                        + " ORDER BY idx DESC LIMIT 10",
                    {"x"}, [&](const store::Row& row) -> Result<void> {
                        plan += row.string(3) + "; ";
                        return {};
                    });
            });
            const std::string said = std::string(condition) + ": " + plan;
            QVERIFY2(plan.find("MERGE (UNION ALL)") != std::string::npos, said.c_str());
            QVERIFY2(plan.find("SEARCH leaf USING INDEX leaf_") != std::string::npos, said.c_str());
            QVERIFY2(plan.find("leaf USING INDEX leaf_unfiled") != std::string::npos, said.c_str());
            QVERIFY2(plan.find("AUTOMATIC") == std::string::npos, said.c_str());
            QVERIFY2(plan.find("SCAN leaf;") == std::string::npos, said.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(QueryTest)
#include "query_test.moc"

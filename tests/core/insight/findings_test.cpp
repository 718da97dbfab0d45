#include "core/insight/findings.h"
#include "core/insight/telemetry_tables.h"

#include <QTest>

using namespace ephor;
using namespace ephor::insight;

namespace {

constexpr Instant morning{std::chrono::hours(24 * 20'000 + 8)};

RunReport reportOf(const std::string& run, Instant at, std::vector<Noticed> noticed)
{
    RunReport report;
    report.summary.id = run;
    report.summary.agent = "clerk";
    report.summary.startedAt = at;
    Inspected text;
    text.surface = TextSurface::Result;
    text.tool = "look";
    text.noticed = std::move(noticed);
    report.inspected.push_back(std::move(text));
    return report;
}

struct Measures {
    std::unique_ptr<store::Database> database = store::Database::open({}, migrations()).value();

    void write(std::deque<RunReport> reports)
    {
        const auto written
            = database->write([&](store::Transaction& transaction) { return writeFindings(transaction, reports); });
        if (!written)
            qFatal("%s", written.error().message.c_str());
    }
    template <class Read> auto read(const Read& what)
    {
        decltype(what(std::declval<const store::Snapshot&>())) answer;
        const auto done = database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            answer = what(snapshot);
            return {};
        });
        if (!done || !answer)
            qFatal("cannot be read");
        return *answer;
    }
};

}

class FindingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void countsAddUpByDayAndAction()
    {
        Measures measures;
        const Noticed card{"CREDIT_CARD", ProtectAction::Mask, 2};
        measures.write({reportOf("r1", morning, {card}), reportOf("r2", morning + std::chrono::hours(1), {card})});
        measures.write({reportOf("r3", morning + std::chrono::hours(30), {{"CREDIT_CARD", ProtectAction::Deny, 1}})});
        const auto all = measures.read([](const auto& snapshot) { return readFindings(snapshot, morning, ""); });
        QCOMPARE(all.size(), std::size_t(2));
        QCOMPARE(all.front().count, std::uint64_t(4));
        QCOMPARE(all.front().runs, std::uint64_t(2));
        QCOMPARE(all.front().lastRun, std::string("r2"));
        QVERIFY(all.front().surface == TextSurface::Result && all.front().tool == "look");
        const auto later = measures.read(
            [](const auto& snapshot) { return readFindings(snapshot, morning + std::chrono::hours(24), "clerk"); });
        QCOMPARE(later.size(), std::size_t(1));
        QVERIFY(measures.read([](const auto& snapshot) { return readFindings(snapshot, morning, "other"); }).empty());
    }

    void manyRefusalsOfOneFailureAreOneOutage()
    {
        Measures measures;
        const Noticed down{"outage:detector", ProtectAction::Deny, 1};
        std::deque<RunReport> reports;
        for (int i = 0; i < 4'113; ++i)
            reports.push_back(reportOf("r" + std::to_string(i), morning + std::chrono::seconds(i), {down}));
        measures.write(reports);
        auto outages = measures.read([](const auto& snapshot) { return readOutages(snapshot, morning); });
        QCOMPARE(outages.size(), std::size_t(1));
        QCOMPARE(outages.front().blocked, std::uint64_t(4'113));
        QVERIFY(outages.front().lasting && outages.front().since == morning);
        QCOMPARE(outages.front().sentence, std::string("Ephor holds back 4113 texts: the detector does not work."));
        measures.write({reportOf("later", morning + std::chrono::hours(3), {})});
        measures.write({reportOf("again", morning + std::chrono::hours(4), {down})});
        outages = measures.read([](const auto& snapshot) { return readOutages(snapshot, morning); });
        QCOMPARE(outages.size(), std::size_t(2));
        QVERIFY(outages.front().lasting && outages.front().blocked == 1 && !outages.back().lasting);
        QVERIFY(measures.read([](const auto& snapshot) { return readFindings(snapshot, morning, ""); }).empty());
    }
};

QTEST_GUILESS_MAIN(FindingsTest)
#include "findings_test.moc"

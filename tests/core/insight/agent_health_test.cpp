#include <QtTest>

#include "core/base/text.h"
#include "core/insight/agent_health.h"
#include "core/insight/words.h"

#include <algorithm>

using namespace ephor;
using namespace ephor::insight;

namespace {

Totals totalsOf(std::uint64_t runs, std::uint64_t failed, std::uint64_t denied, double p95)
{
    Totals totals;
    totals.runs = runs;
    totals.failed = failed;
    totals.denied = denied;
    if (runs > 0)
        totals.p95 = p95;
    return totals;
}

StopOrder stop(StopMode mode)
{
    StopOrder order;
    order.mode = mode;
    order.by = "Ines Moreau";
    order.reason = "Wrong amounts.";
    return order;
}

Rollout rollout(double share, RolloutState state = RolloutState::Running)
{
    Rollout made;
    made.candidateNumber = 42;
    made.share = share;
    made.state = state;
    return made;
}

}

Q_DECLARE_METATYPE(ephor::insight::HealthFacts)
Q_DECLARE_METATYPE(ephor::AgentHealth)

class AgentHealthTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theFirstThatHolds_data()
    {
        QTest::addColumn<HealthFacts>("facts");
        QTest::addColumn<AgentHealth>("state");
        QTest::addColumn<QString>("detail");
        const auto add = [](const char* name, HealthFacts facts, AgentHealth state, const char* detail) {
            QTest::newRow(name) << facts << state << QString(detail);
        };
        const Totals calm = totalsOf(100, 1, 1, 4.1);
        const Totals slow = totalsOf(1'204, 0, 0, 7.4);
        const Totals bad = totalsOf(100, 6, 5, 4.1);
        using enum AgentHealth;
        add("healthy", {calm, calm, 0, {}, {}}, Healthy, "");
        add("no runs", {totalsOf(0, 0, 0, 0), calm, 0, {}, {}}, Quiet, "No runs in this range");
        add("stopped beats all", {bad, calm, 3, stop(StopMode::Now), rollout(0.05)}, Stopped,
            "Stopped by Ines Moreau: Wrong amounts.");
        add("no writes", {calm, calm, 0, stop(StopMode::NoWrites), {}}, Stopped,
            "No writes, by Ines Moreau: Wrong amounts.");
        add("no new runs", {calm, calm, 0, stop(StopMode::NoNewRuns), {}}, Stopped,
            "No new runs, by Ines Moreau: Wrong amounts.");
        add("failing", {bad, calm, 0, {}, {}}, Failing, "11 % of 100 runs failed or were denied");
        add("failing beats slow", {totalsOf(100, 11, 0, 9), calm, 0, {}, {}}, Failing,
            "11 % of 100 runs failed or were denied");
        add("exactly a tenth", {totalsOf(100, 5, 5, 4.1), calm, 0, {}, {}}, Healthy, "");
        add("too few to fail", {totalsOf(19, 19, 0, 4.1), calm, 0, {}, {}}, Healthy, "");
        add("just enough to fail", {totalsOf(20, 3, 0, 4.1), calm, 0, {}, {}}, Failing,
            "15 % of 20 runs failed or were denied");
        add("slow", {slow, calm, 0, {}, {}}, Slow, "p95 7.4 s, was 4.1 s");
        add("one and a half is not beyond", {totalsOf(100, 0, 0, 6), totalsOf(100, 0, 0, 4), 0, {}, {}}, Healthy, "");
        add("too few to be slow", {totalsOf(19, 0, 0, 60), calm, 0, {}, {}}, Healthy, "");
        add("too few before", {slow, totalsOf(19, 0, 0, 1), 0, {}, {}}, Healthy, "");
        add("slow beats rolling out", {slow, calm, 0, {}, rollout(0.05)}, Slow, "p95 7.4 s, was 4.1 s");
        add("rolling out", {calm, calm, 2, {}, rollout(0.05)}, RollingOut, "v42 at 5 %");
        add("held", {calm, calm, 0, {}, rollout(0.25, RolloutState::Paused)}, RollingOut, "v42 at 25 %, paused");
        add("waiting", {calm, calm, 3, {}, {}}, Waiting, "3 waiting for people");
        add("waiting without runs", {totalsOf(0, 0, 0, 0), calm, 1, {}, {}}, Waiting, "1 waiting for people");
    }
    void theFirstThatHolds()
    {
        QFETCH(HealthFacts, facts);
        QFETCH(AgentHealth, state);
        QFETCH(QString, detail);
        const Health health = healthOf(facts);
        QVERIFY(health.state == state);
        QCOMPARE(QString::fromStdString(health.detail), detail);
    }

    void troubleComesFirst()
    {
        using enum AgentHealth;
        const std::vector order{Stopped, Failing, Slow, RollingOut, Waiting, Healthy, Quiet};
        QVERIFY(std::ranges::is_sorted(order, std::less_equal(), troubleRank));
    }

    void words_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<QString>("expected");
        const auto add = [](const std::string& said, const char* expected) {
            QTest::newRow(expected) << QString::fromStdString(said) << QString(expected);
        };
        add(durationWords(0.8424), "842 ms");
        add(durationWords(3.21), "3.2 s");
        add(durationWords(250), "4 m 10 s");
        add(durationWords(7'500), "2 h 5 m");
        add(percentWords(0.05), "5 %");
        add(percentWords(0.0312), "3.1 %");
        add(percentWords(0.125), "13 %");
        add(percentWords(1), "100 %");
        add(percentWords(0), "0 %");
        add(countWords(1, "call"), "1 call");
        add(countWords(37, "call"), "37 calls");
    }
    void words()
    {
        QFETCH(QString, said);
        QFETCH(QString, expected);
        QCOMPARE(said, expected);
    }
};

QTEST_GUILESS_MAIN(AgentHealthTest)
#include "agent_health_test.moc"

#include "tests/ui/screens/agents/agents_data.h"
#include "ui/screens/agents/agent_rows.h"
#include "ui/screens/agents/build_page.h"
#include "ui/screens/agents/connect_text.h"
#include "ui/screens/agents/page_rows.h"

#include <QTest>

using namespace ephor;
using namespace ephor::ui;
using namespace ephor::ui::agents;
using namespace ephor::ui::test;

class AgentRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void troubleComesFirst()
    {
        const auto lines
            = agentLines(sixAgents(), {summaryOf(DefinitionKind::Agent, "onboarding", "Supplier onboarding")});
        QStringList names;
        for (const AgentLine& line : lines)
            names << QString::fromStdString(line.row.name);
        QCOMPARE(
            names.join(u' '), QStringLiteral("expense-audit access refunds contracts hr-helper it-triage onboarding"));
        QCOMPARE(figuresOf(lines).agents, 7);
        QCOMPARE(figuresOf(lines).serving, 6);
        QCOMPARE(figuresOf(lines).trouble, 1);
        QCOMPARE(figuresOf(lines).seen, 1);
    }

    void versionsSayTheCanary()
    {
        AgentRow row;
        QCOMPARE(versionsWords(row), QStringLiteral("\u2014"));
        row.release = 41;
        QCOMPARE(versionsWords(row), QStringLiteral("v41"));
        row.canary = 42;
        row.share = 0.05;
        QVERIFY(versionsWords(row).startsWith(QStringLiteral("v41, v42 at 5")));
        row.release = 0;
        QVERIFY(versionsWords(row).startsWith(QStringLiteral("v42 at 5")));
    }

    void unknownIsNeverZero()
    {
        AgentLine line;
        line.row.name = "new";
        const auto rows = agentCells({line});
        for (const int column : {5, 6, 7, 8})
            QCOMPARE(rows[0].cells[std::size_t(column)].text, QStringLiteral("\u2014"));
        QCOMPARE(rows[0].cells[3].text, QStringLiteral("Not serving yet"));
    }

    void filtersNarrow()
    {
        const auto lines = agentLines(sixAgents(), {});
        QCOMPARE(fitting(lines, {{QStringLiteral("team"), QStringLiteral("it")}}, {}).size(), 2u);
        QCOMPARE(fitting(lines, {{QStringLiteral("coverage"), QStringLiteral("seen")}}, {}).size(), 1u);
        QCOMPARE(fitting(lines, {}, QStringLiteral("slow expense")).size(), 1u);
        QCOMPARE(
            fitting(lines, {{QStringLiteral("health"), QStringLiteral("slow")}}, QStringLiteral("refunds")).size(), 0u);
    }

    void theOthersAreOneSeries()
    {
        std::vector<AgentRow> rows = sixAgents();
        for (int more = 0; more < 3; ++more) {
            rows.push_back(rows.front());
            rows.back().name += std::to_string(more);
        }
        const auto slices = seriesOf(100, 1);
        const auto series = runsByAgent(agentLines(rows, {}), slices);
        QCOMPARE(int(series.size()), seriesLimit);
        double shown = 0;
        double all = 0;
        for (const Series& one : series)
            shown += one.points[3].value;
        for (const AgentRow& row : rows)
            all += row.spark[3];
        QVERIFY(std::abs(shown - all) < 1e-6);
    }

    void aCoarserCourseIsShownToo()
    {
        std::vector<AgentRow> rows{sixAgents().front()};
        rows[0].spark = {1, 2, 3, 4};
        const auto series = runsByAgent(agentLines(rows, {}), seriesOf(100, 1));
        QCOMPARE(series.size(), 1u);
        QCOMPARE(series[0].points.size(), 4);
        QCOMPARE(series[0].points[2].value, 3.0);
        QCOMPARE(series[0].points[1].msecs - series[0].points[0].msecs, 6 * 3'600 * 1'000);
    }

    void toolsJoinDefinitionAndMatrix()
    {
        const auto lines = toolLines(matrix(), "refunds", {"orders.lookup", "mail.send"},
            {summaryOf(DefinitionKind::Tool, "mail.send", "Send a mail")});
        QCOMPARE(lines.size(), 4u);
        QCOMPARE(lines[0].name, std::string("mail.send"));
        QVERIFY(lines[0].declared && !lines[0].effect && lines[0].access == ephor::Access::None);
        QVERIFY(lines[2].tightened && !lines[2].declared);
        QVERIFY(toolCells(lines)[2].cells[2].text.contains(QStringLiteral("tightened")));
    }

    void costEachLeavesOutTheUnknown()
    {
        Totals totals;
        QVERIFY(!costEach(totals));
        totals.runs = 10;
        totals.costUnknown = 5;
        totals.cost = Money{1'000};
        QCOMPARE(costEach(totals)->nanos, 200);
        totals.costUnknown = 10;
        QVERIFY(!costEach(totals));
    }

    void rolloutStepsKnowWhereTheyAre()
    {
        Rollout rollout;
        rollout.steps = {0.05, 0.25, 0.5, 1};
        rollout.share = 0.25;
        const auto steps = rolloutSteps(rollout, fixedNow());
        QVERIFY(steps[0].place == PipelineStep::Place::past);
        QVERIFY(steps[1].place == PipelineStep::Place::current);
        QVERIFY(steps[2].place == PipelineStep::Place::next);
    }

    void gapsStayGaps()
    {
        SeriesPoint empty;
        const Series series = course(QStringLiteral("p95"), {empty}, [](const Totals& slice) { return slice.p95; });
        QVERIFY(std::isnan(series.points[0].value));
    }

    void whatIsPasted()
    {
        const QString lines = clientLines(
            QStringLiteral("http://127.0.0.1:8443/v1/"), QStringLiteral("ek_1"), QStringLiteral("refunds"));
        QVERIFY(lines.contains(QStringLiteral("base_url = \"http://127.0.0.1:8443/v1\"")));
        QVERIFY(lines.contains(QStringLiteral("\"ek_1\"")) && lines.contains(QStringLiteral("\"refunds\"")));
        QVERIFY(clientLines({}, {}, {}).contains(tokenPlaceholder()));
        QCOMPARE(nameFrom(QStringLiteral("  Prüfung: Größe, 2. Teil ")), QStringLiteral("prufung-gro-e-2.-teil"));
        QCOMPARE(nameFrom(QStringLiteral("---")), QString());
    }

    void aKeyMayCallOrNot()
    {
        ServiceKey key;
        key.team = "payments";
        QVERIFY(mayCall(key, "refunds", "payments", fixedInstant()));
        QVERIFY(!mayCall(key, "refunds", "it", fixedInstant()));
        key.agents = {"other"};
        QVERIFY(!mayCall(key, "refunds", "payments", fixedInstant()));
        key.agents = {"refunds"};
        key.expiresAt = ago(1);
        QVERIFY(!mayCall(key, "refunds", "payments", fixedInstant()));
        key.expiresAt = {};
        key.revokedAt = ago(1);
        QVERIFY(!mayCall(key, "refunds", "payments", fixedInstant()));
    }

    void aNewAgentAsksBeforeItActs()
    {
        const auto grants = startingGrants("a", {"read", "pay", "gone"},
            {summaryOf(DefinitionKind::Tool, "read", "", "read"),
                summaryOf(DefinitionKind::Tool, "pay", "", "irreversible")});
        QVERIFY(grants[0].access == ephor::Access::Allow);
        QVERIFY(grants[1].access == ephor::Access::Ask);
        QVERIFY(grants[2].access == ephor::Access::Ask);
    }
};

QTEST_GUILESS_MAIN(AgentRowsTest)
#include "agent_rows_test.moc"

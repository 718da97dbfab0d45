#include "ui/screens/home/agent_rows.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <algorithm>
#include <tuple>

namespace ephor::ui::home {

namespace {

struct AgentWording {
    Q_DECLARE_TR_FUNCTIONS(AgentWording)
};

int troubleRank(AgentHealth health)
{
    switch (health) {
    case AgentHealth::Failing:
        return 0;
    case AgentHealth::Stopped:
        return 1;
    case AgentHealth::Slow:
        return 2;
    case AgentHealth::Waiting:
        return 3;
    case AgentHealth::RollingOut:
        return 4;
    case AgentHealth::Healthy:
        return 5;
    case AgentHealth::Quiet:
        return 6;
    }
    return 6;
}

/// In characters; a longer story of an agent's health would be cut in a narrow window, and its page tells it.
constexpr qsizetype longestHealth = 20;

CellRow rowOf(const AgentRow& agent)
{
    const Totals& totals = agent.totals;
    const bool slow = agent.health == AgentHealth::Slow;
    Cell name{text(agent.title.empty() ? agent.name : agent.title)};
    name.kind = CellKind::strongText;
    name.toolTip = text(agent.description);
    Cell health{agentHealthWords(agent)};
    health.toolTip = health.text;
    health.state = stateOf(agent.health).state;
    const bool waits = agent.waiting > 0 && agent.health == AgentHealth::RollingOut;
    // What is rolled out stands beside it, under the version.
    if (agent.health == AgentHealth::Waiting || waits) {
        health.text = AgentWording::tr("%1 waiting").arg(numberText(agent.waiting));
        health.state = State::waiting;
    } else if (health.text.size() > longestHealth) {
        health.text = stateOf(agent.health).words;
    }
    health.sort = troubleRank(agent.health);
    Cell version{agentVersionWords(agent)};
    version.toolTip = version.text;
    Cell runs{numberText(totals.runs)};
    runs.sort = static_cast<qulonglong>(totals.runs);
    Cell completed{percentText(totals.done, totals.runs)};
    completed.sort = totals.runs == 0 ? -1.0 : double(totals.done) / double(totals.runs);
    completed.toolTip = AgentWording::tr("%1 of %2")
                            .arg(numberText(totals.done),
                                counted(totals.runs, AgentWording::tr("1 run"), AgentWording::tr("%1 runs")));
    Cell p95{secondsText(totals.p95)};
    p95.sort = totals.p95.value_or(-1);
    if (slow)
        p95.tone = Token::warn;
    Cell cost{moneyText(totals.cost)};
    cost.sort = static_cast<qlonglong>(totals.cost ? totals.cost->nanos : -1);
    if (totals.costUnknown > 0)
        cost.toolTip = counted(totals.costUnknown, AgentWording::tr("The cost of 1 run is not known"),
            AgentWording::tr("The cost of %1 runs is not known"));
    Cell spark;
    spark.series = QVector<double>(agent.spark.begin(), agent.spark.end());
    if (slow)
        spark.tone = Token::warn;
    return {text(agent.name), {name, health, version, runs, completed, p95, cost, spark}};
}

}

QString agentVersionWords(const AgentRow& agent)
{
    if (agent.release == 0 && !agent.canary)
        return format::unknown();
    QStringList words;
    if (agent.release > 0)
        words << versionText(agent.release);
    if (agent.canary)
        words << AgentWording::tr("%1 at %2").arg(versionText(*agent.canary), format::percent(agent.share, 0));
    return words.join(QStringLiteral(", "));
}

QString agentHealthWords(const AgentRow& agent)
{
    QString words = healthOf(agent).words;
    if (agent.waiting == 0 || agent.health == AgentHealth::Waiting)
        return words;
    return AgentWording::tr("%1, %2 waiting").arg(words, numberText(agent.waiting));
}

std::vector<CellRow> agentTableRows(std::vector<AgentRow> agents)
{
    std::stable_sort(agents.begin(), agents.end(), [](const AgentRow& left, const AgentRow& right) {
        return std::tuple(troubleRank(left.health), right.totals.runs, left.name)
            < std::tuple(troubleRank(right.health), left.totals.runs, right.name);
    });
    std::vector<CellRow> rows;
    rows.reserve(agents.size());
    for (const AgentRow& agent : agents)
        rows.push_back(rowOf(agent));
    return rows;
}

}

#include "ui/screens/agents/agent_rows.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <algorithm>
#include <set>

namespace ephor::ui::agents {

namespace {

struct AgentWords {
    Q_DECLARE_TR_FUNCTIONS(AgentWords)
};

int rankOf(const AgentLine& line)
{
    switch (line.row.health) {
    case AgentHealth::Failing:
        return 0;
    case AgentHealth::Slow:
        return 1;
    case AgentHealth::Stopped:
        return 2;
    case AgentHealth::Waiting:
        return 3;
    case AgentHealth::RollingOut:
        return 4;
    case AgentHealth::Healthy:
        return 5;
    case AgentHealth::Quiet:
        break;
    }
    return line.row.release == 0 ? 7 : 6;
}

QString titleOf(const AgentRow& row)
{
    return row.title.empty() ? text(row.name) : text(row.title);
}

bool holds(const AgentLine& line, const QString& words, const TeamNames& teams)
{
    const QString all = QStringList{text(line.row.title), text(line.row.name), text(line.row.team),
        teams.of(line.row.team), text(line.row.ownerName), text(line.row.description), healthOf(line.row).words}
                            .join(u' ');
    for (const QString& word : words.split(u' ', Qt::SkipEmptyParts)) {
        if (!all.contains(word, Qt::CaseInsensitive))
            return false;
    }
    return true;
}

bool fits(const AgentLine& line, const Filter& filter, const TeamNames& teams)
{
    const auto same = [&filter](const QString& value) { return value.contains(filter.value, Qt::CaseInsensitive); };
    if (filter.key == QStringLiteral("team"))
        return same(text(line.row.team)) || same(teams.of(line.row.team));
    if (filter.key == QStringLiteral("health"))
        return same(stateOf(line.row.health).words) || same(healthOf(line.row).words);
    if (filter.key == QStringLiteral("coverage"))
        return same(coverageWord(line.row.coverage)) || same(text(line.row.coverage));
    return true;
}

Cell healthCell(const AgentLine& line)
{
    if (line.row.release == 0 && line.row.totals.runs == 0)
        return {.text = AgentWords::tr("Not serving yet"), .state = State::draft, .sort = rankOf(line)};
    const StateWords words = healthOf(line.row);
    return {.text = words.words, .state = words.state, .sort = rankOf(line), .toolTip = stateOf(line.row.health).words};
}

/// `count` points of equal length over the time of the slices: the course of an agent may be coarser than they are.
QVector<Point> emptySlices(const std::vector<SeriesPoint>& slices, std::size_t count)
{
    const qint64 from = dateTime(slices.front().at).toMSecsSinceEpoch();
    const qint64 last = dateTime(slices.back().at).toMSecsSinceEpoch();
    const double length
        = slices.size() < 2 ? 0 : double(last - from) / double(slices.size() - 1) * double(slices.size());
    QVector<Point> points;
    for (std::size_t at = 0; at < count; ++at)
        points.push_back({from + qint64(length * double(at) / double(count)), 0});
    return points;
}

QVector<double> sparkOf(const AgentRow& row)
{
    return QVector<double>(row.spark.begin(), row.spark.end());
}

}

bool isTrouble(const AgentRow& row)
{
    return row.health == AgentHealth::Failing || row.health == AgentHealth::Slow || row.health == AgentHealth::Stopped;
}

std::vector<AgentLine> agentLines(const std::vector<AgentRow>& rows, const std::vector<DefinitionSummary>& definitions)
{
    std::vector<AgentLine> lines;
    std::map<std::string, std::uint64_t> newest;
    for (const DefinitionSummary& definition : definitions)
        newest[definition.name] = definition.newest;
    std::set<std::string> known;
    for (const AgentRow& row : rows) {
        known.insert(row.name);
        const auto found = newest.find(row.name);
        lines.push_back({row, found == newest.end() ? 0 : found->second});
    }
    for (const DefinitionSummary& definition : definitions) {
        if (known.contains(definition.name))
            continue;
        AgentLine line;
        line.row.name = definition.name;
        line.row.title = definition.title;
        line.row.team = definition.team;
        line.row.ownerName = definition.ownerName;
        line.newest = definition.newest;
        lines.push_back(std::move(line));
    }
    std::ranges::stable_sort(lines, [](const AgentLine& left, const AgentLine& right) {
        const int first = rankOf(left);
        const int second = rankOf(right);
        return first != second ? first < second
                               : titleOf(left.row).compare(titleOf(right.row), Qt::CaseInsensitive) < 0;
    });
    return lines;
}

std::vector<AgentLine> fitting(const std::vector<AgentLine>& lines, const std::vector<Filter>& filters,
    const QString& words, const TeamNames& teams)
{
    std::vector<AgentLine> kept;
    for (const AgentLine& line : lines) {
        if (holds(line, words, teams) && std::ranges::all_of(filters, [&line, &teams](const Filter& filter) {
                return fits(line, filter, teams);
            }))
            kept.push_back(line);
    }
    return kept;
}

QString versionsWords(const AgentRow& row)
{
    if (row.release == 0 && !row.canary)
        return format::unknown();
    if (!row.canary)
        return versionText(row.release);
    const QString canary = row.share
        ? AgentWords::tr("%1 at %2").arg(versionText(*row.canary), format::percent(row.share, 0))
        : versionText(*row.canary);
    return row.release == 0 ? canary : versionText(row.release) + QStringLiteral(", ") + canary;
}

QString coverageWord(const std::string& coverage)
{
    if (coverage == "enforced")
        return AgentWords::tr("Enforced");
    if (coverage == "seen")
        return AgentWords::tr("Only seen");
    return coverage.empty() ? format::unknown() : text(coverage);
}

QString coverageHint(const std::string& coverage)
{
    if (coverage == "enforced")
        return AgentWords::tr("Runs here: every model and tool call passes its gates before it happens.");
    if (coverage == "seen")
        return AgentWords::tr("Lives elsewhere and fetches its prompt here: its calls are told, not held back.");
    return AgentWords::tr("Nothing was seen of it yet.");
}

std::vector<CellRow> agentCells(const std::vector<AgentLine>& lines, const TeamNames& teams)
{
    std::vector<CellRow> rows;
    for (const AgentLine& line : lines) {
        const AgentRow& row = line.row;
        const bool slow = row.health == AgentHealth::Slow;
        const auto tone = slow ? std::optional(Token::warn) : std::nullopt;
        const Totals& totals = row.totals;
        CellRow cells;
        cells.key = text(row.name);
        cells.cells = {Cell{.text = titleOf(row), .toolTip = text(row.description)}, Cell{.text = teams.of(row.team)},
            Cell{.text = row.environment.empty() ? format::unknown() : text(row.environment)}, healthCell(line),
            Cell{.text = versionsWords(row),
                .sort = qulonglong(row.release),
                .toolTip = AgentWords::tr("Releases; the newest definition is %1").arg(versionText(line.newest))},
            Cell{.text = totals.runs == 0 ? format::unknown() : shortNumberText(totals.runs),
                .sort = qulonglong(totals.runs),
                .toolTip = numberText(totals.runs)},
            Cell{.text = percentText(totals.done, totals.runs),
                .sort = totals.runs == 0 ? -1.0 : double(totals.done) / double(totals.runs),
                .toolTip = proportionText(totals.done, totals.runs)},
            Cell{.text = secondsText(totals.p95), .tone = tone, .sort = totals.p95.value_or(-1)},
            Cell{.text = moneyText(totals.cost),
                .sort = qlonglong(totals.cost ? totals.cost->nanos : -1),
                .toolTip = totals.costUnknown == 0
                    ? QString()
                    : counted(totals.costUnknown, AgentWords::tr("Without 1 run whose cost is not known"),
                          AgentWords::tr("Without %1 runs whose cost is not known"))},
            Cell{.text = coverageWord(row.coverage), .toolTip = coverageHint(row.coverage)},
            Cell{.tone = tone, .series = sparkOf(row)}};
        rows.push_back(std::move(cells));
    }
    return rows;
}

ListFigures figuresOf(const std::vector<AgentLine>& lines)
{
    ListFigures figures;
    for (const AgentLine& line : lines) {
        ++figures.agents;
        figures.serving += line.row.release > 0 ? 1 : 0;
        figures.trouble += isTrouble(line.row) ? 1 : 0;
        figures.enforced += line.row.coverage == "enforced" ? 1 : 0;
        figures.seen += line.row.coverage == "seen" ? 1 : 0;
    }
    return figures;
}

std::vector<Series> runsByAgent(const std::vector<AgentLine>& lines, const std::vector<SeriesPoint>& slices)
{
    std::vector<const AgentLine*> busy;
    for (const AgentLine& line : lines) {
        if (line.row.totals.runs > 0 && !line.row.spark.empty() && !slices.empty())
            busy.push_back(&line);
    }
    std::ranges::stable_sort(busy,
        [](const AgentLine* left, const AgentLine* right) { return left->row.totals.runs > right->row.totals.runs; });
    std::vector<Series> series;
    const std::size_t alone = busy.size() <= std::size_t(seriesLimit) ? busy.size() : std::size_t(seriesLimit) - 1;
    for (std::size_t agent = 0; agent < busy.size(); ++agent) {
        const AgentRow& row = busy[agent]->row;
        if (agent <= alone && series.size() < std::size_t(seriesLimit)) {
            series.push_back({agent < alone ? titleOf(row) : AgentWords::tr("Others"), {}});
            series.back().points = emptySlices(slices, row.spark.size());
        }
        const std::size_t shared = std::min(row.spark.size(), std::size_t(series.back().points.size()));
        for (std::size_t at = 0; at < shared; ++at)
            series.back().points[int(at)].value += row.spark[at];
    }
    return series;
}

}

#include "ui/screens/agents/page_rows.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <algorithm>
#include <limits>

namespace ephor::ui::agents {

namespace {

struct PageWords {
    Q_DECLARE_TR_FUNCTIONS(PageWords)
};

double valueOrGap(std::optional<double> value)
{
    return value.value_or(std::numeric_limits<double>::quiet_NaN());
}

QString outcomeWords(const RunSummary& run)
{
    QStringList words;
    if (!run.decision.outcome.empty())
        words << text(run.decision.outcome);
    if (!run.decision.reference.empty())
        words << text(run.decision.reference);
    if (words.isEmpty() && !run.reason.empty())
        words << text(run.reason);
    return words.isEmpty() ? format::unknown() : words.join(QStringLiteral(", "));
}

}

std::vector<CellRow> runCells(const std::vector<RunSummary>& runs, const QDateTime& now)
{
    std::vector<CellRow> rows;
    for (const RunSummary& run : runs) {
        const StateWords state = stateOf(run.state);
        rows.push_back({text(run.id),
            {Cell{.text = shortId(run.id), .toolTip = text(run.id)},
                Cell{.text = state.words, .state = state.state, .toolTip = text(run.reason)},
                Cell{.text = outcomeWords(run)},
                Cell{.text = versionText(run.releaseNumber),
                    .toolTip = run.variant == Variant::Only ? QString() : word(run.variant)},
                Cell{.text = durationText(run.durationMicros), .sort = qulonglong(run.durationMicros)},
                Cell{.text = moneyText(run.cost), .sort = qlonglong(run.cost ? run.cost->nanos : -1)},
                Cell{.text = relativeTime(run.startedAt, now),
                    .sort = qlonglong(run.startedAt.time_since_epoch().count()),
                    .toolTip = absoluteTime(run.startedAt)}}});
    }
    return rows;
}

std::vector<ListItem> waitingItems(const std::vector<ApprovalRequest>& requests, const QDateTime& now)
{
    std::vector<ListItem> items;
    for (const ApprovalRequest& request : requests) {
        ListItem item;
        item.key = text(request.id);
        item.icon = Icon::stateWaiting;
        item.iconToken = Token::warn;
        item.title = text(request.tool);
        if (!request.reference.empty())
            item.title += QStringLiteral(", ") + text(request.reference);
        item.trailing = relativeTime(request.expiresAt, now);
        item.trailingToken = Token::warn;
        item.detail = text(request.why);
        items.push_back(std::move(item));
    }
    return items;
}

std::vector<ToolLine> toolLines(const ReadMatrix::Response& matrix, const std::string& agent,
    const std::vector<std::string>& declared, const std::vector<DefinitionSummary>& tools)
{
    std::map<std::string, ToolLine> lines;
    for (const std::string& name : declared) {
        lines[name].name = name;
        lines[name].declared = true;
    }
    for (const ephor::MatrixRow& row : matrix.rows) {
        if (row.agent != agent)
            continue;
        for (const ephor::MatrixCell& cell : row.cells) {
            ToolLine& line = lines[cell.tool];
            line.name = cell.tool;
            line.access = cell.access;
            line.tightened = cell.tightened;
            line.calls = cell.calls;
        }
    }
    for (const DefinitionSummary& tool : tools) {
        if (const auto found = lines.find(tool.name); found != lines.end())
            found->second.title = tool.title;
    }
    for (const ephor::MatrixTool& tool : matrix.tools) {
        const auto found = lines.find(tool.name);
        if (found == lines.end())
            continue;
        found->second.title = tool.title;
        found->second.effect = tool.effect;
    }
    std::vector<ToolLine> sorted;
    for (auto& [name, line] : lines)
        sorted.push_back(std::move(line));
    return sorted;
}

std::vector<CellRow> toolCells(const std::vector<ToolLine>& lines)
{
    std::vector<CellRow> rows;
    for (const ToolLine& line : lines) {
        const StateWords access = stateOf(line.access);
        const bool changes = line.effect && *line.effect != SideEffect::Read;
        rows.push_back({text(line.name),
            {Cell{.text = text(line.name), .toolTip = text(line.title)},
                Cell{.text = line.effect ? word(*line.effect) : format::unknown(),
                    .tone = changes ? std::optional(Token::textPrimary) : std::optional(Token::textMuted)},
                Cell{.text = line.tightened ? PageWords::tr("%1, tightened").arg(access.words) : access.words,
                    .state = access.state},
                Cell{.text = numberText(line.calls), .sort = qulonglong(line.calls)},
                Cell{.text = line.declared ? PageWords::tr("Yes") : PageWords::tr("Not named"),
                    .tone = Token::textMuted}}});
    }
    return rows;
}

QString pinsWords(const Release& release)
{
    QStringList words;
    int tools = 0;
    for (const DefinitionRef& pin : release.pins) {
        if (pin.kind == DefinitionKind::Tool)
            ++tools;
        else
            words << word(pin.kind).toLower() + u' ' + versionText(pin.version);
    }
    words << PageWords::tr("%n tool(s)", nullptr, tools);
    words << PageWords::tr("%n rule(s)", nullptr, int(release.grants.size()));
    return words.join(QStringLiteral(", "));
}

std::vector<CellRow> releaseCells(const std::vector<Release>& releases, const AgentRow& row, const QDateTime& now)
{
    std::vector<CellRow> rows;
    for (const Release& release : releases) {
        Cell state{.text = PageWords::tr("Replaced"), .state = State::neutral};
        if (release.number == row.release)
            state = {.text = PageWords::tr("Production"), .state = State::ok};
        else if (row.canary && release.number == *row.canary)
            state = {.text
                = row.share ? PageWords::tr("Canary, %1").arg(format::percent(row.share, 0)) : PageWords::tr("Canary"),
                .state = State::running};
        rows.push_back({text(release.id),
            {Cell{.text = versionText(release.number), .sort = qulonglong(release.number), .toolTip = text(release.id)},
                state, Cell{.text = pinsWords(release)}, Cell{.text = text(release.change)},
                Cell{.text = relativeTime(release.at, now), .toolTip = absoluteTime(release.at)}}});
    }
    return rows;
}

std::vector<CellRow> changeCells(const std::vector<ChangeSummary>& changes, const QDateTime& now)
{
    std::vector<CellRow> rows;
    for (const ChangeSummary& change : changes) {
        const StateWords state = stateOf(change.state);
        rows.push_back({text(change.id),
            {Cell{.text = text(change.id)}, Cell{.text = text(change.title)},
                Cell{.text = change.share && change.state == ChangeState::RollingOut
                        ? PageWords::tr("%1, %2").arg(state.words, format::percent(change.share, 0))
                        // Later ones replaced most of them.
                        : change.state == ChangeState::Live ? PageWords::tr("Went live")
                                                            : state.words,
                    .state = state.state},
                Cell{.text = PageWords::tr("%1 of %2").arg(change.approvalsGiven).arg(change.approvalsNeeded)},
                Cell{.text = text(change.authorName)},
                Cell{.text = relativeTime(change.movedAt, now), .toolTip = absoluteTime(change.movedAt)}}});
    }
    return rows;
}

std::vector<PipelineStep> rolloutSteps(const Rollout& rollout, const QDateTime& now)
{
    std::vector<PipelineStep> steps;
    const bool ended = rollout.state == RolloutState::Completed;
    for (const double share : rollout.steps) {
        PipelineStep step;
        step.title = format::percent(share, 0);
        const bool here = share == rollout.share && !ended;
        if (here) {
            step.state = stateOf(rollout.state).state;
            step.place = PipelineStep::Place::current;
            step.detail = PageWords::tr("reached %1").arg(relativeTime(rollout.stepAt, now));
        } else if (share < rollout.share || ended) {
            step.state = State::ok;
            step.place = PipelineStep::Place::past;
            for (const RolloutStep& past : rollout.history) {
                if (past.share == share)
                    step.detail = text(past.by) + QStringLiteral(", ") + relativeTime(past.at, now);
            }
        } else {
            step.detail = PageWords::tr("when somebody promotes");
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

std::optional<Money> costEach(const Totals& totals)
{
    const std::uint64_t known = totals.runs > totals.costUnknown ? totals.runs - totals.costUnknown : 0;
    if (!totals.cost || known == 0)
        return std::nullopt;
    return Money{totals.cost->nanos / std::int64_t(known)};
}

std::vector<CellRow> modelCells(const std::map<std::string, Totals>& byModel)
{
    std::int64_t all = 0;
    for (const auto& [model, totals] : byModel)
        all += totals.cost ? totals.cost->nanos : 0;
    std::vector<CellRow> rows;
    for (const auto& [model, totals] : byModel) {
        const std::int64_t nanos = totals.cost ? totals.cost->nanos : 0;
        rows.push_back({text(model),
            {Cell{.text = model.empty() ? format::unknown() : text(model)},
                Cell{.text = numberText(totals.runs), .sort = qulonglong(totals.runs)},
                Cell{.text = shortNumberText(totals.tokens),
                    .sort = qulonglong(totals.tokens),
                    .toolTip = numberText(totals.tokens)},
                Cell{.text = moneyText(totals.cost), .sort = qlonglong(nanos)},
                Cell{.text = moneyText(costEach(totals))},
                Cell{.text = format::percent(
                         totals.cost && all > 0 ? std::optional(double(nanos) / double(all)) : std::nullopt)},
                Cell{.text = numberText(totals.costUnknown),
                    .tone = totals.costUnknown > 0 ? Token::warn : Token::textMuted}}});
    }
    std::ranges::stable_sort(rows, [](const CellRow& left, const CellRow& right) {
        return left.cells[3].sort.toLongLong() > right.cells[3].sort.toLongLong();
    });
    return rows;
}

Series course(const QString& name, const std::vector<SeriesPoint>& points,
    const std::function<std::optional<double>(const Totals&)>& value)
{
    Series series{name, {}};
    for (const SeriesPoint& point : points)
        series.points.push_back({dateTime(point.at).toMSecsSinceEpoch(), valueOrGap(value(point.totals))});
    return series;
}

QVector<double> spark(
    const std::vector<SeriesPoint>& points, const std::function<std::optional<double>(const Totals&)>& value)
{
    QVector<double> values;
    for (const SeriesPoint& point : points)
        values << valueOrGap(value(point.totals));
    return values;
}

QString budgetWords(const Budget& budget)
{
    QStringList words;
    if (budget.steps > 0)
        words << PageWords::tr("%n step(s)", nullptr, int(budget.steps));
    if (budget.toolCalls > 0)
        words << PageWords::tr("%n tool call(s)", nullptr, int(budget.toolCalls));
    if (budget.tokens > 0)
        words << PageWords::tr("%1 tokens").arg(numberText(budget.tokens));
    if (budget.money)
        words << moneyText(budget.money);
    if (budget.wallClockSeconds > 0)
        words << durationText(budget.wallClockSeconds * 1'000'000);
    return words.isEmpty() ? PageWords::tr("no limit") : words.join(QStringLiteral(" · "));
}

}

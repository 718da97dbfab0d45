#pragma once

#include "core/api/changes.h"
#include "core/api/grants.h"
#include "core/api/insight.h"
#include "core/api/runs.h"
#include "ui/charts/chart_data.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/item_list.h"
#include "ui/kit/pipeline_strip.h"

#include <QDateTime>
#include <functional>

/// From the values of the core to the rows of an agent's page. Pure.
namespace ephor::ui::agents {

std::vector<CellRow> runCells(const std::vector<RunSummary>& runs, const QDateTime& now);
std::vector<ListItem> waitingItems(const std::vector<ApprovalRequest>& requests, const QDateTime& now);

/// One tool of an agent: what the definition names joined with what the matrix says.
struct ToolLine {
    std::string name;
    std::string title;
    std::optional<SideEffect> effect; ///< nothing: the tool is not known
    ephor::Access access = ephor::Access::None;
    bool tightened = false;
    std::uint64_t calls = 0;
    bool declared = false; ///< the newest definition names it
};
std::vector<ToolLine> toolLines(const ReadMatrix::Response& matrix, const std::string& agent,
    const std::vector<std::string>& declared, const std::vector<DefinitionSummary>& tools);
std::vector<CellRow> toolCells(const std::vector<ToolLine>& lines);

/// "prompt v4, model v2, 5 tools": what a release pins, for one line.
QString pinsWords(const Release& release);
std::vector<CellRow> releaseCells(const std::vector<Release>& releases, const AgentRow& row, const QDateTime& now);
std::vector<CellRow> changeCells(const std::vector<ChangeSummary>& changes, const QDateTime& now);
std::vector<PipelineStep> rolloutSteps(const Rollout& rollout, const QDateTime& now);

/// By model: runs, tokens, cost, cost a run, share of the known cost, runs of unknown cost.
std::vector<CellRow> modelCells(const std::map<std::string, Totals>& byModel);
/// Known cost divided by the runs whose cost is known; nothing where there is none.
std::optional<Money> costEach(const Totals& totals);

/// One course over the slices; a slice without a value is a gap.
Series course(const QString& name, const std::vector<SeriesPoint>& points,
    const std::function<std::optional<double>(const Totals&)>& value);
QVector<double> spark(
    const std::vector<SeriesPoint>& points, const std::function<std::optional<double>(const Totals&)>& value);
/// Of what a budget holds: "12 steps · 24 tool calls · 60,000 tokens · 2 m".
QString budgetWords(const Budget& budget);

}

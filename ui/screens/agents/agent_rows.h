#pragma once

#include "core/api/insight.h"
#include "core/domain/definition.h"
#include "ui/bridge/team_titles.h"
#include "ui/charts/chart_data.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/filter_bar.h"

#include <QDateTime>

/// From the values of the core to the rows of the list of agents. Pure.
namespace ephor::ui::agents {

/// An agent that serves, or one that is only drafted.
struct AgentLine {
    AgentRow row;
    std::uint64_t newest = 0; ///< version of its definition; 0: not known
    bool operator==(const AgentLine&) const = default;
};

/// Those of the overview joined with the definitions that do not serve yet; trouble first, then by title.
std::vector<AgentLine> agentLines(const std::vector<AgentRow>& rows, const std::vector<DefinitionSummary>& definitions);
/// Those that fit every filter ("team", "health", "coverage") and hold the words somewhere.
std::vector<AgentLine> fitting(const std::vector<AgentLine>& lines, const std::vector<Filter>& filters,
    const QString& words, const TeamNames& teams = {});
std::vector<CellRow> agentCells(const std::vector<AgentLine>& lines, const TeamNames& teams = {});

/// "v41, v42 at 5 %"; a dash where nothing is released.
QString versionsWords(const AgentRow& row);
/// "Enforced" or "Only seen".
QString coverageWord(const std::string& coverage);
QString coverageHint(const std::string& coverage);
/// Whether somebody should look at it.
bool isTrouble(const AgentRow& row);

/// What the list says above it.
struct ListFigures {
    int agents = 0;
    int serving = 0;
    int trouble = 0;
    int enforced = 0;
    int seen = 0;
};
ListFigures figuresOf(const std::vector<AgentLine>& lines);

/// Runs of each agent over the range: the busiest five and the others together, so that colours can be told apart.
std::vector<Series> runsByAgent(const std::vector<AgentLine>& lines, const std::vector<SeriesPoint>& slices);

}

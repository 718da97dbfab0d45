#pragma once

#include "core/api/definitions.h"
#include "core/api/grants.h"
#include "core/domain/metrics.h"
#include "ui/bridge/team_titles.h"
#include "ui/kit/cells_model.h"

/// Two agents side by side, as rows. Pure.
namespace ephor::ui::agents {

/// What is known of one of them.
struct ComparedAgent {
    std::string name;
    AgentBody body; ///< its newest definition
    AgentRow row; ///< figures over the range
};

/// What, left, right: settings first, then figures. A row in which they differ is strong.
std::vector<CellRow> comparedCells(const ComparedAgent& left, const ComparedAgent& right, const TeamNames& teams = {});
/// Tool, left, right: every tool one of them names or has a rule for, those in which they differ first.
std::vector<CellRow> comparedTools(
    const ComparedAgent& left, const ComparedAgent& right, const ReadMatrix::Response& matrix);
/// How many rows of such a list differ.
int differing(const std::vector<CellRow>& rows);

}

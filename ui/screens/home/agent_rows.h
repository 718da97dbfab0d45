#pragma once

#include "core/domain/metrics.h"
#include "ui/kit/cells_model.h"

namespace ephor::ui::home {

/// Rows of the agents' table, trouble first, then the busiest. Pure; the key is the agent's name.
std::vector<CellRow> agentTableRows(std::vector<AgentRow> agents);
/// "v41, v42 at 5 %".
QString agentVersionWords(const AgentRow& agent);
/// Health with what waits: "Healthy, 3 waiting".
QString agentHealthWords(const AgentRow& agent);

}

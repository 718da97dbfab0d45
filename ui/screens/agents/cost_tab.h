#pragma once

#include "ui/screens/agents/agent_tab.h"

namespace ephor::ui {
class Banner;
class CellsModel;
class ChartPanel;
class StatTile;
}

namespace ephor::ui::agents {

/// What the agent costs: sum, a run, tokens, by model and over time. A cost that is not known is counted and said.
class CostTab : public AgentTab {
    Q_OBJECT

public:
    CostTab(ScreenContext& context, QWidget* parent);

    void refresh(const TopicSet& topics) override;
    void showNumbers(const ReadAgent::Response& numbers) override;

protected:
    void begin() override;
    void load() override { }

private:
    Banner* m_unknown;
    StatTile* m_cost;
    StatTile* m_each;
    StatTile* m_tokens;
    StatTile* m_runs;
    ChartPanel* m_costChart;
    ChartPanel* m_tokenChart;
    CellsModel* m_models;
};

}

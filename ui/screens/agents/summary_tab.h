#pragma once

#include "core/api/runs.h"
#include "ui/screens/agents/agent_tab.h"

namespace ephor::ui {
class Card;
class CellsModel;
class ChartPanel;
class DataTable;
class ItemList;
class KeyValueList;
class LoadView;
class StatTile;
}

namespace ephor::ui::agents {

class ExposureCard;

/// How the agent does: numbers that drill, their course, the newest runs, what waits for people, what it is.
class SummaryTab : public AgentTab {
    Q_OBJECT

public:
    SummaryTab(ScreenContext& context, QWidget* parent);

    void refresh(const TopicSet& topics) override;
    void showNumbers(const ReadAgent::Response& numbers) override;
    void showDefinition(const DefinitionVersion& version, const AgentBody& body) override;

protected:
    void begin() override;
    void load() override;

private:
    QWidget* makeTiles();
    QWidget* makeCharts();
    QWidget* makeRuns();
    QWidget* makeSide();
    QWidget* makeFacts(QWidget* parent);
    void loadRuns();
    void loadWaiting();
    void showTiles(const AgentRow& row, const std::vector<SeriesPoint>& series);

    StatTile* m_runsTile;
    StatTile* m_doneTile;
    StatTile* m_latencyTile;
    StatTile* m_costTile;
    StatTile* m_deniedTile;
    StatTile* m_waitingTile;
    ChartPanel* m_outcomes;
    ChartPanel* m_latency;
    CellsModel* m_runs;
    DataTable* m_runsTable;
    LoadView* m_runsView;
    ItemList* m_waiting;
    LoadView* m_waitingView;
    Card* m_waitingCard;
    ExposureCard* m_exposure;
    KeyValueList* m_facts;
    Latest m_askRuns;
    Latest m_askWaiting;
};

}

#pragma once

#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/agents/agent_rows.h"

namespace ephor::ui {
class Button;
class CellsModel;
class ChartPanel;
class Card;
class DataTable;
class ItemList;
class LoadView;
class StatTile;
}

namespace ephor::ui::agents {

/// Every agent on one line: version, environment, health, spend, and how much of it is enforced. Trouble first.
class AgentList : public QWidget {
    Q_OBJECT

public:
    AgentList(ScreenContext& context, QWidget* parent);

    /// Shows the filters and words of the route.
    void open(const Route& route);
    void load(const TimeRange& range);
    void refresh(const TopicSet& topics);
    void focusSearch();
    /// The two chosen agents side by side.
    void compare();
    bool canCompare() const { return m_chosen.size() == 2; }

Q_SIGNALS:
    void navigate(const ephor::ui::Route& route);
    void routeChanged(const ephor::ui::Route& route);
    void rangeBrushed(qint64 fromMsecs, qint64 toMsecs);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeTiles();
    QWidget* makeTable();
    QWidget* makeBelow();
    void loadDefinitions();
    void join();
    void fill();
    void fillBelow();
    void filtersChanged();
    void rowsChosen();

    ScreenContext& m_context;
    FilterBar* m_filter;
    StatTile* m_trouble;
    StatTile* m_serving;
    StatTile* m_runs;
    StatTile* m_cost;
    StatTile* m_coverage;
    CellsModel* m_model;
    DataTable* m_table;
    Button* m_compare;
    QStringList m_chosen; ///< names, in the order of the list
    LoadView* m_view;
    ChartPanel* m_chart;
    ItemList* m_markers;
    LoadView* m_markersView;
    TimeRange m_range = TimeRange::last(24 * 3600);
    Latest m_askOverview;
    Latest m_askDefinitions;
    ReadOverview::Response m_overview;
    std::vector<DefinitionSummary> m_definitions;
    std::vector<AgentLine> m_lines;
    bool m_hasOverview = false;
    bool m_isOpening = false;
    bool m_wantsFocus = false;
};

}

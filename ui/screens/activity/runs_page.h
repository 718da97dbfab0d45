#pragma once

#include "core/api/runs.h"
#include "ui/bridge/paced.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"

namespace ephor::ui {
class Button;
class DataTable;
class FilterBar;
class KeepSelection;
class LoadView;
class Select;
class Switch;
}

namespace ephor::ui::activity {

class RunsModel;

/// The list of runs with its filter bar. What is new comes in at the top while the top is seen, else it is counted.
class RunsPage : public QWidget {
    Q_OBJECT

public:
    RunsPage(ScreenContext& context, QWidget* parent);

    void setFilter(const RunFilter& filter);
    const RunFilter& filter() const { return m_filter; }
    void setRange(const TimeRange& range);
    /// The list may have changed.
    void refresh();
    void focusSearch();
    /// Writes what the filter finds to a file, as a job.
    void exportRuns();

Q_SIGNALS:
    void runOpened(const QString& id);
    void filterChanged();
    void rangeWanted(const ephor::ui::TimeRange& range);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    enum class Room { narrow, wide };
    void layOutColumns(Room room);
    QWidget* makeBar();
    QWidget* makeTable();
    void fillChoices();
    void loadAgents();
    void takeChoices();
    void takeFilter(RunFilter filter);
    void restart();
    void fetch();
    void arrived();
    void showEmpty();
    void countNew();
    void showNew(const QString& words);

    ScreenContext& m_context;
    RunFilter m_filter;
    TimeRange m_range = TimeRange::last(24 * 3'600);
    Room m_room = Room::narrow;
    bool m_filling = false;
    bool m_isLive = false; ///< the first page was asked for
    Paced m_paced;
    Latest m_agents;
    Latest m_counted;
    RunsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    LoadView* m_view = nullptr;
    FilterBar* m_bar = nullptr;
    Select* m_agent = nullptr;
    Select* m_state = nullptr;
    Select* m_variant = nullptr;
    Switch* m_denied = nullptr;
    Button* m_new = nullptr;
};

}

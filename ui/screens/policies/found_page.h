#pragma once

#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/policies/found_rows.h"

namespace ephor::ui {
class CellsModel;
class DataTable;
class FilterBar;
class Label;
class LoadView;
class Segmented;
class Select;
class Switch;
}

namespace ephor::ui::policies {

/// How often what was found where, and what became of it: counts, never the values.
class FoundPage : public QWidget {
    Q_OBJECT

public:
    FoundPage(Screen& screen, QWidget* parent);

    /// policies/protection?view=found&days=7&agent=refunds&q=card
    void open(const Route& route);
    /// Its part of the route.
    Route withFilter(const Route& route) const;
    void load();
    void focusSearch();

Q_SIGNALS:
    void moved();
    void navigate(const ephor::ui::Route& route);
    void tryWanted();

private:
    QWidget* makeList();
    void readControls();
    void askTitles();
    void loadAgents();
    void takeNames();
    void showWeak();
    void fillAgents();
    void show();
    void openRun(const QModelIndex& index);

    Screen& m_screen;
    FoundFilter m_filter;
    std::vector<FindingCount> m_counts;
    FoundNames m_names;
    bool m_isLoaded = false;
    bool m_isOpening = false;
    bool m_asksTitles = false;
    Latest m_read;
    Latest m_readAgents;
    FilterBar* m_bar = nullptr;
    Segmented* m_days = nullptr;
    Select* m_agent = nullptr;
    Select* m_class = nullptr;
    Switch* m_weak = nullptr;
    Label* m_summary = nullptr;
    CellsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    LoadView* m_view = nullptr;
};

}

#pragma once

#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/policies/rule_rows.h"

namespace ephor::ui {
class CellsModel;
class DataTable;
class FilterBar;
class LoadView;
class Select;
}

namespace ephor::ui::policies {

class RulePane;

/// Every rule in force with where it comes from, and the chosen one beside the list.
class RulesTab : public QWidget {
    Q_OBJECT

public:
    RulesTab(Screen& screen, QWidget* parent);

    /// policies/rules?rule=grant:refunds/payments.send&agent=refunds&origin=house&effect=forbid&mode=observe&q=…
    void open(const Route& route);
    Route route() const;
    void load();
    void focusSearch();
    QList<Command> commands();

Q_SIGNALS:
    void moved();
    void navigate(const ephor::ui::Route& route);
    void commandsChanged();
    void loaded(quint64 rules);

private:
    QWidget* makeList();
    void fillAgents();
    void readControls();
    void show();
    void choose(int row);
    void restoreChoice();

    Screen& m_screen;
    RuleFilter m_filter;
    std::vector<RuleInfo> m_rules;
    QString m_wanted; ///< id of the chosen rule
    QString m_wantedAgent;
    bool m_isLoaded = false;
    bool m_isFilling = false; ///< the table moves its choice by itself
    Latest m_read;
    FilterBar* m_bar = nullptr;
    Select* m_origin = nullptr;
    Select* m_agent = nullptr;
    Select* m_effect = nullptr;
    Select* m_mode = nullptr;
    CellsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    LoadView* m_view = nullptr;
    RulePane* m_pane = nullptr;
};

}

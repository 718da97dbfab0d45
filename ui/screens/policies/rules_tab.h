#pragma once

#include "ui/screens/policies/rule_list_tab.h"
#include "ui/screens/policies/rule_rows.h"

namespace ephor::ui {
class FilterBar;
class Select;
}

namespace ephor::ui::policies {

/// Every rule in force with where it comes from, and the chosen one beside the list.
class RulesTab : public RuleListTab {
    Q_OBJECT

public:
    RulesTab(Screen& screen, QWidget* parent);

    /// policies/rules?rule=grant:refunds/payments.send&agent=refunds&origin=house&effect=forbid&mode=observe&q=…
    void open(const Route& route);
    Route route() const;
    void focusSearch();
    QList<Command> commands();

protected:
    quint64 take(std::vector<RuleInfo> rules) override;
    void fill() override;
    int wantedRow() override;
    void choose(int row) override;

private:
    QWidget* makeList();
    void fillAgents();
    void readControls();

    RuleFilter m_filter;
    std::vector<RuleInfo> m_rules;
    QString m_wanted; ///< id of the chosen rule
    QString m_wantedAgent;
    FilterBar* m_bar = nullptr;
    Select* m_origin = nullptr;
    Select* m_agent = nullptr;
    Select* m_effect = nullptr;
    Select* m_mode = nullptr;
};

}

#pragma once

#include "ui/screens/policies/house_rows.h"
#include "ui/screens/policies/rule_list_tab.h"

namespace ephor::ui {
class Button;
class Label;
class SearchField;
}

namespace ephor::ui::policies {

/// The forbids over every agent: adding one, letting it bind, and taking it back by two people.
class HouseTab : public RuleListTab {
    Q_OBJECT

public:
    HouseTab(Screen& screen, QWidget* parent);

    /// policies/house?rule=no-payments-at-night
    void open(const Route& route);
    Route route() const;
    void focusSearch();
    QList<Command> commands();

Q_SIGNALS:
    void notify(const ephor::ui::Notice& notice);

protected:
    quint64 take(std::vector<RuleInfo> rules) override;
    void fill() override;
    int wantedRow() override;
    void choose(int row) override;

private:
    QWidget* makeList();
    void makeActs(Card* card);
    void judge();
    const StandingRule* chosen() const;
    void add();
    void enforce();
    void proposeBack();
    void decide();
    void tell(const QString& title);
    void failed(const Error& error);

    std::vector<StandingRule> m_rules;
    QString m_wanted;
    SearchField* m_search = nullptr;
    Button* m_add = nullptr;
    Button* m_enforce = nullptr;
    Button* m_back = nullptr;
    Button* m_decide = nullptr;
    Label* m_note = nullptr;
};

}

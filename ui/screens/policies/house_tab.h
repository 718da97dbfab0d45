#pragma once

#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/policies/house_rows.h"

namespace ephor::ui {
class Button;
class CellsModel;
class DataTable;
class Label;
class LoadView;
class SearchField;
}

namespace ephor::ui::policies {

class RulePane;

/// The forbids over every agent: adding one, letting it bind, and taking it back by two people.
class HouseTab : public QWidget {
    Q_OBJECT

public:
    HouseTab(Screen& screen, QWidget* parent);

    /// policies/house?rule=no-payments-at-night
    void open(const Route& route);
    Route route() const;
    void load();
    void focusSearch();
    QList<Command> commands();

Q_SIGNALS:
    void moved();
    void navigate(const ephor::ui::Route& route);
    void notify(const ephor::ui::Notice& notice);
    void commandsChanged();
    void loaded(quint64 count);

private:
    QWidget* makeList();
    void makeActs(QWidget* card);
    void show();
    void judge();
    const StandingRule* chosen() const;
    void add();
    void enforce();
    void proposeBack();
    void decide();
    void tell(const QString& title);
    void failed(const Error& error);

    Screen& m_screen;
    std::vector<StandingRule> m_rules;
    QString m_wanted;
    bool m_isLoaded = false;
    bool m_isFilling = false;
    Latest m_read;
    SearchField* m_search = nullptr;
    Button* m_add = nullptr;
    Button* m_enforce = nullptr;
    Button* m_back = nullptr;
    Button* m_decide = nullptr;
    Label* m_note = nullptr;
    CellsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    LoadView* m_view = nullptr;
    RulePane* m_pane = nullptr;
};

}

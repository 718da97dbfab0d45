#pragma once

#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"

#include "core/api/policies.h"

namespace ephor::ui {
class Card;
class LoadView;
}

namespace ephor::ui::policies {

class RulePane;

/// A list of rules in force with the chosen one beside it: what the list of every rule and that of house rules share.
/// It asks for the rules, keeps the choice when rows come anew, and tells a choice by somebody from its own.
class RuleListTab : public QWidget {
    Q_OBJECT

public:
    void load();

Q_SIGNALS:
    void moved();
    void navigate(const ephor::ui::Route& route);
    void commandsChanged();
    void loaded(quint64 count);

protected:
    RuleListTab(Screen& screen, QWidget* parent);

    /// The list and the pane, side by side.
    void layOut(QWidget* list, int paneWidth);
    /// The table becomes the body of `card`; `/` goes to `filter`.
    void makeTable(Card* card, const QString& name, const QStringList& titles, std::vector<TableColumn> columns,
        QLineEdit* filter);
    void putRows(std::vector<CellRow> rows);
    bool isLoaded() const { return m_isLoaded; }

    /// Keeps what came; how many there are to count on the tab.
    virtual quint64 take(std::vector<RuleInfo> rules) = 0;
    /// Shows what was kept, as it is filtered.
    virtual void fill() = 0;
    /// The row of what is chosen; -1 where nothing is.
    virtual int wantedRow() = 0;
    /// Somebody chose the row.
    virtual void choose(int row) = 0;

    Screen& m_screen;
    CellsModel* m_model = nullptr;
    DataTable* m_table = nullptr;
    LoadView* m_view = nullptr;
    RulePane* m_pane = nullptr;

private:
    Latest m_read;
    bool m_isLoaded = false;
    bool m_isFilling = false; ///< the table moves its choice by itself
};

}

#pragma once

#include "core/api/changes.h"
#include "ui/kit/card.h"
#include "ui/kit/cells_model.h"
#include "ui/kit/diff_lines.h"

class QStackedLayout;

namespace ephor::ui {
class DataTable;
class DiffView;
class Segmented;
class TabStrip;
}

namespace ephor::ui::changes {

/// One thing that a change moves.
struct MovedItem {
    QString tab; ///< "Prompt customer-refunds.system"
    QString subtitle; ///< "v41 to v42, 4 lines added, 2 removed"
    std::vector<DiffLine> lines;
};

/// The definitions of a change with their differences, in order. Pure.
std::vector<MovedItem> movedItems(const GetChange::Response& shown);
/// Its permission edits as rows: tool, before, after, what that means. Pure.
std::vector<CellRow> grantRows(const Change& change);

/// What moves: a tab for each definition and one for permissions; the difference in one column or two.
class ItemsCard : public Card {
    Q_OBJECT

public:
    explicit ItemsCard(QWidget* parent = nullptr);

    void setShown(const GetChange::Response& shown);
    void setCurrent(int tab);
    int current() const;
    DiffView* diff() const { return m_diff; }

Q_SIGNALS:
    void tabChosen(int tab);

private:
    void showTab(int tab);

    std::vector<MovedItem> m_items;
    QString m_change;
    QString m_shownItem; ///< whose difference is in the view: a refresh must not move it
    std::size_t m_grantCount = 0;
    Label* m_why;
    QWidget* m_whyBox = nullptr;
    TabStrip* m_tabs;
    Segmented* m_layout;
    QStackedLayout* m_stack;
    DiffView* m_diff;
    CellsModel* m_grants;
    DataTable* m_table;
    Label* m_rest;
};

}

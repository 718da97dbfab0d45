#pragma once

#include "core/api/changes.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/request.h"
#include "ui/bridge/screen.h"
#include "ui/screens/changes/board_rows.h"

class QStackedLayout;

namespace ephor::ui {
class Button;
class CellsModel;
class DataTable;
class Label;
class LinkLabel;
class SearchField;
class Segmented;
class Select;
}

namespace ephor::ui::changes {

class BoardView;

/// All changes, as a board or as a list, narrowed by agent, state, author and words.
class BoardPage : public QWidget {
    Q_OBJECT

public:
    enum class View { board, list };

    BoardPage(Screen& screen, QWidget* parent);

    /// changes?agent=refunds&state=approval&mine=1&q=limit&view=list
    void open(const Route& route);
    Route route() const;
    void load();
    void focusSearch();

Q_SIGNALS:
    void changeOpened(const QString& id);
    void newChangeWanted(const QString& agent);
    void moved();

private:
    QWidget* makeBar();
    QWidget* makeContent();
    void take(const ChangeFilter& filter, View view);
    void readControls();
    void show();
    void showEmpty();
    void loadAgents();
    void loadMore();

    Screen& m_screen;
    ChangeFilter m_filter;
    View m_view = View::board;
    std::vector<ChangeSummary> m_changes;
    std::string m_next; ///< cursor of what is older
    bool m_isAsked = false;
    Latest m_list;
    Latest m_more;
    SearchField* m_search;
    Select* m_agent;
    Select* m_state;
    Segmented* m_whose;
    Segmented* m_shape;
    Label* m_count;
    Button* m_new;
    LoadView* m_load;
    QStackedLayout* m_stack;
    BoardView* m_board;
    DataTable* m_table;
    CellsModel* m_rows;
    LinkLabel* m_older;
};

}

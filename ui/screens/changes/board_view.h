#pragma once

#include "ui/screens/changes/board_rows.h"

#include <QWidget>

class QListView;

namespace ephor::ui {
class Label;
class LinkLabel;
}

namespace ephor::ui::changes {

/// The board: six columns of cards beside each other. Up and Down (j, k) move in a column, Left and Right (h, l)
/// between columns, Enter opens.
class BoardView : public QWidget {
    Q_OBJECT

public:
    explicit BoardView(QWidget* parent = nullptr);

    void setColumns(const std::vector<BoardColumn>& columns);
    QString currentKey() const;
    /// The newest card of the first column that has one gets the focus.
    void focusBoard();

Q_SIGNALS:
    void opened(const QString& key);
    /// "12 more" of a column was followed.
    void moreWanted(int column);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Column {
        Label* title = nullptr;
        Label* count = nullptr;
        QListView* list = nullptr;
        Label* empty = nullptr;
        LinkLabel* more = nullptr;
    };
    Column makeColumn(int at);
    void moveTo(int column, int step);

    std::vector<Column> m_columns;
};

}

#pragma once

#include "ui/kit/cells_model.h"
#include "ui/kit/data_table.h"

#include <QWidget>
#include <optional>

namespace ephor::ui {
class Button;
class EmptyState;
class Label;
}

namespace ephor::ui::policies {

/// A list inside a form: its table, and adding, editing and removing a row. What the rows are of is the form's.
class ListBox : public QWidget {
    Q_OBJECT

public:
    struct Words {
        QString name; ///< of the table, for assistive tools
        QString add; ///< on the button; empty: rows are not added here
        QString emptyTitle;
        QString emptyText;
    };

    ListBox(const Words& words, const QStringList& titles, std::vector<TableColumn> columns, QWidget* parent);

    /// The keys of rows are their indexes.
    void setRows(std::vector<CellRow> rows);
    void setNote(const QString& words);
    /// Rows can only be removed.
    void hideEdit();
    void choose(std::size_t at);
    /// As high as its rows, up to so many, instead of taking the room there is.
    void setFitRows(int most);

Q_SIGNALS:
    void addWanted();
    void editWanted(quint64 at);
    void removeWanted(quint64 at);

private:
    std::optional<quint64> chosen() const;
    void judge();

    CellsModel* m_model;
    DataTable* m_table;
    EmptyState* m_empty;
    Label* m_note;
    Button* m_add;
    Button* m_edit;
    Button* m_remove;
    bool m_edits = true;
};

}

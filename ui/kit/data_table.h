#pragma once

#include "ui/kit/cell.h"

#include <QTableView>
#include <optional>
#include <vector>

class QLineEdit;

namespace ephor::ui {

/// How a column is laid out. Order follows the model.
struct TableColumn {
    QString id; ///< stable name under which width and visibility are kept
    int width = 120; ///< in pixels; 0 takes the room that is left
    CellKind kind = CellKind::text;
    enum class Shown { always, byDefault, onDemand } shown = Shown::byDefault;
};

/// A table that stays fast with millions of rows: fixed heights, no vertical header, cells drawn by CellDelegate.
/// Selection is by row. Enter opens, Space peeks, Ctrl+C copies, `/` goes to the filter field.
class DataTable : public QTableView {
    Q_OBJECT

public:
    enum class Density {
        compact, ///< 24 px
        standard, ///< 28 px
        relaxed ///< 36 px
    };

    explicit DataTable(const QString& accessibleName, QWidget* parent = nullptr);

    void setColumns(std::vector<TableColumn> columns);
    /// Its own height of rows, whatever the standard is.
    void setDensity(Density density);
    /// The height of rows in every table that has none of its own; those there are follow at once.
    static void setStandardDensity(Density density);
    static Density standardDensity();
    /// Widths follow what the cells hold instead of what the columns say; for small tables. Where the room is short the
    /// grey words go first, then the longest columns of words; what is left over goes to the column of width 0.
    void setFitColumns();
    /// The field `/` goes to.
    void setFilterField(QLineEdit* field);
    void setModel(QAbstractItemModel* model) override;

    /// Height that shows `rows` rows and the header without scrolling; for short tables inside cards.
    int heightFor(int rows) const;
    /// Fits the height to the rows of the model, up to `most`, and follows its changes.
    void setFitRows(int most);

    /// Puts the selected rows on the clipboard as tab-separated text.
    void copySelection() const;
    /// Asks which columns to show.
    void openColumnMenu(const QPoint& globalPosition);
    /// Widths, order and visibility, to be kept in the session.
    QByteArray saveLayout() const;
    bool restoreLayout(const QByteArray& layout);

    CellDelegate& cells() const { return *m_delegate; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The header was clicked. Large models turn this into a query; small ones are sorted by the table itself.
    void sortRequested(int column, Qt::SortOrder order);
    void rowOpened(const QModelIndex& index);
    void rowPeeked(const QModelIndex& index);
    void rowSelected(const QModelIndex& index);
    void linkActivated(const QModelIndex& index);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void layOutColumns();
    void fitColumns();
    void layOutSoon();
    void fitRowHeight();
    void headerClicked(int column);

    CellDelegate* m_delegate;
    std::vector<TableColumn> m_columns;
    QLineEdit* m_filterField = nullptr;
    std::optional<Density> m_density; ///< none: the standard one
    int m_fitRows = 0;
    bool m_fitsColumns = false;
    bool m_willLayOut = false;
};

}

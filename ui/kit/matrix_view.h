#pragma once

#include "ui/kit/state.h"

#include <QTableView>
#include <optional>
#include <vector>

namespace ephor::ui {

/// What a cell of the matrix says.
enum class Access { none, allow, ask, deny };

/// Word, glyph and colours of an answer.
QString accessWord(Access access);
Icon accessIcon(Access access);
Token accessToken(Access access);

/// A column: its group ("payments"), its name ("send") and an icon for its effect.
struct MatrixColumn {
    QString group;
    QString name;
    Icon icon = Icon::none;
    QString toolTip = {};
};

/// A cell. One that differs from its group's default is tinted; a staged one is dashed and says what it was.
struct MatrixCell {
    Access access = Access::none;
    bool differs = false;
    std::optional<Access> staged = {}; ///< what it would become
    enum class Direction { tightens, loosens } direction = Direction::tightens; ///< of the staged edit
    QString toolTip = {};
};

/// A row: a heading with the group's defaults, or a thing with its cells.
struct MatrixRow {
    QVariant key;
    QString name;
    QString note = {}; ///< grey, after the name
    enum class Kind { group, item } kind = Kind::item;
    std::vector<MatrixCell> cells;
};

/// Rows by columns with both headers in place while scrolling. Arrows move, Enter opens, Space stages, the cross of
/// row and column headers follows the cell.
class MatrixView : public QTableView {
    Q_OBJECT

public:
    explicit MatrixView(const QString& accessibleName, QWidget* parent = nullptr);
    ~MatrixView() override;

    void setMatrix(std::vector<MatrixColumn> columns, std::vector<MatrixRow> rows);
    /// The words over the first column, as "Tool" above "Team and agent".
    void setCorner(const QString& upper, const QString& lower);
    /// Where a cell lies on the screen, to put a card beside it.
    QRect cellRect(int row, int column) const;

Q_SIGNALS:
    void cellSelected(const QVariant& rowKey, int column);
    void cellOpened(const QVariant& rowKey, int column);
    /// Space or the menu key: the screen offers the other answers.
    void editRequested(const QVariant& rowKey, int column, const QPoint& globalPosition);
    void cellHovered(const QVariant& rowKey, int column);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void updateGeometries() override;

private:
    void fitRowHeights();
    void fitColumnWidths();

    class MatrixModel* m_model;
    class MatrixRowHeader* m_rowHeader;
    class MatrixColumnHeader* m_columnHeader;
};

}

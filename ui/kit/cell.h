#pragma once

#include "ui/kit/state.h"

#include <QStyledItemDelegate>
#include <QVariant>
#include <QVector>

namespace ephor::ui {

/// How a table cell is drawn. A column has a default kind; a cell may override it with CellRole::kind.
enum class CellKind {
    text,
    secondaryText, ///< grey
    strongText,
    mono, ///< grey hash or id
    number, ///< right aligned, tabular
    status, ///< glyph and word
    badge, ///< filled state mark
    sparkline,
    link, ///< a click on the words tells DataTable::linkActivated
    icon ///< only CellRole::icon
};

/// What a model may answer besides Qt::DisplayRole. Every role is optional.
struct CellRole {
    enum : int {
        kind = Qt::UserRole + 256, ///< int(CellKind)
        secondary, ///< QString, grey: left of a number, right of a text
        state, ///< int(State), for status and badge
        tone, ///< int(Token), colour of the words
        strong, ///< bool
        series, ///< QVector<double>, for sparkline
        icon, ///< int(Icon), 12 px before the words
        loading, ///< bool: the row is not here yet, draw a skeleton
        copyText, ///< QString for copying; the display text otherwise
        sort ///< QVariant to sort a small table by; the display text otherwise
    };
};

/// Draws cells by CellRole. Shared by tables and trees.
class CellDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit CellDelegate(QObject* parent = nullptr);

    void setColumnKind(int column, CellKind kind);
    CellKind columnKind(int column) const { return m_kinds.value(column, CellKind::text); }
    CellKind kindOf(const QModelIndex& index) const;

    /// Where the words of a cell are drawn, inside the cell's paddings. For hit tests and tests.
    QRectF contentRect(const QRect& cell, const QModelIndex& index) const;
    /// Part of the cell a link covers.
    QRectF linkRect(const QRect& cell, const QModelIndex& index) const;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Pixels a cell needs with its paddings: for its words alone, or with the grey ones beside them.
    enum class Extent { words, all };
    int naturalWidth(const QModelIndex& index, Extent extent) const;

    /// Tells the whole of a cell that is cut, where the model has nothing better to say.
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
        const QModelIndex& index) override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QVector<CellKind> m_kinds;
};

}

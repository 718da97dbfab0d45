#pragma once

#include "ui/kit/waterfall.h"

#include <QAbstractTableModel>
#include <QHeaderView>
#include <QStyledItemDelegate>

namespace ephor::ui {

/// Columns of a waterfall.
enum class WaterfallColumn { span, lane, duration, verdict, count };

class WaterfallModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<WaterfallRow> rows);
    const WaterfallRow& at(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    int rowOf(const QVariant& key) const;
    double end() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<WaterfallRow> m_rows;
};

/// The header: words over the columns, the time axis over the lane.
class WaterfallHeader : public QHeaderView {
    Q_OBJECT

public:
    explicit WaterfallHeader(const Waterfall* view, QWidget* parent);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int section) const override;

private:
    const Waterfall* m_view;
};

class WaterfallDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    WaterfallDelegate(Waterfall* view, const WaterfallModel* rows);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintSpan(QPainter& painter, const QRectF& rect, int row, bool selected) const;
    void paintLane(QPainter& painter, const QRectF& rect, const WaterfallRow& row, bool selected) const;

    const Waterfall* m_view;
    const WaterfallModel* m_rows;
};

}

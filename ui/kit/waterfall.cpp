#include "ui/kit/waterfall.h"

#include "ui/kit/waterfall_model.h"

#include <QKeyEvent>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

namespace {

constexpr int spanColumnWidth = 268;
constexpr int durationColumnWidth = 60;
constexpr int verdictColumnWidth = 96;
// Room at both ends of the lane, so that the first label and the last bar are not cut.
constexpr double laneMargin = 8;

}

double WaterfallScale::xOf(double milliseconds) const
{
    return left + (totalMs > 0 ? milliseconds / totalMs * width : 0);
}

double WaterfallScale::msAt(double x) const
{
    return width > 0 ? (x - left) / width * totalMs : 0;
}

std::vector<double> WaterfallScale::ticks(int most) const
{
    std::vector<double> values;
    if (totalMs <= 0 || most < 1)
        return values;
    double step = std::pow(10, std::floor(std::log10(totalMs / most)));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (totalMs / (step * factor) <= most) {
            step *= factor;
            break;
        }
    }
    for (int at = 0; at * step <= totalMs * 1.0000001; ++at)
        values.push_back(at * step);
    return values;
}

Token spanToken(SpanTone tone)
{
    switch (tone) {
    case SpanTone::model:
        return Token::series1;
    case SpanTone::tool:
        return Token::series3;
    case SpanTone::guard:
        return Token::series6;
    case SpanTone::trouble:
        return Token::error;
    case SpanTone::other:
        break;
    }
    return Token::borderControl;
}

Waterfall::Waterfall(const QString& accessibleName, QWidget* parent)
    : QTreeView(parent)
    , m_rows(new WaterfallModel(this))
{
    setAccessibleName(accessibleName);
    setHeader(new WaterfallHeader(this, this));
    setModel(m_rows);
    setItemDelegate(new WaterfallDelegate(this, m_rows));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(40);
    header()->setSectionResizeMode(static_cast<int>(WaterfallColumn::lane), QHeaderView::Stretch);
    const auto fix = [this](WaterfallColumn column, int width) {
        header()->setSectionResizeMode(static_cast<int>(column), QHeaderView::Fixed);
        header()->resizeSection(static_cast<int>(column), width);
    };
    fix(WaterfallColumn::span, spanColumnWidth);
    fix(WaterfallColumn::duration, durationColumnWidth);
    fix(WaterfallColumn::verdict, verdictColumnWidth);
    connect(this, &QAbstractItemView::doubleClicked, this,
        [this](const QModelIndex& index) { Q_EMIT rowOpened(m_rows->at(index.row()).key); });
}

void Waterfall::setRows(std::vector<WaterfallRow> rows)
{
    const QVariant key = currentKey();
    {
        const QSignalBlocker quiet(this);
        m_rows->setRows(std::move(rows));
        if (key.isValid())
            setCurrentKey(key);
    }
    if (m_fit)
        setFixedHeight(sizeHint().height());
    header()->viewport()->update();
}

void Waterfall::setTotal(double milliseconds)
{
    m_total = milliseconds;
    viewport()->update();
    header()->viewport()->update();
}

QVariant Waterfall::currentKey() const
{
    return currentIndex().isValid() && currentIndex().row() < m_rows->rowCount() ? m_rows->at(currentIndex().row()).key
                                                                                 : QVariant();
}

void Waterfall::setCurrentKey(const QVariant& key)
{
    const int row = m_rows->rowOf(key);
    if (row >= 0)
        setCurrentIndex(m_rows->index(row, 0));
}

WaterfallScale Waterfall::scale() const
{
    const double lane = header()->sectionSize(static_cast<int>(WaterfallColumn::lane));
    const double total = m_total > 0 ? m_total : m_rows->end();
    return {total, laneMargin, std::max(10.0, lane - 2 * laneMargin)};
}

void Waterfall::setFitRows()
{
    m_fit = true;
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFixedHeight(sizeHint().height());
}

QSize Waterfall::sizeHint() const
{
    const int row = itemDelegate()->sizeHint({}, {}).height();
    const int rows = m_fit ? m_rows->rowCount() : std::clamp(m_rows->rowCount(), 3, 12);
    return {720, header()->sizeHint().height() + rows * row};
}

void Waterfall::keyPressEvent(QKeyEvent* event)
{
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && (event->key() == Qt::Key_J || event->key() == Qt::Key_K)) {
        const QModelIndex next = moveCursor(event->key() == Qt::Key_J ? MoveDown : MoveUp, Qt::NoModifier);
        if (next.isValid())
            setCurrentIndex(next);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT rowOpened(currentKey());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void Waterfall::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    header()->viewport()->update();
    // What is told beside it stays in sight when the window gets lower.
    if (currentIndex().isValid())
        scrollTo(currentIndex());
}

void Waterfall::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    if (current.isValid() && current.row() != previous.row())
        Q_EMIT rowSelected(currentKey());
}

}

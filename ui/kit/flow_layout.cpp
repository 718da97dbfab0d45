#include "ui/kit/flow_layout.h"

#include "ui/kit/tokens.h"

#include <QStyle>
#include <QWidget>
#include <algorithm>

namespace ephor::ui {

FlowLayout::FlowLayout(QWidget* parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(metrics::space8);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::addItem(QLayoutItem* item)
{
    m_items.append(item);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index < 0 || index >= count() ? nullptr : m_items.takeAt(index);
}

QList<FlowLayout::Place> FlowLayout::placesIn(const QRect& rect) const
{
    QList<Place> places;
    const QRect room = rect.marginsRemoved(contentsMargins());
    int left = room.left();
    int top = room.top();
    int tall = 0;
    for (QLayoutItem* item : m_items) {
        if (item->isEmpty())
            continue;
        QSize size = item->sizeHint();
        size.setWidth(std::min(size.width(), std::max(room.width(), item->minimumSize().width())));
        if (left > room.left() && left + size.width() > room.left() + room.width()) {
            left = room.left();
            top += tall + spacing();
            tall = 0;
        }
        places.append({item, QRect(QPoint(left, top), size)});
        left += size.width() + spacing();
        tall = std::max(tall, size.height());
    }
    return places;
}

int FlowLayout::heightForWidth(int width) const
{
    int bottom = contentsMargins().top();
    for (const Place& place : placesIn(QRect(0, 0, width, 0)))
        bottom = std::max(bottom, place.rect.y() + place.rect.height());
    return bottom + contentsMargins().bottom();
}

QSize FlowLayout::sizeHint() const
{
    QSize all(0, 0);
    for (const QLayoutItem* item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint();
        all = QSize(
            all.width() + (all.width() > 0 ? spacing() : 0) + size.width(), std::max(all.height(), size.height()));
    }
    return all.grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const
{
    QSize widest(0, 0);
    for (const QLayoutItem* item : m_items)
        widest = widest.expandedTo(item->minimumSize());
    return widest.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    // Lines read from the other side in languages that do.
    for (const Place& place : placesIn(rect))
        place.item->setGeometry(
            QStyle::visualRect(parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight, rect, place.rect));
}

}

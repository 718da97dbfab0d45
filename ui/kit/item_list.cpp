#include "ui/kit/item_list.h"

#include "ui/kit/item_list_model.h"

#include <QKeyEvent>

namespace ephor::ui {

ItemList::ItemList(const QString& accessibleName, QWidget* parent)
    : QListView(parent)
    , m_items(new ItemListModel(this))
{
    setAccessibleName(accessibleName);
    setModel(m_items);
    setItemDelegate(new ItemListDelegate(m_items, this));
    setFrameShape(QFrame::NoFrame);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setResizeMode(QListView::Adjust);
    // Another width may need other heights: the view lays out again only where words wrap.
    setWordWrap(true);
    connect(this, &QAbstractItemView::doubleClicked, this,
        [this](const QModelIndex& index) { Q_EMIT itemOpened(m_items->at(index.row()).key); });
}

void ItemList::setItems(std::vector<ListItem> items)
{
    const QVariant key = currentKey();
    {
        const QSignalBlocker quiet(this);
        m_items->setItems(std::move(items));
        if (key.isValid())
            setCurrentKey(key);
    }
    if (m_fit)
        setFixedHeight(sizeHint().height());
    updateGeometry();
}

QVariant ItemList::currentKey() const
{
    return currentIndex().isValid() ? m_items->at(currentIndex().row()).key : QVariant();
}

void ItemList::setCurrentKey(const QVariant& key)
{
    const int row = m_items->rowOf(key);
    if (row >= 0)
        setCurrentIndex(m_items->index(row));
}

void ItemList::setFitRows()
{
    m_fit = true;
    static_cast<ItemListDelegate*>(itemDelegate())->keepOneLine();
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFixedHeight(sizeHint().height());
}

QSize ItemList::sizeHint() const
{
    int height = 0;
    const auto* delegate = static_cast<const ItemListDelegate*>(itemDelegate());
    for (int row = 0; row < m_items->rowCount(); ++row)
        height += delegate->heightOf(m_items->at(row));
    return {280, m_fit ? height : std::min(std::max(height, 96), 480)};
}

QSize ItemList::minimumSizeHint() const
{
    return {160, 48};
}

void ItemList::keyPressEvent(QKeyEvent* event)
{
    const bool plain = event->modifiers() == Qt::NoModifier;
    if (plain && (event->key() == Qt::Key_J || event->key() == Qt::Key_K)) {
        const bool down = event->key() == Qt::Key_J;
        const QModelIndex next = moveCursor(down ? MoveDown : MoveUp, Qt::NoModifier);
        if (next.isValid())
            setCurrentIndex(next);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT itemOpened(currentKey());
        return;
    }
    QListView::keyPressEvent(event);
}

// A view without a current row makes its first one current as the focus comes, and so would open what nobody asked for.
void ItemList::focusInEvent(QFocusEvent* event)
{
    const bool hadNone = !currentIndex().isValid();
    const QSignalBlocker quiet(this);
    QListView::focusInEvent(event);
    if (hadNone && currentIndex().isValid())
        selectionModel()->clearCurrentIndex();
}

void ItemList::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid())
        Q_EMIT itemSelected(currentKey());
}

}

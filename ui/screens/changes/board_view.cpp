#include "ui/screens/changes/board_view.h"

#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/label.h"
#include "ui/screens/changes/board_card_delegate.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QVBoxLayout>

namespace ephor::ui::changes {

namespace {

constexpr int boardColumnCount = 6;

BoardCardModel* cardsOf(const QListView* list)
{
    return static_cast<BoardCardModel*>(list->model());
}

}

BoardView::BoardView(QWidget* parent)
    : QWidget(parent)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::gap);
    for (int at = 0; at < boardColumnCount; ++at) {
        m_columns.push_back(makeColumn(at));
        auto* rows = new QVBoxLayout;
        rows->setSpacing(metrics::space8);
        auto* head = new QHBoxLayout;
        head->setSpacing(6);
        const Column& column = m_columns.back();
        head->addWidget(column.title);
        head->addWidget(column.count);
        head->addStretch(1);
        rows->addLayout(head);
        rows->addWidget(column.empty);
        rows->addWidget(column.list, 1);
        rows->addWidget(column.more);
        row->addLayout(rows, 1);
    }
}

BoardView::Column BoardView::makeColumn(int at)
{
    Column column;
    column.title = new Label({}, TextStyle::smallStrong, Token::textPrimary, this);
    column.count = new Label({}, TextStyle::small, Token::textMuted, this);
    column.empty = new Label(tr("Nothing here"), TextStyle::small, Token::textMuted, this);
    column.more = new LinkLabel({}, this);
    column.more->hide();
    column.list = new QListView(this);
    auto* cards = new BoardCardModel(column.list);
    column.list->setModel(cards);
    column.list->setItemDelegate(new BoardCardDelegate(cards, column.list));
    column.list->setFrameShape(QFrame::NoFrame);
    column.list->setAutoFillBackground(false);
    column.list->viewport()->setAutoFillBackground(false);
    column.list->setResizeMode(QListView::Adjust);
    column.list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    column.list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    column.list->setSelectionMode(QAbstractItemView::SingleSelection);
    column.list->setMouseTracking(true);
    column.list->setMinimumWidth(120);
    column.list->installEventFilter(this);
    connect(column.list, &QListView::clicked, this,
        [this, cards](const QModelIndex& index) { Q_EMIT opened(cards->at(index.row()).key); });
    connect(column.more, &QAbstractButton::clicked, this, [this, at] { Q_EMIT moreWanted(at); });
    return column;
}

void BoardView::setColumns(const std::vector<BoardColumn>& columns)
{
    for (std::size_t at = 0; at < m_columns.size() && at < columns.size(); ++at) {
        const Column& shown = m_columns[at];
        const BoardColumn& column = columns[at];
        shown.title->setText(column.title);
        shown.count->setText(numberText(column.cards.size() + column.more));
        shown.list->setAccessibleName(column.title);
        BoardCardModel* cards = cardsOf(shown.list);
        const QModelIndex chosen = shown.list->currentIndex();
        const QString key = chosen.isValid() ? cards->at(chosen.row()).key : QString();
        cards->setCards(column.cards);
        if (const int row = cards->rowOf(key); row >= 0)
            shown.list->setCurrentIndex(cards->index(row));
        const bool isEmpty = column.cards.empty();
        shown.empty->setVisible(isEmpty);
        // The list keeps its place when empty, so that columns stay where they are; it only leaves the tab order.
        shown.list->setFocusPolicy(isEmpty ? Qt::NoFocus : Qt::StrongFocus);
        shown.more->setText(tr("%1 older").arg(numberText(column.more)));
        shown.more->setAccessibleName(tr("%1: %2 older").arg(column.title, numberText(column.more)));
        shown.more->setVisible(column.more > 0);
    }
}

QString BoardView::currentKey() const
{
    for (const Column& column : m_columns) {
        const QModelIndex at = column.list->currentIndex();
        if (column.list->hasFocus() && at.isValid())
            return cardsOf(column.list)->at(at.row()).key;
    }
    return {};
}

void BoardView::focusBoard()
{
    for (const Column& column : m_columns) {
        if (cardsOf(column.list)->rowCount() == 0)
            continue;
        if (!column.list->currentIndex().isValid())
            column.list->setCurrentIndex(cardsOf(column.list)->index(0));
        column.list->setFocus();
        return;
    }
}

void BoardView::moveTo(int column, int step)
{
    for (int at = column + step; at >= 0 && at < boardColumnCount; at += step) {
        QListView* const list = m_columns[std::size_t(at)].list;
        const int rows = cardsOf(list)->rowCount();
        if (rows == 0)
            continue;
        const QModelIndex from = m_columns[std::size_t(column)].list->currentIndex();
        list->setCurrentIndex(cardsOf(list)->index(std::min(rows - 1, std::max(0, from.row()))));
        list->setFocus();
        return;
    }
}

bool BoardView::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn) {
        auto* list = static_cast<QListView*>(watched);
        if (!list->currentIndex().isValid() && list->model()->rowCount() > 0)
            list->setCurrentIndex(list->model()->index(0, 0));
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    int column = 0;
    while (column < boardColumnCount && m_columns[std::size_t(column)].list != watched)
        ++column;
    QListView* const list = m_columns[std::size_t(column)].list;
    const auto step = [&](int by) {
        const int row = std::clamp(list->currentIndex().row() + by, 0, list->model()->rowCount() - 1);
        list->setCurrentIndex(list->model()->index(row, 0));
    };
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Left:
    case Qt::Key_H:
        moveTo(column, -1);
        return true;
    case Qt::Key_Right:
    case Qt::Key_L:
        moveTo(column, 1);
        return true;
    case Qt::Key_J:
        step(1);
        return true;
    case Qt::Key_K:
        step(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (list->currentIndex().isValid())
            Q_EMIT opened(cardsOf(list)->at(list->currentIndex().row()).key);
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

}

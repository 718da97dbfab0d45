#include "ui/screens/home/changed_card.h"

#include "ui/bridge/load_view.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/item_list.h"
#include "ui/kit/label.h"
#include "ui/screens/home/news_items.h"

namespace ephor::ui::home {

ChangedCard::ChangedCard(QWidget* parent)
    : Card(tr("Changed since your last visit"), Padding::none, parent)
    , m_list(new ItemList(tr("What changed"), this))
    , m_view(new LoadView(m_list, 5, this))
    , m_visit(new Label(tr("your last visit"), TextStyle::small, Token::textMuted, this))
{
    keepTitleWhole();
    m_visit->setOverflow(Label::Overflow::elide);
    addTrailing(m_visit);
    m_visit->hide();
    setBody(m_view);
    const auto open = [this] { Q_EMIT opened(routeOfKey(m_list->currentKey())); };
    connect(m_list, &ItemList::itemOpened, this, open);
    connect(m_list, &QAbstractItemView::clicked, this, open);
}

void ChangedCard::setChanged(const WhatChanged::Response& changed, const QDateTime& now)
{
    setTitle(sinceTitle(changed.since, now));
    m_visit->setVisible(changed.since != Instant{});
    if (changed.items.empty()) {
        m_view->showInstead(new EmptyState(EmptyState::Kind::cleared, tr("Nothing changed"),
                                tr("Releases, stops, refusals and tightened rights appear here.")),
            now);
        return;
    }
    m_list->setItems(changedItems(changed.items, now));
    m_view->showContent(now);
}

}

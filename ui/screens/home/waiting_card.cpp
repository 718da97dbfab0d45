#include "ui/screens/home/waiting_card.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/item_list.h"
#include "ui/screens/home/news_items.h"

#include <QHBoxLayout>

namespace ephor::ui::home {

WaitingCard::WaitingCard(QWidget* parent)
    : Card(tr("Waiting for you"), Padding::none, parent)
    , m_list(new ItemList(tr("Waiting for you"), this))
    , m_view(new LoadView(m_list, 4, this))
    , m_count(new StatusBadge(State::waiting, QStringLiteral("0"), this))
    , m_seal(new IconView(Icon::seal, Token::textMuted, metrics::icon, this))
    , m_record(new LinkLabel(tr("Record: not known yet"), this))
{
    addLeading(m_count);
    m_count->hide();
    auto* inbox = new LinkLabel(tr("Open inbox"), this);
    addTrailing(inbox);
    setBody(m_view);
    footer()->addWidget(m_seal);
    footer()->addWidget(m_record);
    footer()->addStretch(1);
    connect(inbox, &QAbstractButton::clicked, this, [this] { Q_EMIT opened(QStringLiteral("inbox")); });
    connect(m_record, &QAbstractButton::clicked, this, [this] { Q_EMIT opened(QStringLiteral("assurance")); });
    const auto open = [this] { Q_EMIT opened(routeOfKey(m_list->currentKey())); };
    connect(m_list, &ItemList::itemOpened, this, open);
    connect(m_list, &QAbstractItemView::clicked, this, open);
}

void WaitingCard::setInbox(const ReadInbox::Response& inbox, const QDateTime& now)
{
    m_count->setVisible(!inbox.items.empty());
    m_count->setState(State::waiting, numberText(inbox.items.size()));
    if (inbox.items.empty()) {
        m_view->showInstead(new EmptyState(EmptyState::Kind::cleared, tr("Nothing waits for you"),
                                tr("Calls and changes that need your decision appear here.")),
            now);
        return;
    }
    m_list->setItems(waitingItems(inbox.items, now));
    m_view->showContent(now);
}

void WaitingCard::setRecord(const RecordStatus& record, const QDateTime& now)
{
    const RecordWords words = recordWords(record, now);
    m_seal->setGlyph(Icon::seal, stateToken(words.state));
    m_record->setText(words.words);
    m_record->setToolTip(tr("%1\nChecked %2").arg(words.words, absoluteTime(record.verifiedAt)));
    m_record->updateGeometry();
}

void WaitingCard::setRecordUnknown(const QString& why)
{
    m_seal->setGlyph(Icon::stateUnknown, Token::textMuted);
    m_record->setText(tr("Record: not known now"));
    m_record->setToolTip(why);
    m_record->updateGeometry();
}

}

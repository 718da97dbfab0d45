#include "ui/kit/notice.h"

#include "ui/kit/bars.h"
#include "ui/kit/button.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/format.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/item_list.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

// Long enough to read two lines; trouble stays until it is dismissed.
constexpr int toastMilliseconds = 6000;
constexpr int toastWidth = 340;

bool noticeIsTrouble(State state)
{
    return state == State::failed || state == State::denied || state == State::warning;
}

}

Toast* Toast::show(QWidget* parent, const Notice& notice)
{
    auto* toast = new Toast(parent, notice);
    toast->adjustSize();
    const QSize size(toastWidth, std::max(toast->sizeHint().height(), toast->heightForWidth(toastWidth)));
    // Below the bell: the lower edge is where pages have their decisions.
    toast->setGeometry(parent->width() - size.width() - metrics::space16,
        metrics::stripHeight + metrics::headerHeight + metrics::space8, size.width(), size.height());
    toast->raise();
    static_cast<QWidget*>(toast)->show();
    if (!noticeIsTrouble(notice.state))
        QTimer::singleShot(toastMilliseconds, toast, &QObject::deleteLater);
    return toast;
}

Toast::Toast(QWidget* parent, const Notice& notice)
    : QFrame(parent)
{
    setAccessibleName(notice.title);
    setAccessibleDescription(notice.text);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::cardPadding, 10, metrics::space8, 10);
    row->setSpacing(metrics::space8);
    row->addWidget(
        new IconView(stateIcon(notice.state), stateToken(notice.state), metrics::icon, this), 0, Qt::AlignTop);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(metrics::space2);
    auto* title = new Label(notice.title, TextStyle::strong, Token::textPrimary, this);
    title->setOverflow(Label::Overflow::wrap);
    lines->addWidget(title);
    if (!notice.text.isEmpty()) {
        auto* text = new Label(notice.text, TextStyle::small, Token::textSecondary, this);
        text->setOverflow(Label::Overflow::wrap);
        lines->addWidget(text);
    }
    if (!notice.action.isEmpty()) {
        auto* action = new LinkLabel(notice.action, this);
        lines->addWidget(action, 0, Qt::AlignLeft);
        connect(action, &QAbstractButton::clicked, this, [this, route = notice.route] {
            Q_EMIT actionTriggered(route);
            deleteLater();
        });
    }
    row->addLayout(lines, 1);
    auto* close = new IconButton(Icon::cross, tr("Dismiss"), this);
    close->setSize(Button::Size::compact);
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QAbstractButton::clicked, this, &QObject::deleteLater);
}

void Toast::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), token(Token::surface), token(Token::borderControl), metrics::radiusCard);
}

NotificationList::NotificationList(QWidget* parent)
    : QWidget(parent)
    , m_list(new ItemList(tr("Notifications"), this))
    , m_markRead(new LinkLabel(tr("Mark all as read"), this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::cardPadding, 6, metrics::cardPadding, 6);
    head->addWidget(new Label(tr("Notifications"), TextStyle::strong, Token::textPrimary, this), 1);
    head->addWidget(m_markRead);
    rows->addLayout(head);
    rows->addWidget(m_list, 1);
    connect(m_markRead, &QAbstractButton::clicked, this, &NotificationList::markAllReadRequested);
    connect(m_list, &ItemList::itemOpened, this, [this](const QVariant& key) {
        for (const Notice& notice : m_notices) {
            if (notice.id == key.toString())
                Q_EMIT noticeOpened(notice.route);
        }
    });
}

void NotificationList::setNotices(const std::vector<Notice>& notices, const QDateTime& now)
{
    m_notices = notices;
    std::vector<ListItem> items;
    bool unread = false;
    for (const Notice& notice : notices) {
        ListItem item;
        item.key = notice.id;
        item.icon = stateIcon(notice.state);
        item.iconToken = stateToken(notice.state);
        item.title = notice.title;
        item.trailing = notice.at.isValid() ? format::relative(notice.at, now) : QString();
        item.detail = notice.text;
        item.kind = notice.read == Notice::Read::yes ? ListItem::Kind::quiet : ListItem::Kind::item;
        unread = unread || notice.read == Notice::Read::no;
        items.push_back(item);
    }
    m_list->setItems(std::move(items));
    m_markRead->setEnabled(unread);
}

JobList::JobList(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    setAccessibleName(tr("Jobs"));
    m_rows->setContentsMargins(metrics::cardPadding, 10, metrics::cardPadding, 10);
    m_rows->setSpacing(metrics::space12);
}

void JobList::setJobs(const std::vector<Job>& jobs)
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    if (jobs.empty())
        m_rows->addWidget(new Label(tr("No jobs"), TextStyle::body, Token::textMuted, this));
    for (const Job& job : jobs) {
        auto* row = new QWidget(this);
        auto* lines = new QVBoxLayout(row);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->setSpacing(metrics::space4);
        auto* head = new QHBoxLayout;
        auto* title = new LinkLabel(job.title, row);
        title->setTextStyle(TextStyle::strong);
        head->addWidget(title);
        head->addStretch(1);
        const QString share = job.fraction >= 0 ? format::percent(job.fraction, 0) : QString();
        head->addWidget(new Label(share, TextStyle::small, Token::textSecondary, row));
        auto* cancel = new IconButton(Icon::cross, tr("Cancel %1").arg(job.title), row);
        cancel->setSize(Button::Size::compact);
        head->addWidget(cancel);
        lines->addLayout(head);
        auto* bar = new ShareBar(job.title, row);
        bar->setParts({{job.title, std::max(0.0, job.fraction), Token::series1}});
        bar->setVisible(job.fraction >= 0);
        lines->addWidget(bar);
        if (!job.detail.isEmpty())
            lines->addWidget(new Label(job.detail, TextStyle::small, Token::textMuted, row));
        connect(title, &QAbstractButton::clicked, this, [this, id = job.id] { Q_EMIT jobOpened(id); });
        connect(cancel, &QAbstractButton::clicked, this, [this, id = job.id] { Q_EMIT cancelRequested(id); });
        m_rows->addWidget(row);
    }
    m_rows->addStretch(1);
}

}

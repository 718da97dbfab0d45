#include "ui/screens/inbox/inbox_screen.h"

#include "core/api/session.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/item_list.h"
#include "ui/screens/inbox/approval_page.h"
#include "ui/screens/inbox/change_page.h"
#include "ui/screens/inbox/decision_card.h"
#include "ui/screens/inbox/inbox_items.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QUuid>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

constexpr int listWidth = 400;
constexpr int leastListWidth = 288;
constexpr int listRefreshMilliseconds = 1'000;

std::string freshKey()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

}

InboxScreen::InboxScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_paced(listRefreshMilliseconds, [this] { loadList(); })
{
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    columns->setSpacing(metrics::gap);
    columns->addWidget(makeList(), 3);
    columns->addWidget(makeDetail(), 7);
}

Card* InboxScreen::makeList()
{
    m_listCard = new Card(tr("Waiting for you"), Card::Padding::none, this);
    m_listCard->setMinimumWidth(leastListWidth);
    m_listCard->setMaximumWidth(listWidth);
    m_count = new StatusBadge(State::waiting, QStringLiteral("0"), m_listCard);
    m_count->hide();
    m_listCard->addLeading(m_count);
    auto* body = new QWidget(m_listCard);
    auto* rows = new QVBoxLayout(body);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* field = new QHBoxLayout;
    field->setContentsMargins(metrics::space8, metrics::space8, metrics::space8, metrics::space8);
    m_search = new SearchField(tr("Filter the inbox"), body);
    m_search->setKeyHint(QStringLiteral("/"));
    m_search->setDelay(0);
    field->addWidget(m_search);
    rows->addLayout(field);
    m_list = new ItemList(tr("Inbox"), body);
    rows->addWidget(m_list, 1);
    m_nothingFits = new EmptyState(EmptyState::Kind::noResults, tr("Nothing fits"),
        tr("Nothing in the inbox has these words."), tr("Clear the filter"), body);
    m_nothingFits->hide();
    rows->addWidget(m_nothingFits, 1);
    connect(m_nothingFits, &EmptyState::actionTriggered, this, [this] {
        m_search->clear();
        m_search->setFocus(Qt::OtherFocusReason);
    });
    m_listView = new LoadView(body, 6, m_listCard);
    m_listCard->setBody(m_listView);
    connect(m_search, &SearchField::searchChanged, this, [this] { showList(); });
    connect(m_listView, &LoadView::retryRequested, this, &InboxScreen::loadList);
    connect(m_list, &ItemList::itemSelected, this, [this](const QVariant& key) {
        if (!m_filling)
            select(inbox::idOfKey(key.toString()));
    });
    connect(m_list, &ItemList::itemOpened, this, [this](const QVariant& key) {
        const QString id = inbox::idOfKey(key.toString());
        if (inbox::isChange(m_inbox, id))
            go(routes::change(id));
    });
    return m_listCard;
}

QWidget* InboxScreen::makeDetail()
{
    m_pages = new QStackedWidget(this);
    m_approvalPage = new inbox::ApprovalPage(m_pages);
    m_changePage = new inbox::ChangePage(m_pages);
    m_pages->addWidget(m_approvalPage);
    m_pages->addWidget(m_changePage);
    m_detail = new LoadView(m_pages, 8, this);
    connect(m_detail, &LoadView::retryRequested, this, &InboxScreen::loadDetail);
    connect(m_approvalPage, &inbox::ApprovalPage::navigate, this, &InboxScreen::go);
    connect(m_changePage, &inbox::ChangePage::navigate, this, &InboxScreen::go);
    connect(m_approvalPage->decision(), &inbox::DecisionCard::decided, this, &InboxScreen::decide);
    connect(m_approvalPage->decision(), &inbox::DecisionCard::signInWanted, this, &InboxScreen::signInAgain);
    connect(m_changePage, &inbox::ChangePage::ratified, this, &InboxScreen::ratify);
    return m_detail;
}

QString InboxScreen::helpText() const
{
    return tr("The inbox holds what waits for your decision: calls of running agents, calls that are done for you and "
              "want a fresh sign-in of yours, changes, what was approved during setup, and people to be erased. "
              "Opening a call is recorded, "
              "since it shows sealed arguments. A decision needs a reason; "
              "A approves, D denies.");
}

void InboxScreen::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
}

QList<Command> InboxScreen::commands()
{
    const bool visible = m_detail->isShowingContent() && m_pages->currentWidget() == m_approvalPage;
    if (!visible || !m_approvalPage->decision()->isOpen())
        return {};
    const bool confirms = m_approval.awaitsMe;
    return {{QStringLiteral("inbox.approve"), tr("Inbox"), confirms ? tr("Confirm") : tr("Approve"),
                [this] { m_approvalPage->decision()->decide(true); }, QKeySequence(Qt::Key_A), Icon::check},
        {QStringLiteral("inbox.deny"), tr("Inbox"), confirms ? tr("Refuse") : tr("Deny"),
            [this] { m_approvalPage->decision()->decide(false); }, QKeySequence(Qt::Key_D), Icon::cross}};
}

void InboxScreen::open(const Route& route)
{
    if (const QString id = route.at(0); !id.isEmpty() && id != m_current) {
        m_current = id;
        m_seen = m_hasList ? inbox::fingerprint(m_inbox, id) : QString();
        m_detail->beginNew();
        loadDetail();
    }
    m_list->setFocus(Qt::OtherFocusReason);
    loadList();
}

void InboxScreen::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Approvals, Topic::Changes, Topic::People}))
        m_paced.want();
}

void InboxScreen::loadList()
{
    m_listView->beginAgain();
    m_listAsked.request<ReadInbox>(this, session(), {}, [this](Result<ReadInbox::Response> answer) {
        if (!answer) {
            m_listView->showError(answer.error());
            return;
        }
        const bool first = !std::exchange(m_hasList, true);
        m_inbox = std::move(*answer);
        showList();
        // Until now the list was hidden, and a window that became active meanwhile gave the focus to something else.
        if (first && isVisible() && !m_search->hasFocus())
            m_list->setFocus(Qt::OtherFocusReason);
        if (m_current.isEmpty()) {
            if (m_inbox.items.empty())
                showNothing();
            else
                select(text(m_inbox.items.front().id));
            return;
        }
        // What is shown moved on elsewhere: somebody else decided, or its time ran out.
        const QString seen = inbox::fingerprint(m_inbox, m_current);
        if (std::exchange(m_seen, seen) != seen && !first)
            loadDetail();
        else if (first && (m_detail->isShowingContent() || inbox::isErasure(m_current)))
            showAgain();
    });
}

/// A deep link may be answered before the list is, which knows its title and whether it is to be ratified.
void InboxScreen::showAgain()
{
    if (inbox::isErasure(m_current))
        showErasure();
    else if (inbox::isChange(m_inbox, m_current))
        showChange();
    else
        showApproval(GetApproval::Response(m_approval));
}

void InboxScreen::showList()
{
    m_count->setVisible(!m_inbox.items.empty());
    m_count->setState(State::waiting, numberText(m_inbox.items.size()));
    // Without anything in it the list would only be a second empty box beside the words that teach.
    m_listCard->setVisible(!m_inbox.items.empty() || !m_inbox.doneByMe.empty());
    m_filling = true;
    auto shown = inbox::inboxRows(m_inbox, m_search->text().trimmed(), now());
    m_nothingFits->setVisible(shown.empty());
    m_list->setVisible(!shown.empty());
    m_list->setItems(std::move(shown));
    if (const QString key = inbox::keyOfId(m_inbox, m_current); !key.isEmpty())
        m_list->setCurrentKey(key);
    m_filling = false;
    m_listView->showContent(now());
}

void InboxScreen::select(const QString& id)
{
    if (id.isEmpty() || id == m_current)
        return;
    m_current = id;
    m_seen = inbox::fingerprint(m_inbox, id);
    m_filling = true;
    if (const QString key = inbox::keyOfId(m_inbox, id); !key.isEmpty())
        m_list->setCurrentKey(key);
    m_filling = false;
    m_detail->beginNew();
    Q_EMIT routeChanged(routes::inbox(id));
    Q_EMIT commandsChanged();
    loadDetail();
}

void InboxScreen::showNothing()
{
    m_detail->showInstead(new EmptyState(EmptyState::Kind::cleared, tr("Nothing waits for you"),
                              tr("When a rule asks for a person, the agent's run waits and its exact call appears here "
                                 "with who asked, why, and a deadline. Changes that need your approval appear here, "
                                 "too.")),
        now());
    Q_EMIT commandsChanged();
}

void InboxScreen::loadDetail()
{
    m_detail->beginAgain();
    if (inbox::isErasure(m_current))
        showErasure();
    else if (inbox::isChange(m_inbox, m_current))
        loadChange();
    else
        loadApproval();
}

void InboxScreen::loadApproval()
{
    m_detailAsked.request<GetApproval>(
        this, session(), {utf8(m_current)}, [this](Result<GetApproval::Response> answer) {
            if (answer)
                showApproval(*answer);
            else
                m_detail->showError(answer.error());
            Q_EMIT commandsChanged();
        });
}

// It is carried out where the person is named, since the wish does not keep the name.
void InboxScreen::showErasure()
{
    if (!m_hasList)
        return; // the list alone knows what is asked, and shows this again
    const InboxItem* const item = inbox::waitingItem(m_inbox, m_current);
    if (item == nullptr) {
        const InboxItem* const done = inbox::doneItem(m_inbox, m_current);
        m_detail->showInstead(done != nullptr
                ? new EmptyState(EmptyState::Kind::cleared, text(done->title),
                      tr("You confirmed it on %1. Whose it was is kept nowhere.").arg(absoluteTime(done->since)))
                : new EmptyState(EmptyState::Kind::cleared, tr("No longer waiting"),
                      tr("Somebody has confirmed this erasure, or its 14 days are over.")),
            now());
        Q_EMIT commandsChanged();
        return;
    }
    auto* const words = new EmptyState(EmptyState::Kind::elsewhere, text(item->title),
        tr("%1.\nThe name is kept nowhere. Whoever confirms it names the same person, sees what it would take, and "
           "carries it out: it cannot be undone.")
            .arg(text(item->detail)),
        tr("Look and confirm…"));
    connect(words, &EmptyState::actionTriggered, this, [this] {
        go(Route{QStringLiteral("settings"), {QStringLiteral("people")}}.with(
            QStringLiteral("erase"), QStringLiteral("yes")));
    });
    m_detail->showInstead(words, now());
    Q_EMIT commandsChanged();
}

void InboxScreen::showApproval(const GetApproval::Response& approval)
{
    m_approval = approval;
    const InboxItem* item = inbox::waitingItem(m_inbox, m_current);
    m_approvalPage->setApproval(approval, item ? text(item->title) : QString(), session().info().principal, now());
    m_pages->setCurrentWidget(m_approvalPage);
    m_detail->showContent(now());
}

void InboxScreen::loadChange()
{
    m_detailAsked.request<GetChange>(this, session(), {utf8(m_current)}, [this](Result<GetChange::Response> answer) {
        if (answer) {
            m_change = std::move(*answer);
            showChange();
        } else {
            m_detail->showError(answer.error());
        }
        Q_EMIT commandsChanged();
    });
}

void InboxScreen::showChange()
{
    const InboxItem* item = inbox::waitingItem(m_inbox, m_current);
    const bool ratify = item && item->kind == "ratify";
    m_changePage->setChange(m_change, ratify ? inbox::ChangePage::Ratify::yes : inbox::ChangePage::Ratify::no, now());
    m_pages->setCurrentWidget(m_changePage);
    m_detail->showContent(now());
}

void InboxScreen::decide(bool approve, const QString& reason)
{
    m_approvalPage->decision()->setBusy();
    Q_EMIT commandsChanged();
    if (m_approval.awaitsMe)
        return confirm(approve, reason);
    DecideApproval::Request ask;
    ask.id = m_approval.request.id;
    ask.digest = m_approval.request.digest;
    ask.approve = approve;
    ask.reason = utf8(reason);
    request<DecideApproval>(
        this, session(), std::move(ask),
        [this, id = m_approval.request.id](Result<DecideApproval::Response> answer) {
            if (text(id) == m_current)
                decided(std::move(answer));
            loadList();
        },
        freshKey());
}

void InboxScreen::confirm(bool confirm, const QString& reason)
{
    ConfirmCall::Request ask;
    ask.id = m_approval.request.id;
    ask.digest = m_approval.request.digest;
    ask.confirm = confirm;
    ask.reason = utf8(reason);
    request<ConfirmCall>(
        this, session(), std::move(ask),
        [this, id = m_approval.request.id](Result<ConfirmCall::Response> answer) {
            if (text(id) == m_current && answer)
                decided(DecideApproval::Response{answer->request, {}});
            else if (text(id) == m_current)
                decided(fail(answer.error()));
            loadList();
        },
        freshKey());
}

// The sign-in page leads back here.
void InboxScreen::signInAgain()
{
    request<SignOut>(this, session(), {}, [this](Result<Empty> answer) {
        if (answer)
            session().refreshInfo(); // answers that nobody is signed in, which the shell takes up
        else
            m_approvalPage->decision()->setError(answer.error());
    });
}

void InboxScreen::decided(Result<DecideApproval::Response> answer)
{
    if (answer) {
        m_approval.request = answer->request;
        m_approval.mayDecide = false;
        m_approval.awaitsMe = false;
        m_approval.whyNot = answer->whyNot;
        showApproval(m_approval);
    } else if (answer.error().kind == ErrorKind::Conflict) {
        // Decided by somebody else, or its time is over: say so, and show it as it is now.
        Notice notice;
        notice.state = State::warning;
        notice.title = errorText(answer.error()).cause;
        notice.text = tr("Your decision was not taken.");
        notice.at = now();
        notice.route = routes::inbox(m_current).format();
        Q_EMIT notify(notice);
        loadApproval();
    } else {
        m_approvalPage->decision()->setError(answer.error());
    }
    Q_EMIT commandsChanged();
}

void InboxScreen::ratify(const QString& reason)
{
    m_changePage->setBusy();
    request<RatifyChange>(
        this, session(), {utf8(m_current), utf8(reason)},
        [this, id = m_current](Result<RatifyChange::Response> answer) {
            if (id == m_current) {
                if (answer)
                    m_changePage->showResult(State::ok, tr("Ratified."), tr("It is in the record under your name."));
                else
                    m_changePage->showResult(
                        State::failed, errorText(answer.error()).cause, errorText(answer.error()).hint);
            }
            loadList();
        },
        freshKey());
}

Screen* makeInboxScreen(ScreenContext& context, QWidget* parent)
{
    return new InboxScreen(context, parent);
}

}

#include "ui/screens/changes/changes_screen.h"

#include "ui/bridge/wording.h"
#include "ui/screens/changes/board_page.h"
#include "ui/screens/changes/change_page.h"
#include "ui/screens/changes/new_change_dialog.h"

#include <QStackedLayout>

namespace ephor::ui {

namespace {

/// Numbers of a rollout are read, not watched: more often only costs.
constexpr int leastNumbersMilliseconds = 4'000;

const QString itemKey = QStringLiteral("item");
const QString newKey = QStringLiteral("new");

}

ChangesScreen::ChangesScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_pages(new QStackedLayout(this))
    , m_board(new changes::BoardPage(*this, this))
    , m_change(new changes::ChangePage(*this, this))
    , m_numbers(leastNumbersMilliseconds, [this] { m_change->loadComparison(); })
{
    m_pages->addWidget(m_board);
    m_pages->addWidget(m_change);
    connect(m_board, &changes::BoardPage::changeOpened, this,
        [this](const QString& id) { Q_EMIT navigate(routes::change(id)); });
    connect(m_board, &changes::BoardPage::newChangeWanted, this, &ChangesScreen::draftNew);
    connect(m_board, &changes::BoardPage::moved, this, [this] { Q_EMIT routeChanged(m_board->route()); });
    connect(m_change, &changes::ChangePage::titleChanged, this, &Screen::titleChanged);
    connect(m_change, &changes::ChangePage::commandsChanged, this, &Screen::commandsChanged);
    connect(m_change, &changes::ChangePage::navigate, this, &Screen::navigate);
    connect(m_change, &changes::ChangePage::notify, this, &Screen::notify);
    connect(m_change, &changes::ChangePage::moved, this, [this] {
        const int tab = m_change->tab();
        Q_EMIT routeChanged(routes::change(m_change->id()).with(itemKey, tab > 0 ? QString::number(tab) : QString()));
    });
}

bool ChangesScreen::isOnChange() const
{
    return m_pages->currentWidget() == m_change;
}

void ChangesScreen::open(const Route& route)
{
    if (const QString id = route.at(0); !id.isEmpty()) {
        m_pages->setCurrentWidget(m_change);
        m_change->open(id, route.query.value(itemKey).toInt());
    } else {
        m_pages->setCurrentWidget(m_board);
        m_board->open(route);
        if (route.query.contains(newKey) && session().may(Permission::EditDefinitions))
            draftNew(route.query.value(newKey));
    }
    Q_EMIT titleChanged();
    Q_EMIT commandsChanged();
}

void ChangesScreen::refresh(const TopicSet& topics)
{
    const bool isChange = touches(topics, {Topic::Changes, Topic::Rollouts});
    if (!isOnChange()) {
        if (isChange)
            m_board->load();
        return;
    }
    if (isChange || touches(topics, {Topic::Grants, Topic::People}))
        m_change->load();
    else if (touches(topics, {Topic::Runs, Topic::Metrics}))
        m_numbers.want();
}

QString ChangesScreen::title() const
{
    return isOnChange() ? m_change->title() : tr("Changes");
}

QList<Crumb> ChangesScreen::crumbs() const
{
    if (!isOnChange())
        return {};
    return {{tr("Changes"), m_board->route()}};
}

QList<Command> ChangesScreen::commands()
{
    if (isOnChange())
        return m_change->commands();
    Command draft;
    draft.id = QStringLiteral("changes.new");
    draft.group = tr("Change");
    draft.action = tr("New change");
    draft.icon = Icon::plus;
    draft.keys = QKeySequence(QStringLiteral("Alt+N"));
    draft.enabled = session().may(Permission::EditDefinitions);
    draft.whyNot = tr("Your role does not include \u201C%1\u201D.").arg(word(Permission::EditDefinitions));
    draft.run = [this] { draftNew({}); };
    return {draft};
}

QString ChangesScreen::helpText() const
{
    return tr("Nothing reaches production except by a change: drafted, checked, approved by people other than its "
              "author, then rolled out step by step. Arrows move over the board, Enter opens a change; F7 and F8 go "
              "through its differences.");
}

void ChangesScreen::focusSearch()
{
    if (!isOnChange())
        m_board->focusSearch();
}

void ChangesScreen::draftNew(const QString& agent)
{
    auto* dialog = new changes::NewChangeDialog(session(), agent, now(), this);
    connect(dialog, &changes::NewChangeDialog::drafted, this,
        [this](const QString& id) { Q_EMIT navigate(routes::change(id)); });
    dialog->open();
}

Screen* makeChangesScreen(ScreenContext& context, QWidget* parent)
{
    return new ChangesScreen(context, parent);
}

}

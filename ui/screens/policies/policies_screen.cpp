#include "ui/screens/policies/policies_screen.h"

#include "ui/bridge/values.h"
#include "ui/kit/tab_strip.h"
#include "ui/screens/policies/access_tab.h"
#include "ui/screens/policies/tightenings_tab.h"

#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr int matrixTab = 0;
constexpr int tighteningsTab = 1;

std::uint64_t tightenedCells(const ReadMatrix::Response& matrix)
{
    std::uint64_t count = 0;
    for (const ephor::MatrixRow& row : matrix.rows)
        count += std::uint64_t(std::ranges::count(row.cells, true, &ephor::MatrixCell::tightened));
    return count;
}

Route tighteningsRoute()
{
    return {QStringLiteral("policies"), {QStringLiteral("tightenings")}};
}

}

PoliciesScreen::PoliciesScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_tabs(new TabStrip(tr("Policies"), this))
    , m_pages(new QStackedLayout)
    , m_access(new policies::AccessTab(*this, this))
    , m_tightenings(new policies::TighteningsTab(*this, this))
{
    m_tabs->addTab(tr("Access matrix"));
    m_tabs->addTab(tr("Tightenings"));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_tabs);
    m_pages->addWidget(m_access);
    m_pages->addWidget(m_tightenings);
    rows->addLayout(m_pages, 1);
    connect(m_tabs, &TabStrip::currentChanged, this,
        [this](int tab) { Q_EMIT navigate(tab == matrixTab ? m_access->route() : tighteningsRoute()); });
    connect(m_access, &policies::AccessTab::moved, this, [this] { Q_EMIT routeChanged(m_access->route()); });
    connect(m_access, &policies::AccessTab::navigate, this, &Screen::navigate);
    connect(m_access, &policies::AccessTab::notify, this, &Screen::notify);
    connect(m_access, &policies::AccessTab::commandsChanged, this, &Screen::commandsChanged);
    connect(m_access, &policies::AccessTab::loaded, this, &PoliciesScreen::count);
    connect(m_tightenings, &policies::TighteningsTab::loaded, this,
        [this](quint64 count) { m_tabs->setCount(tighteningsTab, numberText(count)); });
    connect(m_tightenings, &policies::TighteningsTab::commandsChanged, this, &Screen::commandsChanged);
    connect(m_tightenings, &policies::TighteningsTab::changeWanted, this,
        [this](const QString& id) { Q_EMIT navigate(routes::change(id)); });
    connect(m_tightenings, &policies::TighteningsTab::cellWanted, this,
        [this](const QString& agent, const QString& tool) { Q_EMIT navigate(routes::matrix(agent, tool)); });
}

bool PoliciesScreen::isOnMatrix() const
{
    return m_pages->currentWidget() == m_access;
}

void PoliciesScreen::open(const Route& route)
{
    const bool isTightenings = route.at(0) == tighteningsRoute().at(0);
    {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setCurrent(isTightenings ? tighteningsTab : matrixTab);
    }
    m_pages->setCurrentIndex(isTightenings ? tighteningsTab : matrixTab);
    if (isTightenings)
        m_tightenings->load();
    else
        m_access->open(route);
    Q_EMIT commandsChanged();
}

void PoliciesScreen::refresh(const TopicSet& topics)
{
    if (!touches(topics, {Topic::Grants, Topic::Rollouts, Topic::Definitions}))
        return;
    if (isOnMatrix())
        m_access->load();
    else
        m_tightenings->load();
}

void PoliciesScreen::count(const ReadMatrix::Response& matrix)
{
    m_tabs->setCount(matrixTab, numberText(matrix.rows.size() * matrix.tools.size()));
    m_tabs->setCount(tighteningsTab, numberText(tightenedCells(matrix)));
}

QList<Command> PoliciesScreen::commands()
{
    return isOnMatrix() ? m_access->commands() : m_tightenings->commands();
}

QString PoliciesScreen::helpText() const
{
    return tr("Each agent meets each tool with one answer: allow, ask, deny; without a rule it is denied. Arrows move, "
              "Enter or Space offers other answers, and edits are staged until you review them. What tightens binds at "
              "once; what loosens becomes a change that others approve.");
}

void PoliciesScreen::focusSearch()
{
    if (isOnMatrix())
        m_access->focusSearch();
    else
        m_tightenings->focusSearch();
}

bool PoliciesScreen::hasUnsavedWork() const
{
    return m_access->hasStaged();
}

Screen* makePoliciesScreen(ScreenContext& context, QWidget* parent)
{
    return new PoliciesScreen(context, parent);
}

}

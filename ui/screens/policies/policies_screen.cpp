#include "ui/screens/policies/policies_screen.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/tab_strip.h"
#include "ui/library/definition_list.h"
#include "ui/screens/policies/access_tab.h"
#include "ui/screens/policies/backtest_tab.h"
#include "ui/screens/policies/house_tab.h"
#include "ui/screens/policies/policy_page.h"
#include "ui/screens/policies/protection_tab.h"
#include "ui/screens/policies/rules_tab.h"
#include "ui/screens/policies/tightenings_tab.h"
#include "ui/screens/policies/try_tab.h"

#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace ephor::ui {

namespace {

enum PolicyTab { matrixTab, rulesTab, definitionsTab, protectionTab, houseTab, tryTab, backtestTab, tighteningsTab };

/// First part of the route of each tab, in their order.
constexpr std::array tabSegments{
    "matrix", "rules", "definitions", "protection", "house", "try", "backtest", "tightenings"};

int tabOf(const Route& route)
{
    const auto found = std::ranges::find_if(
        tabSegments, [&route](const char* segment) { return route.at(0) == QLatin1String(segment); });
    return found == tabSegments.end() ? matrixTab : int(found - tabSegments.begin());
}

std::uint64_t tightenedCells(const ReadMatrix::Response& matrix)
{
    std::uint64_t count = 0;
    for (const ephor::MatrixRow& row : matrix.rows)
        count += std::uint64_t(std::ranges::count(row.cells, true, &ephor::MatrixCell::tightened));
    return count;
}

}

PoliciesScreen::PoliciesScreen(ScreenContext& context, QWidget* parent)
    : Screen(context, parent)
    , m_tabs(new TabStrip(tr("Policies"), this))
    , m_pages(new QStackedLayout)
    , m_access(new policies::AccessTab(*this, this))
    , m_rules(new policies::RulesTab(*this, this))
    , m_list(new library::DefinitionList(DefinitionKind::Policy, context, this))
    , m_policy(new policies::PolicyPage(context, this))
    , m_protection(new policies::ProtectionTab(*this, this))
    , m_house(new policies::HouseTab(*this, this))
    , m_try(new policies::TryTab(*this, this))
    , m_backtest(new policies::BacktestTab(*this, this))
    , m_tightenings(new policies::TighteningsTab(*this, this))
{
    makeTabs();
    joinDefinitions();
    join();
}

void PoliciesScreen::makeTabs()
{
    for (const QString& title : {tr("Access matrix"), tr("Rules"), tr("Definitions"), tr("Data protection"),
             tr("House rules"), tr("Try"), tr("Backtest"), tr("Tightenings")})
        m_tabs->addTab(title);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_tabs);
    for (QWidget* page : std::initializer_list<QWidget*>{
             m_access, m_rules, m_list, m_policy, m_protection, m_house, m_try, m_backtest, m_tightenings})
        m_pages->addWidget(page);
    rows->addLayout(m_pages, 1);
    connect(m_tabs, &TabStrip::currentChanged, this, [this](int tab) { Q_EMIT navigate(routeOf(tab)); });
}

Route PoliciesScreen::routeOf(int tab) const
{
    switch (tab) {
    case matrixTab:
        return m_access->route();
    case rulesTab:
        return m_rules->route();
    case protectionTab:
        return m_protection->route();
    case houseTab:
        return m_house->route();
    case backtestTab:
        return m_backtest->route();
    default:
        return {QStringLiteral("policies"), {QLatin1String(tabSegments[std::size_t(tab)])}};
    }
}

void PoliciesScreen::joinDefinitions()
{
    connect(m_list, &library::DefinitionList::navigate, this, &Screen::navigate);
    connect(m_list, &library::DefinitionList::routeChanged, this, &Screen::routeChanged);
    connect(m_list, &library::DefinitionList::countChanged, this,
        [this](int count) { m_tabs->setCount(definitionsTab, QString::number(count)); });
    connect(m_policy, &policies::PolicyPage::navigate, this, &Screen::navigate);
    connect(m_policy, &policies::PolicyPage::routeChanged, this, &Screen::routeChanged);
    connect(m_policy, &policies::PolicyPage::titleChanged, this, &Screen::titleChanged);
    connect(m_policy, &policies::PolicyPage::notify, this, &Screen::notify);
    connect(m_policy, &policies::PolicyPage::draftsChanged, this, [this] {
        QStringList names = m_policy->unsaved();
        names.sort();
        m_list->setUnsaved(names);
    });
    joinProtection();
    connect(m_policy, &policies::PolicyPage::tryWanted, this, [this](const DraftPolicy& draft) {
        m_try->setDraft(draft);
        Q_EMIT navigate(routeOf(tryTab));
    });
    connect(m_policy, &policies::PolicyPage::backtestWanted, this, [this](const DraftPolicy& draft) {
        m_backtest->setDraft(draft);
        Q_EMIT navigate(Route{QStringLiteral("policies"), {QStringLiteral("backtest")}});
    });
}

void PoliciesScreen::joinProtection()
{
    using policies::ProtectionTab;
    connect(m_protection, &ProtectionTab::navigate, this, &Screen::navigate);
    connect(m_protection, &ProtectionTab::routeChanged, this, &Screen::routeChanged);
    connect(m_protection, &ProtectionTab::titleChanged, this, &Screen::titleChanged);
    connect(m_protection, &ProtectionTab::commandsChanged, this, &Screen::commandsChanged);
    connect(m_protection, &ProtectionTab::notify, this, &Screen::notify);
    connect(m_protection, &ProtectionTab::counted, this,
        [this](int count) { m_tabs->setCount(protectionTab, QString::number(count)); });
}

void PoliciesScreen::join()
{
    const auto moves = [this](auto* tab) {
        using Tab = std::remove_pointer_t<decltype(tab)>;
        connect(tab, &Tab::moved, this, [this, tab] {
            if (m_pages->currentWidget() == tab)
                Q_EMIT routeChanged(tab->route());
        });
        connect(tab, &Tab::navigate, this, &Screen::navigate);
        connect(tab, &Tab::commandsChanged, this, &Screen::commandsChanged);
    };
    moves(m_access);
    moves(m_rules);
    moves(m_house);
    moves(m_backtest);
    connect(m_try, &policies::TryTab::navigate, this, &Screen::navigate);
    connect(m_access, &policies::AccessTab::notify, this, &Screen::notify);
    connect(m_house, &policies::HouseTab::notify, this, &Screen::notify);
    connect(m_try, &policies::TryTab::notify, this, &Screen::notify);
    connect(m_backtest, &policies::BacktestTab::notify, this, &Screen::notify);
    connect(m_access, &policies::AccessTab::loaded, this, &PoliciesScreen::count);
    connect(m_rules, &policies::RulesTab::loaded, this,
        [this](quint64 rules) { m_tabs->setCount(rulesTab, numberText(rules)); });
    connect(m_house, &policies::HouseTab::loaded, this,
        [this](quint64 rules) { m_tabs->setCount(houseTab, numberText(rules)); });
    connect(m_tightenings, &policies::TighteningsTab::loaded, this,
        [this](quint64 count) { m_tabs->setCount(tighteningsTab, numberText(count)); });
    connect(m_tightenings, &policies::TighteningsTab::commandsChanged, this, &Screen::commandsChanged);
    connect(m_tightenings, &policies::TighteningsTab::changeWanted, this,
        [this](const QString& id) { Q_EMIT navigate(routes::change(id)); });
    connect(m_tightenings, &policies::TighteningsTab::cellWanted, this,
        [this](const QString& agent, const QString& tool) { Q_EMIT navigate(routes::matrix(agent, tool)); });
}

void PoliciesScreen::show(QWidget* page)
{
    m_pages->setCurrentWidget(page);
    Q_EMIT titleChanged();
    Q_EMIT commandsChanged();
}

void PoliciesScreen::open(const Route& route)
{
    const int tab = tabOf(route);
    {
        const QSignalBlocker quiet(m_tabs);
        m_tabs->setCurrent(tab);
    }
    switch (tab) {
    case rulesTab:
        show(m_rules);
        return m_rules->open(route);
    case definitionsTab:
        return openDefinition(route);
    case protectionTab:
        show(m_protection);
        return m_protection->open(route);
    case houseTab:
        show(m_house);
        return m_house->open(route);
    case tryTab:
        show(m_try);
        return m_try->open(route);
    case backtestTab:
        show(m_backtest);
        return m_backtest->open(route);
    case tighteningsTab:
        show(m_tightenings);
        return m_tightenings->load();
    default:
        show(m_access);
        return m_access->open(route);
    }
}

void PoliciesScreen::openDefinition(const Route& route)
{
    if (route.query.contains(QStringLiteral("new"))) {
        m_policy->openNew();
        show(m_policy);
    } else if (!route.at(1).isEmpty()) {
        const QString tab = route.query.value(QStringLiteral("tab"));
        m_policy->open(route.at(1), route.query.value(QStringLiteral("version")).toULongLong(), tab);
        show(m_policy);
    } else {
        show(m_list);
        m_list->open(route);
    }
}

bool PoliciesScreen::showsPolicy() const
{
    return m_pages->currentWidget() == m_policy;
}

void PoliciesScreen::refresh(const TopicSet& topics)
{
    QWidget* page = m_pages->currentWidget();
    if (page == m_protection)
        return m_protection->refresh(topics);
    if (!touches(topics, {Topic::Grants, Topic::Rollouts, Topic::Definitions, Topic::Changes}))
        return;
    if (page == m_access)
        m_access->load();
    else if (page == m_rules)
        m_rules->load();
    else if (page == m_house)
        m_house->load();
    else if (page == m_tightenings)
        m_tightenings->load();
    else if (page == m_list)
        m_list->refresh(topics);
    else if (page == m_policy)
        m_policy->refresh(topics);
}

void PoliciesScreen::count(const ReadMatrix::Response& matrix)
{
    m_tabs->setCount(matrixTab, numberText(matrix.rows.size() * matrix.tools.size()));
    m_tabs->setCount(tighteningsTab, numberText(tightenedCells(matrix)));
}

QString PoliciesScreen::title() const
{
    if (m_pages->currentWidget() == m_protection && !m_protection->openTitle().isEmpty())
        return m_protection->openTitle();
    if (!showsPolicy())
        return tr("Policies");
    return m_policy->name().isEmpty() ? tr("New policy") : m_policy->name();
}

QList<Crumb> PoliciesScreen::crumbs() const
{
    if (m_pages->currentWidget() == m_protection && !m_protection->openTitle().isEmpty())
        return {{tr("Policies"), Route{QStringLiteral("policies")}},
            {tr("Data protection"), Route{QStringLiteral("policies"), {QStringLiteral("protection")}}}};
    if (!showsPolicy())
        return {};
    return {{tr("Policies"), Route{QStringLiteral("policies")}}, {tr("Definitions"), routeOf(definitionsTab)}};
}

QList<Command> PoliciesScreen::definitionCommands()
{
    const bool edits = session().may(Permission::EditDefinitions);
    const QString whyNot = edits ? QString() : tr("Your role does not edit definitions.");
    QList<Command> commands{{QStringLiteral("policies.new"), tr("Policies"), tr("New policy"),
        [this] { Q_EMIT navigate(routeOf(definitionsTab).with(QStringLiteral("new"), QStringLiteral("1"))); }, {},
        Icon::plus, edits, whyNot}};
    if (!showsPolicy())
        return commands;
    const QString one = title();
    commands.append({QStringLiteral("policies.save"), one, tr("Save"), [this] { m_policy->save(); },
        QKeySequence(QKeySequence::Save), Icon::save, edits, whyNot});
    commands.append({QStringLiteral("policies.propose"), one, tr("Submit as change"), [this] { m_policy->propose(); },
        {}, Icon::changes, edits, whyNot});
    commands.append({QStringLiteral("policies.adopt"), one, tr("Use it in an agent"), [this] { m_policy->adopt(); }, {},
        Icon::agent, edits && !m_policy->name().isEmpty(), edits ? tr("Save it first.") : whyNot});
    commands.append({QStringLiteral("policies.session-rule"), one, tr("Rule over a session by a form"),
        [this] { m_policy->writeByForm(); }, {}, Icon::plus});
    commands.append({QStringLiteral("policies.complete"), one, tr("What may stand here"),
        [this] { m_policy->complete(); }, {}, Icon::help});
    return commands;
}

QList<Command> PoliciesScreen::commands()
{
    const QWidget* page = m_pages->currentWidget();
    if (page == m_access)
        return m_access->commands();
    if (page == m_rules)
        return m_rules->commands();
    if (page == m_protection)
        return m_protection->commands();
    if (page == m_house)
        return m_house->commands();
    if (page == m_try)
        return m_try->commands();
    if (page == m_backtest)
        return m_backtest->commands();
    return page == m_tightenings ? m_tightenings->commands() : definitionCommands();
}

QString PoliciesScreen::helpText() const
{
    return tr("Each agent meets each tool with one answer: allow, ask, deny; without a rule it is denied. Arrows move, "
              "Enter or Space offers other answers, and edits are staged until you review them. What tightens binds at "
              "once; what loosens becomes a change that others approve. What a cell cannot say is written as text in a "
              "policy; a house rule forbids for every agent at once. Data protection says what may pass in the texts. "
              "Try a call before anybody makes it, and backtest a "
              "draft over the recorded calls before anybody approves it.");
}

void PoliciesScreen::focusSearch()
{
    const QWidget* page = m_pages->currentWidget();
    if (page == m_access)
        m_access->focusSearch();
    else if (page == m_rules)
        m_rules->focusSearch();
    else if (page == m_protection)
        m_protection->focusSearch();
    else if (page == m_house)
        m_house->focusSearch();
    else if (page == m_backtest)
        m_backtest->focusSearch();
    else if (page == m_list)
        m_list->focusSearch();
    else if (page == m_tightenings)
        m_tightenings->focusSearch();
}

bool PoliciesScreen::hasUnsavedWork() const
{
    if (m_pages->currentWidget() == m_protection)
        return m_protection->hasUnsavedWork();
    return showsPolicy() ? m_policy->hasUnsavedWork() : m_access->hasStaged();
}

Screen* makePoliciesScreen(ScreenContext& context, QWidget* parent)
{
    return new PoliciesScreen(context, parent);
}

}

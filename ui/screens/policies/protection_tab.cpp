#include "ui/screens/policies/protection_tab.h"

#include "ui/bridge/outage_banner.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/segmented.h"
#include "ui/library/definition_list.h"
#include "ui/screens/policies/exposure_page.h"
#include "ui/screens/policies/found_page.h"
#include "ui/screens/policies/protection_page.h"
#include "ui/screens/policies/standard_dialog.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <array>

namespace ephor::ui::policies {

namespace {

enum ProtectionView { listView, foundView, exposureView };

/// The query value of each view, in their order; the list needs none.
constexpr std::array viewSegments{"", "found", "exposure"};

Route protectionRoute(int view)
{
    return Route{QStringLiteral("policies"), {QStringLiteral("protection")}}.with(
        QStringLiteral("view"), QLatin1String(viewSegments[std::size_t(view)]));
}

}

ProtectionTab::ProtectionTab(Screen& screen, QWidget* parent)
    : QWidget(parent)
    , m_screen(screen)
    , m_pages(new QStackedLayout(this))
{
    m_pages->addWidget(makeOverview());
    m_page = new ProtectionPage(screen.context(), this);
    m_pages->addWidget(m_page);
    join();
}

QWidget* ProtectionTab::makeOverview()
{
    auto* overview = new QWidget(this);
    auto* rows = new QVBoxLayout(overview);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    m_outage = new OutageBanner(overview);
    rows->addWidget(m_outage);
    m_which
        = new Segmented(tr("What is shown"), {tr("Protections"), tr("What was found"), tr("Rule of two")}, overview);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::space12);
    bar->addWidget(m_which);
    bar->addStretch(1);
    auto* standard = new Button(tr("Standard protection"), Button::Role::quiet, overview);
    standard->setGlyph(Icon::eye);
    standard->setToolTip(tr("What agents without a protection of their own get"));
    bar->addWidget(standard);
    connect(standard, &QAbstractButton::clicked, this, &ProtectionTab::showStandard);
    rows->addLayout(bar);
    m_views = new QStackedLayout;
    m_list = new library::DefinitionList(DefinitionKind::Protection, m_screen.context(), overview);
    // The bar above brings its own room.
    m_list->layout()->setContentsMargins(metrics::contentPadding, 0, metrics::contentPadding, metrics::contentPadding);
    m_found = new FoundPage(m_screen, overview);
    m_exposure = new ExposurePage(m_screen, overview);
    for (QWidget* view : std::initializer_list<QWidget*>{m_list, m_found, m_exposure})
        m_views->addWidget(view);
    rows->addLayout(m_views, 1);
    return overview;
}

void ProtectionTab::join()
{
    connect(m_which, &Segmented::currentChanged, this, [this](int view) {
        // Coming back finds the filter as it was left.
        Q_EMIT navigate(view == foundView ? m_found->withFilter(protectionRoute(view)) : protectionRoute(view));
    });
    connect(m_list, &library::DefinitionList::navigate, this, &ProtectionTab::navigate);
    connect(m_list, &library::DefinitionList::routeChanged, this, &ProtectionTab::routeChanged);
    connect(m_list, &library::DefinitionList::countChanged, this, &ProtectionTab::counted);
    connect(m_found, &FoundPage::navigate, this, &ProtectionTab::navigate);
    connect(m_found, &FoundPage::tryWanted, this, [this] { Q_EMIT navigate(protectionRoute(listView)); });
    connect(m_found, &FoundPage::moved, this, [this] { Q_EMIT routeChanged(route()); });
    connect(m_exposure, &ExposurePage::navigate, this, &ProtectionTab::navigate);
    connect(m_page, &ProtectionPage::navigate, this, &ProtectionTab::navigate);
    connect(m_page, &ProtectionPage::routeChanged, this, &ProtectionTab::routeChanged);
    connect(m_page, &ProtectionPage::titleChanged, this, &ProtectionTab::titleChanged);
    connect(m_page, &ProtectionPage::notify, this, &ProtectionTab::notify);
    connect(m_page, &ProtectionPage::draftsChanged, this, [this] {
        QStringList names = m_page->unsaved();
        names.sort();
        m_list->setUnsaved(names);
    });
}

void ProtectionTab::showStandard()
{
    (new StandardDialog(m_screen.session(), this))->open();
}

void ProtectionTab::open(const Route& route)
{
    const bool isNew = route.query.contains(QStringLiteral("new"));
    if (!isNew && route.at(1).isEmpty())
        return openView(route);
    m_pages->setCurrentWidget(m_page);
    if (isNew)
        m_page->openNew();
    else
        m_page->open(route.at(1), route.query.value(QStringLiteral("version")).toULongLong(),
            route.query.value(QStringLiteral("tab")));
    Q_EMIT titleChanged();
    Q_EMIT commandsChanged();
}

void ProtectionTab::openView(const Route& route)
{
    const auto wanted = route.query.value(QStringLiteral("view"));
    const auto found = std::ranges::find_if(
        viewSegments, [&wanted](const char* segment) { return wanted == QLatin1String(segment); });
    const int view = found == viewSegments.end() ? listView : int(found - viewSegments.begin());
    {
        const QSignalBlocker quiet(m_which);
        m_which->setCurrent(view);
    }
    m_views->setCurrentIndex(view);
    m_pages->setCurrentIndex(0);
    Q_EMIT titleChanged();
    Q_EMIT commandsChanged();
    m_outage->load(m_screen.context());
    if (view == foundView)
        m_found->open(route);
    else if (view == exposureView)
        m_exposure->load();
    else
        m_list->open(route);
}

Route ProtectionTab::route() const
{
    const int view = m_which->current();
    return view == foundView ? m_found->withFilter(protectionRoute(view)) : protectionRoute(view);
}

void ProtectionTab::refresh(const TopicSet& topics)
{
    if (m_pages->currentWidget() == m_page)
        return m_page->refresh(topics);
    m_outage->load(m_screen.context());
    const int view = m_which->current();
    if (view == listView)
        m_list->refresh(topics);
    else if (view == exposureView)
        m_exposure->load();
    else if (touches(topics, {Topic::Runs, Topic::Metrics, Topic::Findings}))
        m_found->load();
}

void ProtectionTab::focusSearch()
{
    if (m_pages->currentWidget() == m_page)
        return;
    if (m_which->current() == listView)
        m_list->focusSearch();
    else if (m_which->current() == foundView)
        m_found->focusSearch();
}

QList<Command> ProtectionTab::commands()
{
    const bool edits = m_screen.session().may(Permission::EditDefinitions);
    const QString whyNot = edits ? QString() : tr("Your role does not edit definitions.");
    const QString group = tr("Data protection");
    const auto go = [this, group](const char* id, const QString& words, int view) {
        return Command{
            QLatin1String(id), group, words, [this, view] { Q_EMIT navigate(protectionRoute(view)); }, {}, Icon::gate};
    };
    QList<Command> commands{
        {QStringLiteral("protection.new"), group, tr("New protection"),
            [this] { Q_EMIT navigate(protectionRoute(listView).with(QStringLiteral("new"), QStringLiteral("1"))); }, {},
            Icon::plus, edits, whyNot},
        go("protection.found", tr("What was found"), foundView),
        go("protection.exposure", tr("Rule of two"), exposureView),
        {QStringLiteral("protection.standard"), group, tr("Standard protection"), [this] { showStandard(); }, {},
            Icon::eye}};
    if (m_pages->currentWidget() != m_page)
        return commands;
    const QString one = openTitle();
    commands.append({QStringLiteral("protection.save"), one, tr("Save"), [this] { m_page->save(); },
        QKeySequence(QKeySequence::Save), Icon::save, edits, whyNot});
    commands.append({QStringLiteral("protection.propose"), one, tr("Submit as change"), [this] { m_page->propose(); },
        {}, Icon::changes, edits, whyNot});
    commands.append({QStringLiteral("protection.add-rule"), one, tr("Add a rule"), [this] { m_page->addRule(); }, {},
        Icon::plus, edits, whyNot});
    commands.append({QStringLiteral("protection.add-detector"), one, tr("Add a detector"),
        [this] { m_page->addDetector(); }, {}, Icon::plus, edits, whyNot});
    commands.append(
        {QStringLiteral("protection.try"), one, tr("Try a text"), [this] { m_page->showTry(); }, {}, Icon::play});
    return commands;
}

QString ProtectionTab::openTitle() const
{
    if (m_pages->currentWidget() != m_page)
        return {};
    return m_page->name().isEmpty() ? tr("New protection") : m_page->name();
}

bool ProtectionTab::hasUnsavedWork() const
{
    return m_pages->currentWidget() == m_page && m_page->hasUnsavedWork();
}

}

#include "ui/screens/agents/agent_page.h"

#include "core/api/runs.h"
#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/field.h"
#include "ui/kit/format.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/select.h"
#include "ui/kit/tab_strip.h"
#include "ui/screens/agents/agent_rows.h"
#include "ui/screens/agents/behaviour_tab.h"
#include "ui/screens/agents/cost_tab.h"
#include "ui/screens/agents/summary_tab.h"
#include "ui/screens/agents/tools_tab.h"
#include "ui/screens/agents/versions_tab.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ephor::ui::agents {

namespace {

constexpr int pageSlices = 48;

const QStringList& tabNames()
{
    static const QStringList names{QStringLiteral("summary"), QStringLiteral("behaviour"), QStringLiteral("tools"),
        QStringLiteral("versions"), QStringLiteral("cost")};
    return names;
}

}

AgentPage::AgentPage(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::space8);
    makeHead(head);
    rows->addLayout(head);
    m_stopped = new Banner(State::failed, {}, {}, this);
    m_stopped->hide();
    connect(m_stopped, &Banner::actionTriggered, this, &AgentPage::lift);
    rows->addWidget(m_stopped);
    makeTabs();
    rows->addWidget(m_strip);
    rows->addWidget(m_view, 1);
}

void AgentPage::makeHead(QHBoxLayout* into)
{
    into->setSpacing(metrics::gap);
    m_health = new StatusBadge(State::unknown, {}, this);
    m_health->setLarge();
    m_version = new Label({}, TextStyle::strong, Token::textPrimary, this);
    m_facts = new Label({}, TextStyle::body, Token::textSecondary, this);
    m_facts->setOverflow(Label::Overflow::elide);
    m_stop = new Button(tr("Stop agent"), Button::Role::danger, this);
    m_stop->setGlyph(Icon::stop);
    connect(m_stop, &QAbstractButton::clicked, this, &AgentPage::stop);
    auto* connectIt = new Button(tr("How to call it"), Button::Role::secondary, this);
    connectIt->setGlyph(Icon::link);
    connect(connectIt, &QAbstractButton::clicked, this, [this] {
        Q_EMIT navigate(Route{QStringLiteral("agents")}
                .with(QStringLiteral("add"), QStringLiteral("existing"))
                .with(QStringLiteral("agent"), m_name));
    });
    into->addWidget(m_health);
    into->addWidget(m_version);
    into->addWidget(m_facts, 1);
    into->addWidget(connectIt);
    into->addWidget(m_stop);
}

void AgentPage::makeTabs()
{
    m_strip = new TabStrip(tr("Parts of the agent"), this);
    for (const QString& label :
        {tr("Summary"), tr("Behaviour"), tr("Tools & access"), tr("Versions & rollouts"), tr("Cost")})
        m_strip->addTab(label);
    m_stack = new QStackedWidget(this);
    m_behaviour = new BehaviourTab(m_context, m_stack);
    m_tabs = {new SummaryTab(m_context, m_stack), m_behaviour, new ToolsTab(m_context, m_stack),
        new VersionsTab(m_context, m_stack), new CostTab(m_context, m_stack)};
    for (AgentTab* tab : m_tabs) {
        m_stack->addWidget(tab);
        connect(tab, &AgentTab::navigate, this, &AgentPage::navigate);
        connect(tab, &AgentTab::notify, this, &AgentPage::notify);
        connect(tab, &AgentTab::rangeBrushed, this, &AgentPage::rangeBrushed);
        connect(tab, &AgentTab::changed, this, [this] {
            loadDefinition();
            loadNumbers();
        });
    }
    auto* padded = new QWidget(this);
    auto* inside = new QVBoxLayout(padded);
    inside->setContentsMargins(
        metrics::contentPadding, metrics::contentPadding, metrics::contentPadding, metrics::contentPadding);
    inside->addWidget(m_stack);
    m_view = new LoadView(padded, 6, this);
    connect(m_view, &LoadView::retryRequested, this, [this] { load(m_range); });
    connect(m_strip, &TabStrip::currentChanged, this, [this](int index) {
        chooseTab(index);
        Q_EMIT routeChanged(routes::agent(m_name, index == 0 ? QString() : tabNames().value(index)));
    });
}

AgentTab* AgentPage::currentTab() const
{
    return m_tabs[std::size_t(m_stack->currentIndex())];
}

void AgentPage::chooseTab(int index)
{
    m_stack->setCurrentIndex(index);
    currentTab()->seen();
}

void AgentPage::open(const QString& name, const QString& tab)
{
    // "access" is the other half of that tab's name.
    const QString known = tab == QStringLiteral("access") ? QStringLiteral("tools") : tab;
    const int index = std::max(0, int(tabNames().indexOf(known)));
    const bool another = name != m_name;
    if (another) {
        m_name = name;
        m_hasNumbers = m_hasDefinition = false;
        m_health->hide();
        m_version->setText({});
        m_facts->setText({});
        m_stopped->hide();
        m_view->beginNew();
        for (AgentTab* each : m_tabs)
            each->setAgent(name);
    }
    if (m_strip->current() != index) {
        const QSignalBlocker quiet(m_strip);
        m_strip->setCurrent(index);
    }
    chooseTab(index);
    m_strip->setFocus();
    if (another) {
        load(m_range);
        Q_EMIT titleChanged();
    }
}

QString AgentPage::title() const
{
    return m_hasDefinition && !m_body.title.empty() ? text(m_body.title) : m_name;
}

bool AgentPage::hasUnsavedWork() const
{
    return m_behaviour->hasUnsavedWork();
}

void AgentPage::load(const TimeRange& range)
{
    m_range = range;
    if (m_name.isEmpty())
        return;
    loadDefinition();
    loadNumbers();
    loadStops();
}

void AgentPage::loadNumbers()
{
    ReadAgent::Request ask;
    ask.agent = utf8(m_name);
    ask.range = coreRange(m_range, m_context.now());
    ask.slices = pageSlices;
    m_askNumbers.request<ReadAgent>(this, m_context.session, ask, [this](Result<ReadAgent::Response> answer) {
        if (!answer) {
            if (m_hasDefinition || answer.error().kind != ErrorKind::NotFound)
                m_view->showError(answer.error());
            return;
        }
        m_numbers = std::move(*answer);
        m_hasNumbers = true;
        for (AgentTab* tab : m_tabs)
            tab->showNumbers(m_numbers);
        showHead();
    });
}

void AgentPage::loadDefinition()
{
    m_view->beginAgain();
    m_askDefinition.request<GetDefinition>(
        this, m_context.session, {DefinitionKind::Agent, utf8(m_name), 0}, [this](Result<DefinitionVersion> answer) {
            if (!answer)
                return m_view->showError(answer.error());
            auto body = agentBody(answer->body);
            if (!body)
                return m_view->showError(body.error());
            m_definition = std::move(*answer);
            m_body = std::move(*body);
            m_hasDefinition = true;
            for (AgentTab* tab : m_tabs)
                tab->showDefinition(m_definition, m_body);
            showHead();
            m_view->showContent(m_context.now());
            Q_EMIT titleChanged();
        });
}

void AgentPage::loadStops()
{
    m_askStops.request<ListStops>(this, m_context.session, {}, [this](Result<ListStops::Response> answer) {
        if (answer)
            showStop(answer->stops);
    });
}

void AgentPage::refresh(const TopicSet& topics)
{
    if (touches(topics, {Topic::Definitions}))
        loadDefinition();
    if (touches(topics, {Topic::Metrics, Topic::Runs, Topic::Rollouts, Topic::Stops, Topic::Approvals}))
        loadNumbers();
    if (touches(topics, {Topic::Stops}))
        loadStops();
    currentTab()->refresh(topics);
}

void AgentPage::showHead()
{
    const AgentRow& row = m_numbers.agent;
    const bool serves = m_hasNumbers && (row.release > 0 || row.canary || row.totals.runs > 0);
    const StateWords words = serves ? healthOf(row) : StateWords{State::draft, tr("Not serving yet")};
    m_health->setState(words.state, words.words);
    m_health->setVisible(m_hasNumbers);
    m_version->setText(serves ? versionsWords(row) : QString());
    QStringList facts;
    const DefinitionSummary& definition = m_definition.definition;
    if (m_hasDefinition) {
        facts << tr("team %1").arg(TeamTitles::of(m_context.session).names().of(definition.team));
        if (!definition.ownerName.empty())
            facts << tr("owner %1").arg(text(definition.ownerName));
    }
    if (serves) {
        if (!row.environment.empty())
            facts << text(row.environment);
        facts << coverageWord(row.coverage).toLower();
        m_facts->setToolTip(coverageHint(row.coverage));
    }
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    permit(m_stop, m_context.session, Permission::Stop, tr("Binds at the next gate of every run"));
}

void AgentPage::showStop(const std::vector<StopOrder>& stops)
{
    m_stopId.clear();
    for (const StopOrder& stop : stops) {
        if (!stop.agent.empty() && text(stop.agent) != m_name)
            continue;
        m_stopId = stop.id;
        const QString what = stop.tool.empty() ? word(stop.mode) : tr("%1 on %2").arg(word(stop.mode), text(stop.tool));
        m_stopped->setText(State::failed,
            stop.agent.empty() ? tr("Stopped with all agents: %1.").arg(what) : tr("Stopped: %1.").arg(what),
            tr("%1, %2: %3").arg(text(stop.by), relativeTime(stop.at, m_context.now()), text(stop.reason)));
        m_stopped->setAction(m_context.session.may(Permission::OperateRollouts) ? tr("Lift") : QString());
        break;
    }
    m_stopped->setVisible(!m_stopId.empty());
}

void AgentPage::stop()
{
    if (m_name.isEmpty() || !m_context.session.may(Permission::Stop))
        return;
    auto* dialog = new ReasonDialog({tr("Stop %1").arg(title()),
                                        tr("Binds at the next gate of every run within a second, until somebody lifts "
                                           "it."),
                                        {tr("Incident"), tr("Wrong answers"), tr("Costs too much")}, tr("Stop")},
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto* mode = new Select(tr("How"), dialog);
    for (const StopMode each : {StopMode::Now, StopMode::NoNewRuns, StopMode::NoWrites})
        mode->addItem(word(each), int(each));
    dialog->body()->insertWidget(0, new FormRow(tr("How"), mode));
    connect(dialog, &QDialog::finished, this, [this, dialog, mode] {
        if (dialog->outcome() == ReasonDialog::Outcome::accepted)
            sendStop(StopMode(mode->currentData().toInt()), dialog->reason());
    });
    dialog->open();
}

void AgentPage::sendStop(StopMode mode, const QString& reason)
{
    SetStop::Request ask;
    ask.mode = mode;
    ask.agent = utf8(m_name);
    ask.reason = utf8(reason);
    request<SetStop>(this, m_context.session, std::move(ask), [this](Result<SetStop::Response> answer) {
        if (!answer)
            Q_EMIT notify({{}, State::failed, tr("Not stopped"), errorLine(answer.error())});
        loadStops();
        loadNumbers();
    });
}

void AgentPage::lift()
{
    auto* dialog = new ReasonDialog(
        {tr("Lift the stop"), tr("Runs begin again at once."), {tr("Mended"), tr("False alarm")}, tr("Lift")}, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog] {
        if (dialog->outcome() != ReasonDialog::Outcome::accepted)
            return;
        request<LiftStop>(this, m_context.session, {m_stopId, utf8(dialog->reason())}, [this](Result<Empty> answer) {
            if (!answer)
                Q_EMIT notify({{}, State::failed, tr("Not lifted"), errorLine(answer.error())});
            loadStops();
            loadNumbers();
        });
    });
    dialog->open();
}

void AgentPage::edit()
{
    m_strip->setCurrent(1);
    m_behaviour->edit();
}

}

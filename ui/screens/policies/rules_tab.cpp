#include "ui/screens/policies/rules_tab.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/filter_bar.h"
#include "ui/kit/select.h"
#include "ui/screens/policies/rule_pane.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

constexpr int rulePaneWidth = 352;

void chooseData(Select* select, const QString& value)
{
    const QSignalBlocker quiet(select);
    if (!value.isEmpty() && select->findData(value) < 0)
        select->addItem(value, value);
    select->setCurrentIndex(std::max(0, select->findData(value)));
}

}

RulesTab::RulesTab(Screen& screen, QWidget* parent)
    : RuleListTab(screen, parent)
{
    layOut(makeList(), rulePaneWidth);
}

QWidget* RulesTab::makeList()
{
    auto* card = new Card({}, Card::Padding::none, this);
    m_bar = new FilterBar(tr("Words of a rule, agent or reason"), card);
    m_bar->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, 0);
    auto* filters = new QHBoxLayout;
    filters->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    filters->setSpacing(metrics::space8);
    // Each says which choice it is in its own words: a screen reader tells the present one.
    const auto select = [&](const QString& name, const QString& every) {
        auto* made = new Select(name, card);
        made->addItem(every, QString());
        filters->addWidget(made);
        connect(made, &QComboBox::currentIndexChanged, this, &RulesTab::readControls);
        return made;
    };
    m_origin = select(tr("Origin"), tr("Every origin"));
    for (const char* origin : {"grant", "policy", "kept", "tightening", "house", "built-in"})
        m_origin->addItem(originWords(origin), QLatin1String(origin));
    m_agent = select(tr("Agent"), tr("Every agent"));
    m_effect = select(tr("Effect"), tr("Every effect"));
    m_effect->addItem(tr("Permits"), QStringLiteral("permit"));
    m_effect->addItem(tr("Asks"), QStringLiteral("ask"));
    m_effect->addItem(tr("Forbids"), QStringLiteral("forbid"));
    m_mode = select(tr("Mode"), tr("Every mode"));
    m_mode->addItem(tr("Enforced"), QStringLiteral("enforce"));
    m_mode->addItem(tr("Observed only"), QStringLiteral("observe"));
    filters->addStretch(1);
    card->body()->addWidget(m_bar);
    card->body()->addLayout(filters);
    makeTable(card, tr("Rules in force"), ruleTitles(),
        {{QStringLiteral("effect"), 88, CellKind::status}, {QStringLiteral("says"), 0, CellKind::text},
            {QStringLiteral("agent"), 124, CellKind::secondaryText},
            {QStringLiteral("origin"), 112, CellKind::secondaryText}},
        m_bar->field());
    connect(m_bar, &FilterBar::changed, this, &RulesTab::readControls);
    connect(m_table, &DataTable::rowOpened, this, [this](const QModelIndex& index) {
        const QVariant key = m_model->keyAt(index.row());
        const Route leads = key.isValid() ? originRoute(m_rules[std::size_t(key.toULongLong())]) : Route{};
        if (!leads.place.isEmpty())
            Q_EMIT navigate(leads);
    });
    return card;
}

void RulesTab::open(const Route& route)
{
    m_filter.words = route.query.value(QStringLiteral("q"));
    m_filter.origin = route.query.value(QStringLiteral("origin"));
    m_filter.effect = route.query.value(QStringLiteral("effect"));
    m_filter.mode = route.query.value(QStringLiteral("mode"));
    m_wanted = route.query.value(QStringLiteral("rule"));
    // Beside a rule the agent tells which one is meant; alone it is the filter.
    m_wantedAgent = m_wanted.isEmpty() ? QString() : route.query.value(QStringLiteral("agent"));
    m_filter.agent = m_wanted.isEmpty() ? route.query.value(QStringLiteral("agent")) : QString();
    {
        const QSignalBlocker quiet(m_bar);
        m_bar->field()->setText(m_filter.words);
    }
    chooseData(m_origin, m_filter.origin);
    chooseData(m_agent, m_filter.agent);
    chooseData(m_effect, m_filter.effect);
    chooseData(m_mode, m_filter.mode);
    load();
}

Route RulesTab::route() const
{
    return routes::rule(m_wanted, m_wanted.isEmpty() ? m_filter.agent : m_wantedAgent)
        .with(QStringLiteral("q"), m_filter.words)
        .with(QStringLiteral("origin"), m_filter.origin)
        .with(QStringLiteral("effect"), m_filter.effect)
        .with(QStringLiteral("mode"), m_filter.mode);
}

void RulesTab::readControls()
{
    const RuleFilter filter{m_bar->text(), m_origin->currentData().toString(), m_agent->currentData().toString(),
        m_effect->currentData().toString(), m_mode->currentData().toString()};
    if (filter == m_filter)
        return;
    m_filter = filter;
    fill();
    Q_EMIT moved();
}

quint64 RulesTab::take(std::vector<RuleInfo> rules)
{
    m_rules = std::move(rules);
    completeTitles(m_rules);
    fillAgents();
    return m_rules.size();
}

void RulesTab::fillAgents()
{
    const QSignalBlocker quiet(m_agent);
    m_agent->clear();
    m_agent->addItem(tr("Every agent"), QString());
    std::map<QString, QString> agents;
    for (const RuleInfo& rule : m_rules) {
        if (!rule.agent.empty() && rule.agent != "*")
            agents.emplace(agentWords(rule), text(rule.agent));
    }
    for (const auto& [title, name] : agents)
        m_agent->addItem(title, name);
    chooseData(m_agent, m_filter.agent);
}

void RulesTab::fill()
{
    if (!isLoaded())
        return;
    auto rows = ruleCells(m_rules, m_filter);
    m_bar->setCount(rows.size() == m_rules.size()
            ? numberText(rows.size())
            : tr("%1 of %2").arg(numberText(rows.size()), numberText(m_rules.size())));
    const bool isEmpty = rows.empty();
    putRows(std::move(rows));
    if (const int row = wantedRow(); row >= 0)
        m_pane->showRule(m_rules[std::size_t(m_model->keyAt(row).toULongLong())], m_screen.now());
    else
        m_pane->showNone();
    if (m_rules.empty()) {
        m_view->showInstead(
            new EmptyState(EmptyState::Kind::firstUse, tr("No rule is in force yet"),
                tr("Without a rule every call is denied. Grants come from the access matrix, policies are written as "
                   "text, and a house rule binds every agent at once.")),
            m_screen.now());
    } else if (isEmpty) {
        auto* none = new EmptyState(EmptyState::Kind::noResults, tr("No rule fits"),
            tr("No rule in force fits these words and choices together."), tr("Show every rule"));
        connect(none, &EmptyState::actionTriggered, this, [this] {
            open(routes::rule({}));
            Q_EMIT moved();
        });
        m_view->showInstead(none, m_screen.now());
    } else {
        m_view->showContent(m_screen.now());
    }
    Q_EMIT commandsChanged();
}

int RulesTab::wantedRow()
{
    for (int at = 0; at < m_model->rowCount(); ++at) {
        const RuleInfo& rule = m_rules[std::size_t(m_model->keyAt(at).toULongLong())];
        if (text(rule.id) == m_wanted && (m_wantedAgent.isEmpty() || text(rule.agent) == m_wantedAgent))
            return at;
    }
    // Where none is named the first is read: an empty pane says nothing.
    return m_wanted.isEmpty() && m_model->rowCount() > 0 ? 0 : -1;
}

void RulesTab::choose(int row)
{
    const QVariant key = m_model->keyAt(row);
    if (!key.isValid())
        return;
    const RuleInfo& rule = m_rules[std::size_t(key.toULongLong())];
    m_wanted = text(rule.id);
    m_wantedAgent = text(rule.agent);
    m_pane->showRule(rule, m_screen.now());
    Q_EMIT moved();
    Q_EMIT commandsChanged();
}

QList<Command> RulesTab::commands()
{
    const auto go = [this](const char* id, const QString& words, const Route& route) {
        return Command{
            QLatin1String(id), tr("Policies"), words, [this, route] { Q_EMIT navigate(route); }, {}, Icon::policies};
    };
    return {go("policies.house", tr("House rules"), {QStringLiteral("policies"), {QStringLiteral("house")}}),
        go("policies.try", tr("Try a call"), {QStringLiteral("policies"), {QStringLiteral("try")}})};
}

void RulesTab::focusSearch()
{
    m_bar->field()->setFocus(Qt::ShortcutFocusReason);
    m_bar->field()->selectAll();
}

}

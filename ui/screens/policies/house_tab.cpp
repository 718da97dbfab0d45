#include "ui/screens/policies/house_tab.h"

#include "ui/bridge/definition_words.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/dialogs.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/field.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/house_dialog.h"
#include "ui/screens/policies/rule_pane.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::policies {

namespace {

constexpr int housePaneWidth = 340;

}

HouseTab::HouseTab(Screen& screen, QWidget* parent)
    : RuleListTab(screen, parent)
{
    m_pane->setHome("house");
    layOut(makeList(), housePaneWidth);
    judge();
}

QWidget* HouseTab::makeList()
{
    auto* card = new Card({}, Card::Padding::none, this);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    bar->setSpacing(metrics::space8);
    m_search = new SearchField(tr("Words of a rule, person or reason"), card);
    m_search->setKeyHint(QStringLiteral("/"));
    m_add = new Button(tr("Add a house rule"), Button::Role::primary, card);
    m_add->setObjectName(QStringLiteral("new-house-rule"));
    m_add->setGlyph(Icon::plus);
    permit(m_add, m_screen.session(), Permission::Tighten);
    bar->addWidget(m_search, 1);
    bar->addWidget(m_add);
    card->body()->addLayout(bar);
    makeTable(card, tr("House rules"), houseTitles(),
        {{QStringLiteral("name"), 148, CellKind::strongText}, {QStringLiteral("state"), 132, CellKind::badge},
            {QStringLiteral("says"), 0, CellKind::text}, {QStringLiteral("by"), 112, CellKind::secondaryText},
            {QStringLiteral("when"), 72, CellKind::secondaryText}},
        m_search);
    makeActs(card);
    connect(m_search, &SearchField::searchChanged, this, &HouseTab::fill);
    connect(m_add, &QAbstractButton::clicked, this, &HouseTab::add);
    return card;
}

void HouseTab::makeActs(Card* card)
{
    m_note = new Label({}, TextStyle::small, Token::textMuted, card);
    m_note->setOverflow(Label::Overflow::elide);
    m_enforce = new Button(tr("Enforce it"), Button::Role::secondary, card);
    m_back = new Button(tr("Propose to take it back"), Button::Role::secondary, card);
    m_decide = new Button(tr("Decide"), Button::Role::secondary, card);
    m_enforce->setObjectName(QStringLiteral("enforce"));
    m_back->setObjectName(QStringLiteral("propose-back"));
    m_decide->setObjectName(QStringLiteral("decide"));
    QHBoxLayout* acts = card->footer();
    acts->addWidget(m_note, 1);
    acts->addWidget(m_enforce);
    acts->addWidget(m_back);
    acts->addWidget(m_decide);
    connect(m_enforce, &QAbstractButton::clicked, this, &HouseTab::enforce);
    connect(m_back, &QAbstractButton::clicked, this, &HouseTab::proposeBack);
    connect(m_decide, &QAbstractButton::clicked, this, &HouseTab::decide);
}

void HouseTab::open(const Route& route)
{
    m_wanted = route.query.value(QStringLiteral("rule"));
    load();
}

Route HouseTab::route() const
{
    return Route{QStringLiteral("policies"), {QStringLiteral("house")}}.with(QStringLiteral("rule"), m_wanted);
}

quint64 HouseTab::take(std::vector<RuleInfo> rules)
{
    m_rules = standingRules(rules);
    return m_rules.size();
}

int HouseTab::wantedRow()
{
    // One is always chosen, so that its acts are at hand.
    if (m_model->rowOf(m_wanted) < 0 && m_model->rowCount() > 0)
        m_wanted = m_model->keyAt(0).toString();
    return m_model->rowOf(m_wanted);
}

void HouseTab::choose(int row)
{
    m_wanted = m_model->keyAt(row).toString();
    judge();
    Q_EMIT moved();
}

void HouseTab::fill()
{
    if (!isLoaded())
        return;
    auto rows = houseRows(m_rules, m_search->text().trimmed(), m_screen.now());
    const bool none = rows.empty();
    putRows(std::move(rows));
    judge();
    if (m_rules.empty()) {
        auto* empty = new EmptyState(EmptyState::Kind::firstUse, tr("No house rule yet"),
            tr("A house rule forbids something for every agent at once, over every release: no payment at night, "
               "nothing "
               "confidential by mail. It binds within a second, and begins by observing if you like."),
            m_add->isEnabled() ? tr("Add a house rule") : QString());
        connect(empty, &EmptyState::actionTriggered, this, &HouseTab::add);
        m_view->showInstead(empty, m_screen.now());
    } else if (none) {
        m_view->showInstead(
            new EmptyState(EmptyState::Kind::noResults, tr("No house rule fits"), tr("Other words may find it.")),
            m_screen.now());
    } else {
        m_view->showContent(m_screen.now());
    }
}

const StandingRule* HouseTab::chosen() const
{
    const auto found = std::ranges::find(m_rules, m_wanted, &StandingRule::name);
    return found == m_rules.end() ? nullptr : &*found;
}

void HouseTab::judge()
{
    const StandingRule* rule = chosen();
    const QString none = tr("Choose a house rule first.");
    const auto set = [](Button* button, const QString& whyNot) {
        button->setEnabled(whyNot.isEmpty());
        button->setToolTip(whyNot);
    };
    if (permit(m_enforce, m_screen.session(), Permission::Tighten))
        set(m_enforce,
            !rule                                        ? none
                : rule->head().mode == RuleMode::Enforce ? tr("It is enforced already.")
                                                         : QString());
    if (permit(m_back, m_screen.session(), Permission::Tighten))
        set(m_back, !rule ? none : rule->isGoing() ? tr("It is proposed already; somebody else decides.") : QString());
    if (permit(m_decide, m_screen.session(), Permission::ApproveChanges)) {
        const bool own = rule && rule->isGoing() && rule->head().retiring == m_screen.session().info().principal.name;
        set(m_decide,
            !rule                  ? none
                : !rule->isGoing() ? tr("Nobody proposes to take it back.")
                : own              ? tr("You proposed it, so somebody else decides.")
                                   : QString());
    }
    m_note->setText(rule && rule->isGoing()
            ? tr("%1 proposes to take it back: %2").arg(text(rule->head().retiring), text(rule->head().retiringReason))
            : QString());
    if (rule)
        m_pane->showRule(rule->head(), m_screen.now());
    else
        m_pane->showNone();
    Q_EMIT commandsChanged();
}

void HouseTab::add()
{
    auto* dialog = new HouseDialog(m_screen.context(), std::nullopt, this);
    connect(dialog, &HouseDialog::added, this, [this](const QString& name, RuleMode mode) {
        m_wanted = name;
        tell(
            mode == RuleMode::Enforce ? tr("%1 binds every agent").arg(name) : tr("%1 observes every agent").arg(name));
        load();
    });
    dialog->open();
}

void HouseTab::enforce()
{
    const StandingRule* rule = chosen();
    if (!rule)
        return;
    auto* dialog = new HouseDialog(m_screen.context(), *rule, this);
    connect(dialog, &HouseDialog::added, this, [this](const QString& name) {
        tell(tr("%1 binds every agent").arg(name));
        load();
    });
    dialog->open();
}

void HouseTab::proposeBack()
{
    const StandingRule* rule = chosen();
    if (!rule)
        return;
    auto* dialog
        = new ReasonDialog({.title = tr("Propose to take %1 back").arg(rule->name),
                               .text = tr("It goes on binding until somebody else, who approves changes, confirms."),
                               .accept = tr("Propose it")},
            this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, name = rule->name] {
        if (dialog->outcome() != ReasonDialog::Outcome::accepted)
            return;
        request<ProposeRetirement>(
            this, m_screen.session(), {utf8(name), utf8(dialog->reason())}, [this, name](Result<Empty> answer) {
                if (!answer)
                    return failed(answer.error());
                tell(tr("Proposed to take %1 back; it binds until somebody else confirms").arg(name));
                load();
            });
    });
    dialog->open();
}

void HouseTab::decide()
{
    const StandingRule* rule = chosen();
    if (!rule || !rule->isGoing())
        return;
    auto* dialog = new ReasonDialog(
        {.title = tr("Take %1 back?").arg(rule->name),
            .text = tr("%1 proposes it: %2. Once it is gone, every agent may again what only this rule "
                       "forbade.")
                .arg(text(rule->head().retiring), text(rule->head().retiringReason)),
            .accept = tr("Take it back"),
            .refuse = tr("Keep the rule")},
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::finished, this, [this, dialog, name = rule->name] {
        if (!dialog->outcome())
            return;
        const bool approve = dialog->outcome() == ReasonDialog::Outcome::accepted;
        request<DecideRetirement>(this, m_screen.session(), {utf8(name), approve, utf8(dialog->reason())},
            [this, name, approve](Result<Empty> answer) {
                if (!answer)
                    return failed(answer.error());
                tell(approve ? tr("%1 is taken back").arg(name) : tr("%1 stays").arg(name));
                load();
            });
    });
    dialog->open();
}

void HouseTab::tell(const QString& title)
{
    Notice notice;
    notice.id = QStringLiteral("house-") + m_wanted;
    notice.state = State::ok;
    notice.title = title;
    notice.at = m_screen.now();
    notice.route = route().format();
    Q_EMIT notify(notice);
}

void HouseTab::failed(const Error& error)
{
    m_note->setText(errorLine(error));
    load();
}

void HouseTab::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

QList<Command> HouseTab::commands()
{
    const auto command = [this](const char* id, Button* button, void (HouseTab::*act)()) {
        return Command{QLatin1String(id), tr("House rules"), button->text(), [this, act] { (this->*act)(); }, {},
            Icon::policies, button->isEnabled(), button->toolTip()};
    };
    return {command("policies.add-house", m_add, &HouseTab::add),
        command("policies.enforce", m_enforce, &HouseTab::enforce),
        command("policies.take-back", m_back, &HouseTab::proposeBack),
        command("policies.decide-back", m_decide, &HouseTab::decide)};
}

}

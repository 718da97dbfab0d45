#include "ui/screens/policies/rule_pane.h"

#include "ui/bridge/values.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/rule_rows.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

/// Four lines of a rule.
constexpr int leastRuleTall = 76;
constexpr int factKeyWidth = 72;
/// Of the room, beside the gap that stands where no rule is chosen.
constexpr int textShare = 1'000;

QString openWords(const RuleInfo& rule)
{
    if (rule.origin == "grant")
        return RulePane::tr("Open its cell");
    if (rule.origin == "policy")
        return RulePane::tr("Open the policy");
    if (rule.origin == "tightening")
        return RulePane::tr("Open tightenings");
    return RulePane::tr("Open house rules");
}

}

Route originRoute(const RuleInfo& rule)
{
    if (rule.origin == "grant") {
        // "grant:refunds/payments.send", and "…#ask-amount" beside it.
        const QString cell = text(rule.id).section(u':', 1).section(u'#', 0, 0);
        return routes::matrix(cell.section(u'/', 0, 0), cell.section(u'/', 1));
    }
    if (rule.origin == "policy" && !rule.definition.empty())
        return routes::definition(QStringLiteral("policies"), text(rule.definition));
    if (rule.origin == "tightening")
        return {QStringLiteral("policies"), {QStringLiteral("tightenings")}};
    if (rule.origin == "house")
        return {QStringLiteral("policies"), {QStringLiteral("house")}};
    return {};
}

RulePane::RulePane(QWidget* parent)
    : Card(tr("Rule"), Padding::none, parent)
    , m_sentence(new Label({}, TextStyle::strong, Token::textPrimary, this))
    , m_effect(new StatusBadge(State::neutral, {}, this))
    , m_mode(new StatusBadge(State::neutral, {}, this))
    , m_teaching(new Label({}, TextStyle::small, Token::textMuted, this))
    , m_facts(new KeyValueList(factKeyWidth, this))
    , m_text(new CodeView(tr("Text of the rule"), this))
    , m_copy(new Button(tr("Copy"), Button::Role::secondary, this))
    , m_open(new Button({}, Button::Role::secondary, this))
    , m_try(new Button(tr("Try"), Button::Role::quiet, this))
{
    m_sentence->setOverflow(Label::Overflow::wrap);
    m_teaching->setOverflow(Label::Overflow::wrap);
    m_text->setRules(policyRules());
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    // Where the room is short the text scrolls; what can be done with the rule stays whole.
    m_text->setMinimumHeight(leastRuleTall);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
    for (Button* button : {m_copy, m_open, m_try})
        button->setMinimumHeight(button->sizeHint().height());
    m_copy->setGlyph(Icon::copy);
    m_copy->setToolTip(tr("Copy the rule\u2019s text"));
    auto* head = new QWidget(this);
    auto* rows = new QVBoxLayout(head);
    rows->setContentsMargins(metrics::cardPadding, metrics::space12, metrics::cardPadding, metrics::space12);
    rows->setSpacing(metrics::space8);
    auto* badges = new QHBoxLayout;
    badges->setSpacing(metrics::space4);
    badges->addWidget(m_effect);
    badges->addWidget(m_mode);
    badges->addStretch(1);
    rows->addWidget(m_sentence);
    rows->addLayout(badges);
    rows->addWidget(m_facts);
    rows->addWidget(m_teaching);
    body()->addWidget(head);
    body()->addWidget(m_text, textShare);
    body()->addStretch(1);
    footer()->addWidget(m_copy);
    footer()->addWidget(m_try);
    footer()->addStretch(1);
    footer()->addWidget(m_open);
    connect(m_copy, &QAbstractButton::clicked, this, &RulePane::copy);
    connect(m_open, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(originRoute(m_rule)); });
    connect(m_try, &QAbstractButton::clicked, this, [this] {
        const Route cell = originRoute(m_rule);
        Q_EMIT navigate(Route{QStringLiteral("policies"), {QStringLiteral("try")}}
                .with(QStringLiteral("agent"), text(m_rule.agent))
                .with(QStringLiteral("tool"), cell.query.value(QStringLiteral("tool"))));
    });
    showNone();
}

void RulePane::showNone()
{
    m_rule = {};
    setSubtitle({});
    m_sentence->setText(tr("Choose a rule to read its text and what made it."));
    m_effect->hide();
    m_mode->hide();
    m_facts->clear();
    m_teaching->clear();
    m_text->clear();
    m_text->hide();
    for (Button* button : {m_copy, m_open, m_try}) {
        button->setEnabled(false);
        button->setToolTip(tr("Choose a rule first."));
    }
    m_open->setText(tr("Open"));
}

void RulePane::showRule(const RuleInfo& rule, const QDateTime& now)
{
    m_rule = rule;
    const StateWords effect = effectWords(rule);
    const StateWords mode = modeWords(rule.mode);
    setSubtitle(text(rule.id));
    m_sentence->setText(saysOf(rule));
    m_effect->setState(effect.state, effect.words);
    m_mode->setState(mode.state, mode.words);
    m_effect->show();
    m_mode->show();
    m_facts->clear();
    m_facts->addRow(tr("Origin"),
        rule.definition.empty() ? originWords(rule.origin)
                                : tr("%1 %2").arg(originWords(rule.origin), text(rule.definition)));
    m_facts->addRow(tr("For"), agentWords(rule));
    if (!rule.asks.empty())
        m_facts->addRow(tr("Asks"), text(rule.asks));
    m_facts->addRow(tr("Made by"), madeBy(rule));
    if (rule.at)
        m_facts->addRow(tr("When"), tr("%1, %2").arg(relativeTime(*rule.at, now), absoluteTime(*rule.at)));
    if (!rule.reason.empty())
        m_facts->addRow(tr("Why"), text(rule.reason))->setOverflow(Label::Overflow::wrap);
    if (!rule.retiring.empty())
        m_facts
            ->addRow(
                tr("Going?"), tr("%1 proposes to take it back: %2").arg(text(rule.retiring), text(rule.retiringReason)))
            ->setOverflow(Label::Overflow::wrap);
    m_teaching->setText(originTeaching(rule.origin));
    m_text->setPlainText(text(rule.text));
    m_text->show();
    m_copy->setEnabled(true);
    m_copy->setToolTip(tr("Copy the rule\u2019s text"));
    m_try->setEnabled(true);
    m_try->setToolTip(tr("Try a call that this rule may bear on"));
    const bool leads = !originRoute(rule).place.isEmpty();
    m_open->setVisible(rule.origin != m_home);
    m_open->setText(leads ? openWords(rule) : tr("Open"));
    m_open->setEnabled(leads);
    m_open->setToolTip(leads ? QString() : tr("It stands nowhere else: this text is all of it."));
    m_open->updateGeometry();
}

void RulePane::setHome(const std::string& origin)
{
    m_home = origin;
    m_open->hide();
}

void RulePane::copy()
{
    QGuiApplication::clipboard()->setText(text(m_rule.text));
}

}

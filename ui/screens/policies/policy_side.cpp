#include "ui/screens/policies/policy_side.h"

#include "ui/bridge/values.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/label.h"
#include "ui/screens/policies/policy_cases.h"
#include "ui/screens/policies/rule_rows.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

/// A long text has more rules than anybody reads here; the list of rules shows them all.
constexpr std::size_t mostSaidRules = 12;

Label* wrapped(const QString& words, TextStyle style, Token color, QWidget* parent)
{
    auto* label = new Label(words, style, color, parent);
    label->setOverflow(Label::Overflow::wrap);
    return label;
}

}

PolicySide::PolicySide(QWidget* parent)
    : QWidget(parent)
    , m_cases(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_adopt(new Button(tr("Use it in an agent"), Button::Role::secondary, this))
    , m_backtest(new Button(tr("Backtest it"), Button::Role::secondary, this))
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    auto* said = new Card(tr("In words"), Card::Padding::none, this);
    auto* area = new QScrollArea(said);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* list = new QWidget(area);
    m_rules = new QVBoxLayout(list);
    m_rules->setContentsMargins(metrics::cardPadding, metrics::space8, metrics::cardPadding, metrics::space8);
    m_rules->setSpacing(metrics::space8);
    area->setWidget(list);
    // The card's own surface shows through.
    list->setAutoFillBackground(false);
    area->viewport()->setAutoFillBackground(false);
    said->setBody(area);
    rows->addWidget(said, 1);
    auto* on = new Card(tr("Before it binds"), Card::Padding::standard, this);
    m_cases->setOverflow(Label::Overflow::wrap);
    auto* form = new Button(tr("Rule over a session\u2026"), Button::Role::secondary, on);
    form->setGlyph(Icon::plus);
    form->setToolTip(
        tr("A form writes the text: at most so many calls, only after, never after. With the cursor in such "
           "a rule it opens that one again."));
    auto* attempt = new Button(tr("Try a call"), Button::Role::secondary, on);
    attempt->setGlyph(Icon::play);
    m_backtest->setGlyph(Icon::clock);
    m_adopt->setGlyph(Icon::agent);
    on->body()->addWidget(m_cases);
    for (Button* button : {form, attempt, m_backtest, m_adopt})
        on->body()->addWidget(button);
    rows->addWidget(on);
    connect(form, &QAbstractButton::clicked, this, &PolicySide::formWanted);
    connect(attempt, &QAbstractButton::clicked, this, &PolicySide::tryWanted);
    connect(m_backtest, &QAbstractButton::clicked, this, &PolicySide::backtestWanted);
    connect(m_adopt, &QAbstractButton::clicked, this, &PolicySide::adoptWanted);
    setRules({}, {});
}

void PolicySide::clearRules()
{
    while (QLayoutItem* item = m_rules->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void PolicySide::setRules(const std::vector<RuleInfo>& rules, const std::vector<PolicyCaseResult>& cases)
{
    clearRules();
    if (rules.empty())
        m_rules->addWidget(wrapped(tr("No rule yet. A rule is permit or forbid, for whom, which call, what data, and "
                                      "when: Ctrl+Space tells what may stand at the cursor."),
            TextStyle::small, Token::textMuted, this));
    for (std::size_t at = 0; at < std::min(rules.size(), mostSaidRules); ++at) {
        const StateWords effect = effectWords(rules[at]);
        m_rules->addWidget(wrapped(saysOf(rules[at]), TextStyle::body, Token::textPrimary, this));
        m_rules->addWidget(new StatusBadge(effect.state, effect.words, this), 0, Qt::AlignLeft);
        m_rules->addSpacing(metrics::space4);
    }
    if (rules.size() > mostSaidRules)
        m_rules->addWidget(wrapped(
            tr("and %1 more").arg(numberText(rules.size() - mostSaidRules)), TextStyle::small, Token::textMuted, this));
    m_rules->addStretch(1);
    const QString summary = caseSummary(cases);
    const bool broken = std::ranges::any_of(cases, [](const PolicyCaseResult& one) { return !one.passed; });
    m_cases->setText(summary.isEmpty() ? tr("No case yet: a case holds every later edit to a verdict.") : summary);
    m_cases->setColor(broken ? Token::error : Token::textSecondary);
}

void PolicySide::setBroken()
{
    clearRules();
    m_rules->addWidget(
        wrapped(tr("What the text says is told once it can be read."), TextStyle::small, Token::textMuted, this));
    m_rules->addStretch(1);
    m_cases->setText(tr("Cases are judged once the text can be read."));
    m_cases->setColor(Token::textSecondary);
}

void PolicySide::setAdopting(const QString& whyNot)
{
    m_adopt->setEnabled(whyNot.isEmpty());
    m_adopt->setToolTip(whyNot);
}

void PolicySide::setBacktesting(const QString& whyNot)
{
    m_backtest->setEnabled(whyNot.isEmpty());
    m_backtest->setToolTip(whyNot.isEmpty() ? tr("What it would have changed in the recorded calls") : whyNot);
}

}

#include "ui/screens/policies/why_view.h"

#include "ui/bridge/explanation_view.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

QString comparisonWords(const Verdict& inForce, const Verdict& draft)
{
    const QString now = stateOf(inForce.word).words.toLower();
    const QString then = stateOf(draft.word).words.toLower();
    return inForce.word == draft.word
        ? WhyView::tr("The draft changes nothing here: what is in force says %1 too.").arg(now)
        : WhyView::tr("In force it is %1; the draft makes it %2.").arg(now, then);
}

WhyView::WhyView(QWidget* parent)
    : QWidget(parent)
    , m_badge(new StatusBadge(State::neutral, {}, this))
    , m_sentence(new Label({}, TextStyle::heading, Token::textPrimary, this))
    , m_rule(new LinkLabel({}, this))
    , m_asks(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_inForce(new StatusBadge(State::neutral, {}, this))
    , m_inForceWords(new Label({}, TextStyle::body, Token::textPrimary, this))
    , m_reasons(new ExplanationView(this))
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(metrics::space16, metrics::space12, metrics::space16, metrics::space12);
    outer->setSpacing(metrics::space8);
    m_badge->setLarge();
    for (Label* label : {m_sentence, m_asks, m_inForceWords})
        label->setOverflow(Label::Overflow::wrap);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::space8);
    head->addWidget(m_badge);
    head->addWidget(m_rule);
    head->addStretch(1);
    auto* beside = new QHBoxLayout;
    beside->setSpacing(metrics::space8);
    beside->addWidget(m_inForce, 0, Qt::AlignTop);
    beside->addWidget(m_inForceWords, 1);
    outer->addWidget(m_sentence);
    outer->addLayout(head);
    outer->addWidget(m_asks);
    outer->addLayout(beside);
    outer->addWidget(m_reasons);
    outer->addStretch(1);
    connect(m_reasons, &ExplanationView::navigate, this, &WhyView::navigate);
    connect(m_rule, &QAbstractButton::clicked, this,
        [this] { Q_EMIT navigate(ruleRoute(utf8(m_ruleId), utf8(m_agent), {}).value_or(routes::rule(m_ruleId))); });
}

void WhyView::showTried(const TryRules::Response& tried, const QString& agent, const QString& title, Beside beside)
{
    m_agent = agent;
    const StateWords word = stateOf(tried.verdict.word);
    m_badge->setState(word.state, word.words);
    const QString said = titled(tried.verdict.reason, utf8(agent), utf8(title));
    m_sentence->setText(said);
    m_ruleId = text(tried.verdict.rule);
    m_rule->setText(ruleWords(tried.verdict.rule));
    m_rule->setToolTip(m_ruleId);
    m_rule->setAccessibleName(tr("Open the rule %1").arg(m_ruleId));
    m_rule->setVisible(!m_ruleId.isEmpty());
    m_rule->updateGeometry();
    m_asks->setText(tr("Whom it asks: %1").arg(text(tried.verdict.askWhom)));
    m_asks->setVisible(!tried.verdict.askWhom.empty());
    const bool both = beside == Beside::inForce;
    const StateWords now = stateOf(tried.inForce.word);
    m_inForce->setState(now.state, tr("In force: %1").arg(now.words));
    m_inForceWords->setText(comparisonWords(tried.inForce, tried.verdict));
    m_inForce->setVisible(both);
    m_inForceWords->setVisible(both);
    m_reasons->clear();
    for (const std::string& observed : tried.observed) {
        m_reasons->addHeading(tr("Observed only, binding nobody"));
        m_reasons->addLine(titled(observed, utf8(agent), utf8(title)));
    }
    m_reasons->addBoth(explainedOf(tried.explanation), explainedOf(tried.requesterExplanation), agent, said);
}

}

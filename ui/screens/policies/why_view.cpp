#include "ui/screens/policies/why_view.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ephor::ui::policies {

namespace {

constexpr int tallestRuleText = 150;
constexpr int shortestRuleText = 44;
/// About what fits beside the form; longer lines go on below.
constexpr int charactersALine = 56;

int ruleTextHeight(const QString& words)
{
    int lines = 0;
    for (const QString& line : words.split(u'\n'))
        lines += 1 + int(line.size()) / charactersALine;
    return std::clamp(lines * lineHeight(TextStyle::mono) + metrics::space16, shortestRuleText, tallestRuleText);
}

}

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
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(metrics::space4);
    outer->addLayout(m_rows);
    outer->addStretch(1);
    connect(m_rule, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(routes::rule(m_ruleId, m_agent)); });
}

void WhyView::clear()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void WhyView::addHeading(const QString& words)
{
    m_rows->addSpacing(metrics::space8);
    m_rows->addWidget(new Label(words, TextStyle::smallStrong, Token::textMuted, this));
}

void WhyView::addLine(const QString& words, bool isMono)
{
    auto* label = new Label(
        words, isMono ? TextStyle::mono : TextStyle::body, isMono ? Token::textSecondary : Token::textPrimary, this);
    label->setOverflow(Label::Overflow::wrap);
    m_rows->addWidget(label);
}

void WhyView::addLink(const QString& words, const Route& route)
{
    auto* link = new LinkLabel(words, this);
    m_rows->addWidget(link, 0, Qt::AlignLeft);
    connect(link, &QAbstractButton::clicked, this, [this, route] { Q_EMIT navigate(route); });
}

void WhyView::addRule(const QString& lead, const ExplainedRule& rule)
{
    addHeading(lead);
    addLink(rule.id, routes::rule(rule.id, m_agent));
    if (!rule.reason.isEmpty())
        addLine(rule.reason);
    for (const QString& missed : rule.scope)
        addLine(missed);
    if (!rule.condition.isEmpty())
        addLine(rule.condition);
    for (const QString& value : rule.values)
        addLine(value, true);
    for (const QString& path : rule.paths)
        addLine(tr("By role: %1").arg(path), true);
    if (rule.text.isEmpty())
        return;
    auto* text = new CodeView(tr("Text of %1").arg(rule.id), this);
    text->setRules(policyRules());
    text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    text->setPlainText(rule.text);
    text->setFixedHeight(ruleTextHeight(rule.text));
    m_rows->addWidget(text);
}

void WhyView::addExplained(const QString& heading, const Explained& explained)
{
    if (explained.sentence.isEmpty())
        return;
    addHeading(heading);
    addLine(explained.sentence);
    for (const ExplainedRule& rule : explained.determining)
        addRule(tr("What decides"), rule);
    if (explained.nearest)
        addRule(tr("Nearest that did not"), *explained.nearest);
    for (const QString& error : explained.errors)
        addLine(tr("Could not be evaluated: %1").arg(error));
    if (!explained.flip.isEmpty()) {
        addHeading(tr("Smallest change that would turn it round"));
        addLine(explained.flip);
    }
}

void WhyView::showTried(const TryRules::Response& tried, const QString& agent, Beside beside)
{
    m_agent = agent;
    const StateWords word = stateOf(tried.verdict.word);
    m_badge->setState(word.state, word.words);
    m_sentence->setText(text(tried.verdict.reason));
    m_ruleId = text(tried.verdict.rule);
    m_rule->setText(m_ruleId);
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
    clear();
    for (const std::string& observed : tried.observed) {
        addHeading(tr("Observed only, binding nobody"));
        addLine(text(observed));
    }
    addExplained(tr("For the agent"), explainedOf(tried.explanation));
    addExplained(tr("For whoever it works for"), explainedOf(tried.requesterExplanation));
}

}

#include "ui/bridge/explanation_view.h"

#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/code_view.h"
#include "ui/kit/label.h"

#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr int tallestRuleText = 150;
constexpr int shortestRuleText = 44;
/// About what fits beside a form; longer lines go on below.
constexpr int charactersALine = 56;

int ruleTextHeight(const QString& words)
{
    int lines = 0;
    for (const QString& line : words.split(u'\n'))
        lines += 1 + int(line.size()) / charactersALine;
    return std::clamp(lines * lineHeight(TextStyle::mono) + metrics::space16, shortestRuleText, tallestRuleText);
}

}

ExplanationView::ExplanationView(QWidget* parent)
    : QWidget(parent)
    , m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(metrics::space4);
}

void ExplanationView::clear()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void ExplanationView::addHeading(const QString& words)
{
    m_rows->addSpacing(metrics::space8);
    auto* heading = new Label(words, TextStyle::smallStrong, Token::textMuted, this);
    heading->setOverflow(Label::Overflow::wrap);
    m_rows->addWidget(heading);
}

void ExplanationView::addLine(const QString& words)
{
    auto* label = new Label(words, TextStyle::body, Token::textPrimary, this);
    label->setOverflow(Label::Overflow::wrap);
    m_rows->addWidget(label);
}

void ExplanationView::addMono(const QString& words)
{
    auto* label = new Label(words, TextStyle::mono, Token::textSecondary, this);
    label->setOverflow(Label::Overflow::wrap);
    m_rows->addWidget(label);
}

void ExplanationView::addRule(const QString& lead, const ExplainedRule& rule)
{
    addHeading(lead);
    auto* link = new LinkLabel(rule.id, this);
    link->setAccessibleName(tr("Open the rule %1").arg(rule.id));
    m_rows->addWidget(link, 0, Qt::AlignLeft);
    // What stands over every agent is found without one, and so is what is part of the program.
    const Route to = ruleRoute(utf8(rule.id), utf8(m_agent), {}).value_or(routes::rule(rule.id));
    connect(link, &QAbstractButton::clicked, this, [this, to] { Q_EMIT navigate(to); });
    if (!rule.reason.isEmpty() && !m_said.contains(rule.reason))
        addLine(rule.reason);
    for (const QString& missed : rule.scope)
        addLine(missed);
    if (!rule.condition.isEmpty())
        addLine(rule.condition);
    for (const QString& value : rule.values)
        addMono(value);
    for (const QString& path : rule.paths)
        addMono(tr("By role: %1").arg(path));
    if (rule.text.isEmpty())
        return;
    auto* text = new CodeView(tr("Text of %1").arg(rule.id), this);
    text->setRules(policyRules());
    text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    text->setPlainText(rule.text);
    text->setFixedHeight(ruleTextHeight(rule.text));
    m_rows->addWidget(text);
}

void ExplanationView::addSide(const Explained& explained)
{
    // The rule's own reason is the sentence; without one the sentence says what the rule does.
    const bool isSaid = std::ranges::any_of(explained.determining,
        [this](const ExplainedRule& rule) { return !rule.reason.isEmpty() && m_said.contains(rule.reason); });
    if (!isSaid)
        addLine(explained.sentence);
    for (const ExplainedRule& rule : explained.determining)
        addRule(explained.allows ? tr("Permitted by") : tr("Refused by"), rule);
    for (const QString& error : explained.errors)
        addLine(tr("Could not be evaluated: %1").arg(error));
    if (!explained.flip.isEmpty()) {
        addHeading(tr("Smallest change that would turn it round"));
        addLine(explained.flip);
    }
    if (explained.nearest)
        addRule(tr("The nearest rule that did not decide"), *explained.nearest);
}

void ExplanationView::addOne(const Explained& explained, const QString& said)
{
    m_agent.clear();
    m_said = said;
    if (!explained.sentence.isEmpty())
        addSide(explained);
}

void ExplanationView::addBoth(
    const Explained& agentSide, const Explained& requesterSide, const QString& agent, const QString& said)
{
    m_agent = agent;
    m_said = said;
    if (!agentSide.sentence.isEmpty())
        addSide(agentSide);
    if (requesterSide.sentence.isEmpty())
        return;
    addHeading(tr("For whoever it works for"));
    if (requesterSide.allows)
        addLine(tr("Nothing refuses it to them."));
    else
        addSide(requesterSide);
}

}

#include "ui/screens/activity/span_pane.h"

#include "ui/bridge/explanation_view.h"
#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/screens/activity/run_words.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

constexpr int attributeKeyWidth = 84;
constexpr std::string_view rulesGate = "permission";

Label* wrapped(const QString& words, TextStyle style, Token color = Token::textPrimary)
{
    auto* label = new Label(words, style, color);
    label->setOverflow(Label::Overflow::wrap);
    return label;
}

/// "gen_ai.usage.input_tokens" as "input tokens"; the whole name is the tooltip.
QString shortAttribute(const std::string& name)
{
    QString words = text(name).section(QLatin1Char('.'), -1);
    return words.replace(QLatin1Char('_'), QLatin1Char(' '));
}

}

SpanPane::SpanPane(QWidget* parent)
    : DetailPane(tr("Span"), parent)
{
}

void SpanPane::setSpan(const GetRun::Response& answer, std::size_t index, const OpenedWhys& opened)
{
    clear();
    if (index >= answer.spans.size()) {
        setTitle(tr("Span"));
        setSubtitle({});
        addSection()->addWidget(
            wrapped(tr("Choose a span to see what was decided there and why."), TextStyle::body, Token::textSecondary));
        return;
    }
    const Span& span = answer.spans[index];
    setTitle(span.name.empty() ? word(span.kind) : text(span.name));
    setSubtitle(tr("span %1 of %2").arg(index + 1).arg(answer.spans.size()));
    if (span.verdict) {
        addVerdict(span, answer.run);
        addRule(span, answer.run);
        addWhy(span, answer.run, opened);
    } else if (span.failed) {
        QVBoxLayout* section = addSection();
        section->addWidget(wrapped(text(span.detail), TextStyle::heading));
        section->addWidget(new StatusBadge(State::failed), 0, Qt::AlignLeft);
    }
    for (const ApprovalRequest& request : answer.approvals) {
        if (request.tool == span.name)
            addApproval(request);
    }
    addTiming(span, answer.run);
    addProof(answer, span);
}

void SpanPane::addVerdict(const Span& span, const RunSummary& run)
{
    const Verdict& verdict = *span.verdict;
    const StateWords words = stateOf(verdict.word);
    QVBoxLayout* section = addSection();
    section->addWidget(wrapped(titled(verdict.reason, run.agent, run.agentTitle), TextStyle::heading));
    section->addSpacing(metrics::space4);
    auto* line = new QHBoxLayout;
    line->setSpacing(metrics::space8);
    auto* badge = new StatusBadge(words.state, words.words);
    badge->setLarge();
    line->addWidget(badge);
    const Instant at = run.startedAt + std::chrono::microseconds(span.startMicros);
    auto* gate = new Label(
        tr("%1, by the gate %2").arg(clockTime(at), text(verdict.gate)), TextStyle::small, Token::textSecondary);
    gate->setOverflow(Label::Overflow::elide);
    line->addWidget(gate, 1);
    section->addLayout(line);
}

void SpanPane::addWhy(const Span& span, const RunSummary& run, const OpenedWhys& opened)
{
    // Only the gate that asks the rules keeps what they saw.
    const Verdict& verdict = *span.verdict;
    if (verdict.gate != rulesGate || (verdict.word != VerdictWord::Deny && verdict.word != VerdictWord::Ask))
        return;
    QVBoxLayout* section = addSection(tr("Why, in full"));
    if (!opened.whys) {
        section->addWidget(wrapped(
            tr("Which conditions the rules saw, how near another rule came, and the smallest change that would turn "
               "the verdict round. Opening it is recorded as a disclosure, since it holds values of the call."),
            TextStyle::small, Token::textSecondary));
        auto* open = new Button(opened.isOpening ? tr("Opening\u2026") : tr("Open the explanation"));
        open->setObjectName(QStringLiteral("open-why"));
        open->setGlyph(Icon::eye);
        open->setEnabled(!opened.isOpening && opened.whyNot.isEmpty());
        open->setToolTip(opened.whyNot);
        section->addWidget(open, 0, Qt::AlignLeft);
        if (!opened.problem.isEmpty())
            section->addWidget(wrapped(opened.problem, TextStyle::small, Token::error));
        connect(open, &QAbstractButton::clicked, this, &SpanPane::whysWanted);
        return;
    }
    const auto why = std::ranges::find(*opened.whys, verdict.id, &VerdictWhy::verdict);
    if (why == opened.whys->end()) {
        section->addWidget(wrapped(tr("Nothing more was kept of this verdict, or it was erased."), TextStyle::body));
        return;
    }
    auto* view = new ExplanationView;
    view->addBoth(explainedOf(why->agent), explainedOf(why->requester), text(run.agent),
        titled(verdict.reason, run.agent, run.agentTitle));
    connect(view, &ExplanationView::navigate, this, &SpanPane::navigate);
    section->addWidget(view);
    for (const std::string& origin : why->origins)
        section->addWidget(wrapped(text(origin), TextStyle::small, Token::textSecondary));
}

void SpanPane::addRule(const Span& span, const RunSummary& run)
{
    const Verdict& verdict = *span.verdict;
    QVBoxLayout* rule = addSection(tr("Determining rule"));
    if (const auto route = ruleRoute(verdict.rule, run.agent, span.name)) {
        auto* link = new LinkLabel(ruleWords(verdict.rule));
        link->setTextStyle(TextStyle::strong);
        connect(link, &QAbstractButton::clicked, this, [this, to = *route] { Q_EMIT navigate(to); });
        rule->addWidget(link, 0, Qt::AlignLeft);
    } else {
        rule->addWidget(wrapped(ruleWords(verdict.rule), TextStyle::strong));
    }
    rule->addWidget(wrapped(text(verdict.rule), TextStyle::mono, Token::textSecondary));
    if (!verdict.askWhom.empty()) {
        QVBoxLayout* ask = addSection(tr("Whom to ask"));
        auto* who = new QHBoxLayout;
        who->setSpacing(metrics::space8);
        who->addWidget(new IconView(Icon::person));
        who->addWidget(wrapped(text(verdict.askWhom), TextStyle::strong), 1);
        ask->addLayout(who);
    }
    QVBoxLayout* id = addSection(tr("Verdict id"));
    auto* line = new QHBoxLayout;
    auto* words = new Label(text(verdict.id), TextStyle::mono);
    words->setOverflow(Label::Overflow::elide);
    words->setToolTip(tr("Pasted into the search, this id leads back here."));
    auto* copy = new IconButton(Icon::copy, tr("Copy verdict id"));
    copy->setSize(Button::Size::compact);
    connect(
        copy, &QAbstractButton::clicked, copy, [id = text(verdict.id)] { QGuiApplication::clipboard()->setText(id); });
    line->addWidget(words, 1);
    line->addWidget(copy);
    id->addLayout(line);
}

void SpanPane::addApproval(const ApprovalRequest& request)
{
    QVBoxLayout* section = addSection(tr("Asked people"));
    const StateWords words = stateOf(request.state);
    section->addWidget(new StatusText(words.state, words.words), 0, Qt::AlignLeft);
    for (const ApprovalDecision& decision : request.decisions)
        section->addWidget(wrapped(
            tr("%1, %2: %3")
                .arg(text(decision.name), decision.approved ? tr("approved") : tr("denied"), text(decision.reason)),
            TextStyle::body));
    auto* open = new LinkLabel(tr("Open request"));
    connect(
        open, &QAbstractButton::clicked, this, [this, id = text(request.id)] { Q_EMIT navigate(routes::inbox(id)); });
    section->addWidget(open, 0, Qt::AlignLeft);
}

void SpanPane::addTiming(const Span& span, const RunSummary& run)
{
    auto* facts = new KeyValueList(attributeKeyWidth);
    facts->addRow(tr("Kind"), word(span.kind));
    if (!span.detail.empty())
        facts->addRow(tr("Detail"), text(span.detail));
    facts->addRow(tr("Started"), tr("%1 into the run").arg(durationText(span.startMicros)))
        ->setToolTip(absoluteTime(run.startedAt + std::chrono::microseconds(span.startMicros)));
    facts->addRow(tr("Took"),
        span.external ? tr("%1, outside Ephor").arg(durationText(span.durationMicros))
                      : durationText(span.durationMicros));
    for (const auto& [name, value] : span.attributes)
        facts->addRow(shortAttribute(name), text(value))->setToolTip(text(name));
    addSection(tr("Measured"))->addWidget(facts);
}

void SpanPane::addProof(const GetRun::Response& answer, const Span& span)
{
    const SpanProof proof = proofOf(answer, span);
    QVBoxLayout* section = addSection();
    auto* line = new QHBoxLayout;
    auto* show = new Button(tr("Show proof"), Button::Role::primary);
    show->setGlyph(Icon::seal);
    show->setEnabled(proof.entry.has_value());
    show->setToolTip(proof.meaning);
    line->addWidget(show);
    line->addStretch(1);
    if (proof.entry) {
        auto* words = new Label(proof.words.arg(numberText(proof.entry)), TextStyle::small, Token::textMuted);
        words->setOverflow(Label::Overflow::elide);
        line->addWidget(words);
        connect(
            show, &QAbstractButton::clicked, this, [this, at = *proof.entry] { Q_EMIT navigate(routes::entry(at)); });
    }
    section->addLayout(line);
}

}

#include "ui/screens/activity/run_head.h"

#include "ui/bridge/label_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/chip.h"
#include "ui/kit/format.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/screens/activity/run_words.h"
#include "ui/screens/activity/story_words.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::activity {

namespace {

constexpr int factColumns = 4;
constexpr int widestFact = 150;

Label* sentenceLabel(TextStyle style, Token color, QWidget* parent)
{
    auto* label = new Label({}, style, color, parent);
    label->setOverflow(Label::Overflow::wrap);
    return label;
}

}

RunHead::RunHead(QWidget* parent)
    : Card({}, Padding::none, parent)
    , m_state(new StatusBadge(State::unknown, {}, this))
    , m_recorded(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_cancel(new Button(tr("Cancel run"), Button::Role::danger, this))
    , m_banner(new Banner(State::waiting, {}, {}, this))
    , m_what(sentenceLabel(TextStyle::heading, Token::textPrimary, this))
    , m_why(sentenceLabel(TextStyle::body, Token::textPrimary, this))
    , m_took(sentenceLabel(TextStyle::body, Token::textSecondary, this))
    , m_marks(new QHBoxLayout)
    , m_read(new Label({}, TextStyle::body, Token::textSecondary, this))
    , m_facts(new FactGrid(factColumns, this))
{
    setTitle({}); // the state stands where a title would
    addLeading(m_state);
    m_recorded->setOverflow(Label::Overflow::elide);
    addLeading(m_recorded);
    auto* save = new Button(tr("Export dossier"), Button::Role::secondary, this);
    save->setGlyph(Icon::exportDown);
    save->setSize(Button::Size::compact);
    m_cancel->setGlyph(Icon::stop);
    m_cancel->setSize(Button::Size::compact);
    addTrailing(save);
    addTrailing(m_cancel);
    body()->addWidget(m_banner);
    m_banner->hide();
    auto* rows = new QVBoxLayout;
    rows->setContentsMargins(metrics::cardPadding, 10, metrics::cardPadding, metrics::cardPadding);
    rows->setSpacing(metrics::space2);
    rows->addWidget(m_what);
    rows->addWidget(m_why);
    rows->addWidget(m_took);
    m_marks->setSpacing(metrics::space8);
    m_read->setOverflow(Label::Overflow::wrap);
    auto* read = new QHBoxLayout;
    read->setSpacing(metrics::space8);
    read->addLayout(m_marks);
    read->addWidget(m_read, 1);
    read->setAlignment(m_marks, Qt::AlignTop);
    rows->addLayout(read);
    rows->addSpacing(metrics::space8);
    rows->addWidget(m_facts);
    body()->addLayout(rows);
    connect(save, &QAbstractButton::clicked, this, &RunHead::exportWanted);
    connect(m_cancel, &QAbstractButton::clicked, this, &RunHead::cancelWanted);
    connect(m_banner, &Banner::actionTriggered, this, [this] { Q_EMIT navigate(m_bannerRoute); });
}

void RunHead::setRun(const GetRun::Response& answer, const std::optional<RecordStatus>& record, const QDateTime& now)
{
    const StateWords state = stateOf(answer.run.state);
    m_state->setState(state.state, state.words);
    m_recorded->setText(recordedWords(answer));
    m_recorded->setToolTip(text(answer.run.id));
    const QStringList sentences = runSentences(answer);
    m_what->setText(sentences.first());
    m_why->setText(sentences.size() > 2 ? sentences[1] : QString());
    m_why->setVisible(sentences.size() > 2);
    m_took->setText(sentences.last());
    m_banner->hide();
    if (const ApprovalRequest* waiting = waitingApproval(answer)) {
        const bool signsIn = !waiting->stepUp.empty() && !waiting->confirmed;
        m_banner->setText(State::waiting,
            signsIn ? tr("Waits for a fresh sign-in of %1.").arg(text(waiting->confirmerName))
                    : tr("Waits for a person."),
            tr("%1, denied %2 if nobody decides").arg(text(waiting->tool), relativeTime(waiting->expiresAt, now)));
        m_banner->setAction(tr("Open request"));
        m_bannerRoute = routes::inbox(text(waiting->id));
        m_banner->show();
    }
    m_cancel->setVisible(isUnderWay(answer.run));
    fillMarks(answer);
    fillFacts(answer, record, now);
}

void RunHead::fillMarks(const GetRun::Response& answer)
{
    while (QLayoutItem* item = m_marks->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const KnownLabel label = labelOf(answer.label);
    m_marks->addWidget(makeTrustMark(label.trust, this));
    m_marks->addWidget(makeSensitivityMark(label.sensitivity, this));
    m_read->setText(labelSentence(label));
    m_read->setToolTip(
        tr("The label of the run: the worse of all it has read. What the rules decide by (context.labels)."));
}

QWidget* RunHead::linkTo(const QString& words, const Route& route, const QString& toolTip)
{
    auto* link = new LinkLabel(words, m_facts);
    link->setTextStyle(TextStyle::body);
    link->setToolTip(toolTip);
    connect(link, &QAbstractButton::clicked, this, [this, route] { Q_EMIT navigate(route); });
    return link;
}

/// The note gives way first, and the value only when it is longer than a fact has room for.
Label* RunHead::addWhole(const QString& label, const QString& value, const QString& note)
{
    Label* words = m_facts->addFact(label, value, note);
    words->setMinimumWidth(std::min(words->sizeHint().width(), widestFact));
    return words;
}

void RunHead::fillFacts(const GetRun::Response& answer, const std::optional<RecordStatus>& record, const QDateTime& now)
{
    const RunSummary& run = answer.run;
    m_facts->clear();
    const StateWords decision = decisionOf(run);
    m_facts->addFact(tr("Decision"), new StatusBadge(decision.state, decision.words), text(run.decision.amount));
    addWhole(tr("Reference"), text(run.decision.reference), {})->setToolTip(text(run.decision.subject));
    addWhole(tr("Person"), text(run.person), run.caller.empty() ? QString() : tr("by %1").arg(text(run.caller)));
    m_facts->addFact(tr("Agent and release"),
        linkTo(QStringLiteral("%1 %2").arg(
                   text(run.agentTitle.empty() ? run.agent : run.agentTitle), versionText(run.releaseNumber)),
            routes::agent(text(run.agent)), text(run.release)));

    auto* entries = new QWidget(m_facts);
    auto* line = new QHBoxLayout(entries);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(6);
    if (const auto entry = run.lastEntry ? run.lastEntry : run.firstEntry)
        line->addWidget(linkTo(QStringLiteral("#%1").arg(numberText(entry)), routes::entry(*entry),
            tr("Entries %1").arg(entriesWords(run))));
    else
        line->addWidget(new Label(format::unknown(), TextStyle::body, Token::textPrimary, entries));
    const StateWords verified = verifiedOf(run, record);
    line->addWidget(new StatusBadge(verified.state, verified.words, entries));
    m_facts->addFact(tr("Record entry"), entries);
    addWhole(tr("Cost"), moneyText(run.cost), tokensWords(run.usage))->setToolTip(usageText(run.usage));
    addWhole(tr("Duration"), durationText(run.durationMicros),
        run.overheadMicros == 0 ? QString() : tr("%1 of it Ephor").arg(durationText(run.overheadMicros)));
    m_facts->addFact(tr("Started"), clockTime(run.startedAt), relativeTime(run.startedAt, now))
        ->setToolTip(absoluteTime(run.startedAt));
}

void RunHead::addTabs(QWidget* tabs)
{
    // The line under the tabs is the card's lower edge.
    QMargins margins = layout()->contentsMargins();
    margins.setBottom(0);
    layout()->setContentsMargins(margins);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(metrics::radiusCard, 0, metrics::radiusCard, 0);
    row->addWidget(tabs);
    body()->addLayout(row);
}

void RunHead::setCancel(const QString& whyNot)
{
    m_cancel->setEnabled(whyNot.isEmpty());
    m_cancel->setToolTip(whyNot);
}

void RunHead::showProblem(const QString& strong, const QString& words)
{
    m_banner->setText(State::failed, strong, words);
    m_banner->show();
}

}

#include "ui/screens/inbox/approval_page.h"

#include "ui/bridge/rule_words.h"
#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/badge.h"
#include "ui/kit/bars.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/code_view.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/key_value_list.h"
#include "ui/kit/label.h"
#include "ui/kit/person_row.h"
#include "ui/screens/inbox/approval_words.h"
#include "ui/screens/inbox/decision_card.h"

#include <QAbstractTextDocumentLayout>
#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

namespace ephor::ui::inbox {

namespace {

constexpr int factKeyWidth = 72;
constexpr int leastCallHeight = 84;
/// Of the height, before anything is left over below the decision.
constexpr int evidenceShare = 1'000;
/// A longer call scrolls by itself, so that who and why stay near.
constexpr int mostCallHeight = 480;

/// What is decided about: as high as its words need, and scrolled where the window is low, so that the decision below
/// it always stands whole.
class EvidenceArea : public QScrollArea {
public:
    explicit EvidenceArea(QWidget* parent)
        : QScrollArea(parent)
    {
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setFocusPolicy(Qt::NoFocus);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setWidget(new QWidget(this));
        widget()->installEventFilter(this);
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        QScrollArea::resizeEvent(event);
        fit();
    }
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool taken = QScrollArea::eventFilter(watched, event);
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            fit();
        return taken;
    }

private:
    void fit()
    {
        const QLayout* layout = widget()->layout();
        if (!layout)
            return;
        const int whole = layout->totalHeightForWidth(viewport()->width());
        widget()->setMinimumHeight(whole);
        // On a high window the decision follows what it is about, instead of an empty stretch.
        setMaximumHeight(whole);
    }
};

}

ApprovalPage::ApprovalPage(QWidget* parent)
    : QWidget(parent)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    rows->addWidget(makeHead());
    auto* evidence = new EvidenceArea(this);
    auto* columns = new QHBoxLayout(evidence->widget());
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::gap);
    auto* left = new QVBoxLayout;
    left->setSpacing(metrics::gap);
    left->addWidget(makeFacts());
    left->addWidget(makeCall());
    left->addStretch(1);
    auto* right = new QVBoxLayout;
    right->setSpacing(metrics::gap);
    right->addWidget(makeRule());
    right->addWidget(makeSimilar());
    right->addWidget(makePeople());
    right->addStretch(1);
    columns->addLayout(left, 1);
    columns->addLayout(right, 1);
    rows->addWidget(evidence, evidenceShare);
    // Made last: the tab key, and a window that looks for somebody to give the focus to, meet the evidence first.
    m_decision = new DecisionCard(this);
    rows->addWidget(m_decision);
    rows->addStretch(1);
}

QWidget* ApprovalPage::makeHead()
{
    auto* card = new Card({}, Card::Padding::standard, this);
    auto* row = new QHBoxLayout;
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    m_title = new Label({}, TextStyle::title, Token::textPrimary, card);
    m_title->setOverflow(Label::Overflow::elide);
    m_subtitle = new Label({}, TextStyle::small, Token::textMuted, card);
    m_subtitle->setOverflow(Label::Overflow::elide);
    words->addWidget(m_title);
    words->addWidget(m_subtitle);
    row->addLayout(words, 1);
    auto* deadline = new QVBoxLayout;
    deadline->setSpacing(0);
    m_left = new Label({}, TextStyle::heading, Token::warn, card);
    m_left->setAlignment(Qt::AlignRight);
    m_then = new Label({}, TextStyle::small, Token::textMuted, card);
    m_then->setAlignment(Qt::AlignRight);
    deadline->addWidget(m_left);
    deadline->addWidget(m_then);
    row->addLayout(deadline);
    card->body()->addLayout(row);
    m_signIn = new Banner(State::waiting, {}, {}, card);
    m_signIn->hide();
    card->body()->addWidget(m_signIn);
    return card;
}

QWidget* ApprovalPage::makeFacts()
{
    auto* card = new Card(tr("What and who"), Card::Padding::standard, this);
    auto* run = new LinkLabel(tr("Open run"), card);
    card->addTrailing(run);
    connect(
        run, &QAbstractButton::clicked, this, [this] { Q_EMIT navigate(routes::run(text(m_approval.request.run))); });
    m_facts = new KeyValueList(factKeyWidth, card);
    card->body()->addWidget(m_facts);
    auto* effect = new QHBoxLayout;
    effect->setSpacing(metrics::space8);
    m_effect = new StatusBadge(State::neutral, tr("Reads"), card);
    m_effectWords = new Label({}, TextStyle::body, Token::textPrimary, card);
    m_effectWords->setOverflow(Label::Overflow::wrap);
    effect->addWidget(m_effect, 0, Qt::AlignTop);
    effect->addWidget(m_effectWords, 1);
    card->body()->addLayout(effect);
    return card;
}

QWidget* ApprovalPage::makeCall()
{
    m_callCard = new Card(tr("Exact call"), Card::Padding::none, this);
    auto* copy = new IconButton(Icon::copy, tr("Copy the call"), m_callCard);
    copy->setSize(Button::Size::compact);
    m_callCard->addTrailing(copy);
    m_call = new CodeView(tr("Arguments of the call"), m_callCard);
    m_call->setRules(jsonRules());
    m_call->setFrameShape(QFrame::NoFrame);
    // What is decided about must not hide behind a scroll bar.
    m_call->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    const auto fit = [this](const QSizeF& lines) {
        const int whole = int(lines.height()) * lineHeight(TextStyle::mono) + metrics::space16;
        m_call->setMinimumHeight(std::clamp(whole, leastCallHeight, mostCallHeight));
        m_call->setMaximumHeight(std::max(whole, leastCallHeight));
    };
    connect(m_call->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, fit);
    m_callCard->setBody(m_call);
    m_digest = new Label({}, TextStyle::small, Token::textMuted, m_callCard);
    m_digest->setOverflow(Label::Overflow::wrap);
    m_callCard->footer()->addWidget(m_digest, 1);
    auto* digest = new LinkLabel(tr("Copy digest"), m_callCard);
    m_callCard->footer()->addWidget(digest);
    connect(copy, &QAbstractButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(
            text(m_approval.request.tool) + QLatin1Char('\n') + m_call->toPlainText());
    });
    connect(digest, &QAbstractButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(text(m_approval.request.digest)); });
    return m_callCard;
}

QWidget* ApprovalPage::makeRule()
{
    auto* card = new Card(tr("Rule that asked"), Card::Padding::standard, this);
    card->keepTitleWhole();
    m_rule = new LinkLabel(QString(), card);
    card->addTrailing(m_rule);
    connect(m_rule, &QAbstractButton::clicked, this, [this] {
        const ApprovalRequest& request = m_approval.request;
        // Requests made before they named their rule say it in words only; those of the agent that ask are few.
        Q_EMIT navigate(ruleRoute(request.rule, request.agent, request.tool)
                .value_or(routes::rule({}, text(request.agent)).with(QStringLiteral("effect"), QStringLiteral("ask"))));
    });
    m_why = new Label({}, TextStyle::body, Token::textPrimary, card);
    m_why->setOverflow(Label::Overflow::wrap);
    card->body()->addWidget(m_why);
    return card;
}

QWidget* ApprovalPage::makeSimilar()
{
    auto* card = new Card(tr("Same agent and tool before"), Card::Padding::standard, this);
    card->keepTitleWhole();
    auto* runs = new LinkLabel(tr("See runs"), card);
    card->addTrailing(runs);
    connect(runs, &QAbstractButton::clicked, this, [this] {
        const Route list{QStringLiteral("activity"), {QStringLiteral("runs")}};
        Q_EMIT navigate(list.with(QStringLiteral("agent"), text(m_approval.request.agent)));
    });
    m_similar = new Label({}, TextStyle::body, Token::textPrimary, card);
    m_similar->setOverflow(Label::Overflow::wrap);
    m_similarBar = new ShareBar(tr("Approved and denied"), card);
    card->body()->addWidget(m_similar);
    card->body()->addWidget(m_similarBar);
    return card;
}

QWidget* ApprovalPage::makePeople()
{
    auto* card = new Card(tr("Approvals"), Card::Padding::none, this);
    m_progress = new StatusBadge(State::waiting, QStringLiteral("0 of 1"), card);
    card->addLeading(m_progress);
    card->keepTitleWhole();
    auto* ends = new Label(tr("one denial ends it"), TextStyle::small, Token::textMuted, card);
    ends->setOverflow(Label::Overflow::elide);
    card->addTrailing(ends);
    m_people = new QVBoxLayout;
    m_people->setSpacing(0);
    card->body()->addLayout(m_people);
    card->body()->addStretch(1);
    return card;
}

void ApprovalPage::setApproval(
    const GetApproval::Response& approval, const QString& title, const Principal& me, const QDateTime& now)
{
    const bool another = m_approval.request.id != approval.request.id;
    m_approval = approval;
    const ApprovalRequest& request = approval.request;
    m_title->setText(title.isEmpty() ? askTitle(request) : title);
    m_title->setToolTip(text(request.id));
    m_subtitle->setText(askSubtitle(request, now));
    m_subtitle->setToolTip(tr("Run %1, asked %2").arg(text(request.run), absoluteTime(request.requestedAt)));
    const DeadlineWords deadline = deadlineWords(request, now);
    m_left->setText(deadline.left);
    m_left->setColor(stateTextToken(deadline.state));
    m_left->setToolTip(absoluteTime(request.expiresAt));
    m_then->setText(deadline.then);
    const auto signIn = signInWords(approval);
    m_signIn->setVisible(signIn.has_value());
    if (signIn)
        m_signIn->setText(signIn->state, signIn->strong, signIn->why);
    m_signIn->setToolTip(signIn ? signIn->why : QString());
    setFacts(approval);
    setPeople(approval, me, now);
    if (another)
        m_decision->clear();
    setDecision(approval);
}

void ApprovalPage::setFacts(const GetApproval::Response& approval)
{
    const ApprovalRequest& request = approval.request;
    m_facts->clear();
    m_facts->addRow(tr("What"), tr("%1, once").arg(text(request.tool)));
    m_facts->addRow(tr("Reference"), text(request.reference));
    m_facts->addRow(tr("Agent"), text(request.agentTitle.empty() ? request.agent : request.agentTitle));
    m_facts->addRow(tr("For"), text(request.requesterName));
    m_effect->setState(effectState(request.effect), word(request.effect));
    m_effectWords->setText(text(approval.effectInWords));
    m_callCard->setSubtitle(text(request.tool));
    m_call->setPlainText(approval.argumentsText.empty() ? tr("The arguments were erased; the digest still names them.")
                                                        : text(approval.argumentsText));
    m_digest->setText(tr("Digest %1. Any change to the call asks again.").arg(shortId(request.digest)));
    m_digest->setToolTip(text(request.digest));
    m_why->setText(titled(request.why, request.agent, request.agentTitle));
    // Its whole name is too long for the head of a card, and a line of its own would push the evidence out of sight.
    m_rule->setText(request.rule.empty() ? tr("Rules that ask") : tr("Open the rule"));
    m_rule->setToolTip(request.rule.empty() ? QString() : ruleWords(request.rule));
    m_similar->setText(similarWords(approval));
    const double all = double(approval.similarApproved + approval.similarDenied);
    m_similarBar->setVisible(all > 0);
    if (all > 0)
        m_similarBar->setParts({{tr("Approved"), double(approval.similarApproved) / all, Token::okQuiet},
            {tr("Denied"), double(approval.similarDenied) / all, Token::error}});
}

void ApprovalPage::setPeople(const GetApproval::Response& approval, const Principal& me, const QDateTime& now)
{
    while (QLayoutItem* item = m_people->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const PersonWords& person : approvalPeople(approval, me, now)) {
        auto* trailing = new StatusText(person.state, person.word, TextStyle::small);
        m_people->addWidget(new PersonRow(person.name, person.role, person.detail, trailing));
    }
    const StateWords words = stateOf(approval.request.state);
    m_progress->setState(words.state, progressWords(approval.request));
}

void ApprovalPage::setDecision(const GetApproval::Response& approval)
{
    const ApprovalRequest& request = approval.request;
    if (approval.awaitsMe && approval.whyNotConfirm.empty())
        return m_decision->setOpen(DecisionCard::Act::confirm);
    if (approval.awaitsMe)
        return m_decision->setSignInFirst(text(approval.whyNotConfirm));
    if (approval.mayDecide)
        return m_decision->setOpen();
    if (request.state == ApprovalState::Waiting) {
        m_decision->setClosed(text(approval.whyNot));
        return;
    }
    const StateWords words = stateOf(request.state);
    QString detail;
    if (!request.decisions.empty()) {
        const ApprovalDecision& last = request.decisions.back();
        detail = tr("by %1: %2").arg(text(last.name), text(last.reason));
    }
    m_decision->setDecided(words.state, words.words, detail);
}

}

#include "ui/screens/activity/story_tab.h"

#include "ui/bridge/load_view.h"
#include "ui/bridge/screen.h"
#include "ui/bridge/values.h"
#include "ui/kit/badge.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace ephor::ui::activity {

namespace {

/// Longest piece shown; the whole of it is copied.
constexpr qsizetype longestShownPart = 20'000;

QWidget* partCard(const TranscriptPart& part, int number)
{
    auto* card = new Card(speakerOf(part));
    if (!part.call.empty())
        card->setSubtitle(text(part.call));
    const SourceWords source = sourceOf(part);
    auto* badge = new StatusBadge(source.state, source.words);
    badge->setToolTip(source.meaning);
    card->addLeading(badge);
    auto* copy = new IconButton(Icon::copy, StoryTab::tr("Copy part %1").arg(number));
    copy->setSize(Button::Size::compact);
    card->addTrailing(copy);
    QObject::connect(
        copy, &QAbstractButton::clicked, copy, [all = text(part.text)] { QGuiApplication::clipboard()->setText(all); });
    QString words = text(part.text);
    if (words.size() > longestShownPart)
        words = words.left(longestShownPart) + QLatin1Char('\n')
            + counted(static_cast<std::uint64_t>(words.size() - longestShownPart),
                StoryTab::tr("… 1 more character; copy to read all"),
                StoryTab::tr("… %1 more characters; copy to read all"));
    const bool mono = part.role == "tool" || part.role == "system";
    auto* label = new Label(words, mono ? TextStyle::mono : TextStyle::body, Token::textPrimary, card);
    label->setTextFormat(Qt::PlainText);
    label->setOverflow(Label::Overflow::wrap);
    card->body()->addWidget(label);
    return card;
}

}

QString speakerOf(const TranscriptPart& part)
{
    const QString name = text(part.name);
    if (part.role == "system")
        return StoryTab::tr("Instructions");
    if (part.role == "user")
        return name.isEmpty() ? StoryTab::tr("Person") : name;
    if (part.role == "assistant")
        return StoryTab::tr("Agent");
    if (part.role == "tool")
        return name.isEmpty() ? StoryTab::tr("Tool") : StoryTab::tr("Tool %1").arg(name);
    return text(part.role);
}

SourceWords sourceOf(const TranscriptPart& part)
{
    if (part.source == "system")
        return {
            State::ok, StoryTab::tr("Governed"), StoryTab::tr("The version of the prompt that this run was bound to")};
    if (part.source == "person")
        return {State::neutral, StoryTab::tr("From the person"),
            StoryTab::tr("Sent for the person the caller named; nobody vouched for what it says")};
    if (part.source == "caller")
        return {State::neutral, StoryTab::tr("From the caller"),
            StoryTab::tr("Sent by the calling system, which named no person for it; nobody vouched for what it says")};
    if (part.source == "model")
        return {State::neutral, StoryTab::tr("By the model"),
            StoryTab::tr("Generated in this run; it may repeat what untrusted text told it")};
    // Loud: text that comes by way of a tool is what carries a stranger's orders into a run.
    if (part.source == "tool")
        return {State::warning, StoryTab::tr("Tool result, untrusted"),
            StoryTab::tr("Read by a tool, maybe written by strangers; it never gives a right")};
    return {
        State::unknown, StoryTab::tr("Source unknown"), StoryTab::tr("The record does not say where this came from")};
}

StoryTab::StoryTab(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_stack(new QStackedLayout(this))
{
    m_stack->addWidget(makeDoor());
    auto* area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::StrongFocus);
    area->setAccessibleName(tr("What was said"));
    auto* content = new QWidget(area);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, metrics::space8, 0);
    rows->setSpacing(metrics::space8);
    m_erased = new Banner(State::warning, tr("Part of this was erased."),
        tr("The record keeps that it was there, and its digest."), content);
    rows->addWidget(m_erased);
    m_parts = new QVBoxLayout;
    m_parts->setSpacing(metrics::space8);
    rows->addLayout(m_parts);
    rows->addStretch(1);
    area->setWidget(content);
    m_view = new LoadView(area, 6, this);
    m_stack->addWidget(m_view);
    connect(m_view, &LoadView::retryRequested, this, &StoryTab::load);
}

QWidget* StoryTab::makeDoor()
{
    auto* card = new Card({}, Card::Padding::standard, this);
    auto* words = new Label(tr("What was said in this run is sealed"), TextStyle::heading, Token::textPrimary, card);
    words->setAlignment(Qt::AlignHCenter);
    auto* why = new Label(tr("Instructions, questions, answers and the arguments of calls. Opening it is written into "
                             "the record as a disclosure, with your name and the time."),
        TextStyle::body, Token::textSecondary, card);
    why->setOverflow(Label::Overflow::wrap);
    why->setAlignment(Qt::AlignHCenter);
    auto* open = new Button(tr("Open the story (recorded as a disclosure)"), Button::Role::primary, card);
    open->setGlyph(Icon::eye);
    open->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    const bool may = m_context.session.may(Permission::OpenSealed);
    open->setEnabled(may);
    open->setToolTip(
        may ? QString() : tr("Your roles do not open sealed content; ask a governance officer or an auditor."));
    card->body()->addStretch(1);
    card->body()->addWidget(words);
    card->body()->addWidget(why);
    card->body()->addWidget(open, 0, Qt::AlignHCenter);
    card->body()->addStretch(1);
    connect(open, &QAbstractButton::clicked, this, &StoryTab::load);
    return card;
}

void StoryTab::setRun(const QString& id)
{
    if (id == m_run)
        return;
    m_run = id;
    m_asked.cancel();
    m_stack->setCurrentIndex(0);
}

void StoryTab::load()
{
    m_stack->setCurrentIndex(1);
    m_view->beginNew();
    m_asked.request<OpenRun>(this, m_context.session, {utf8(m_run)}, [this](Result<OpenRun::Response> answer) {
        if (answer)
            show(*answer);
        else
            m_view->showError(answer.error());
    });
}

void StoryTab::show(const OpenRun::Response& story)
{
    while (QLayoutItem* item = m_parts->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_erased->setVisible(story.erased);
    if (story.parts.empty()) {
        m_view->showInstead(new EmptyState(EmptyState::Kind::cleared,
                                story.erased ? tr("All of it was erased") : tr("Nothing was said yet"),
                                tr("The record keeps what was decided.")),
            m_context.now());
        return;
    }
    int number = 0;
    for (const TranscriptPart& part : story.parts)
        m_parts->addWidget(partCard(part, ++number));
    m_view->showContent(m_context.now());
}

}

#include "ui/screens/activity/story_tab.h"

#include "ui/bridge/entity_titles.h"
#include "ui/bridge/load_view.h"
#include "ui/bridge/screen.h"
#include "ui/bridge/values.h"
#include "ui/kit/button.h"
#include "ui/kit/card.h"
#include "ui/kit/empty_state.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/screens/activity/inspected_list.h"
#include "ui/screens/activity/label_legend.h"
#include "ui/screens/activity/story_part.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace ephor::ui::activity {

StoryTab::StoryTab(ScreenContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_stack(new QStackedLayout(this))
{
    m_stack->addWidget(makeDoor());
    m_view = new LoadView(makeStory(), 6, this);
    m_stack->addWidget(m_view);
    connect(m_view, &LoadView::retryRequested, this, &StoryTab::load);
    connect(&EntityTitles::of(context.session), &EntityTitles::changed, this, [this] {
        showFound();
        if (m_story)
            show(*m_story);
    });
}

QWidget* StoryTab::makeStory()
{
    m_area = new QScrollArea;
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setWidgetResizable(true);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->setFocusPolicy(Qt::StrongFocus);
    m_area->setAccessibleName(tr("What was said"));
    auto* content = new QWidget(m_area);
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, metrics::space8, 0);
    rows->setSpacing(metrics::space8);
    m_erased = new Banner(State::warning, tr("Part of this was erased."),
        tr("The record keeps that it was there, and its digest."), content);
    rows->addWidget(m_erased);
    rows->addWidget(new LabelLegend(content));
    m_parts = new QVBoxLayout;
    m_parts->setSpacing(metrics::space8);
    rows->addLayout(m_parts);
    rows->addStretch(1);
    m_area->setWidget(content);
    return m_area;
}

QWidget* StoryTab::makeDoor()
{
    auto* page = new QWidget(this);
    auto* rows = new QVBoxLayout(page);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    auto* card = new Card({}, Card::Padding::standard, page);
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
    m_nothingFound
        = new Label(tr("Nothing was recorded as found in its texts."), TextStyle::small, Token::textMuted, card);
    m_nothingFound->setAlignment(Qt::AlignHCenter);
    card->body()->addWidget(m_nothingFound);
    card->body()->addStretch(1);
    rows->addWidget(card, 1);
    m_found = new InspectedList(page);
    rows->addWidget(m_found);
    connect(open, &QAbstractButton::clicked, this, &StoryTab::load);
    return page;
}

void StoryTab::setRun(const GetRun::Response& run)
{
    m_inspected = run.inspected;
    showFound();
    const QString id = text(run.run.id);
    if (id == m_run)
        return;
    m_run = id;
    m_asked.cancel();
    m_story.reset();
    m_stack->setCurrentIndex(0);
}

void StoryTab::showFound()
{
    m_nothingFound->setVisible(m_inspected.empty());
    m_found->setVisible(!m_inspected.empty());
    m_found->setInspected(m_inspected, EntityTitles::of(m_context.session).known());
}

void StoryTab::load()
{
    m_stack->setCurrentIndex(1);
    m_view->beginNew();
    m_asked.request<OpenRun>(this, m_context.session, {utf8(m_run)}, [this](Result<OpenRun::Response> answer) {
        if (!answer)
            return m_view->showError(answer.error());
        m_story = std::move(*answer);
        show(*m_story);
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
    const Entities& known = EntityTitles::of(m_context.session).known();
    for (std::size_t at = 0; at < story.parts.size(); ++at) {
        auto* part = new StoryPart(story.parts, at, labelOf(story.parts[at].label), known);
        connect(part, &StoryPart::callWanted, this, &StoryTab::showCall);
        m_parts->addWidget(part);
    }
    m_view->showContent(m_context.now());
}

void StoryTab::showCall(const QString& call)
{
    for (std::size_t at = 0; m_story && at < m_story->parts.size(); ++at) {
        const TranscriptPart& part = m_story->parts[at];
        if (part.role != "tool" || text(part.call) != call)
            continue;
        QWidget* card = m_parts->itemAt(int(at))->widget();
        m_area->verticalScrollBar()->setValue(card->mapTo(m_area->widget(), QPoint(0, 0)).y());
        return;
    }
}

}

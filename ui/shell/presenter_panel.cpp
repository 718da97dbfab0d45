#include "ui/shell/presenter_panel.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui {

PresenterPanel::PresenterPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_error(new InlineError({}, this))
{
    setAccessibleName(tr("Presenter"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::contentPadding, metrics::space12, metrics::contentPadding, metrics::space12);
    column->setSpacing(metrics::space12);
    auto* head = new QHBoxLayout;
    head->addWidget(new Label(tr("Presenter"), TextStyle::heading), 1);
    auto* close = new IconButton(Icon::cross, tr("Leave presenter mode"), this);
    connect(close, &QAbstractButton::clicked, this, &PresenterPanel::closeRequested);
    head->addWidget(close);
    column->addLayout(head);
    m_error->hide();
    connect(m_error, &InlineError::retryRequested, this, &PresenterPanel::load);
    column->addWidget(m_error);
    auto* page = new QWidget;
    m_list = new QVBoxLayout(page);
    m_list->setContentsMargins({});
    m_list->setSpacing(metrics::space24);
    auto* area = new QScrollArea(this);
    area->setAccessibleName(tr("Stories"));
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidgetResizable(true);
    area->setWidget(page);
    // The panel paints its own ground.
    area->viewport()->setAutoFillBackground(false);
    page->setAutoFillBackground(false);
    column->addWidget(area, 1);
    load();
}

void PresenterPanel::load()
{
    m_error->hide();
    m_load.request<ListStories>(this, m_session, {},
        [this](Result<ListStories::Response> answer) { answer ? showStories(answer->stories) : fail(answer.error()); });
}

void PresenterPanel::showStories(const std::vector<Story>& stories)
{
    while (QLayoutItem* item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_rows.clear();
    for (const Story& story : stories)
        addStory(story);
    m_list->addStretch(1);
}

void PresenterPanel::addStory(const Story& story)
{
    auto* card = new QWidget(this);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins({});
    column->setSpacing(metrics::space4);
    const auto addWords = [&](const QString& words, TextStyle style, Token color) {
        auto* label = new Label(words, style, color);
        label->setOverflow(Label::Overflow::wrap);
        column->addWidget(label);
        return label;
    };
    Row row;
    row.story = story;
    addWords(text(story.title), TextStyle::strong, Token::textPrimary);
    addWords(text(story.says), TextStyle::body, Token::textSecondary);
    row.step = addWords({}, TextStyle::smallStrong, Token::textSecondary);
    row.happened = addWords({}, TextStyle::small, Token::textPrimary);
    row.happened->hide();
    auto* buttons = new QHBoxLayout;
    row.forward = new Button(tr("Next"), Button::Role::primary);
    row.forward->setAccessibleName(tr("Next step of %1").arg(text(story.title)));
    row.reset = new Button(tr("Reset"));
    row.reset->setAccessibleName(tr("Reset %1").arg(text(story.title)));
    buttons->addWidget(row.forward);
    buttons->addWidget(row.reset);
    buttons->addStretch(1);
    column->addSpacing(metrics::space4);
    column->addLayout(buttons);
    connect(row.forward, &QAbstractButton::clicked, this,
        [this, id = story.id] { play(id, m_rows.at(id).next.value_or(0), false); });
    connect(row.reset, &QAbstractButton::clicked, this, [this, id = story.id] { play(id, 0, true); });
    m_list->addWidget(card);
    refresh(m_rows[story.id] = row);
}

void PresenterPanel::refresh(Row& row)
{
    const bool over = !row.next || *row.next >= row.story.steps.size();
    row.step->setText(over
            ? tr("Told to its end")
            : tr("%1 of %2: %3").arg(*row.next + 1).arg(row.story.steps.size()).arg(text(row.story.steps[*row.next])));
    const bool may = m_session.may(Permission::OperateRollouts) && !m_play.isPending();
    row.forward->setEnabled(may && !over);
    row.reset->setEnabled(may);
    const QString why = m_play.isPending() ? tr("A step is under way.") : tr("Your role does not operate rollouts.");
    row.forward->setToolTip(!may ? why : over ? tr("Told to its end; Reset begins again.") : QString());
    row.reset->setToolTip(may ? QString() : why);
}

void PresenterPanel::play(const std::string& id, std::uint64_t step, bool reset)
{
    m_error->hide();
    RunStory::Request ask;
    ask.story = id;
    ask.step = step;
    ask.reset = reset;
    m_play.request<RunStory>(this, m_session, ask, [this, id, reset](Result<RunStory::Response> answer) {
        if (answer) {
            Row& row = m_rows.at(id);
            row.next = answer->next > 0 ? std::optional(answer->next) : std::nullopt;
            if (reset)
                row.next = 0;
            row.happened->setText(text(answer->happened));
            row.happened->setVisible(!answer->happened.empty());
            const std::string route = reset && answer->route.empty() ? row.story.route : answer->route;
            if (!route.empty())
                Q_EMIT routeWanted(Route::parse(text(route)));
        } else {
            fail(answer.error());
        }
        for (auto& [name, one] : m_rows)
            refresh(one);
    });
    for (auto& [name, one] : m_rows)
        refresh(one);
}

void PresenterPanel::fail(const Error& error)
{
    m_error->setError(errorText(error));
    m_error->show();
}

void PresenterPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), token(Token::surface));
    paintLine(painter, QPointF(0, 0), QPointF(0, height()), token(Token::borderSubtle));
}

}

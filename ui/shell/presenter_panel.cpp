#include "ui/shell/presenter_panel.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/button.h"
#include "ui/kit/inline_error.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"
#include "ui/shell/presenter_strip.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace ephor::ui {

namespace {

constexpr int panelWidth = 320;

}

PresenterPanel::PresenterPanel(Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_head(new QWidget(this))
    , m_error(new InlineError({}, this))
    , m_strip(new PresenterStrip(this))
{
    setAccessibleName(tr("Presenter"));
    auto* column = new QVBoxLayout(this);
    column->setSpacing(metrics::space12);
    auto* head = new QHBoxLayout(m_head);
    head->setContentsMargins({});
    head->addWidget(new Label(tr("Presenter"), TextStyle::heading), 1);
    auto* close = new IconButton(Icon::cross, tr("Leave presenter mode"), this);
    connect(close, &QAbstractButton::clicked, this, &PresenterPanel::closeRequested);
    head->addWidget(close);
    column->addWidget(m_head);
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
    m_area = area;
    column->addWidget(area, 1);
    column->addWidget(m_strip);
    connect(m_strip, &PresenterStrip::closeRequested, this, &PresenterPanel::closeRequested);
    connect(m_strip, &PresenterStrip::storyChosen, this, [this](const QString& id) { choose(id.toStdString()); });
    connect(m_strip, &PresenterStrip::nextRequested, this, [this] { m_rows.at(m_chosen).forward->click(); });
    connect(m_strip, &PresenterStrip::resetRequested, this, [this] { m_rows.at(m_chosen).reset->click(); });
    setShape(Shape::panel);
    load();
}

void PresenterPanel::setShape(Shape shape)
{
    m_shape = shape;
    const bool beside = shape == Shape::panel;
    m_head->setVisible(beside);
    m_area->setVisible(beside);
    m_strip->setVisible(!beside);
    const int edge = beside ? metrics::space12 : metrics::space8;
    layout()->setContentsMargins(metrics::contentPadding, edge, metrics::contentPadding, edge);
    setSizePolicy(
        beside ? QSizePolicy::Fixed : QSizePolicy::Expanding, beside ? QSizePolicy::Expanding : QSizePolicy::Fixed);
    updateGeometry();
    update();
}

QSize PresenterPanel::sizeHint() const
{
    return m_shape == Shape::panel ? QSize(panelWidth, 600) : layout()->sizeHint();
}

void PresenterPanel::choose(const std::string& id)
{
    m_chosen = id;
    refresh(m_rows.at(id));
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
    QList<std::pair<QString, QString>> titles;
    for (const Story& story : stories)
        titles.emplaceBack(text(story.id), text(story.title));
    m_strip->setStories(titles);
    for (const Story& story : stories)
        addStory(story);
    m_list->addStretch(1);
    if (!stories.empty())
        choose(m_rows.contains(m_chosen) ? m_chosen : stories.front().id);
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
    const QString whyNoNext = !may ? why : over ? tr("Told to its end; Reset begins again.") : QString();
    const QString whyNoReset = may ? QString() : why;
    row.forward->setToolTip(whyNoNext);
    row.reset->setToolTip(whyNoReset);
    if (row.story.id == m_chosen)
        refreshStrip(row, whyNoNext, whyNoReset);
}

void PresenterPanel::refreshStrip(const Row& row, const QString& whyNoNext, const QString& whyNoReset)
{
    PresenterStrip::Told told;
    told.title = text(row.story.title);
    told.step = row.step->text();
    told.says = row.happened->text().isEmpty() ? text(row.story.says) : row.happened->text();
    told.whyNoNext = whyNoNext;
    told.whyNoReset = whyNoReset;
    m_strip->setTold(told);
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
    const QPointF end = m_shape == Shape::panel ? QPointF(0, height()) : QPointF(width(), 0);
    paintLine(painter, QPointF(0, 0), end, token(Token::borderSubtle));
}

}

#include "ui/shell/presenter_strip.h"

#include "ui/kit/button.h"
#include "ui/kit/label.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

namespace ephor::ui {

PresenterStrip::PresenterStrip(QWidget* parent)
    : QWidget(parent)
    , m_menu(new QMenu(this))
    , m_story(new Button({}, Button::Role::quiet, this))
    , m_step(new Label({}, TextStyle::strong, Token::textPrimary, this))
    , m_says(new Label({}, TextStyle::small, Token::textSecondary, this))
    , m_next(new Button(tr("Next"), Button::Role::primary, this))
    , m_reset(new Button(tr("Reset"), Button::Role::secondary, this))
{
    m_menu->setAccessibleName(tr("Stories"));
    m_story->setProperty("chevron", true);
    m_story->setAccessibleDescription(tr("Chooses the story"));
    m_step->setOverflow(Label::Overflow::elide);
    m_says->setOverflow(Label::Overflow::wrap);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(metrics::space8);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::space8);
    head->addWidget(m_story);
    head->addWidget(m_step, 1);
    words->addLayout(head);
    // In line with the words of the button above it.
    auto* below = new QHBoxLayout;
    below->setContentsMargins(metrics::space12, 0, 0, 0);
    below->addWidget(m_says);
    words->addLayout(below);
    row->addLayout(words, 1);
    row->addWidget(m_next);
    row->addWidget(m_reset);
    auto* close = new IconButton(Icon::cross, tr("Leave presenter mode"), this);
    row->addWidget(close);
    connect(m_story, &QAbstractButton::clicked, this, [this] {
        const QPoint corner = m_story->mapToGlobal(QPoint(0, 0));
        m_menu->popup(QPoint(corner.x(), corner.y() - m_menu->sizeHint().height()));
    });
    connect(m_next, &QAbstractButton::clicked, this, &PresenterStrip::nextRequested);
    connect(m_reset, &QAbstractButton::clicked, this, &PresenterStrip::resetRequested);
    connect(close, &QAbstractButton::clicked, this, &PresenterStrip::closeRequested);
    setStories({});
}

void PresenterStrip::setStories(const QList<std::pair<QString, QString>>& stories)
{
    m_menu->clear();
    for (const auto& [id, title] : stories) {
        m_menu->addAction(
            QString(title).replace(u'&', QStringLiteral("&&")), this, [this, id = id] { Q_EMIT storyChosen(id); });
    }
    for (QWidget* part : std::initializer_list<QWidget*>{m_story, m_step, m_says, m_next, m_reset})
        part->setVisible(!stories.isEmpty());
}

void PresenterStrip::setTold(const Told& told)
{
    m_story->setText(QString(told.title).replace(u'&', QStringLiteral("&&")));
    m_story->setAccessibleName(tr("Story: %1").arg(told.title));
    m_story->updateGeometry();
    m_step->setText(told.step);
    m_step->setToolTip(told.step);
    m_says->setText(told.says);
    m_says->setToolTip(told.says);
    m_next->setAccessibleName(tr("Next step of %1").arg(told.title));
    m_next->setEnabled(told.whyNoNext.isEmpty());
    m_next->setToolTip(told.whyNoNext);
    m_reset->setAccessibleName(tr("Reset %1").arg(told.title));
    m_reset->setEnabled(told.whyNoReset.isEmpty());
    m_reset->setToolTip(told.whyNoReset);
}

}

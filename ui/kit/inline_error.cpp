#include "ui/kit/inline_error.h"

#include "ui/kit/button.h"
#include "ui/kit/icon_view.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace ephor::ui {

InlineError::InlineError(const ErrorText& error, QWidget* parent)
    : QWidget(parent)
    , m_cause(new Label({}, TextStyle::strong, Token::textPrimary, this))
    , m_hint(new Label({}, TextStyle::body, Token::textSecondary, this))
    , m_id(new Label({}, TextStyle::monoSmall, Token::textSecondary, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::cardPadding, 10, metrics::cardPadding, 10);
    row->setSpacing(metrics::space8);
    row->addWidget(new IconView(Icon::stateFailed, Token::error, metrics::icon, this), 0, Qt::AlignTop);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(metrics::space2);
    m_cause->setOverflow(Label::Overflow::wrap);
    m_hint->setOverflow(Label::Overflow::wrap);
    lines->addWidget(m_cause);
    lines->addWidget(m_hint);
    lines->addWidget(m_id);
    row->addLayout(lines, 1);
    auto* retry = new Button(tr("Try again"), Button::Role::secondary, this);
    retry->setGlyph(Icon::refresh);
    auto* copy = new IconButton(Icon::copy, tr("Copy details"), this);
    row->addWidget(retry, 0, Qt::AlignTop);
    row->addWidget(copy, 0, Qt::AlignTop);
    connect(retry, &QAbstractButton::clicked, this, &InlineError::retryRequested);
    connect(copy, &QAbstractButton::clicked, this, [this] {
        const QStringList details{m_error.cause, m_error.hint, m_error.id};
        QGuiApplication::clipboard()->setText(details.join(QLatin1Char('\n')));
    });
    setError(error);
}

void InlineError::setError(const ErrorText& error)
{
    m_error = error;
    setAccessibleName(error.cause);
    setAccessibleDescription(error.hint);
    m_cause->setText(error.cause);
    m_hint->setText(error.hint);
    m_hint->setVisible(!error.hint.isEmpty());
    m_id->setText(error.id);
    m_id->setVisible(!error.id.isEmpty());
}

void InlineError::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), token(Token::badgeError), token(Token::error), metrics::radiusCard);
}

Banner::Banner(State state, const QString& strong, const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_strong(new Label({}, TextStyle::smallStrong, Token::textPrimary, this))
    , m_text(new Label({}, TextStyle::small, Token::textPrimary, this))
    , m_action(new LinkLabel({}, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::cardPadding + 20, 4, metrics::cardPadding, 4);
    row->setSpacing(metrics::space8);
    m_text->setOverflow(Label::Overflow::elide);
    row->addWidget(m_strong);
    row->addWidget(m_text, 1);
    row->addWidget(m_action);
    m_action->hide();
    m_action->setTextStyle(TextStyle::smallStrong);
    connect(m_action, &QAbstractButton::clicked, this, &Banner::actionTriggered);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(state, strong, text);
}

void Banner::setText(State state, const QString& strong, const QString& text)
{
    m_state = state;
    m_strong->setText(strong);
    m_strong->setVisible(!strong.isEmpty());
    m_strong->setColor(badgeText(state));
    m_text->setText(text);
    m_text->setColor(badgeText(state));
    setAccessibleName(strong.isEmpty() ? text : strong);
    setAccessibleDescription(text);
    update();
}

void Banner::setAction(const QString& label)
{
    m_action->setText(label);
    m_action->setVisible(!label.isEmpty());
    m_action->updateGeometry();
}

void Banner::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), token(badgeFill(m_state)));
    paintIcon(painter, QRectF(metrics::cardPadding, height() / 2.0 - 6, 12, 12), stateIcon(m_state),
        token(badgeText(m_state)));
}

}

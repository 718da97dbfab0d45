#include "ui/kit/field.h"

#include "ui/kit/button.h"
#include "ui/kit/label.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

namespace ephor::ui {

TextField::TextField(const QString& accessibleName, QWidget* parent)
    : QLineEdit(parent)
{
    setAccessibleName(accessibleName);
    setTextMargins(5, 0, 5, 0);
}

void TextField::setError(const QString& message)
{
    m_error = message;
    setToolTip(message);
    setAccessibleDescription(message);
    update();
}

void TextField::setMonospace()
{
    setFont(textFont(TextStyle::mono));
}

QSize TextField::sizeHint() const
{
    return {QLineEdit::sizeHint().width(), std::max(metrics::controlHeight, lineHeight(TextStyle::body) + 8)};
}

void TextField::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (m_error.isEmpty())
        return;
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), {}, token(Token::error), metrics::radiusControl);
}

SearchField::SearchField(const QString& placeholder, QWidget* parent)
    : TextField(placeholder, parent)
    , m_pause(new QTimer(this))
{
    setPlaceholderText(placeholder);
    setTextMargins(27, 0, 27, 0);
    m_pause->setSingleShot(true);
    m_pause->setInterval(120);
    auto* clearButton = new IconButton(Icon::cross, tr("Clear"), this);
    clearButton->setSize(Button::Size::compact);
    clearButton->setFocusPolicy(Qt::NoFocus);
    clearButton->setCursor(Qt::ArrowCursor);
    clearButton->hide();
    m_clear = clearButton;
    connect(m_clear, &QAbstractButton::clicked, this, &QLineEdit::clear);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_clear->setVisible(!text.isEmpty());
        m_pause->start();
    });
    connect(m_pause, &QTimer::timeout, this, [this] { Q_EMIT searchChanged(text()); });
}

void SearchField::setKeyHint(const QString& keys)
{
    m_keys = keys;
    setTextMargins(27, 0, std::max(27, static_cast<int>(paintKeycap(nullptr, {}, keys)) + 10), 0);
    update();
}

void SearchField::setDelay(int milliseconds)
{
    m_pause->setInterval(milliseconds);
}

void SearchField::paintEvent(QPaintEvent* event)
{
    TextField::paintEvent(event);
    QPainter painter(this);
    paintIcon(painter, QRectF(8, height() / 2.0 - 8, 16, 16), Icon::search, token(Token::textMuted));
    if (!m_keys.isEmpty() && text().isEmpty()) {
        const qreal width = paintKeycap(nullptr, {}, m_keys);
        paintKeycap(&painter, QPointF(this->width() - width - 6, height() / 2.0), m_keys);
    }
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Escape && window() != nullptr) {
        clearFocus();
        event->ignore();
        return;
    }
    TextField::keyPressEvent(event);
}

void SearchField::resizeEvent(QResizeEvent* event)
{
    TextField::resizeEvent(event);
    m_clear->setGeometry(width() - 26, (height() - 24) / 2, 24, 24);
}

FormRow::FormRow(const QString& label, QWidget* control, const QString& hint, QWidget* parent)
    : QWidget(parent)
    , m_control(control)
    , m_hint(new Label(hint, TextStyle::small, Token::textMuted, this))
    , m_hintText(hint)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::space4);
    auto* name = new Label(label, TextStyle::smallMedium, Token::textSecondary, this);
    name->setBuddy(control);
    if (control->accessibleName().isEmpty())
        control->setAccessibleName(label);
    rows->addWidget(name);
    rows->addWidget(control);
    rows->addWidget(m_hint);
    m_hint->setOverflow(Label::Overflow::wrap);
    m_hint->setVisible(!hint.isEmpty());
    if (!hint.isEmpty())
        control->setAccessibleDescription(hint);
}

void FormRow::setError(const QString& message)
{
    const bool wrong = !message.isEmpty();
    m_hint->setText(wrong ? message : m_hintText);
    m_hint->setColor(wrong ? Token::badgeErrorText : Token::textMuted);
    m_hint->setVisible(!m_hint->text().isEmpty());
    if (auto* field = qobject_cast<TextField*>(m_control))
        field->setError(message);
}

}

#include "ui/kit/chip.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QKeyEvent>
#include <QPainter>

namespace ephor::ui {

namespace {

constexpr int chipHeight = 20;

QString simulatedWord()
{
    return SimulatedTag::tr("SIMULATED");
}

QFont simulatedFont()
{
    QFont font = textFont(TextStyle::micro);
    font.setWeight(QFont::DemiBold);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0.4);
    return font;
}

}

Chip::Chip(const QString& text, QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void Chip::setText(const QString& text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setGlyph(Icon glyph)
{
    m_glyph = glyph;
    updateGeometry();
}

QSize Chip::sizeHint() const
{
    return {textWidth(TextStyle::small, m_text) + 14 + (m_glyph == Icon::none ? 0 : 16),
        std::max(chipHeight, lineHeight(TextStyle::small) + 4)};
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintBox(painter, QRectF(rect()), token(Token::surface), token(Token::borderStrong), metrics::radiusControl);
    qreal x = 7;
    if (m_glyph != Icon::none) {
        paintIcon(painter, QRectF(x - 1, height() / 2.0 - 6, 12, 12), m_glyph, token(Token::textSecondary));
        x += 15;
    }
    paintText(painter, QRectF(x, 0, width() - x, height()), TextStyle::small, Token::textSecondary, m_text);
}

FilterChip::FilterChip(const QString& key, const QString& value, QWidget* parent)
    : QAbstractButton(parent)
    , m_key(key)
    , m_value(value)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(key.isEmpty() ? tr("Remove %1").arg(value) : tr("Remove filter %1: %2").arg(key, value));
    setToolTip(accessibleName());
    connect(this, &QAbstractButton::clicked, this, [this] { Q_EMIT removed(m_key, m_value); });
}

QSize FilterChip::sizeHint() const
{
    const int words = m_key.isEmpty() ? textWidth(TextStyle::small, m_value)
                                      : textWidth(TextStyle::mono, m_key + QLatin1Char(':') + m_value);
    return {words + 32, std::max(metrics::controlCompact, lineHeight(TextStyle::mono) + 4)};
}

void FilterChip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    paintBox(painter, box, token(Token::badgeInfo), underMouse() ? token(Token::link) : QColor(), 4);
    qreal x = 8;
    if (!m_key.isEmpty())
        x += paintText(
            painter, QRectF(x, 0, width(), height()), TextStyle::mono, Token::badgeInfoText, m_key + QLatin1Char(':'));
    paintText(painter, QRectF(x, 0, width() - x - 20, height()), m_key.isEmpty() ? TextStyle::small : TextStyle::mono,
        Token::textPrimary, m_value);
    paintIcon(painter, QRectF(width() - 18, height() / 2.0 - 6, 12, 12), Icon::cross, token(Token::textMuted));
    if (showsFocus(this))
        paintFocusRing(painter, box, metrics::radiusControl);
}

void FilterChip::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        click();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

SimulatedTag::SimulatedTag(Token color, QWidget* parent)
    : QWidget(parent)
    , m_color(color)
{
    setAccessibleName(tr("Simulated"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize SimulatedTag::sizeHint() const
{
    return {QFontMetrics(simulatedFont()).horizontalAdvance(simulatedWord()) + 14, 18};
}

void SimulatedTag::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(token(m_color), 1);
    pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    paintText(painter, QRectF(rect()), simulatedFont(), token(m_color), simulatedWord(), Qt::AlignHCenter);
}

}

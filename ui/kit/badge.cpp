#include "ui/kit/badge.h"

#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <cmath>

namespace ephor::ui {

namespace {

QString badgeWords(State state, const QString& text)
{
    return text.isEmpty() ? stateWord(state) : text;
}

int glyphRoom(State state)
{
    return stateIcon(state) == Icon::none ? 0 : metrics::iconCell + metrics::space4;
}

}

int badgeWidth(State state, const QString& text)
{
    return textWidth(TextStyle::smallStrong, badgeWords(state, text)) + glyphRoom(state) + 15;
}

qreal paintBadge(QPainter& painter, const QRectF& rect, State state, const QString& text)
{
    const qreal width = std::min<qreal>(badgeWidth(state, text), rect.width());
    const qreal height = std::min<qreal>(20, rect.height());
    const QRectF box(rect.left(), std::round(rect.center().y() - height / 2), width, height);
    paintBox(painter, box, token(badgeFill(state)), {}, metrics::radiusControl);
    qreal x = box.left() + (glyphRoom(state) > 0 ? 6 : 8);
    if (glyphRoom(state) > 0) {
        paintIcon(painter, QRectF(x, box.center().y() - 6, 12, 12), stateIcon(state), token(badgeText(state)));
        x += glyphRoom(state);
    }
    paintText(painter, QRectF(x, box.top(), box.right() - x - 4, box.height()), TextStyle::smallStrong,
        badgeText(state), badgeWords(state, text));
    return width;
}

qreal paintStatus(QPainter& painter, const QRectF& rect, State state, const QString& text, TextStyle style)
{
    qreal x = rect.left();
    if (glyphRoom(state) > 0) {
        paintIcon(painter, QRectF(x, rect.center().y() - 6, 12, 12), stateIcon(state), token(stateToken(state)));
        x += metrics::iconCell + 6;
    }
    x += paintText(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), style, stateTextToken(state),
        badgeWords(state, text));
    return x - rect.left();
}

StatusBadge::StatusBadge(State state, const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setState(state, text);
}

void StatusBadge::setState(State state, const QString& text)
{
    m_state = state;
    m_text = badgeWords(state, text);
    setAccessibleName(m_text);
    updateGeometry();
    update();
}

void StatusBadge::setLarge()
{
    m_height = metrics::controlCompact;
    updateGeometry();
}

QSize StatusBadge::sizeHint() const
{
    if (m_height > 20)
        return {textWidth(TextStyle::strong, m_text) + glyphRoom(m_state) + 17,
            std::max(m_height, lineHeight(TextStyle::strong))};
    return {badgeWidth(m_state, m_text), std::max(m_height, lineHeight(TextStyle::small))};
}

void StatusBadge::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_height <= 20) {
        paintBadge(painter, QRectF(rect()), m_state, m_text);
        return;
    }
    paintBox(painter, QRectF(rect()), token(badgeFill(m_state)), {}, metrics::radiusControl);
    paintIcon(painter, QRectF(7, height() / 2.0 - 6, 12, 12), stateIcon(m_state), token(badgeText(m_state)));
    const qreal x = 7 + glyphRoom(m_state);
    paintText(painter, QRectF(x, 0, width() - x, height()), TextStyle::strong, badgeText(m_state), m_text);
}

StatusText::StatusText(State state, const QString& text, TextStyle style, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_style(style)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setState(state, text);
}

void StatusText::setState(State state, const QString& text)
{
    m_state = state;
    m_text = badgeWords(state, text);
    setAccessibleName(m_text);
    updateGeometry();
    update();
}

QSize StatusText::sizeHint() const
{
    const int glyph = glyphRoom(m_state) > 0 ? metrics::iconCell + 6 : 0;
    return {textWidth(m_style, m_text) + glyph + 1, lineHeight(m_style)};
}

void StatusText::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintStatus(painter, QRectF(rect()), m_state, m_text, m_style);
}

SeverityGlyph::SeverityGlyph(State state, int size, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setState(state);
}

void SeverityGlyph::setState(State state)
{
    m_state = state;
    setAccessibleName(stateWord(state));
    setToolTip(stateWord(state));
    update();
}

void SeverityGlyph::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintIcon(painter, QRectF(rect()), stateIcon(m_state), token(stateToken(m_state)));
}

}

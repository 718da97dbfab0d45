#include "ui/kit/button.h"

#include "ui/kit/focus.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QEvent>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>

namespace ephor::ui {

namespace {

int heightOf(Button::Size size)
{
    switch (size) {
    case Button::Size::compact:
        return metrics::controlCompact;
    case Button::Size::large:
        return metrics::controlLarge;
    case Button::Size::standard:
        break;
    }
    return metrics::controlHeight;
}

struct ButtonColors {
    QColor fill;
    QColor edge;
    QColor words;
};

QColor shaded(const QColor& color, bool down, bool hovered)
{
    if (!color.isValid() || (!down && !hovered))
        return color;
    const bool bright = color.lightnessF() > 0.5;
    const int step = down ? 116 : 108;
    return bright ? color.darker(step - 4) : color.lighter(step + 10);
}

ButtonColors buttonColors(Button::Role role, bool enabled)
{
    if (!enabled)
        return {role == Button::Role::quiet ? QColor() : token(Token::canvas),
            role == Button::Role::quiet ? QColor() : token(Token::borderSubtle), token(Token::textDisabled)};
    switch (role) {
    case Button::Role::primary:
        return {token(Token::accent), token(Token::accent), token(Token::onAccent)};
    case Button::Role::quiet:
        return {QColor(), QColor(), token(Token::textSecondary)};
    case Button::Role::danger:
        return {token(Token::surface), token(Token::error), token(Token::badgeErrorText)};
    case Button::Role::dangerSolid:
        return {token(Token::danger), token(Token::danger), token(Token::onDanger)};
    case Button::Role::secondary:
        break;
    }
    return {token(Token::surface), token(Token::borderStrong), token(Token::textPrimary)};
}

QString plainText(const QString& text)
{
    QString plain = text;
    plain.replace(QStringLiteral("&&"), QStringLiteral("\x01")).remove(QLatin1Char('&'));
    return plain.replace(QLatin1Char('\x01'), QLatin1Char('&'));
}

}

Button::Button(const QString& text, Role role, QWidget* parent)
    : QPushButton(text, parent)
    , m_role(role)
{
    setAttribute(Qt::WA_Hover);
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

void Button::setRole(Role role)
{
    m_role = role;
    update();
}

void Button::setSize(Size size)
{
    m_size = size;
    updateGeometry();
}

void Button::setGlyph(Icon glyph)
{
    m_glyph = glyph;
    updateGeometry();
    update();
}

void Button::setGlyphToken(Token token)
{
    m_glyphToken = token;
    update();
}

void Button::setKeyHint(const QString& keys)
{
    m_keys = keys;
    updateGeometry();
}

void Button::setDot(Token token)
{
    m_dot = token;
    updateGeometry();
    update();
}

bool Button::hasChevron() const
{
    return menu() != nullptr || property("chevron").toBool();
}

int Button::contentWidth() const
{
    const TextStyle style = m_size == Size::compact ? TextStyle::smallMedium : TextStyle::medium;
    int width = textWidth(style, plainText(text()));
    if (m_glyph != Icon::none)
        width += (m_size == Size::compact ? metrics::iconCell : metrics::icon) + (text().isEmpty() ? 0 : 6);
    if (m_dot != Token::count)
        width += 14;
    if (!m_keys.isEmpty())
        width += 6 + static_cast<int>(paintKeycap(nullptr, {}, m_keys));
    if (hasChevron())
        width += 8 + metrics::iconCell;
    return width;
}

QSize Button::sizeHint() const
{
    const int padding = m_size == Size::compact ? 8 : 12;
    const int scaled = std::max(heightOf(m_size), lineHeight(TextStyle::medium) + 4);
    return {contentWidth() + 2 * padding, scaled};
}

bool Button::event(QEvent* event)
{
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    if (event->type() == QEvent::EnabledChange || event->type() == QEvent::ToolTipChange)
        tellWhyNot();
    return QPushButton::event(event);
}

void Button::tellWhyNot()
{
    if (!isEnabled() && !toolTip().isEmpty()) {
        m_whyNot = toolTip();
        setAccessibleDescription(m_whyNot);
    } else if (!m_whyNot.isEmpty() && accessibleDescription() == m_whyNot) {
        m_whyNot.clear();
        setAccessibleDescription({});
    }
}

void Button::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    ButtonColors colors = buttonColors(m_role, isEnabled());
    const bool hovered = isEnabled() && underMouse();
    if (m_role == Role::quiet && (hovered || isDown()))
        colors.fill = token(Token::sunken);
    else if (m_role == Role::secondary || m_role == Role::danger)
        colors.fill = isDown() ? token(Token::sunken) : hovered ? token(Token::canvas) : colors.fill;
    else
        colors.fill = shaded(colors.fill, isDown(), hovered);
    if (isChecked() && isCheckable() && m_dot == Token::count)
        colors.fill = token(Token::selection);
    paintBox(painter, box, colors.fill, colors.edge, metrics::radiusControl);

    const TextStyle style = m_size == Size::compact ? TextStyle::smallMedium : TextStyle::medium;
    const qreal middle = box.center().y();
    qreal x = std::max<qreal>(m_size == Size::compact ? 8 : 12, (width() - contentWidth()) / 2.0);
    if (property("chevron").toBool() || property("leftAligned").toBool())
        x = m_size == Size::compact ? 8 : 12;
    if (m_dot != Token::count) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(token(isEnabled() ? m_dot : Token::textDisabled));
        painter.drawEllipse(QPointF(x + 4, middle), 4, 4);
        x += 14;
    }
    if (m_glyph != Icon::none) {
        const int side = m_size == Size::compact ? metrics::iconCell : metrics::icon;
        const QColor tint = m_glyphToken == Token::count || !isEnabled() ? colors.words : token(m_glyphToken);
        paintIcon(painter, QRectF(x, middle - side / 2.0, side, side), m_glyph, tint);
        x += side + (text().isEmpty() ? 0 : 6);
    }
    const qreal tail = (hasChevron() ? 20 : 0) + (m_keys.isEmpty() ? 0 : 6 + paintKeycap(nullptr, {}, m_keys));
    x += paintText(
        painter, QRectF(x, 0, width() - x - tail - 4, height()), textFont(style), colors.words, plainText(text()));
    if (!m_keys.isEmpty())
        x += 6 + paintKeycap(&painter, QPointF(x + 6, middle), m_keys);
    if (hasChevron())
        paintIcon(painter, QRectF(x + 8, middle - 6, 12, 12), Icon::chevronDown, token(Token::textMuted));
    if (showsFocus(this)) {
        paintFocusRing(painter, box, metrics::radiusControl);
        // A ring of its own colour is not seen on a filled button: a line in the colour of its words sets it off.
        if (m_role == Role::primary || m_role == Role::dangerSolid)
            paintBox(painter, box.adjusted(2, 2, -2, -2), {}, colors.words, metrics::radiusControl - 2);
    }
}

void Button::keyPressEvent(QKeyEvent* event)
{
    // Qt gives Return to a dialog's default button alone; here it presses the button that has the focus.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        if (!event->isAutoRepeat())
            click();
        return;
    }
    QPushButton::keyPressEvent(event);
}

IconButton::IconButton(Icon glyph, const QString& name, QWidget* parent)
    : QAbstractButton(parent)
    , m_glyph(glyph)
{
    setAccessibleName(name);
    setToolTip(name);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconButton::setGlyph(Icon glyph)
{
    m_glyph = glyph;
    update();
}

void IconButton::setSize(Button::Size size)
{
    m_size = size;
    updateGeometry();
}

void IconButton::setCount(int count)
{
    m_count = count;
    setAccessibleDescription(count > 0 ? tr("%n new", nullptr, count) : QString());
    update();
}

QSize IconButton::sizeHint() const
{
    return {heightOf(m_size), heightOf(m_size)};
}

void IconButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    if (isEnabled() && (underMouse() || isDown() || isChecked()))
        paintBox(painter, box, token(isChecked() ? Token::selection : Token::sunken), {}, metrics::radiusControl);
    const QRectF glyph(box.center().x() - 8, box.center().y() - 8, 16, 16);
    paintIcon(painter, glyph, m_glyph, token(isEnabled() ? Token::textSecondary : Token::textDisabled));
    if (m_count > 0) {
        const QString text = m_count > 99 ? QStringLiteral("99+") : QString::number(m_count);
        const qreal width = std::max(14, textWidth(TextStyle::micro, text) + 6);
        const QRectF mark(box.right() - width, box.top(), width, 14);
        paintBox(painter, mark, token(Token::badgeWarn), {}, 7);
        paintText(painter, mark, TextStyle::micro, Token::warn, text, Qt::AlignHCenter);
    }
    if (showsFocus(this))
        paintFocusRing(painter, box, metrics::radiusControl);
}

LinkLabel::LinkLabel(const QString& text, QWidget* parent)
    : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void LinkLabel::setTextStyle(TextStyle style)
{
    m_style = style;
    updateGeometry();
}

QSize LinkLabel::sizeHint() const
{
    return {textWidth(m_style, text()) + 1, lineHeight(m_style)};
}

QSize LinkLabel::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 160), sizeHint().height()};
}

void LinkLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    QFont font = textFont(m_style);
    font.setUnderline(underMouse());
    paintText(painter, QRectF(rect()), font, token(isEnabled() ? Token::link : Token::textDisabled), text());
    if (showsFocus(this))
        paintFocusRing(painter, QRectF(rect()).adjusted(-1, 0, 1, 0), 2);
}

void LinkLabel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

}

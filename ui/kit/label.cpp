#include "ui/kit/label.h"

#include "ui/kit/theme.h"

#include <QPainter>
#include <QStyle>

namespace ephor::ui {

Label::Label(const QString& text, TextStyle style, Token color, QWidget* parent)
    : QLabel(text, parent)
    , m_style(style)
    , m_color(color)
{
    setTextFormat(Qt::PlainText);
    restyle();
    connect(&Theme::instance(), &Theme::themeChanged, this, &Label::restyle);
}

void Label::setTextStyle(TextStyle style)
{
    m_style = style;
    restyle();
}

void Label::setColor(Token color)
{
    m_color = color;
    restyle();
}

void Label::setOverflow(Overflow overflow)
{
    m_overflow = overflow;
    setWordWrap(overflow == Overflow::wrap);
    if (overflow == Overflow::elide)
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    updateGeometry();
}

void Label::restyle()
{
    setFont(textFont(m_style));
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, token(m_color));
    colors.setColor(QPalette::Disabled, QPalette::WindowText, token(Token::textDisabled));
    setPalette(colors);
    updateGeometry();
}

QSize Label::sizeHint() const
{
    const QSize hint = QLabel::sizeHint();
    if (m_overflow == Overflow::wrap)
        return hint;
    return {hint.width(), std::max(hint.height(), lineHeight(m_style))};
}

QSize Label::minimumSizeHint() const
{
    if (m_overflow == Overflow::elide)
        return {fontMetrics().averageCharWidth() * 3, lineHeight(m_style)};
    return m_overflow == Overflow::wrap ? QLabel::minimumSizeHint() : sizeHint();
}

void Label::paintEvent(QPaintEvent* event)
{
    if (m_overflow != Overflow::elide) {
        QLabel::paintEvent(event);
        return;
    }
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    if (shown != text() && toolTip().isEmpty())
        setToolTip(text());
    QPainter painter(this);
    style()->drawItemText(
        &painter, contentsRect(), static_cast<int>(alignment()), palette(), isEnabled(), shown, QPalette::WindowText);
}

}

#include "ui/kit/label.h"

#include "ui/kit/theme.h"

#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace ephor::ui {

namespace {

/// Lays text out in lines of the style's own height; the font's natural spacing is tighter. Returns the height and
/// paints when there is a painter.
qreal layOutLines(
    const QString& text, const QFont& font, int line, const QRectF& rect, Qt::Alignment alignment, QPainter* painter)
{
    const QFontMetricsF metrics(font);
    qreal y = 0;
    for (const QString& paragraph : text.split(QLatin1Char('\n'))) {
        QTextLayout layout(paragraph, font);
        QTextOption option(alignment & Qt::AlignHorizontal_Mask);
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        const qreal top = y;
        for (QTextLine row = layout.createLine(); row.isValid(); row = layout.createLine()) {
            row.setLineWidth(std::max<qreal>(1, rect.width()));
            // Capitals stand in the middle of their line, as everywhere else in the kit.
            row.setPosition(QPointF(0, std::round(y - top + (line + metrics.capHeight()) / 2 - row.ascent())));
            y += line;
        }
        layout.endLayout();
        if (painter != nullptr)
            layout.draw(painter, QPointF(rect.left(), rect.top() + top));
    }
    return y;
}

}

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
    update();
}

void Label::setOverflow(Overflow overflow)
{
    m_overflow = overflow;
    setWordWrap(overflow == Overflow::wrap);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(overflow == Overflow::wrap);
    setSizePolicy(policy);
    updateGeometry();
}

void Label::restyle()
{
    setFont(textFont(m_style));
    updateGeometry();
    update();
}

int Label::heightForWidth(int width) const
{
    if (m_overflow != Overflow::wrap)
        return -1;
    return static_cast<int>(
        layOutLines(text(), font(), lineHeight(m_style), QRectF(0, 0, width, 0), alignment(), nullptr));
}

QSize Label::sizeHint() const
{
    const int natural = static_cast<int>(std::ceil(QFontMetricsF(font()).horizontalAdvance(text()))) + 1;
    if (m_overflow != Overflow::wrap)
        return {natural, lineHeight(m_style)};
    const int width = std::clamp(natural, 1, lineHeight(m_style) * 20);
    return {width, heightForWidth(width)};
}

QSize Label::minimumSizeHint() const
{
    if (m_overflow == Overflow::elide)
        return {std::min(sizeHint().width(), fontMetrics().averageCharWidth() * 3), lineHeight(m_style)};
    if (m_overflow == Overflow::wrap)
        return {std::min(sizeHint().width(), lineHeight(m_style) * 4), lineHeight(m_style)};
    return sizeHint();
}

void Label::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QColor color = token(isEnabled() ? m_color : Token::textDisabled);
    painter.setPen(color);
    painter.setFont(font());
    const QRectF area(contentsRect());
    if (m_overflow == Overflow::wrap) {
        layOutLines(text(), font(), lineHeight(m_style), area, alignment(), &painter);
        return;
    }
    // Dots also where a text that is to be kept got too little: cut letters read as others.
    const bool mustElide
        = m_overflow == Overflow::elide || QFontMetricsF(font()).horizontalAdvance(text()) > area.width() + 1;
    const QString shown
        = mustElide ? fontMetrics().elidedText(text(), Qt::ElideRight, static_cast<int>(area.width())) : text();
    if (shown != text() && toolTip().isEmpty())
        setToolTip(text());
    const QFontMetricsF metrics(font());
    const qreal width = metrics.horizontalAdvance(shown);
    const qreal x = alignment() & Qt::AlignRight ? area.right() - width
        : alignment() & Qt::AlignHCenter         ? area.left() + (area.width() - width) / 2
                                                 : area.left();
    const qreal tall = alignment() & Qt::AlignTop ? lineHeight(m_style) : area.height();
    painter.drawText(QPointF(x, std::round(area.top() + (tall + metrics.capHeight()) / 2)), shown);
}

}

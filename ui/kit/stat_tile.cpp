#include "ui/kit/stat_tile.h"

#include "ui/kit/focus.h"
#include "ui/kit/format.h"
#include "ui/kit/paint.h"
#include "ui/kit/sparkline.h"
#include "ui/kit/tabular.h"
#include "ui/kit/theme.h"

#include <QPainter>

namespace ephor::ui {

namespace {

constexpr int tilePadding = 9;

/// The largest style in which a figure stands whole: a cut figure is a wrong one.
QFont figureFont(const QString& figure, qreal room)
{
    for (const TextStyle style : {TextStyle::display, TextStyle::title}) {
        if (const QFont font = textFont(style); tabularWidth(font, figure) <= room)
            return font;
    }
    return textFont(TextStyle::heading);
}

}

StatTile::StatTile(const QString& label, QWidget* parent)
    : QAbstractButton(parent)
    , m_label(label)
    , m_value(format::unknown())
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    announce();
}

void StatTile::announce()
{
    setAccessibleName(m_label + QLatin1Char(' ') + (m_exact.isEmpty() ? m_value : m_exact));
    setAccessibleDescription(m_footnote);
    setToolTip(m_exact);
    update();
}

void StatTile::setValue(const QString& value, const QString& exact)
{
    m_value = value;
    m_exact = exact;
    m_loading = false;
    announce();
}

void StatTile::setFootnote(const QString& text, const QString& brief)
{
    m_footnote = text;
    m_brief = brief;
    announce();
}

void StatTile::setState(State state)
{
    m_state = state;
    update();
}

void StatTile::setSeries(const QVector<double>& values)
{
    m_series = values;
    update();
}

void StatTile::setLoading()
{
    m_loading = true;
    update();
}

QSize StatTile::sizeHint() const
{
    return {180,
        2 * tilePadding + lineHeight(TextStyle::smallMedium) + lineHeight(TextStyle::display)
            + lineHeight(TextStyle::small) + metrics::space2};
}

void StatTile::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF box(rect());
    paintBox(painter, box, token(Token::surface), token(underMouse() ? Token::borderStrong : Token::borderSubtle),
        metrics::radiusCard);
    const bool trouble = m_state != State::neutral && m_state != State::ok && m_state != State::info;
    const Token quiet = trouble ? stateTextToken(m_state) : Token::textMuted;
    const QRectF inside = box.adjusted(12, tilePadding, -12, -tilePadding);
    const int label = lineHeight(TextStyle::smallMedium);
    const int value = lineHeight(TextStyle::display);
    paintText(painter, QRectF(inside.left(), inside.top(), inside.width(), label), TextStyle::smallMedium,
        Token::textSecondary, m_label);
    const QRectF middle(inside.left(), inside.top() + label, inside.width(), value);
    if (m_loading) {
        paintBox(painter, middle.adjusted(0, 8, -middle.width() / 2, -8), token(Token::sunken), {}, 4);
        return;
    }
    const QFont font = figureFont(m_value, middle.width());
    painter.setPen(token(Token::textPrimary));
    const qreal words = tabularWidth(font, m_value);
    drawTabular(painter, middle, Qt::AlignLeft, font, m_value);
    const qreal room = middle.width() - words - 8;
    if (m_series.size() > 1 && room >= 32) {
        const qreal width = std::min<qreal>(72, room);
        paintSparkline(painter, QRectF(middle.right() - width, middle.top() + 4, width, 24), m_series, token(quiet));
    }
    const bool fits = m_brief.isEmpty() || textWidth(TextStyle::small, m_footnote) <= inside.width();
    paintText(painter, QRectF(inside.left(), middle.bottom(), inside.width(), lineHeight(TextStyle::small) + 2),
        TextStyle::small, quiet, fits ? m_footnote : m_brief);
    if (showsFocus(this))
        paintFocusRing(painter, box, metrics::radiusCard);
}

}

#include "ui/kit/icon_view.h"

#include "ui/kit/theme.h"

#include <QPainter>

namespace ephor::ui {

IconView::IconView(Icon glyph, Token tint, int size, QWidget* parent)
    : QWidget(parent)
    , m_glyph(glyph)
    , m_tint(tint)
    , m_size(size)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void IconView::setGlyph(Icon glyph, Token tint)
{
    m_glyph = glyph;
    m_tint = tint;
    update();
}

void IconView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintIcon(painter, QRectF(rect()), m_glyph, token(m_tint));
}

}

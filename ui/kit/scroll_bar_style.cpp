#include "ui/kit/scroll_bar_style.h"

#include "ui/kit/theme.h"

#include <QPainter>
#include <QStyleOptionSlider>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr int handleMargin = 2;
constexpr int handleRadius = 3;

}

QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part)
{
    const bool upright = option.orientation == Qt::Vertical;
    const int length = upright ? option.rect.height() : option.rect.width();
    const qint64 range = qint64(option.maximum) - option.minimum;
    int handle = length;
    if (range > 0 && length > 0) {
        handle = static_cast<int>(qint64(option.pageStep) * length / (range + option.pageStep));
        handle = std::min(std::max(handle, shortestScrollHandle), length);
    }
    const int start = QStyle::sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - handle, option.upsideDown);
    const auto along = [&](int from, int to) {
        const QRect rect = upright ? QRect(0, from, option.rect.width(), to - from)
                                   : QRect(from, 0, to - from, option.rect.height());
        return rect.translated(option.rect.topLeft());
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return along(start, start + handle);
    case QStyle::SC_ScrollBarSubPage:
        return along(0, start);
    case QStyle::SC_ScrollBarAddPage:
        return along(start + handle, length);
    case QStyle::SC_ScrollBarGroove:
        return option.rect;
    default:
        return {};
    }
}

void paintScrollBar(const QStyleOptionSlider& option, QPainter& painter)
{
    if (option.maximum <= option.minimum)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const bool hovered
        = (option.state & QStyle::State_MouseOver) && (option.activeSubControls & QStyle::SC_ScrollBarSlider);
    const bool pressed = option.state & QStyle::State_Sunken;
    painter.setBrush(token(hovered || pressed ? Token::borderControl : Token::borderStrong));
    const QRect handle = scrollBarPart(option, QStyle::SC_ScrollBarSlider)
                             .adjusted(handleMargin, handleMargin, -handleMargin, -handleMargin);
    painter.drawRoundedRect(handle, handleRadius, handleRadius);
    painter.restore();
}

}

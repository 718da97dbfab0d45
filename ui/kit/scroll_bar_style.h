#pragma once

#include <QRect>
#include <QStyle>

class QPainter;
class QStyleOptionSlider;

namespace ephor::ui {

/// How scroll bars look: only a handle, without arrows or a groove. For KitStyle.
inline constexpr int scrollBarExtent = 10;
inline constexpr int shortestScrollHandle = 32;

QRect scrollBarPart(const QStyleOptionSlider& option, QStyle::SubControl part);
void paintScrollBar(const QStyleOptionSlider& option, QPainter& painter);

}

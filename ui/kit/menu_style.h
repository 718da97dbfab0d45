#pragma once

#include <QSize>

class QPainter;
class QStyleOption;
class QStyleOptionMenuItem;

namespace ephor::ui {

/// How menus look: a surface with an edge, items with a rounded selection, a check or an icon before the words, the key
/// at the right. For KitStyle.
void paintMenuItem(const QStyleOptionMenuItem& option, QPainter& painter);
void paintMenuPanel(const QStyleOption& option, QPainter& painter);
/// `words` is the size of the item's text.
QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& words);

}

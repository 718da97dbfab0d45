#include "ui/kit/menu_style.h"

#include "ui/kit/icons.h"
#include "ui/kit/paint.h"
#include "ui/kit/text_style.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <algorithm>

namespace ephor::ui {

namespace {

constexpr int menuLeft = 12;
constexpr int menuRight = 24;
constexpr int menuAbove = 5;
constexpr int separatorHeight = 9;

int markWidth(const QStyleOptionMenuItem& option)
{
    return option.menuHasCheckableItems || option.maxIconWidth > 0 ? metrics::icon + metrics::space8 : 0;
}

void paintMark(const QStyleOptionMenuItem& option, QPainter& painter, const QRectF& place)
{
    const bool enabled = option.state & QStyle::State_Enabled;
    if (option.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option.checked)
            paintIcon(painter, place, Icon::check, token(enabled ? Token::textPrimary : Token::textDisabled));
    } else if (!option.icon.isNull()) {
        option.icon.paint(&painter, place.toRect(), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    }
}

}

void paintMenuItem(const QStyleOptionMenuItem& option, QPainter& painter)
{
    painter.save();
    const QRectF item(option.rect);
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        const double middle = item.center().y();
        paintLine(painter, {item.left() + metrics::space8, middle}, {item.right() - metrics::space8, middle},
            token(Token::borderSubtle));
        painter.restore();
        return;
    }
    const bool enabled = option.state & QStyle::State_Enabled;
    if (enabled && (option.state & QStyle::State_Selected)) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(token(Token::selection));
        painter.drawRoundedRect(item, metrics::radiusControl, metrics::radiusControl);
    }
    const int mark = markWidth(option);
    const QRectF place(
        item.left() + menuLeft, item.center().y() - metrics::icon / 2.0 + 0.5, metrics::icon, metrics::icon);
    if (mark > 0)
        paintMark(option, painter, place);
    const QStringList parts = option.text.split(u'\t');
    const QRectF words = item.adjusted(menuLeft + mark, 0, -menuRight, 0);
    painter.setFont(option.font);
    painter.setPen(token(enabled ? Token::textPrimary : Token::textDisabled));
    painter.drawText(
        words, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextHideMnemonic, parts.value(0));
    if (parts.size() > 1) {
        painter.setPen(token(enabled ? Token::textMuted : Token::textDisabled));
        painter.drawText(words, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, parts.value(1));
    }
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        paintIcon(painter,
            {item.right() - menuRight + metrics::space4, item.center().y() - metrics::iconCell / 2.0, metrics::iconCell,
                metrics::iconCell},
            Icon::chevronRight, token(Token::textMuted));
    painter.restore();
}

void paintMenuPanel(const QStyleOption& option, QPainter& painter)
{
    painter.fillRect(option.rect, token(Token::surface));
    painter.setPen(token(Token::borderStrong));
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
}

QSize menuItemSize(const QStyleOptionMenuItem& option, const QSize& words)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator)
        return {words.width(), separatorHeight};
    const int height = std::max(words.height(), lineHeight(TextStyle::body)) + 2 * menuAbove - 2;
    const int key = option.text.contains(u'\t') ? metrics::space16 : 0;
    return {menuLeft + markWidth(option) + words.width() + key + menuRight, height};
}

}

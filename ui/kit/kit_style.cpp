#include "ui/kit/kit_style.h"

#include "ui/kit/focus.h"
#include "ui/kit/icons.h"
#include "ui/kit/menu_style.h"
#include "ui/kit/paint.h"
#include "ui/kit/scroll_bar_style.h"
#include "ui/kit/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStyleFactory>
#include <QStyleOption>
#include <algorithm>

namespace ephor::ui {

namespace {

void paintCheckMark(const QStyleOption& option, QPainter& painter)
{
    const bool checked = option.state & (QStyle::State_On | QStyle::State_NoChange);
    const bool enabled = option.state & QStyle::State_Enabled;
    const QRectF box = QRectF(option.rect);
    const Token edge = enabled ? Token::borderControl : Token::borderSubtle;
    paintBox(painter, box, token(checked && enabled ? Token::accent : Token::surface),
        token(checked && enabled ? Token::accent : edge), metrics::radiusControl);
    if (option.state & QStyle::State_NoChange)
        paintIcon(painter, box.adjusted(2, 2, -2, -2), Icon::minus, token(Token::onAccent));
    else if (checked)
        paintIcon(
            painter, box.adjusted(2, 2, -2, -2), Icon::check, token(enabled ? Token::onAccent : Token::textDisabled));
}

void paintRadioMark(const QStyleOption& option, QPainter& painter)
{
    const bool checked = option.state & QStyle::State_On;
    const bool enabled = option.state & QStyle::State_Enabled;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF disc = QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5);
    const Token edge = enabled ? (checked ? Token::accent : Token::borderControl) : Token::borderSubtle;
    painter.setPen(QPen(token(edge), checked ? 4.5 : 1.5));
    painter.setBrush(token(Token::surface));
    painter.drawEllipse(checked ? disc.adjusted(1.5, 1.5, -1.5, -1.5) : disc);
    painter.restore();
}

/// A field of several lines; code fills its card and has no frame.
bool isTextBox(const QWidget* widget)
{
    const auto* box = qobject_cast<const QPlainTextEdit*>(widget);
    return box != nullptr && box->frameShape() == QFrame::StyledPanel;
}

}

KitStyle::KitStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void KitStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
        paintCheckMark(*option, *painter);
        return;
    case PE_IndicatorRadioButton:
        paintRadioMark(*option, *painter);
        return;
    case PE_PanelMenu:
        paintMenuPanel(*option, *painter);
        return;
    case PE_PanelTipLabel:
        paintBox(*painter, QRectF(option->rect), token(Token::surface), token(Token::borderStrong), 0);
        return;
    case PE_FrameMenu:
    case PE_PanelScrollAreaCorner:
        return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView*>(widget) == nullptr && (widget == nullptr || showsFocus(widget)))
            paintFocusRing(*painter, QRectF(option->rect), metrics::radiusControl);
        return;
    case PE_Frame:
        if (!isTextBox(widget))
            break;
        paintBox(*painter, QRectF(option->rect), token(widget->isEnabled() ? Token::surface : Token::canvas),
            token(widget->isEnabled() ? Token::borderControl : Token::borderSubtle), metrics::radiusControl);
        if (widget->hasFocus())
            paintFocusRing(*painter, QRectF(option->rect), metrics::radiusControl);
        return;
    case PE_PanelLineEdit:
    case PE_FrameLineEdit:
        if (const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
            frame != nullptr && frame->lineWidth > 0) {
            const bool enabled = option->state & State_Enabled;
            paintBox(*painter, QRectF(option->rect), token(enabled ? Token::surface : Token::canvas),
                token(enabled ? Token::borderControl : Token::borderSubtle), metrics::radiusControl);
            if (option->state & State_HasFocus)
                paintFocusRing(*painter, QRectF(option->rect), metrics::radiusControl);
        }
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

namespace {

constexpr double progressTrack = 6;
/// Of the track, where nobody knows how much there is to do.
constexpr double unknownShare = 0.3;

// One flat bar in its track, as shares are drawn elsewhere.
void paintProgress(const QStyleOptionProgressBar& bar, QPainter& painter)
{
    const QRectF room(bar.rect);
    const QRectF track(room.left(), room.center().y() - progressTrack / 2, room.width(), progressTrack);
    paintBox(painter, track, token(Token::sunken), {}, progressTrack / 2);
    const bool known = bar.maximum > bar.minimum;
    const double share = known ? double(bar.progress - bar.minimum) / double(bar.maximum - bar.minimum) : unknownShare;
    if (share <= 0)
        return;
    QRectF done = track;
    done.setWidth(std::max(progressTrack, track.width() * std::min(share, 1.0)));
    paintBox(painter, done, token(Token::accent), {}, progressTrack / 2);
}

}

void KitStyle::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (element == CE_Splitter || element == CE_MenuEmptyArea)
        return;
    if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option); item && element == CE_MenuItem) {
        paintMenuItem(*item, *painter);
        return;
    }
    if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option); bar && element == CE_ProgressBar) {
        paintProgress(*bar, *painter);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void KitStyle::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex* option, QPainter* painter, const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar)
        paintScrollBar(*bar, *painter);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect KitStyle::subControlRect(
    ComplexControl control, const QStyleOptionComplex* option, SubControl part, const QWidget* widget) const
{
    if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option); bar && control == CC_ScrollBar)
        return scrollBarPart(*bar, part);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize KitStyle::sizeFromContents(
    ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const
{
    if (const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option); item && type == CT_MenuItem)
        return menuItemSize(*item, size);
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

void KitStyle::polish(QWidget* widget)
{
    QProxyStyle::polish(widget);
    if (isTextBox(widget)) {
        // The frame fills the box to its round corners.
        auto* box = static_cast<QPlainTextEdit*>(widget);
        box->viewport()->setAutoFillBackground(false);
        box->document()->setDocumentMargin(metrics::space4 + 2);
    }
    if (qobject_cast<QScrollBar*>(widget)) {
        // What lies behind the handle shows.
        widget->setAttribute(Qt::WA_OpaquePaintEvent, false);
        widget->setAttribute(Qt::WA_Hover);
    }
}

int KitStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
        return metrics::icon;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return metrics::space8;
    case PM_SplitterWidth:
        return metrics::gap;
    case PM_ToolTipLabelFrameWidth:
        return metrics::space8;
    case PM_SmallIconSize:
        return metrics::icon;
    case PM_ScrollBarExtent:
        return scrollBarExtent;
    case PM_ScrollBarSliderMin:
        return shortestScrollHandle;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return metrics::space4;
    case PM_MenuPanelWidth:
        return 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int KitStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returnData) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_UnderlineShortcut:
        return 0;
    case SH_Widget_Animation_Duration:
        return Theme::instance().motion() == Theme::Motion::full ? metrics::motionMilliseconds : 0;
    case SH_ToolTip_WakeUpDelay:
        return 400;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QPalette schemePalette()
{
    QPalette palette;
    const auto both = [&palette](QPalette::ColorRole role, Token active, Token disabled) {
        palette.setColor(QPalette::Active, role, token(active));
        palette.setColor(QPalette::Inactive, role, token(active));
        palette.setColor(QPalette::Disabled, role, token(disabled));
    };
    both(QPalette::Window, Token::canvas, Token::canvas);
    both(QPalette::WindowText, Token::textPrimary, Token::textDisabled);
    both(QPalette::Base, Token::surface, Token::canvas);
    both(QPalette::AlternateBase, Token::canvas, Token::canvas);
    both(QPalette::Text, Token::textPrimary, Token::textDisabled);
    both(QPalette::Button, Token::surface, Token::canvas);
    both(QPalette::ButtonText, Token::textPrimary, Token::textDisabled);
    both(QPalette::BrightText, Token::onDanger, Token::textDisabled);
    both(QPalette::PlaceholderText, Token::textMuted, Token::textDisabled);
    both(QPalette::Highlight, Token::selection, Token::sunken);
    both(QPalette::HighlightedText, Token::textPrimary, Token::textDisabled);
    both(QPalette::Link, Token::link, Token::textDisabled);
    both(QPalette::LinkVisited, Token::link, Token::textDisabled);
    both(QPalette::ToolTipBase, Token::surface, Token::surface);
    both(QPalette::ToolTipText, Token::textPrimary, Token::textPrimary);
    both(QPalette::Light, Token::surface, Token::surface);
    both(QPalette::Midlight, Token::sunken, Token::sunken);
    both(QPalette::Mid, Token::borderSubtle, Token::borderSubtle);
    both(QPalette::Dark, Token::borderControl, Token::borderSubtle);
    both(QPalette::Shadow, Token::borderStrong, Token::borderSubtle);
    return palette;
}

}

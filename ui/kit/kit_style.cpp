#include "ui/kit/kit_style.h"

#include "ui/kit/icons.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QAbstractItemView>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

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
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView*>(widget) == nullptr)
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
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void KitStyle::drawControl(
    ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (element == CE_Splitter)
        return;
    QProxyStyle::drawControl(element, option, painter, widget);
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

QString schemeStyleSheet()
{
    QString sheet = QStringLiteral(
        "QToolTip { background: @surface; color: @text; border: 1px solid @edge; padding: 4px 6px; }"
        "QMenu { background: @surface; color: @text; border: 1px solid @edge; padding: 4px; }"
        "QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }"
        "QMenu::item:selected { background: @selection; }"
        "QMenu::item:disabled { color: @disabled; }"
        "QMenu::separator { height: 1px; background: @subtle; margin: 4px 8px; }"
        "QScrollBar { background: transparent; border: none; margin: 0; }"
        "QScrollBar:vertical { width: 10px; } QScrollBar:horizontal { height: 10px; }"
        "QScrollBar::handle { background: @edge; border-radius: 3px; margin: 2px; }"
        "QScrollBar::handle:vertical { min-height: 32px; } QScrollBar::handle:horizontal { min-width: 32px; }"
        "QScrollBar::handle:hover { background: @control; }"
        "QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }"
        "QScrollBar::add-page, QScrollBar::sub-page { background: none; }"
        "QAbstractScrollArea::corner { background: transparent; }");
    const std::pair<const char*, Token> names[]{{"@surface", Token::surface}, {"@text", Token::textPrimary},
        {"@edge", Token::borderStrong}, {"@selection", Token::selection}, {"@disabled", Token::textDisabled},
        {"@subtle", Token::borderSubtle}, {"@control", Token::borderControl}};
    for (const auto& [name, value] : names)
        sheet.replace(QLatin1String(name), token(value).name());
    return sheet;
}

}

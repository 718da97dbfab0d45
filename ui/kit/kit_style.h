#pragma once

#include <QProxyStyle>

namespace ephor::ui {

/// Fusion with what the tokens draw otherwise: field frames, check and radio marks, focus rings, menus, scroll bars,
/// tool tips. Everything else is Fusion with our palette. There is no style sheet: one sheet on the application makes
/// each change of scheme match every rule against every widget, which takes seconds with ten screens open.
class KitStyle : public QProxyStyle {
    Q_OBJECT

public:
    KitStyle();

    void drawPrimitive(
        PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
        const QWidget* widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option, SubControl part,
        const QWidget* widget) const override;
    QSize sizeFromContents(
        ContentsType type, const QStyleOption* option, const QSize& size, const QWidget* widget) const override;
    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(
        StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returnData) const override;
};

/// The palette of the scheme in force.
QPalette schemePalette();

}

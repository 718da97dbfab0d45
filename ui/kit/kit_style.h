#pragma once

#include <QProxyStyle>

namespace ephor::ui {

/// Fusion with the few primitives the tokens draw otherwise: field frames, check and radio marks, focus rings, menus'
/// measures. Everything else is Fusion with our palette.
class KitStyle : public QProxyStyle {
    Q_OBJECT

public:
    KitStyle();

    void drawPrimitive(
        PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    void drawControl(
        ControlElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const override;
    int styleHint(
        StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* returnData) const override;
};

/// The palette of a scheme, and the sheet for what a palette cannot say.
QPalette schemePalette();
QString schemeStyleSheet();

}

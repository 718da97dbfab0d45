#pragma once

#include "ui/kit/tokens.h"

#include <QVector>
#include <QWidget>

class QPainter;

namespace ephor::ui {

/// Paints a small line with a dot at its end. NaN is a gap; fewer than two known values paint an em dash.
void paintSparkline(QPainter& painter, const QRectF& rect, const QVector<double>& values, const QColor& color);

/// A line without axes for the course of one number. The text given as its name is what a reader without eyes gets.
class Sparkline : public QWidget {
    Q_OBJECT

public:
    explicit Sparkline(const QString& accessibleName, QWidget* parent = nullptr);

    void setValues(const QVector<double>& values);
    void setColor(Token color);

    QSize sizeHint() const override { return {72, 24}; }
    QSize minimumSizeHint() const override { return {24, 16}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVector<double> m_values;
    Token m_color = Token::textMuted;
};

}

#pragma once

#include "ui/kit/icons.h"

#include <QString>
#include <QWidget>
#include <vector>

namespace ephor::ui {

/// A confidence interval: whisker from low to high with the estimate as a dot, on a shared scale.
class IntervalBar : public QWidget {
    Q_OBJECT

public:
    explicit IntervalBar(QWidget* parent = nullptr);

    /// The scale runs from `from` to `to`; values outside are cut at the edge.
    void setScale(double from, double to);
    void setInterval(double low, double estimate, double high, Token color = Token::series1);

    QSize sizeHint() const override { return {56, 12}; }
    QSize minimumSizeHint() const override { return {40, 12}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    double m_from = 0;
    double m_to = 1;
    double m_low = 0;
    double m_estimate = 0;
    double m_high = 0;
    Token m_color = Token::series1;
};

/// Parts of a whole in one groove: progress of a rollout, use of a budget.
class ShareBar : public QWidget {
    Q_OBJECT

public:
    struct Part {
        QString name;
        double share = 0; ///< 0 to 1 of the whole groove
        Token color = Token::series1;
    };

    explicit ShareBar(const QString& accessibleName, QWidget* parent = nullptr);

    void setParts(std::vector<Part> parts);
    /// A mark across the groove, such as a limit; negative takes it away.
    void setMark(double share);

    QSize sizeHint() const override { return {120, 8}; }
    QSize minimumSizeHint() const override { return {32, 8}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_name;
    std::vector<Part> m_parts;
    double m_mark = -1;
};

/// Bars of the untrusted text's way and the like: boxes with an arrow between them.
class FlowStrip : public QWidget {
    Q_OBJECT

public:
    struct Box {
        Icon icon = Icon::none;
        QString title;
        QString text;
        enum class Tone { neutral, warning, trouble } tone = Tone::neutral;
    };

    explicit FlowStrip(const QString& accessibleName, QWidget* parent = nullptr);

    void setBoxes(std::vector<Box> boxes);

    QSize sizeHint() const override { return {640, 68}; }
    QSize minimumSizeHint() const override { return {320, 68}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Box> m_boxes;
};

}

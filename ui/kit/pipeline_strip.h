#pragma once

#include "ui/kit/state.h"

#include <QWidget>
#include <vector>

namespace ephor::ui {

/// A step of a change: glyph, word, who and when.
struct PipelineStep {
    QString title;
    QString detail;
    State state = State::draft;
    enum class Place { past, current, next } place = Place::next;
};

/// The steps of a change in one row. Arrows move between steps, Enter opens one.
class PipelineStrip : public QWidget {
    Q_OBJECT

public:
    explicit PipelineStrip(const QString& accessibleName, QWidget* parent = nullptr);

    void setSteps(std::vector<PipelineStep> steps);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    /// A detail that is too long for its step takes a second line.
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void stepOpened(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF stepRect(int index) const;
    int detailLines(int width) const;

    std::vector<PipelineStep> m_steps;
    int m_focused = 0;
};

}

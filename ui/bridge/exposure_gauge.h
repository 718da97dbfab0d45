#pragma once

#include "core/api/protection.h"

#include <QString>
#include <QWidget>

class QPainter;

namespace ephor::ui {

/// How many of the three that are dangerous together an agent has.
int exposureCount(const AgentExposure& agent);
/// What that means, in a sentence; a warning with all three.
QString exposureSentence(const AgentExposure& agent);
/// "Strangers' text: mail.read. Sensitive data: none. Acts: mail.send, payments.send."
QString exposureTools(const AgentExposure& agent);

/// The rule of two of one agent: three parts, filled where the agent has them. The tools behind each are its tooltip
/// and its description; with the parts below each other they stand beside them too.
class ExposureGauge : public QWidget {
    Q_OBJECT

public:
    explicit ExposureGauge(Qt::Orientation orientation = Qt::Horizontal, QWidget* parent = nullptr);

    void setExposure(const AgentExposure& agent);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRectF partRect(int part) const;
    void paintPart(QPainter& painter, int part) const;
    int partWidth() const;

    Qt::Orientation m_orientation;
    AgentExposure m_agent;
};

}

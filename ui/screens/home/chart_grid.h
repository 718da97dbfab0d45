#pragma once

#include "core/api/insight.h"
#include "ui/bridge/route.h"
#include "ui/kit/time_range.h"

#include <QWidget>

namespace ephor::ui {
class ChartPanel;
}

namespace ephor::ui::home {

/// Outcomes, latency, cost and verdicts on one time axis. Brushing one chooses the time for all.
class ChartGrid : public QWidget {
    Q_OBJECT

public:
    explicit ChartGrid(QWidget* parent = nullptr);

    void setOverview(const ReadOverview::Response& overview, const TimeRange& range, const QDateTime& now);

Q_SIGNALS:
    void rangeBrushed(const ephor::ui::TimeRange& range);
    /// A release or rollout on the axis; `route` as the core gives it.
    void markerOpened(const QString& route);
    /// A bucket was clicked; the route lists its runs.
    void drilled(const ephor::ui::Route& route);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitNote();

    QString m_verdictsNote;
    ChartPanel* m_outcomes;
    ChartPanel* m_latency;
    ChartPanel* m_cost;
    ChartPanel* m_verdicts;
    QStringList m_routes;
};

}

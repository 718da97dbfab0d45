#include "ui/screens/home/chart_grid.h"

#include "ui/bridge/axis_money.h"
#include "ui/bridge/values.h"
#include "ui/charts/chart_panel.h"
#include "ui/kit/format.h"
#include "ui/screens/home/overview_series.h"

#include <QGridLayout>
#include <cmath>

namespace ephor::ui::home {

namespace {

constexpr int leastChartHeight = 148;

/// Room for the note beside title and legend of a panel.
constexpr int widthForNote = 860;

/// "6 s" rather than "6.0 s": an axis has round values.
QString axisSeconds(double seconds)
{
    if (seconds == 0)
        return QStringLiteral("0 s");
    QString words = format::duration(seconds * 1'000);
    const qsizetype point = words.indexOf(QStringLiteral(".0"));
    return point < 0 ? words : words.remove(point, 2);
}

/// An axis of small counts has steps between them, which nothing can be counted at.
QString countWords(double value)
{
    if (value != std::floor(value))
        return {};
    return format::number(static_cast<std::int64_t>(std::llround(value)));
}

}

ChartGrid::ChartGrid(QWidget* parent)
    : QWidget(parent)
    , m_outcomes(new ChartPanel(tr("Outcomes"), ChartPanel::Shape::stackedBars, this))
    , m_latency(new ChartPanel(tr("Latency"), ChartPanel::Shape::lines, this))
    , m_cost(new ChartPanel(tr("Cost"), ChartPanel::Shape::stackedBars, this))
    , m_verdicts(new ChartPanel(tr("Asks and denials"), ChartPanel::Shape::stackedBars, this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(metrics::gap);
    grid->addWidget(m_outcomes, 0, 0);
    grid->addWidget(m_latency, 0, 1);
    grid->addWidget(m_cost, 1, 0);
    grid->addWidget(m_verdicts, 1, 1);
    for (const int at : {0, 1}) {
        grid->setColumnStretch(at, 1);
        grid->setRowStretch(at, 1);
    }
    m_outcomes->setValueFormat(countWords);
    m_verdicts->setValueFormat(countWords);
    m_latency->setValueFormat(axisSeconds);
    m_cost->setValueFormat(axisMoney);
    for (ChartPanel* panel : {m_outcomes, m_latency, m_cost, m_verdicts}) {
        panel->setMinimumHeight(leastChartHeight);
        panel->setMinimumWidth(240);
        connect(panel, &ChartPanel::rangeBrushed, this, [this](qint64 from, qint64 to) {
            Q_EMIT rangeBrushed(
                TimeRange::between(QDateTime::fromMSecsSinceEpoch(from), QDateTime::fromMSecsSinceEpoch(to)));
        });
        const Chart chart = panel == m_outcomes ? Chart::outcomes
            : panel == m_latency                ? Chart::latency
            : panel == m_cost                   ? Chart::cost
                                                : Chart::verdicts;
        connect(panel, &ChartPanel::sampleClicked, this, [this, panel, chart](int series, qint64 from, qint64 to) {
            const QString name
                = series < 0 ? QString() : panel->plot()->series()[static_cast<std::size_t>(series)].name;
            Q_EMIT drilled(bucketRoute(chart, name,
                TimeRange::between(QDateTime::fromMSecsSinceEpoch(from), QDateTime::fromMSecsSinceEpoch(to))));
        });
        connect(panel, &ChartPanel::markerClicked, this, [this](int index) {
            if (const QString route = m_routes.value(index); !route.isEmpty())
                Q_EMIT markerOpened(route);
        });
    }
}

void ChartGrid::setOverview(const ReadOverview::Response& overview, const TimeRange& range, const QDateTime& now)
{
    m_routes.clear();
    for (const ChangedItem& item : overview.markers)
        m_routes.append(text(item.route));
    m_outcomes->setSeries(outcomeSeries(overview));
    m_latency->setSeries(latencySeries(overview));
    m_cost->setTitle(costTitle(overview));
    m_cost->setSeries(costSeries(overview));
    m_verdicts->setSeries(verdictSeries(overview));
    m_verdictsNote = tr("of %1").arg(numberText(overview.totals.verdicts));
    fitNote();
    const qint64 from = range.startAt(now).toMSecsSinceEpoch();
    const qint64 to = range.endAt(now).toMSecsSinceEpoch();
    for (ChartPanel* panel : {m_outcomes, m_latency, m_cost, m_verdicts}) {
        panel->setMarkers(
            releaseMarkers(overview.markers, panel == m_outcomes ? MarkerLabels::shown : MarkerLabels::hidden));
        panel->setTimeSpan(from, to);
    }
}

void ChartGrid::fitNote()
{
    m_verdicts->setLegendNote(width() < widthForNote ? QString() : m_verdictsNote);
}

void ChartGrid::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitNote();
}

}

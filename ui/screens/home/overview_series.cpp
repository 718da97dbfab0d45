#include "ui/screens/home/overview_series.h"

#include "core/domain/reflect.h"
#include "ui/bridge/values.h"

#include <QCoreApplication>
#include <functional>
#include <limits>

namespace ephor::ui::home {

namespace {

struct ChartWording {
    Q_DECLARE_TR_FUNCTIONS(ChartWording)
};

/// Labels of more markers than this would lie on each other.
constexpr std::size_t mostLabelledMarkers = 2;

constexpr double chartGap = std::numeric_limits<double>::quiet_NaN();

qint64 millisecondsOf(Instant at)
{
    return at.time_since_epoch().count() / 1'000;
}

Series seriesOf(const QString& name, const QString& value, Token color, const std::vector<SeriesPoint>& points,
    const std::function<double(const Totals&)>& pick)
{
    Series series;
    series.name = name;
    series.value = value;
    series.color = color;
    series.points.reserve(static_cast<qsizetype>(points.size()));
    for (const SeriesPoint& point : points)
        series.points.append({millisecondsOf(point.at), pick(point.totals)});
    return series;
}

std::uint64_t otherRuns(const Totals& totals)
{
    const std::uint64_t known = totals.done + totals.denied + totals.failed;
    return totals.runs > known ? totals.runs - known : 0;
}

}

std::vector<Series> outcomeSeries(const ReadOverview::Response& overview)
{
    const Totals& all = overview.totals;
    std::vector<Series> series;
    series.push_back(seriesOf(ChartWording::tr("Denied, failed"), numberText(all.denied + all.failed), Token::error,
        overview.series, [](const Totals& slice) { return double(slice.denied + slice.failed); }));
    if (otherRuns(all) > 0)
        series.push_back(seriesOf(ChartWording::tr("Stopped"), numberText(otherRuns(all)), Token::warnFill,
            overview.series, [](const Totals& slice) { return double(otherRuns(slice)); }));
    series.push_back(seriesOf(ChartWording::tr("Completed"), numberText(all.done), Token::okQuiet, overview.series,
        [](const Totals& slice) { return double(slice.done); }));
    return series;
}

std::vector<Series> latencySeries(const ReadOverview::Response& overview)
{
    const Totals& all = overview.totals;
    const auto line = [&](const char* name, std::optional<double> value, std::optional<double> Totals::* member) {
        return seriesOf(QString::fromLatin1(name), secondsText(value), Token::count, overview.series,
            [member](const Totals& slice) { return (slice.*member).value_or(chartGap); });
    };
    return {line("p50", all.p50, &Totals::p50), line("p95", all.p95, &Totals::p95), line("p99", all.p99, &Totals::p99)};
}

std::vector<Series> costSeries(const ReadOverview::Response& overview)
{
    if (overview.models.empty())
        return {
            seriesOf(ChartWording::tr("All models"), moneyText(overview.totals.cost), Token::series1, overview.series,
                [](const Totals& slice) { return slice.cost ? double(slice.cost->nanos) / 1e9 : chartGap; })};
    std::vector<Series> courses;
    for (const ModelCost& model : overview.models) {
        Series course;
        course.name = model.model.empty() ? ChartWording::tr("other") : text(model.model);
        course.value = moneyText(model.cost);
        course.points.reserve(static_cast<qsizetype>(overview.series.size()));
        for (std::size_t at = 0; at < overview.series.size(); ++at) {
            const SeriesPoint& slice = overview.series[at];
            const std::int64_t nanos = at < model.slices.size() ? model.slices[at] : 0;
            course.points.append({millisecondsOf(slice.at), slice.totals.cost ? double(nanos) / 1e9 : chartGap});
        }
        courses.push_back(std::move(course));
    }
    return courses;
}

Route bucketRoute(Chart chart, const QString& series, const TimeRange& bucket)
{
    Route route = Route{QStringLiteral("activity"), {QStringLiteral("runs")}}.with(
        QStringLiteral("range"), timeRangeCode(bucket));
    if (chart == Chart::outcomes && series == ChartWording::tr("Completed"))
        return route.with(QStringLiteral("state"), text(wordOf(RunState::Done)));
    if (chart == Chart::outcomes && series == ChartWording::tr("Denied, failed"))
        return route.with(QStringLiteral("state"), text(wordOf(RunState::Denied) + "," + wordOf(RunState::Failed)));
    if (chart == Chart::outcomes && series == ChartWording::tr("Stopped"))
        return route.with(QStringLiteral("state"), text(wordOf(RunState::Stopped)));
    if (chart == Chart::verdicts && series == ChartWording::tr("Deny"))
        return route.with(QStringLiteral("denied"), QStringLiteral("true"));
    return route;
}

std::vector<Series> verdictSeries(const ReadOverview::Response& overview)
{
    const Totals& all = overview.totals;
    return {seriesOf(ChartWording::tr("Deny"), numberText(all.deniedVerdicts), Token::error, overview.series,
                [](const Totals& slice) { return double(slice.deniedVerdicts); }),
        seriesOf(ChartWording::tr("Ask"), numberText(all.askedVerdicts), Token::warnFill, overview.series,
            [](const Totals& slice) { return double(slice.askedVerdicts); })};
}

std::vector<EventMarker> releaseMarkers(const std::vector<ChangedItem>& items, MarkerLabels labels)
{
    std::vector<EventMarker> markers;
    const bool labelled = labels == MarkerLabels::shown && items.size() <= mostLabelledMarkers;
    for (const ChangedItem& item : items)
        markers.push_back({millisecondsOf(item.at), labelled ? text(item.title) : QString()});
    return markers;
}

QString costTitle(const ReadOverview::Response& overview)
{
    if (overview.series.size() < 2)
        return ChartWording::tr("Cost");
    const auto slice = std::chrono::round<std::chrono::seconds>(overview.series[1].at - overview.series[0].at).count();
    const auto unit = [slice](qint64 seconds, const char* word) {
        const QString one
            = QString::number(double(slice) / double(seconds), 'g', 3) + QChar(0x00A0) + QString::fromLatin1(word);
        return ChartWording::tr("Cost per %1").arg(one);
    };
    if (slice < 60)
        return unit(1, "s");
    if (slice < 3'600)
        return unit(60, "min");
    // Parts of days are told in hours: 45 h, not 1.88 d.
    return slice % 86'400 != 0 ? unit(3'600, "h") : unit(86'400, "d");
}

}

#include "ui/screens/home/tile_words.h"

#include "ui/bridge/values.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace ephor::ui::home {

namespace {

struct TileWording {
    Q_DECLARE_TR_FUNCTIONS(TileWording)
};

constexpr double mostGrowth = 900;
constexpr double tileGap = std::numeric_limits<double>::quiet_NaN();

QVector<double> course(const std::vector<SeriesPoint>& points, const std::function<double(const Totals&)>& value)
{
    QVector<double> values;
    values.reserve(static_cast<qsizetype>(points.size()));
    for (const SeriesPoint& point : points)
        values.append(value(point.totals));
    return values;
}

Route runsRoute(const QString& key = {}, const QString& value = {})
{
    return Route{QStringLiteral("activity"), {QStringLiteral("runs")}}.with(key, value);
}

/// "▲ +4.2 % on prior 24 h", or that there is nothing to compare with.
void sayGrowth(TileWords& tile, std::optional<double> now, std::optional<double> before, const TimeRange& range)
{
    if (!now || !before || *before <= 0) {
        tile.footnote = TileWording::tr("nothing to compare with");
        return;
    }
    const double percent = (*now / *before - 1) * 100;
    // On a base of a few runs a percentage is a large number about nothing.
    tile.brief = percent > mostGrowth ? TileWording::tr("\u25B2 over +%1 %").arg(mostGrowth)
                                      : format::delta(percent, std::abs(percent) < 100 ? 1 : 0, QStringLiteral("%"));
    tile.footnote = tile.brief + QLatin1Char(' ') + priorWords(range);
}

TileWords runsTile(const ReadOverview::Response& overview, const TimeRange& range)
{
    const Totals& totals = overview.totals;
    TileWords tile{shortNumberText(totals.runs), numberText(totals.runs), {}, State::neutral,
        course(overview.series, [](const Totals& slice) { return double(slice.runs); }), runsRoute()};
    sayGrowth(tile, double(totals.runs), double(overview.before.runs), range);
    return tile;
}

TileWords completedTile(const ReadOverview::Response& overview)
{
    const Totals& totals = overview.totals;
    const Totals& before = overview.before;
    QString note = counted(totals.runs, TileWording::tr("of 1 run"), TileWording::tr("of %1 runs"));
    const QString brief = note;
    if (totals.runs > 0 && before.runs > 0) {
        const double points
            = (double(totals.done) / double(totals.runs) - double(before.done) / double(before.runs)) * 100;
        note += QStringLiteral(" · ") + format::delta(points, 1, TileWording::tr("pt"));
    }
    return {percentText(totals.done, totals.runs), proportionText(totals.done, totals.runs), note, State::neutral,
        course(overview.series,
            [](const Totals& slice) { return slice.runs == 0 ? tileGap : double(slice.done) / double(slice.runs); }),
        runsRoute(QStringLiteral("state"), QStringLiteral("done")), brief};
}

TileWords latencyTile(const ReadOverview::Response& overview, const TimeRange& range)
{
    const std::optional<double> p95 = overview.totals.p95;
    TileWords tile{secondsText(p95), {}, {}, State::neutral,
        course(overview.series, [](const Totals& slice) { return slice.p95.value_or(tileGap); }), runsRoute()};
    if (p95 && overview.before.p95)
        tile.brief = tile.footnote = format::delta(*p95 - *overview.before.p95, 1, QStringLiteral("s"));
    // The agent that is slow says why the sum is; without one the number speaks for itself.
    const auto slow = std::find_if(overview.agents.begin(), overview.agents.end(),
        [](const AgentRow& agent) { return agent.health == AgentHealth::Slow; });
    if (slow != overview.agents.end()) {
        tile.state = State::warning;
        const QString from = text(slow->title);
        tile.footnote = tile.footnote.isEmpty() ? from : tile.footnote + QStringLiteral(", ") + from;
        tile.drill = runsRoute(QStringLiteral("agent"), text(slow->name));
    } else {
        tile.footnote = tile.footnote.isEmpty() ? TileWording::tr("nothing to compare with")
                                                : tile.footnote + QLatin1Char(' ') + priorWords(range);
    }
    return tile;
}

TileWords costTile(const ReadOverview::Response& overview, const TimeRange& range)
{
    const Totals& totals = overview.totals;
    const auto dollars = [](const std::optional<Money>& money) {
        return money ? std::optional(double(money->nanos) / 1e9) : std::nullopt;
    };
    TileWords tile{moneyText(totals.cost), {}, {}, State::neutral,
        course(overview.series, [&](const Totals& slice) { return dollars(slice.cost).value_or(tileGap); }),
        runsRoute()};
    sayGrowth(tile, dollars(totals.cost), dollars(overview.before.cost), range);
    if (totals.costUnknown > 0) {
        tile.footnote
            = counted(totals.costUnknown, TileWording::tr("unknown for 1 run"), TileWording::tr("unknown for %1 runs"));
        tile.exact = TileWording::tr("%1 known; ").arg(tile.value)
            + counted(totals.costUnknown, TileWording::tr("the cost of 1 run is not known"),
                TileWording::tr("the cost of %1 runs is not known"));
    }
    return tile;
}

TileWords deniedTile(const ReadOverview::Response& overview)
{
    const Totals& totals = overview.totals;
    const QString share = totals.verdicts == 0 ? TileWording::tr("no call was judged")
                                               : percentText(totals.deniedVerdicts, totals.verdicts) + QLatin1Char(' ')
            + counted(totals.verdicts, TileWording::tr("of 1 verdict"), TileWording::tr("of %1 verdicts"));
    return {shortNumberText(totals.deniedVerdicts), numberText(totals.deniedVerdicts), share, State::neutral,
        course(overview.series, [](const Totals& slice) { return double(slice.deniedVerdicts); }),
        runsRoute(QStringLiteral("denied"), QStringLiteral("true")),
        totals.verdicts == 0 ? QString() : percentText(totals.deniedVerdicts, totals.verdicts)};
}

TileWords waitingTile(const ReadOverview::Response& overview, const QDateTime& now)
{
    QString note = TileWording::tr("nobody is waited for");
    if (overview.waiting > 0)
        note = overview.oldestWaiting ? TileWording::tr("oldest %1").arg(relativeTime(*overview.oldestWaiting, now))
                                      : counted(overview.totals.asked, TileWording::tr("1 run asked in this time"),
                                            TileWording::tr("%1 runs asked in this time"));
    return {numberText(overview.waiting), {}, note, State::neutral,
        course(overview.series, [](const Totals& slice) { return double(slice.asked); }),
        runsRoute(QStringLiteral("state"), QStringLiteral("waiting"))};
}

}

QString tileLabel(Tile tile)
{
    switch (tile) {
    case Tile::runs:
        return TileWording::tr("Runs");
    case Tile::completed:
        return TileWording::tr("Completed");
    case Tile::latency:
        return TileWording::tr("Latency p95");
    case Tile::cost:
        return TileWording::tr("Cost");
    case Tile::denied:
        return TileWording::tr("Denied calls");
    case Tile::waiting:
        return TileWording::tr("Waiting for people");
    }
    return {};
}

QString priorWords(const TimeRange& range)
{
    if (!range.isRelative())
        return TileWording::tr("on time before");
    const QString code = timeRangeCode(range);
    return TileWording::tr("on prior %1").arg(code.chopped(1) + QChar(0x00A0) + code.right(1));
}

std::array<TileWords, tileCount> tileWords(
    const ReadOverview::Response& overview, const TimeRange& range, const QDateTime& now)
{
    return {runsTile(overview, range), completedTile(overview), latencyTile(overview, range), costTile(overview, range),
        deniedTile(overview), waitingTile(overview, now)};
}

}

#include "ui/charts/ticks.h"

#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

namespace ephor::ui {

namespace {

constexpr qint64 second = 1000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hourStep = 60 * minute;
constexpr qint64 day = 24 * hourStep;

double niceStep(double rough)
{
    const double magnitude = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        // Steps of 2.5 would name halves, which a count does not have.
        const bool halves = factor == 2.5 && magnitude == 1;
        if (!halves && rough <= factor * magnitude * 1.0000001)
            return factor * magnitude;
    }
    return 10 * magnitude;
}

}

ValueTicks valueTicks(double smallest, double largest, int most)
{
    ValueTicks ticks;
    if (!std::isfinite(smallest) || !std::isfinite(largest) || most < 1) {
        ticks.values = {0, 1};
        return ticks;
    }
    const double low = std::min(0.0, smallest);
    double high = std::max(0.0, largest);
    if (high <= low)
        high = low + 1;
    // Rounding both ends outwards can cost one step more than there is room for; the next rounder step then fits.
    double step = niceStep((high - low) / most);
    double first = std::floor(low / step + 1e-9);
    double last = std::ceil(high / step - 1e-9);
    if (last - first > most) {
        step = niceStep(step * 1.01);
        first = std::floor(low / step + 1e-9);
        last = std::ceil(high / step - 1e-9);
    }
    const int count = int(last - first); // at most `most`, by the step
    for (int at = 0; at <= count; ++at)
        ticks.values.push_back((first + at) * step);
    ticks.from = first * step;
    ticks.to = last * step;
    return ticks;
}

std::vector<TimeTick> timeTicks(qint64 from, qint64 to, int most)
{
    std::vector<TimeTick> ticks;
    if (to <= from || most < 1)
        return ticks;
    static constexpr std::array<qint64, 22> steps{second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
        minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hourStep, 2 * hourStep, 3 * hourStep,
        6 * hourStep, 12 * hourStep, day, 2 * day, 7 * day, 14 * day, 30 * day};
    qint64 step = steps.back();
    for (const qint64 candidate : steps) {
        if ((to - from) / candidate <= most) {
            step = candidate;
            break;
        }
    }
    while ((to - from) / step > most)
        step *= 2;
    const QLocale locale = QLocale::c();
    // Counted from local midnight, so that marks fall on whole hours of the reader's clock.
    const QDateTime start = QDateTime::fromMSecsSinceEpoch(from);
    const QDateTime midnight = start.date().startOfDay();
    const qint64 base = midnight.toMSecsSinceEpoch();
    for (qint64 at = base + (from - base + step - 1) / step * step; at <= to; at += step) {
        QDateTime time = QDateTime::fromMSecsSinceEpoch(at);
        if (step >= hourStep) {
            // A change of the clocks in between shifts counted hours; the wall clock wins.
            const int offset = time.offsetFromUtc() - midnight.offsetFromUtc();
            time = time.addSecs(-offset);
        }
        QString label;
        if (step >= day)
            label = locale.toString(time, QStringLiteral("d MMM"));
        else if (time.time() == QTime(0, 0))
            label = locale.toString(time, QStringLiteral("ddd"));
        else
            label = locale.toString(time, step < minute ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
        if (time.toMSecsSinceEpoch() >= from && time.toMSecsSinceEpoch() <= to)
            ticks.push_back({time.toMSecsSinceEpoch(), label});
    }
    return ticks;
}

}

#include "core/demo/day_shape.h"

#include "core/demo/chance.h"

#include <algorithm>
#include <cmath>

namespace ephor::demo {

namespace {

using std::chrono::days;
using std::chrono::hours;

double hump(double hour, double centre, double width)
{
    const double away = (hour - centre) / width;
    return std::exp(-away * away);
}

// Screens show the last day first, so it must be worth looking at: traffic rises towards the end.
constexpr double riseAtTheEnd = 4;
constexpr double hoursOfRise = 14;

double busyness(Instant at, Instant begin, Instant end)
{
    const double past = double((at - begin).count()) / double((end - begin).count());
    const double hoursLeft = double((end - at).count()) / double(Duration(hours(1)).count());
    const auto day = std::chrono::floor<days>(at);
    const double hour = double((at - day).count()) / double(Duration(hours(1)).count());
    const auto weekday = std::chrono::weekday(day).iso_encoding();
    constexpr double ofDay[] = {1.12, 1.06, 1.0, 1.02, 0.9, 0.34, 0.26};
    const double ofHour = 0.07 + hump(hour, 10.4, 2.2) + 0.86 * hump(hour, 14.5, 2.0) + 0.2 * hump(hour, 18.8, 2.4);
    return ofDay[weekday - 1] * ofHour * (0.7 + 0.6 * past) * (1 + riseAtTheEnd * std::exp(-hoursLeft / hoursOfRise));
}

}

std::vector<Instant> runMoments(Instant begin, Instant end, std::uint64_t count, std::uint64_t seed)
{
    constexpr Duration slot = std::chrono::minutes(20);
    std::vector<double> upTo{0};
    for (Instant at = begin; at < end; at += slot)
        upTo.push_back(upTo.back() + busyness(at, begin, end));
    Chance chance(seed);
    std::vector<Instant> moments;
    moments.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        // One draw in each of `count` equal parts of the work: as random as traffic is, and in order.
        const double wanted = (double(i) + chance.unit()) / double(count) * upTo.back();
        const auto above = std::upper_bound(upTo.begin() + 1, upTo.end() - 1, wanted);
        const auto index = std::size_t(above - upTo.begin()) - 1;
        const double inside = (wanted - upTo[index]) / (upTo[index + 1] - upTo[index]);
        const Instant at = begin + Duration(std::int64_t((double(index) + inside) * double(slot.count())));
        moments.push_back(std::min(at, end));
    }
    return moments;
}

Instant officeMoment(Instant begin, double daysAfter, Instant latest)
{
    const double whole = std::floor(daysAfter);
    auto day = std::chrono::floor<days>(begin) + days(int(whole));
    if (const auto weekday = std::chrono::weekday(day).iso_encoding(); weekday > 5)
        day += days(8 - int(weekday));
    const Instant at = Instant(day) + hours(9)
        + Duration(std::int64_t((daysAfter - whole) * 8 * double(Duration(hours(1)).count())));
    return std::clamp(at, begin, latest);
}

}

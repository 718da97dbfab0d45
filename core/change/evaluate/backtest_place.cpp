#include "core/change/evaluate/backtest_place.h"

#include <array>
#include <charconv>

namespace ephor::evaluate {

namespace {

std::unexpected<Error> noPlace()
{
    return fail(ErrorKind::Invalid, "policy.cursor", "The cursor is none of a backtest's pages.",
        "Begin again without a cursor.");
}

}

std::string textOf(const BacktestPlace& place)
{
    std::string text;
    for (const Instant each : {place.from, place.until, place.startedAt})
        text += std::to_string(each.time_since_epoch().count()) + ".";
    return text + place.run;
}

Result<BacktestPlace> placeFrom(std::string_view text)
{
    BacktestPlace place;
    for (Instant* const each : {&place.from, &place.until, &place.startedAt}) {
        std::int64_t count = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc() || end == text.data() + text.size() || *end != '.')
            return noPlace();
        *each = Instant(Instant::duration(count));
        text.remove_prefix(std::size_t(end - text.data()) + 1);
    }
    place.run = text;
    if (place.run.empty() || place.from > place.until || textOf(place).size() > 256)
        return noPlace();
    return place;
}

}

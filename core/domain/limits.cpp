#include "core/domain/limits.h"

#include <charconv>

namespace ephor {

namespace {

constexpr std::int64_t nanosPerUnit = 1'000'000'000;
// Above this a sum of two could overflow; no budget of a company comes near 4.6 billion dollars.
constexpr std::int64_t largestUnits = 4'600'000'000;

std::unexpected<Error> badMoney(std::string_view text)
{
    return fail(Error(ErrorKind::Invalid, "value.format", "This is not an amount of money.",
        "Write a decimal with up to nine places, like 0.0184.")
            .with("value", std::string(text.substr(0, 64))));
}

}

std::string formatMoney(Money money)
{
    const bool negative = money.nanos < 0;
    const std::uint64_t size = negative ? ~std::uint64_t(money.nanos) + 1 : std::uint64_t(money.nanos);
    std::string text = (negative ? "-" : "") + std::to_string(size / nanosPerUnit);
    std::uint64_t rest = size % nanosPerUnit;
    if (rest == 0)
        return text;
    std::string places = std::to_string(rest);
    places.insert(0, 9 - places.size(), '0');
    places.erase(places.find_last_not_of('0') + 1);
    return text + "." + places;
}

Result<Money> parseMoney(std::string_view text)
{
    std::string_view rest = text;
    const bool negative = rest.starts_with('-');
    if (negative)
        rest.remove_prefix(1);
    const std::size_t point = rest.find('.');
    const std::string_view whole = rest.substr(0, point);
    const std::string_view places = point == std::string_view::npos ? std::string_view() : rest.substr(point + 1);
    const auto digitsOnly
        = [](std::string_view part) { return part.find_first_not_of("0123456789") == std::string_view::npos; };
    if (whole.empty() || whole.size() > 10 || places.size() > 9 || !digitsOnly(whole) || !digitsOnly(places)
        || (point != std::string_view::npos && places.empty()))
        return badMoney(text);
    std::int64_t units = 0;
    std::from_chars(whole.data(), whole.data() + whole.size(), units);
    if (units > largestUnits)
        return badMoney(text);
    std::string padded(places);
    padded.resize(9, '0');
    std::int64_t fraction = 0;
    std::from_chars(padded.data(), padded.data() + padded.size(), fraction);
    const std::int64_t nanos = units * nanosPerUnit + fraction;
    return Money{negative ? -nanos : nanos};
}

}

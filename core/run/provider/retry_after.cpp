#include "core/run/provider/retry_after.h"

#include "core/base/text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace ephor::provider {

namespace {

constexpr std::array<std::string_view, 12> monthNames{
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<unsigned> digitsAt(std::string_view text, std::size_t at, std::size_t count)
{
    unsigned value = 0;
    const char* first = text.data() + at;
    const auto [end, problem] = std::from_chars(first, first + count, value);
    if (problem != std::errc() || end != first + count)
        return std::nullopt;
    return value;
}

std::optional<double> plainNumber(std::string_view text)
{
    double value = 0;
    const auto [end, problem]
        = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<Duration> obeyed(double milliseconds)
{
    if (milliseconds < 0 || milliseconds >= std::chrono::duration<double, std::milli>(longestRetryAfter).count())
        return std::nullopt;
    return std::chrono::ceil<Duration>(std::chrono::duration<double, std::milli>(milliseconds));
}

}

std::optional<Instant> parseHttpDate(std::string_view text)
{
    constexpr std::string_view shape = "Sun, 06 Nov 1994 08:49:37 GMT";
    if (text.size() != shape.size() || text.substr(3, 2) != ", " || text[7] != ' ' || text[11] != ' ' || text[16] != ' '
        || text[19] != ':' || text[22] != ':' || text.substr(25) != " GMT")
        return std::nullopt;
    const auto day = digitsAt(text, 5, 2);
    const auto year = digitsAt(text, 12, 4);
    const auto hour = digitsAt(text, 17, 2);
    const auto minute = digitsAt(text, 20, 2);
    const auto second = digitsAt(text, 23, 2);
    unsigned month = 0;
    while (month < monthNames.size() && monthNames[month] != text.substr(8, 3))
        ++month;
    if (!day || !year || !hour || !minute || !second || month == monthNames.size())
        return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year(int(*year)), std::chrono::month(month + 1), std::chrono::day(*day)};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    return Instant(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute)
        + std::chrono::seconds(*second);
}

std::optional<Duration> retryAfterOf(const net::Headers& headers, Instant now)
{
    if (const auto field = net::findHeader(headers, "retry-after-ms")) {
        if (const auto milliseconds = plainNumber(trim(*field)))
            return obeyed(*milliseconds);
    }
    const auto field = net::findHeader(headers, "retry-after");
    if (!field)
        return std::nullopt;
    const std::string_view value = trim(*field);
    if (const auto seconds = plainNumber(value))
        return obeyed(*seconds * 1000);
    if (const auto date = parseHttpDate(value))
        return obeyed(std::chrono::duration<double, std::milli>(*date - now).count());
    return std::nullopt;
}

}

#include "core/base/clock.h"

#include <array>
#include <cstdio>
#include <charconv>

namespace ephor {

namespace {

class SystemClock final : public Clock {
public:
    Instant now() const override { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }
    Duration steady() const override
    {
        return std::chrono::floor<Duration>(std::chrono::steady_clock::now().time_since_epoch());
    }
    bool simulated() const override { return false; }
};

bool readDigits(std::string_view text, std::size_t at, std::size_t count, int& value)
{
    if (at + count > text.size())
        return false;
    value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        value = value * 10 + (text[i] - '0');
    }
    return true;
}

std::unexpected<Error> badInstant(std::string_view text)
{
    return fail(
        Error(ErrorKind::Invalid, "time.format", "This is not an RFC 3339 time.", "Write it like 2026-03-16T14:20:08Z.")
            .with("value", std::string(text.substr(0, 64))));
}

}

Clock& systemClock()
{
    static SystemClock clock;
    return clock;
}

std::string formatInstant(Instant instant)
{
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss<Duration> time(instant - day);
    std::array<char, 48> text{};
    const int length = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", int(date.year()),
        unsigned(date.month()), unsigned(date.day()), int(time.hours().count()), int(time.minutes().count()),
        int(time.seconds().count()), int(time.subseconds().count()));
    return std::string(text.data(), std::size_t(length));
}

Result<Instant> parseInstant(std::string_view text)
{
    int year = 0, month = 0, dayOfMonth = 0, hour = 0, minute = 0, second = 0;
    const bool shape = readDigits(text, 0, 4, year) && readDigits(text, 5, 2, month)
        && readDigits(text, 8, 2, dayOfMonth) && readDigits(text, 11, 2, hour) && readDigits(text, 14, 2, minute)
        && readDigits(text, 17, 2, second) && text[4] == '-' && text[7] == '-' && (text[10] == 'T' || text[10] == 't')
        && text[13] == ':' && text[16] == ':';
    const std::chrono::year_month_day date{
        std::chrono::year(year), std::chrono::month(unsigned(month)), std::chrono::day(unsigned(dayOfMonth))};
    if (!shape || !date.ok() || hour > 23 || minute > 59 || second > 60)
        return badInstant(text);
    std::size_t at = 19;
    std::int64_t micros = 0;
    if (at < text.size() && text[at] == '.') {
        ++at;
        std::int64_t scale = 100'000;
        const std::size_t first = at;
        for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10)
            micros += scale * (text[at] - '0');
        if (at == first || at - first > 9)
            return badInstant(text);
    }
    std::chrono::minutes offset(0);
    const bool utc = at + 1 == text.size() && (text[at] == 'Z' || text[at] == 'z');
    const bool shifted = at + 6 == text.size() && (text[at] == '+' || text[at] == '-') && text[at + 3] == ':';
    if (!utc && !shifted)
        return badInstant(text);
    if (shifted) {
        int hours = 0, minutes = 0;
        if (!readDigits(text, at + 1, 2, hours) || !readDigits(text, at + 4, 2, minutes) || hours > 23 || minutes > 59)
            return badInstant(text);
        offset = std::chrono::minutes((hours * 60 + minutes) * (text[at] == '-' ? -1 : 1));
    }
    const Instant instant = std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute)
        + std::chrono::seconds(second) + Duration(micros) - offset;
    return instant;
}

}

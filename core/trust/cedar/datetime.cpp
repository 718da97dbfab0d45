#include "core/trust/cedar/datetime.h"

#include "core/trust/cedar/digits.h"

#include <array>
#include <chrono>

namespace ephor::cedar {

namespace {

constexpr std::int64_t millisecondsADay = 86'400'000;

/// Takes fixed-width fields from the front of a text.
class FieldReader {
public:
    explicit FieldReader(std::string_view text)
        : m_rest(text)
    {
    }
    bool atEnd() const { return m_rest.empty(); }

    bool take(char character)
    {
        if (!m_rest.starts_with(character))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    bool number(std::size_t width, std::int64_t& value)
    {
        if (m_rest.size() < width)
            return false;
        const auto read = readDigits(m_rest.substr(0, width), Sign::Positive);
        if (!read)
            return false;
        value = *read;
        m_rest.remove_prefix(width);
        return true;
    }

private:
    std::string_view m_rest;
};

std::optional<std::int64_t> readDay(FieldReader& reader)
{
    std::int64_t year = 0;
    std::int64_t month = 0;
    std::int64_t day = 0;
    if (!reader.number(4, year) || !reader.take('-') || !reader.number(2, month) || !reader.take('-')
        || !reader.number(2, day))
        return std::nullopt;
    const std::chrono::year_month_day date{
        std::chrono::year{int(year)}, std::chrono::month{unsigned(month)}, std::chrono::day{unsigned(day)}};
    if (!date.ok())
        return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count() * millisecondsADay;
}

std::optional<std::int64_t> readClock(FieldReader& reader)
{
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t millisecond = 0;
    if (!reader.take('T') || !reader.number(2, hour) || !reader.take(':') || !reader.number(2, minute)
        || !reader.take(':') || !reader.number(2, second))
        return std::nullopt;
    if (reader.take('.') && !reader.number(3, millisecond))
        return std::nullopt;
    if (hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return ((hour * 60 + minute) * 60 + second) * 1000 + millisecond;
}

// East of Greenwich is ahead, so what is written there was earlier in UTC.
std::optional<std::int64_t> readOffset(FieldReader& reader)
{
    if (reader.take('Z'))
        return 0;
    const bool east = reader.take('+');
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    if ((!east && !reader.take('-')) || !reader.number(2, hour) || !reader.number(2, minute) || hour > 23
        || minute > 59)
        return std::nullopt;
    const std::int64_t offset = (hour * 60 + minute) * 60'000;
    return east ? -offset : offset;
}

}

std::optional<std::int64_t> readDatetime(std::string_view text)
{
    FieldReader reader(text);
    const auto day = readDay(reader);
    if (!day || reader.atEnd())
        return day;
    const auto clock = readClock(reader);
    if (!clock)
        return std::nullopt;
    const auto offset = readOffset(reader);
    if (!offset || !reader.atEnd())
        return std::nullopt;
    return *day + *clock + *offset;
}

std::optional<std::int64_t> readDuration(std::string_view text)
{
    struct Unit {
        std::string_view name;
        std::int64_t milliseconds;
    };
    static constexpr std::array<Unit, 5> units{
        {{"d", millisecondsADay}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};
    const Sign sign = text.starts_with('-') ? Sign::Negative : Sign::Positive;
    if (sign == Sign::Negative)
        text.remove_prefix(1);
    if (text.empty())
        return std::nullopt;
    std::int64_t sum = 0;
    std::size_t next = 0;
    while (!text.empty()) {
        std::size_t length = 0;
        while (length < text.size() && isDigit(text[length]))
            ++length;
        std::size_t nameLength = 0;
        while (length + nameLength < text.size() && !isDigit(text[length + nameLength]))
            ++nameLength;
        const std::string_view name = text.substr(length, nameLength);
        while (next < units.size() && units[next].name != name)
            ++next;
        const auto count = readDigits(text.substr(0, length), sign);
        std::int64_t part = 0;
        if (next == units.size() || !count || __builtin_mul_overflow(*count, units[next].milliseconds, &part)
            || __builtin_add_overflow(sum, part, &sum))
            return std::nullopt;
        ++next;
        text.remove_prefix(length + nameLength);
    }
    return sum;
}

std::optional<std::int64_t> dayOf(std::int64_t datetime)
{
    std::int64_t day = 0;
    if (__builtin_sub_overflow(datetime, timeOfDay(datetime), &day))
        return std::nullopt;
    return day;
}

std::int64_t timeOfDay(std::int64_t datetime)
{
    const std::int64_t rest = datetime % millisecondsADay;
    return rest < 0 ? rest + millisecondsADay : rest;
}

}

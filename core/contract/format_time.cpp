#include "core/contract/format.h"

#include <array>

namespace ephor::contract {

namespace {

constexpr int secondsPerMinute = 60;
constexpr int minutesPerHour = 60;
constexpr int minutesPerDay = 24 * minutesPerHour;

bool isTimeDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Reads exactly `count` digits from the front; -1 when they are not there.
int takeDigits(std::string_view& text, std::size_t count)
{
    if (text.size() < count)
        return -1;
    int value = 0;
    for (char c : text.substr(0, count)) {
        if (!isTimeDigit(c))
            return -1;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool takeCharacter(std::string_view& text, char c)
{
    if (!text.starts_with(c))
        return false;
    text.remove_prefix(1);
    return true;
}

int daysInMonth(int year, int month)
{
    constexpr std::array days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[static_cast<std::size_t>(month - 1)];
}

bool takeDate(std::string_view& text)
{
    const int year = takeDigits(text, 4);
    if (year < 0 || !takeCharacter(text, '-'))
        return false;
    const int month = takeDigits(text, 2);
    if (month < 1 || month > 12 || !takeCharacter(text, '-'))
        return false;
    const int day = takeDigits(text, 2);
    return day >= 1 && day <= daysInMonth(year, month);
}

// Reads "Z" or "±hh:mm" to the end; the offset is in minutes.
bool takeOffset(std::string_view text, int& offset)
{
    offset = 0;
    if (text == "Z" || text == "z")
        return true;
    if (text.empty() || (text[0] != '+' && text[0] != '-'))
        return false;
    const int sign = text[0] == '+' ? 1 : -1;
    text.remove_prefix(1);
    const int hours = takeDigits(text, 2);
    if (hours < 0 || hours > 23 || !takeCharacter(text, ':'))
        return false;
    const int minutes = takeDigits(text, 2);
    offset = sign * (hours * minutesPerHour + minutes);
    return minutes >= 0 && minutes < minutesPerHour && text.empty();
}

// One chain of RFC 3339 appendix A: every unit may be followed only by the next smaller one ("1H2M", not "1H2S").
bool takeChain(std::string_view& text, std::string_view units)
{
    std::size_t next = std::string_view::npos;
    while (!text.empty() && isTimeDigit(text[0])) {
        while (!text.empty() && isTimeDigit(text[0]))
            text.remove_prefix(1);
        if (text.empty())
            return false;
        const auto unit = units.find(text[0]);
        if (unit == std::string_view::npos || (next != std::string_view::npos && unit != next))
            return false;
        next = unit + 1;
        text.remove_prefix(1);
    }
    return next != std::string_view::npos;
}

}

bool isDate(std::string_view text)
{
    return takeDate(text) && text.empty();
}

bool isTime(std::string_view text)
{
    const int hour = takeDigits(text, 2);
    if (hour < 0 || hour > 23 || !takeCharacter(text, ':'))
        return false;
    const int minute = takeDigits(text, 2);
    if (minute < 0 || minute >= minutesPerHour || !takeCharacter(text, ':'))
        return false;
    const int second = takeDigits(text, 2);
    if (second < 0 || second > secondsPerMinute)
        return false;
    if (takeCharacter(text, '.')) {
        if (text.empty() || !isTimeDigit(text[0]))
            return false;
        while (!text.empty() && isTimeDigit(text[0]))
            text.remove_prefix(1);
    }
    int offset = 0;
    if (!takeOffset(text, offset))
        return false;
    if (second < secondsPerMinute)
        return true;
    // A leap second is the last one of a day in UTC.
    const int utc = ((hour * minutesPerHour + minute - offset) % minutesPerDay + minutesPerDay) % minutesPerDay;
    return utc == minutesPerDay - 1;
}

bool isDateTime(std::string_view text)
{
    if (!takeDate(text))
        return false;
    return (takeCharacter(text, 'T') || takeCharacter(text, 't')) && isTime(text);
}

bool isDuration(std::string_view text)
{
    if (!takeCharacter(text, 'P') || text.empty())
        return false;
    if (text[0] != 'T') {
        std::string_view weeks = text;
        if (takeChain(weeks, "W") && weeks.empty())
            return true;
        if (!takeChain(text, "YMD"))
            return false;
    }
    if (text.empty())
        return true;
    return takeCharacter(text, 'T') && takeChain(text, "HMS") && text.empty();
}

}

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/candidate/word_boundary.h"
#include "core/trust/detect/personal/open_patterns.h"

#include <algorithm>
#include <array>

namespace ephor::detect {

namespace {

/// Digits that stand together, as dates have them.
struct DateField {
    std::size_t end = 0;
    std::size_t digits = 0;
    unsigned value = 0;

    bool isMonth() const { return (digits == 1 || digits == 2) && value >= 1 && value <= 12; }
    bool isDay() const { return (digits == 1 || digits == 2) && value >= 1 && value <= 31; }
    bool isLongYear() const { return digits == 4; }
    bool isShortYear() const { return digits == 2; }
    bool isYear() const { return isLongYear() || isShortYear(); }
};

DateField fieldAt(std::string_view text, std::size_t at)
{
    constexpr std::size_t most = 5;
    DateField field;
    while (field.digits < most && isAsciiDigit(charAt(text, at + field.digits)))
        field.value = field.value * 10 + digitAt(text, at + field.digits++);
    field.end = at + field.digits;
    return field;
}

bool isMonthName(std::string_view text, std::size_t at)
{
    constexpr std::string_view names = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    if (at + 3 > text.size())
        return false;
    const std::array<char, 3> three{capital(text[at]), capital(text[at + 1]), capital(text[at + 2])};
    for (std::size_t i = 0; i < names.size(); i += 3) {
        if (std::equal(three.begin(), three.end(), names.begin() + std::ptrdiff_t(i)))
            return true;
    }
    return false;
}

std::size_t wholeWord(std::string_view text, std::size_t end)
{
    return isWordBoundary(text, end) ? end : 0;
}

// "12-MAR-2024", "12-MAR" behind the day, "MAR-2024" without one.
std::size_t namedEnd(std::string_view text, std::size_t at, bool afterDay)
{
    if (!isMonthName(text, at))
        return 0;
    const std::size_t end = at + 3;
    if (charAt(text, end) == '-') {
        const DateField year = fieldAt(text, end + 1);
        if (year.isYear() && isWordBoundary(text, year.end))
            return year.end;
    }
    return afterDay ? wholeWord(text, end) : 0;
}

bool isNumericDate(const DateField& first, char sign, const DateField& second, const DateField& third)
{
    const bool yearFirst = sign != '.' && first.isLongYear() && second.isMonth() && third.isDay();
    const bool dayFirst = first.isDay() && second.isMonth();
    const bool monthFirst = sign != '.' && first.isMonth() && second.isDay();
    const bool year = sign == '-' ? third.isLongYear() : third.isYear();
    return yearFirst || ((dayFirst || monthFirst) && year);
}

bool hasTwoDigits(std::string_view text, std::size_t at, unsigned most)
{
    return isAsciiDigit(charAt(text, at)) && isAsciiDigit(charAt(text, at + 1)) && numberAt(text, at, 2) <= most;
}

}

std::size_t matchDate(std::string_view text, std::size_t at)
{
    if (!isWordBoundary(text, at))
        return 0;
    if (!isAsciiDigit(charAt(text, at)))
        return namedEnd(text, at, false);
    const DateField first = fieldAt(text, at);
    const char sign = charAt(text, first.end);
    if (sign != '-' && sign != '/' && sign != '.')
        return 0;
    if (sign == '-' && first.isDay()) {
        if (const std::size_t named = namedEnd(text, first.end + 1, true))
            return named;
    }
    const DateField second = fieldAt(text, first.end + 1);
    if (second.digits == 0 || charAt(text, second.end) != sign)
        return 0;
    const DateField third = fieldAt(text, second.end + 1);
    return isNumericDate(first, sign, second, third) ? wholeWord(text, third.end) : 0;
}

std::size_t matchMonthAndLongYear(std::string_view text, std::size_t at)
{
    const DateField month = fieldAt(text, at);
    if (!month.isMonth() || charAt(text, month.end) != '/' || !isWordBoundary(text, at))
        return 0;
    const DateField year = fieldAt(text, month.end + 1);
    return year.isLongYear() ? wholeWord(text, year.end) : 0;
}

std::size_t matchMonthAndShortYear(std::string_view text, std::size_t at)
{
    const DateField month = fieldAt(text, at);
    if (!month.isMonth() || charAt(text, month.end) != '/' || !isWordBoundary(text, at))
        return 0;
    const DateField year = fieldAt(text, month.end + 1);
    return year.isShortYear() ? wholeWord(text, year.end) : 0;
}

// A day and a time with its zone.
std::size_t matchTimestamp(std::string_view text, std::size_t at)
{
    constexpr unsigned lastHour = 29; // the pattern asks for two digits of which the first is 0 to 2
    constexpr unsigned lastMinute = 59;
    if (!isAsciiDigit(charAt(text, at)) || !isWordBoundary(text, at))
        return 0;
    const DateField year = fieldAt(text, at);
    const DateField month = fieldAt(text, year.end + 1);
    const DateField day = fieldAt(text, month.end + 1);
    if (!year.isLongYear() || charAt(text, year.end) != '-' || month.digits != 2 || !month.isMonth()
        || charAt(text, month.end) != '-' || day.digits != 2 || !day.isDay() || capital(charAt(text, day.end)) != 'T'
        || !hasTwoDigits(text, day.end + 1, lastHour) || charAt(text, day.end + 3) != ':'
        || !hasTwoDigits(text, day.end + 4, lastMinute))
        return 0;
    std::size_t end = day.end + 6;
    if (charAt(text, end) == ':' && hasTwoDigits(text, end + 1, lastMinute)) {
        end += 3;
        std::size_t fraction = end + 1;
        while (isAsciiDigit(charAt(text, fraction)))
            ++fraction;
        if (charAt(text, end) == '.' && fraction > end + 1)
            end = fraction;
    }
    const char zone = capital(charAt(text, end));
    if (zone == 'Z')
        return wholeWord(text, end + 1);
    const bool offset = (zone == '+' || zone == '-') && hasTwoDigits(text, end + 1, lastHour)
        && charAt(text, end + 3) == ':' && hasTwoDigits(text, end + 4, lastMinute);
    return offset ? wholeWord(text, end + 6) : 0;
}

}

#include "core/trust/detect/personal/date_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/number/checksums.h"
#include "core/trust/detect/candidate/digits.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

namespace ephor::detect {

namespace {

struct MonthName {
    std::string_view name;
    std::uint8_t month;
};

// English, German, French, Spanish, Italian, Dutch and Portuguese; accents as they are and left out.
constexpr MonthName monthNames[] = {
    {"apr", 4},
    {"april", 4},
    {"aprile", 4},
    {"abril", 4},
    {"abr", 4},
    {"avr", 4},
    {"avril", 4},
    {"ago", 8},
    {"agosto", 8},
    {"aout", 8},
    {"août", 8},
    {"aug", 8},
    {"august", 8},
    {"augustus", 8},
    {"dec", 12},
    {"december", 12},
    {"decembre", 12},
    {"décembre", 12},
    {"dez", 12},
    {"dezember", 12},
    {"dezembro", 12},
    {"dic", 12},
    {"dicembre", 12},
    {"diciembre", 12},
    {"enero", 1},
    {"ene", 1},
    {"feb", 2},
    {"febbraio", 2},
    {"febrero", 2},
    {"februar", 2},
    {"februari", 2},
    {"february", 2},
    {"fevereiro", 2},
    {"fevrier", 2},
    {"février", 2},
    {"gennaio", 1},
    {"giugno", 6},
    {"jan", 1},
    {"janeiro", 1},
    {"januar", 1},
    {"januari", 1},
    {"january", 1},
    {"janvier", 1},
    {"juillet", 7},
    {"juin", 6},
    {"jul", 7},
    {"juli", 7},
    {"julho", 7},
    {"julio", 7},
    {"july", 7},
    {"jun", 6},
    {"june", 6},
    {"junho", 6},
    {"juni", 6},
    {"junio", 6},
    {"jänner", 1},
    {"luglio", 7},
    {"maart", 3},
    {"maggio", 5},
    {"mai", 5},
    {"maio", 5},
    {"mar", 3},
    {"march", 3},
    {"março", 3},
    {"mars", 3},
    {"marzo", 3},
    {"may", 5},
    {"mayo", 5},
    {"mei", 5},
    {"märz", 3},
    {"maerz", 3},
    {"nov", 11},
    {"november", 11},
    {"novembre", 11},
    {"noviembre", 11},
    {"novembro", 11},
    {"oct", 10},
    {"october", 10},
    {"octobre", 10},
    {"octubre", 10},
    {"okt", 10},
    {"oktober", 10},
    {"ott", 10},
    {"ottobre", 10},
    {"outubro", 10},
    {"sep", 9},
    {"sept", 9},
    {"september", 9},
    {"septembre", 9},
    {"septiembre", 9},
    {"set", 9},
    {"setembro", 9},
    {"settembre", 9},
};

constexpr std::size_t longestMonth = 12;

// By the first two letters, without case: most words begin as no month does.
bool beginsMonth(std::string_view word)
{
    static constexpr auto beginnings = [] {
        std::array<std::uint32_t, 32> table{};
        for (const MonthName& month : monthNames)
            table[std::uint8_t(month.name[0]) & 31U] |= 1U << (std::uint8_t(month.name[1]) & 31U);
        return table;
    }();
    return (beginnings[std::uint8_t(word[0]) & 31U] >> (std::uint8_t(word[1]) & 31U) & 1U) != 0;
}

struct Number {
    unsigned value = 0;
    std::size_t digits = 0;
    std::size_t end = 0;
};

Number numberFrom(std::string_view text, std::size_t at)
{
    constexpr std::size_t most = 5;
    unsigned value = 0;
    std::size_t end = at;
    for (const std::size_t last = std::min(text.size(), at + most); end < last; ++end) {
        const unsigned digit = unsigned(std::uint8_t(text.data()[end])) - '0';
        if (digit > 9)
            break;
        value = value * 10 + digit;
    }
    return {value, end - at, end};
}

std::size_t letterEnd(std::string_view text, std::size_t at)
{
    std::size_t end = at;
    while (end < text.size() && end - at < longestMonth && isNameByte(text[end]) && !isAsciiDigit(text[end]))
        ++end;
    return end;
}

bool isYear(const Number& number)
{
    return number.digits == 4 && number.value >= 1000 && number.value < 2200;
}

bool isShortYear(const Number& number)
{
    return number.digits == 2;
}

bool endsWord(std::string_view text, std::size_t end)
{
    return (classAt(text, end) & WordByte) == 0 && charAt(text, end) != '_';
}

/// The end of "T04:10", " 04:10:06.123+02:00" and the like after a date; `end` where none follows.
std::size_t timeEnd(std::string_view text, std::size_t end)
{
    const char joint = charAt(text, end);
    if (joint != 'T' && joint != 't' && joint != ' ')
        return end;
    const Number hour = numberFrom(text, end + 1);
    if (hour.digits != 2 || hour.value > 24 || charAt(text, hour.end) != ':')
        return end;
    const Number minute = numberFrom(text, hour.end + 1);
    if (minute.digits != 2 || minute.value > 59)
        return end;
    std::size_t last = minute.end;
    if (charAt(text, last) == ':') {
        const Number second = numberFrom(text, last + 1);
        if (second.digits == 2 && second.value <= 60)
            last = second.end;
        std::size_t fraction = last + 1;
        while (isAsciiDigit(charAt(text, fraction)) && fraction < last + 10)
            ++fraction;
        if ((charAt(text, last) == '.' || charAt(text, last) == ',') && fraction > last + 1)
            last = fraction;
    }
    if (charAt(text, last) == 'Z' || charAt(text, last) == 'z')
        return endsWord(text, last + 1) ? last + 1 : last;
    if (charAt(text, last) == '+' || charAt(text, last) == '-') {
        const Number zone = numberFrom(text, last + 1);
        const Number minutes = numberFrom(text, zone.end + 1);
        if (zone.digits == 4)
            return zone.end;
        if (zone.digits == 2 && charAt(text, zone.end) == ':' && minutes.digits == 2)
            return minutes.end;
    }
    return last;
}

bool mayBeDay(unsigned day)
{
    return day >= 1 && day <= 31;
}

struct Found {
    std::size_t end = 0; ///< 0: nothing
    float score = 0;
};

Found yearFirst(std::string_view text, const Number& year)
{
    if (!isYear(year))
        return {};
    const char joint = charAt(text, year.end);
    const Number month = numberFrom(text, year.end + 1);
    const Number day = numberFrom(text, month.end + 1);
    if (month.digits > 2 || charAt(text, month.end) != joint || day.digits > 2 || day.digits == 0
        || !isDate(year.value, month.value, day.value))
        return {};
    return {day.end, 0.6F};
}

Found dayOrMonthFirst(std::string_view text, const Number& first)
{
    const char joint = charAt(text, first.end);
    const Number second = numberFrom(text, first.end + 1);
    if (second.digits == 0 || second.digits > 2 || first.value == 0 || charAt(text, second.end) != joint)
        return {};
    const Number year = numberFrom(text, second.end + 1);
    if (isYear(year) || (isShortYear(year) && joint != '-')) {
        const unsigned full = year.digits == 2 ? 2000 + year.value : year.value;
        const bool date
            = isDate(full, second.value, first.value) || (joint != '.' && isDate(full, first.value, second.value));
        // Points and short numbers are a section or a version more often than a day.
        const bool exact = first.digits == 2 && second.digits == 2;
        return date ? Found{year.end, joint != '.' || year.digits == 4 ? 0.6F : exact ? 0.4F : 0.3F} : Found{};
    }
    return {};
}

Found monthAndYear(std::string_view text, const Number& month)
{
    if (charAt(text, month.end) != '/' || month.value < 1 || month.value > 12)
        return {};
    const Number year = numberFrom(text, month.end + 1);
    if (isYear(year))
        return {year.end, 0.2F};
    return isShortYear(year) ? Found{year.end, 0.1F} : Found{};
}

// Behind the letters of "1st", "2nd" and the like; `end` where there are none.
std::size_t ordinalEnd(std::string_view text, std::size_t end)
{
    if ((classAt(text, end) & SmallByte) == 0)
        return end;
    for (const std::string_view ordinal : {"st", "nd", "rd", "th"}) {
        if (text.substr(end, 2) == ordinal)
            end += 2;
    }
    return end;
}

// "12 March 2024", "12. März", "12-MAR-24": what follows the day.
Found namedMonth(std::string_view text, const Number& day)
{
    if (!mayBeDay(day.value) || day.digits > 2)
        return {};
    std::size_t at = ordinalEnd(text, day.end);
    const char joint = charAt(text, at);
    if (joint == '.' && charAt(text, at + 1) == ' ')
        ++at;
    if (joint != ' ' && joint != '-' && joint != '.' && joint != '/')
        return {};
    if (text.substr(at, 4) == " of ")
        at += 3;
    const std::size_t word = at + 1;
    if (word + 1 >= text.size() || !beginsMonth(text.substr(word, 2)))
        return {};
    const std::size_t wordLast = letterEnd(text, word);
    if (monthOf(text.substr(word, wordLast - word)) == 0)
        return {};
    std::size_t after = wordLast;
    if (charAt(text, after) == '.' || charAt(text, after) == ',')
        ++after;
    const Number year = numberFrom(text, after + 1);
    const bool joined = charAt(text, after) == ' ' || charAt(text, after) == '-' || charAt(text, after) == '/';
    if (joined && (isYear(year) || (isShortYear(year) && charAt(text, after) != ' ')) && endsWord(text, year.end))
        return {year.end, 0.6F};
    return {wordLast, joint == '-' ? 0.6F : 0.4F};
}

// "March 12, 2024", "MAR-2024", "March 2024".
Found monthFirst(std::string_view text, std::size_t at)
{
    const std::size_t word = letterEnd(text, at);
    if (monthOf(text.substr(at, word - at)) == 0)
        return {};
    std::size_t next = word;
    if (charAt(text, next) == '.')
        ++next;
    const char joint = charAt(text, next);
    if (joint != ' ' && joint != '-')
        return {};
    const Number first = numberFrom(text, next + 1);
    if (isYear(first) && endsWord(text, first.end))
        return {first.end, 0.6F};
    if (joint == '-')
        return isShortYear(first) && endsWord(text, first.end) ? Found{first.end, 0.6F} : Found{};
    if (first.digits == 0 || first.digits > 2 || !mayBeDay(first.value))
        return {};
    const std::size_t end = ordinalEnd(text, first.end);
    if (!endsWord(text, end))
        return {};
    const std::size_t blank = charAt(text, end) == ',' ? end + 1 : end;
    const Number year = numberFrom(text, blank + 1);
    if (charAt(text, blank) == ' ' && isYear(year) && endsWord(text, year.end))
        return {year.end, 0.6F};
    return {end, 0.4F};
}

// Whether the number goes on before `at`: digits, and a sign such as the one behind it.
bool followsDigits(std::string_view text, std::size_t at, char joint)
{
    if (at < 2 || !isAsciiDigit(text[at - 2]))
        return false;
    const char sign = text[at - 1];
    return sign == '.' || sign == ',' || sign == '-' || sign == joint;
}

// By how many digits the word has, and what stands around it: most numbers begin no date.
bool mayBeginDate(std::string_view text, const TextWord& word)
{
    constexpr std::size_t ordinalLetters = 2;
    const std::size_t digits = std::size_t(std::countr_one(word.digits));
    if (digits != word.length())
        return digits <= 2 && word.length() == digits + ordinalLetters && !followsDigits(text, word.start, '\0');
    if (digits == 3 || digits > 4)
        return false;
    const char joint = charAt(text, word.end);
    if (followsDigits(text, word.start, joint))
        return false;
    const bool numeric = joint == '-' || joint == '/' || joint == '.';
    const std::uint8_t next = classAt(text, word.end + 1);
    if (digits == 4 || (next & DigitByte) != 0)
        return numeric && (next & DigitByte) != 0;
    if (joint == ' ')
        return (word.end + 2 < text.size() && beginsMonth(text.substr(word.end + 1, 2)))
            || text.substr(word.end, 4) == " of ";
    return numeric && ((next & WordByte) != 0 || charAt(text, word.end + 1) == ' ');
}

}

unsigned monthOf(std::string_view word)
{
    if (word.size() < 3 || word.size() > longestMonth || !beginsMonth(word))
        return 0;
    std::array<char, longestMonth> lower{};
    std::ranges::transform(word, lower.begin(), small);
    const std::string_view name(lower.data(), word.size());
    for (const MonthName& known : monthNames) {
        if (known.name.front() == name.front() && known.name == name)
            return known.month;
    }
    return 0;
}

DateFinder::DateFinder(Profile profile)
    : m_profile(profile)
    , m_date(personalEntity("DATE_TIME"))
{
}

std::size_t DateFinder::scan(std::string_view text, const TextWord& word, CandidateSink& found) const
{
    const bool digits = (word.digits & 1) != 0;
    const bool may
        = digits ? mayBeginDate(text, word) : word.start + 1 < text.size() && beginsMonth(text.substr(word.start, 2));
    return may ? read(text, word.start, digits, found) : word.start;
}

std::size_t DateFinder::read(std::string_view text, std::size_t at, bool digits, CandidateSink& found) const
{
    Found date;
    if (!digits) {
        date = monthFirst(text, at);
    } else {
        const Number first = numberFrom(text, at);
        const char joint = charAt(text, first.end);
        const bool numeric = joint == '-' || joint == '/' || joint == '.';
        // Presidio's own patterns have the dates of numbers alone (open_patterns.h).
        const bool ephor = m_profile == Profile::Ephor;
        if (first.digits == 4 && numeric && ephor)
            date = yearFirst(text, first);
        else if (first.digits <= 2 && numeric && ephor)
            date = dayOrMonthFirst(text, first);
        if (date.end == 0 && first.digits <= 2)
            date = namedMonth(text, first);
        if (date.end == 0 && first.digits <= 2 && ephor)
            date = monthAndYear(text, first);
    }
    if (date.end == 0)
        return at;
    const std::size_t timed = timeEnd(text, date.end);
    const char after = charAt(text, timed);
    const bool longer = (after == '.' || after == '-' || after == '/') && (classAt(text, timed + 1) & WordByte) != 0;
    if (!endsWord(text, timed) || longer)
        return at;
    // Presidio's patterns (open_patterns.h) have those with dashes.
    if (m_profile == Profile::Presidio && text.substr(at, date.end - at).find('-') != std::string_view::npos)
        return at;
    const float score = timed != date.end && m_profile == Profile::Presidio ? 0.8F : date.score;
    found.take(candidateAt(m_date, at, timed, score));
    return timed;
}

}

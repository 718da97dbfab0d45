#include "core/trust/detect/personal/phone_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/candidate/gap.h"
#include "core/trust/detect/personal/calling_codes.h"

#include <algorithm>
#include <array>
#include <bit>

namespace ephor::detect {

namespace {

constexpr std::size_t digitLimit = 17; // 15 of E.164, and an international prefix "00"
constexpr std::size_t phoneGroupLimit = 8;
constexpr float localScore = 0.15F; // counts beside a word for it

struct PhoneGroup {
    std::size_t start;
    std::size_t end;
    bool afterBlank; ///< one blank stands before it
};

struct PhoneText {
    std::size_t start = 0;
    bool plus = false;
    bool brackets = false;
    std::array<PhoneGroup, phoneGroupLimit> groups; // only the first `count` are filled
    std::size_t count = 0;
    std::size_t end = 0; ///< of all that was looked at
    bool cut = false; ///< more digits follow than a number has
    std::size_t digits = 0; ///< of the groups
};

bool isSeparator(char c)
{
    constexpr std::uint64_t separators = std::uint64_t(1) << ' ' | std::uint64_t(1) << '-' | std::uint64_t(1) << '.'
        | std::uint64_t(1) << '/' | std::uint64_t(1) << '(' | std::uint64_t(1) << ')';
    return std::uint8_t(c) < 64 && (separators >> std::uint8_t(c) & 1) != 0;
}

// The end of what stands between two groups: at most three of these characters, each once but for blanks around a dash.
std::size_t separatorEnd(std::string_view text, std::size_t at, PhoneText& phone)
{
    constexpr std::size_t most = 3;
    std::size_t end = at;
    while (end < at + most) {
        const char c = charAt(text, end);
        if (c == '(' || c == ')')
            phone.brackets = true;
        else if (c != ' ' && c != '-' && c != '.' && c != '/')
            break;
        ++end;
    }
    return end;
}

// The groups from words[word] on, which has only digits.
PhoneText readPhone(WordList& words, std::size_t word)
{
    const std::string_view text = words.text();
    const std::size_t at = words[word].start;
    PhoneText phone;
    phone.start = at;
    if (at > 0 && text[at - 1] == '(') {
        phone.start = at - 1;
        phone.brackets = true;
    }
    if (phone.start > 0 && text[phone.start - 1] == '+') {
        phone.plus = true;
        --phone.start;
    }
    std::size_t digits = 0;
    bool afterBlank = false;
    for (;; ++word) {
        const TextWord& group = words[word];
        const bool part = group.classes != DigitByte;
        phone.end = part ? group.start + std::size_t(std::countr_one(group.digits)) : group.end;
        digits += phone.end - group.start;
        const bool letter = part || charAt(text, group.end) == '_';
        if (letter || digits > digitLimit || phone.count == phoneGroupLimit) {
            phone.cut = !letter || !afterBlank;
            break;
        }
        const std::size_t end = group.end;
        phone.groups[phone.count++] = {group.start, end, afterBlank};
        phone.digits = digits;
        const std::size_t next = separatorEnd(text, end, phone);
        afterBlank = next == end + 1 && text[end] == ' ';
        if (next == end || (classAt(text, next) & DigitByte) == 0)
            break;
        words.has(word + 1); // it begins at `next`
    }
    return phone;
}

// Digits without separators, and how many each group has, four bits each from the first: 0x334 for "415 555 0132".
struct PhoneDigits {
    std::array<char, digitLimit> storage;
    std::size_t count = 0;
    std::uint32_t groups = 0;
    std::size_t groupCount = 0;

    std::string_view digits() const { return {storage.data(), count}; }

    // "+44 (0)20 …": the zero is for callers inside the country.
    static bool isLeftOut(std::string_view text, const PhoneText& phone, std::size_t group)
    {
        const PhoneGroup& found = phone.groups[group];
        return phone.plus && group > 0 && found.end == found.start + 1 && text[found.start] == '0'
            && text[found.start - 1] == '(';
    }

    void append(std::string_view text, const PhoneText& phone, std::size_t group)
    {
        if (isLeftOut(text, phone, group))
            return;
        const std::string_view digits
            = text.substr(phone.groups[group].start, phone.groups[group].end - phone.groups[group].start);
        for (std::size_t i = 0; i < digits.size(); ++i)
            storage[count + i] = digits[i];
        count += digits.size();
        groups = groups << 4 | std::uint32_t(std::min<std::size_t>(digits.size(), 15));
        ++groupCount;
    }

    void dropLast(std::string_view text, const PhoneText& phone, std::size_t group)
    {
        if (isLeftOut(text, phone, group))
            return;
        count -= phone.groups[group].end - phone.groups[group].start;
        groups >>= 4;
        --groupCount;
    }
};

// Written with a trunk zero, as most of Europe does.
float trunkScore(const PhoneDigits& phone)
{
    const std::string_view digits = phone.digits();
    const std::size_t least = phone.groupCount > 1 ? 8 : 9;
    if (digits[1] == '0' || digits.size() < least || digits.size() > 12 || digits == "0123456789")
        return 0;
    const bool french = digits.size() == 10 && (phone.groups == 0x22222 || phone.groups == 0xA);
    const bool germanMobile = digits[1] == '1' && digits[2] >= '5' && digits[2] <= '7' && digits.size() >= 11;
    if (phone.groupCount == 1) {
        const bool british = digits.size() == 11 && digits[1] != '4' && digits[1] != '6' && digits[1] != '9';
        return digits.size() == 10 || british || germanMobile ? 0.4F : 0.2F;
    }
    if (french)
        return 0.6F;
    std::uint32_t later = phone.groups;
    std::uint32_t second = 0;
    for (std::size_t i = 1; i < phone.groupCount; ++i, later >>= 4) {
        second = later & 0xF;
        if (second < 2 || second > (phone.groupCount == 2 ? 9 : 8))
            return 0;
    }
    // Two digits and two more begin a date; areas of one digit exist where three or more follow.
    const bool area = later >= 3 && later <= 5;
    if (digits.size() < 9)
        return area || later == 2 ? localScore : 0;
    return area || (later == 2 && second >= 3) ? 0.5F : 0;
}

/// How a number without any sign that it is one is written, by the digits of its groups.
enum class PlainForm : std::uint8_t {
    None,
    NorthAmerican, ///< three, three and four digits
    WithTrunkCode, ///< the same after a 1
    TenDigits, ///< in other groups, or in one
    Area, ///< of two digits, which only brackets tell
    Southern, ///< nine digits as Spain and others write them, which divides no other number so
    Polish, ///< nine digits, of which the first may be 1
    Local, ///< seven to nine digits
};

// `groups` as PhoneDigits has them.
constexpr PlainForm plainFormOf(std::uint32_t groups)
{
    switch (groups) {
    case 0x334:
        return PlainForm::NorthAmerican;
    case 0x1334:
        return PlainForm::WithTrunkCode;
    case 0xA:
    case 0x37:
    case 0x64:
    case 0x55:
    case 0x343:
    case 0x433:
        return PlainForm::TenDigits;
    case 0x254:
    case 0x244:
        return PlainForm::Area;
    case 0x3222:
        return PlainForm::Southern;
    case 0x2322:
        return PlainForm::Polish;
    case 0x333:
    case 0x234:
    case 0x9:
    case 0x2222:
    case 0x323:
    case 0x44:
    case 0x8:
    case 0x34:
    case 0x322:
        return PlainForm::Local;
    default:
        return PlainForm::None;
    }
}

// Whether groups of so many digits may be a plain number, of which the first digit is `first`.
constexpr bool mayBePlain(std::uint32_t groups, char first)
{
    const PlainForm form = plainFormOf(groups);
    return form != PlainForm::None && (form != PlainForm::Local || first >= '2');
}

constexpr float tenDigitsScore = 0.2F; // of TenDigits; and the highest of one group

float plainScore(const PhoneDigits& phone, bool brackets)
{
    const std::string_view digits = phone.digits();
    switch (plainFormOf(phone.groups)) {
    case PlainForm::NorthAmerican:
        if (isNorthAmerican(digits))
            return brackets ? 0.7F : 0.5F;
        return 0;
    case PlainForm::WithTrunkCode:
        return digits[0] == '1' && isNorthAmerican(digits.substr(1)) ? 0.6F : 0;
    case PlainForm::TenDigits:
        if (isNorthAmerican(digits))
            return tenDigitsScore;
        return digits[0] >= '6' ? tenDigitsScore : 0;
    case PlainForm::Area:
        return brackets ? 0.5F : 0;
    case PlainForm::Southern:
        return digits[0] < '2' ? 0 : digits[0] >= '6' ? 0.4F : localScore;
    case PlainForm::Polish:
        return digits[0] >= '1' ? localScore : 0;
    case PlainForm::Local:
        return digits[0] >= '2' ? localScore : 0;
    case PlainForm::None:
        break;
    }
    return 0;
}

// Behind "#", or digits and a blank: a running number, or groups of a longer one.
bool isCounted(std::string_view text, std::size_t start)
{
    return (start > 0 && text[start - 1] == '#')
        || (start > 1 && text[start - 1] == ' ' && isAsciiDigit(text[start - 2]));
}

// Any number may begin with two zeros.
bool isShortRun(const PhoneDigits& phone)
{
    constexpr std::size_t longEnough = 11;
    return phone.groupCount == 1 && phone.count < longEnough;
}

bool isPartOfLonger(std::string_view text, const PhoneText& phone, std::size_t count)
{
    const std::size_t start = phone.start;
    if (start > 0) {
        const char before = text[start - 1];
        if ((classOf(before) & WordByte) != 0 || before == '_' || accentedLetterBefore(text, start))
            return true;
        const bool joint = before == '-' || before == '.' || before == '/' || before == ',';
        if (joint && !phone.plus && start > 1 && (classOf(text[start - 2]) & DigitByte) != 0)
            return true;
    }
    return count < phone.count ? !phone.groups[count].afterBlank : phone.cut;
}

// Of a first group shorter than any number, by its length: bit i where a plain number may go on with i digits.
constexpr auto secondLengths = [] {
    constexpr std::uint32_t most = 10;
    std::array<std::uint32_t, 7> seconds{};
    for (std::uint32_t first = 1; first < seconds.size(); ++first) {
        for (std::uint32_t groups = 0; groups < most * most * most; ++groups) {
            const std::uint32_t second = 1 + groups / (most * most);
            const std::uint32_t two = first << 4 | second;
            const std::uint32_t third = groups / most % most;
            const std::uint32_t three = third == 0 ? two : two << 4 | third;
            const std::uint32_t fourth = groups % most;
            if (plainFormOf(fourth == 0 ? three : three << 4 | fourth) != PlainForm::None)
                seconds[first] |= std::uint32_t(1) << second;
        }
    }
    return seconds;
}();

// A bracket in front belongs to the number where it is closed within.
std::size_t phoneStart(std::string_view text, const PhoneText& phone, std::size_t end)
{
    const bool open = text[phone.start] == '(';
    const bool closed = text.substr(phone.start, end - phone.start).find(')') != std::string_view::npos;
    return open && !closed ? phone.start + 1 : phone.start;
}

}

PhoneFinder::PhoneFinder()
    : m_phone(personalEntity("PHONE_NUMBER"))
{
}

// Whether the word goes on with the number whose last group ends at `end`.
bool PhoneFinder::isJoined(std::string_view text, std::size_t end, const TextWord& next)
{
    if ((next.digits & 1) == 0 || next.start > end + separatorLimit)
        return false;
    return (next.gap & separators) != 0
        || std::all_of(text.begin() + std::ptrdiff_t(end), text.begin() + std::ptrdiff_t(next.start), isSeparator);
}

// Whether groups with so many digits are part of a longer number that goes on with the word, as isPartOfLonger() has
// it.
bool PhoneFinder::isCutBefore(std::string_view text, const TextWord& next, std::size_t digits)
{
    if (next.gap != SpaceGap)
        return true;
    return next.classes == DigitByte && digits + next.length() > digitLimit && charAt(text, next.end) != '_';
}

// By the lengths of the groups and the sign before them: most numbers of a text are none.
bool PhoneFinder::mayBePhone(WordList& words, std::size_t at, bool marked)
{
    const std::string_view text = words.text();
    const std::size_t start = words[at].start;
    const char before = start > 0 ? text[start - 1] : ' ';
    if ((before == '-' || before == '.' || before == '/' || before == ',') && start > 1
        && (classOf(text[start - 2]) & DigitByte) != 0)
        return false;
    const char first = text[words[at].start];
    std::size_t digits = 0;
    std::uint32_t groups = 0;
    for (std::size_t count = 1; words[at].classes == DigitByte; ++count) {
        const std::size_t length = words[at].length();
        const std::size_t end = words[at].end;
        digits += length;
        groups = groups << 4 | std::uint32_t(std::min<std::size_t>(length, 15));
        if (digits > digitLimit)
            return false;
        const bool joined = words.has(at + 1) && isJoined(text, end, words[at + 1]);
        if (digits >= shortest && (marked || mayBePlain(groups, first))
            && !(joined && isCutBefore(text, words[at + 1], digits)))
            return true;
        if (count == phoneGroupLimit || !joined)
            return false;
        ++at;
    }
    return false;
}

std::size_t PhoneFinder::scan(WordList& words, std::size_t word, CandidateSink& found) const
{
    const std::string_view text = words.text();
    const std::size_t start = words[word].start;
    const std::size_t end = words[word].end;
    const char before = start > 0 ? text[start - 1] : ' ';
    const bool marked = before == '+' || before == '(' || text[start] == '0';
    if (!marked && end - start < shortest) {
        const std::size_t next = words.has(word + 1) ? words[word + 1].length() : 0;
        if (next > digitLimit || (secondLengths[end - start] >> next & 1) == 0)
            return end;
    } else if (!marked && found.enough() > tenDigitsScore && !found.mayCountWeak(m_phone, start, end)) {
        // So many digits that nothing marks are a number alone or part of none, and a weak one.
        return end;
    }
    return mayBePhone(words, word, marked) ? read(words, word, found) : end;
}

std::size_t PhoneFinder::read(WordList& words, std::size_t word, CandidateSink& found) const
{
    const std::string_view text = words.text();
    const PhoneText phone = readPhone(words, word);
    if (phone.digits < shortest)
        return phone.count > 0 ? phone.groups[0].end : phone.end;
    PhoneDigits made;
    for (std::size_t group = 0; group < phone.count; ++group)
        made.append(text, phone, group);
    for (std::size_t count = phone.count; count > 0; made.dropLast(text, phone, --count)) {
        if (made.count < shortest)
            break;
        if (isPartOfLonger(text, phone, count))
            continue;
        const std::size_t end = phone.groups[count - 1].end;
        const std::size_t start = phoneStart(text, phone, end);
        const bool zeros = made.digits().starts_with("00") && phone.groups[0].end > phone.groups[0].start + 1;
        if (phone.plus || zeros) {
            if (!isInternational(made.digits().substr(phone.plus ? 0 : 2)))
                continue;
            found.take(phone.plus ? validatedAt(m_phone, start, end, 0.9F)
                                  : candidateAt(m_phone, start, end, isShortRun(made) ? tenDigitsScore : 0.5F));
            return phone.end;
        }
        const float score = made.storage[0] == '0' ? trunkScore(made) : plainScore(made, phone.brackets);
        if (score > 0) {
            const bool counted = isCounted(text, start);
            found.take(candidateAt(m_phone, start, end, counted ? std::min(score, tenDigitsScore) : score));
            return end;
        }
    }
    return phone.count > 0 ? phone.groups[0].end : phone.end;
}

}

#include "core/trust/detect/personal/open_phones.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/personal/phone_reading.h"

#include <algorithm>
#include <optional>

namespace ephor::detect {

namespace {

struct PhoneRange {
    std::size_t start = 0;
    std::size_t end = 0;
};

bool isLead(char c)
{
    return c == '(' || c == '[' || c == '+';
}

// What may stand between the digits of a number.
bool isBetween(char c)
{
    constexpr std::string_view marks = "-xX /().[]~";
    return marks.find(c) != std::string_view::npos;
}

std::size_t betweenEnd(std::string_view text, std::size_t at)
{
    constexpr std::size_t most = 4;
    std::size_t end = at;
    while (end < text.size() && end - at < most && isBetween(text[end]))
        ++end;
    return end;
}

// Behind an extension that begins at `at`, else `at`.
std::size_t extensionEnd(std::string_view text, std::size_t at)
{
    constexpr std::size_t most = 9;
    std::size_t sign = at;
    while (charAt(text, sign) == ' ' || charAt(text, sign) == ',')
        ++sign;
    std::size_t digits = 0;
    for (const std::string_view word : {"extension", "extn", "ext", "xtn", "xt", "int", "#", "~"}) {
        const std::string_view there = text.substr(sign, word.size());
        if (there.size() == word.size()
            && std::equal(word.begin(), word.end(), there.begin(), [](char own, char c) { return own == small(c); })) {
            digits = sign + word.size();
            break;
        }
    }
    if (digits == 0)
        return at;
    if (charAt(text, digits) == ':' || charAt(text, digits) == '.')
        ++digits;
    while (std::string_view(" ,-").find(charAt(text, digits)) != std::string_view::npos)
        ++digits;
    std::size_t end = digits;
    while (end - digits < most && isAsciiDigit(charAt(text, end)))
        ++end;
    return end == digits ? at : charAt(text, end) == '#' ? end + 1 : end;
}

/// The longest piece that begins at `at` and may hold numbers; nothing where none does.
std::optional<PhoneRange> pieceAt(std::string_view text, std::size_t at)
{
    constexpr std::size_t mostLeads = 2;
    constexpr std::size_t mostGroups = 21;
    std::size_t digits = at;
    for (std::size_t lead = 0; lead < mostLeads && isLead(charAt(text, digits)); ++lead)
        digits = betweenEnd(text, digits + 1);
    if (!isAsciiDigit(charAt(text, digits)))
        return std::nullopt;
    std::size_t end = digits;
    for (std::size_t group = 0; group < mostGroups; ++group) {
        while (isAsciiDigit(charAt(text, end)))
            ++end;
        const std::size_t next = betweenEnd(text, end);
        if (next == end || !isAsciiDigit(charAt(text, next)))
            break;
        end = next;
    }
    while (!isAsciiDigit(text[end - 1]))
        --end;
    return PhoneRange{at, extensionEnd(text, end)};
}

// "1/2/2003" somewhere within.
bool hasDate(std::string_view piece)
{
    for (std::size_t slash = piece.find('/'); slash != piece.npos; slash = piece.find('/', slash + 1)) {
        const std::size_t second = piece.find('/', slash + 1);
        if (second == piece.npos)
            return false;
        const std::string_view middle = piece.substr(slash + 1, second - slash - 1);
        const bool day = (middle.size() == 1 || (middle.size() == 2 && middle[0] <= '3')) && hasOnlyDigits(middle);
        if (slash > 0 && isAsciiDigit(piece[slash - 1]) && day && isAsciiDigit(charAt(piece, second + 1))
            && isAsciiDigit(charAt(piece, second + 2)))
            return true;
    }
    return false;
}

// "2024-01-31 08" before ":15".
bool isTimestamp(std::string_view piece, std::string_view behind)
{
    constexpr std::size_t shortest = 11;
    if (behind.size() < 3 || behind[0] != ':' || behind[1] > '5' || !isAsciiDigit(behind[1]) || !isAsciiDigit(behind[2])
        || piece.size() < shortest)
        return false;
    const std::size_t blank = piece.rfind(' ');
    return blank == piece.size() - 3 && (piece[0] == '1' || piece[0] == '2');
}

// Pages of a journal: "12-34 (1999".
bool hasPages(std::string_view piece)
{
    for (std::size_t bracket = piece.find('('); bracket != piece.npos; bracket = piece.find('(', bracket + 1)) {
        std::size_t at = bracket;
        while (at > 0 && piece[at - 1] == ' ')
            --at;
        const std::size_t digits = at;
        while (at > 0 && isAsciiDigit(piece[at - 1]))
            --at;
        const std::size_t dash = at;
        while (at > 0 && piece[at - 1] == '-')
            --at;
        if (digits > dash && dash > at && at > 0 && isAsciiDigit(piece[at - 1])
            && isAsciiDigit(charAt(piece, bracket + 1)))
            return true;
    }
    return false;
}

// One bracket may open or close at the beginning, then up to three pairs.
bool hasMatchingBrackets(std::string_view piece)
{
    const auto opens = [](char c) { return c == '(' || c == '['; };
    const auto closes = [](char c) { return c == ')' || c == ']'; };
    const auto plainEnd = [&](std::size_t at) {
        while (at < piece.size() && !opens(piece[at]) && !closes(piece[at]))
            ++at;
        return at;
    };
    std::size_t at = !piece.empty() && opens(piece[0]) ? 1 : 0;
    std::size_t end = plainEnd(at);
    if (end > at && end < piece.size() && closes(piece[end])) {
        at = end + 1;
        end = plainEnd(at);
    }
    if (end == at)
        return false;
    constexpr int mostPairs = 3;
    for (int pair = 0; pair < mostPairs && end < piece.size() && opens(piece[end]); ++pair) {
        const std::size_t close = plainEnd(end + 1);
        if (close == end + 1 || close >= piece.size() || !closes(piece[close]))
            return false;
        end = close + 1;
    }
    return plainEnd(end) == piece.size();
}

/// Looks for one country's numbers.
class PhoneSearch {
public:
    PhoneSearch(std::string_view text, const PhoneCountry& country)
        : m_text(text)
        , m_country(country)
    {
    }

    void run(const OpenPhoneSink& found)
    {
        for (std::size_t at = 0; at < m_text.size();) {
            if (!isLead(m_text[at]) && !isAsciiDigit(m_text[at])) {
                ++at;
                continue;
            }
            const auto whole = pieceAt(m_text, at);
            if (!whole) {
                ++at;
                continue;
            }
            const PhoneRange piece = withoutSecond(*whole);
            const auto number = numberIn(piece);
            if (number)
                found(number->start, number->end);
            at = number ? number->end : std::max(piece.end, at + 1);
        }
    }

private:
    std::string_view of(PhoneRange range) const { return m_text.substr(range.start, range.end - range.start); }

    // A slash and an x begin another number's extension.
    PhoneRange withoutSecond(PhoneRange piece) const
    {
        for (std::size_t at = piece.start; at < piece.end; ++at) {
            if (m_text[at] != '/')
                continue;
            std::size_t next = at + 1;
            while (next < piece.end && m_text[next] == ' ')
                ++next;
            if (next < piece.end && small(m_text[next]) == 'x')
                return {piece.start, at};
        }
        return piece;
    }

    std::optional<PhoneRange> numberIn(PhoneRange piece) const
    {
        if (hasDate(of(piece)) || isTimestamp(of(piece), m_text.substr(piece.end)))
            return std::nullopt;
        if (isNumber(piece))
            return piece;
        return inner(piece);
    }

    static bool isLatin(char lead) { return std::uint8_t(lead) >= 0xC3 && std::uint8_t(lead) <= 0xC9; }

    bool spoils(std::size_t at, bool before) const
    {
        const std::size_t place = before ? at - 1 : at;
        if (before ? at == 0 : at >= m_text.size())
            return false;
        const char c = m_text[place];
        if (c == '%' || c == '$' || (classOf(c) & (SmallByte | CapitalByte)) != 0)
            return true;
        const std::string_view there = before ? m_text.substr(0, at) : m_text.substr(at);
        for (const std::string_view currency : {"\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "\xC2\xA2"}) {
            if (before ? there.ends_with(currency) : there.starts_with(currency))
                return true;
        }
        return before ? accentedLetterBefore(m_text, at) : isLatin(c);
    }

    bool isNumber(PhoneRange range) const
    {
        const std::string_view piece = of(range);
        if (piece.empty() || !hasMatchingBrackets(piece) || hasPages(piece))
            return false;
        if ((!isLead(piece[0]) && spoils(range.start, true)) || spoils(range.end, false))
            return false;
        return isPhoneIn(m_country, piece);
    }

    PhoneRange trimmed(PhoneRange range) const
    {
        while (
            range.end > range.start && (classOf(m_text[range.end - 1]) & WordByte) == 0 && m_text[range.end - 1] != '#')
            --range.end;
        return range;
    }

    using Divide = std::optional<PhoneRange> (*)(std::string_view piece, std::size_t from, PhoneRange& group);

    // Parts of the piece, by each of the signs that may divide two numbers.
    std::optional<PhoneRange> inner(PhoneRange piece) const
    {
        for (const Divide divide : {atSlash, atBracket, atDash, atPoint, atBlank}) {
            PhoneRange group;
            bool first = true;
            for (auto match = divide(of(piece), 0, group); match; match = divide(of(piece), match->start + 1, group)) {
                const PhoneRange before = trimmed({piece.start, piece.start + match->start});
                if (first && isNumber(before))
                    return before;
                first = false;
                const PhoneRange part = trimmed({piece.start + group.start, piece.start + group.end});
                if (isNumber(part))
                    return part;
            }
        }
        return std::nullopt;
    }

    static std::optional<PhoneRange> atSlash(std::string_view piece, std::size_t from, PhoneRange& group)
    {
        const std::size_t at = piece.find('/', from);
        if (at == piece.npos)
            return std::nullopt;
        const std::size_t rest = std::min(piece.find_first_not_of('/', at), piece.size());
        group = {rest, piece.size()};
        return PhoneRange{at, piece.size()};
    }

    static std::optional<PhoneRange> atBracket(std::string_view piece, std::size_t from, PhoneRange& group)
    {
        const std::size_t at = piece.find('(', from);
        if (at == piece.npos)
            return std::nullopt;
        group = {at, std::min(piece.find('(', at + 1), piece.size())};
        return group;
    }

    static std::optional<PhoneRange> atDash(std::string_view piece, std::size_t from, PhoneRange& group)
    {
        const std::size_t at = std::min(piece.find(" -", from), piece.find("- ", from));
        if (at == piece.npos)
            return std::nullopt;
        const std::size_t rest = piece.find_first_not_of(' ', at + 2);
        if (rest == piece.npos)
            return std::nullopt;
        group = {rest, piece.size()};
        return PhoneRange{at, piece.size()};
    }

    // The next group behind the sign, and behind what else may part groups with it.
    static std::optional<PhoneRange> atSign(
        std::string_view piece, std::size_t from, PhoneRange& group, char sign, std::string_view parts)
    {
        const std::size_t at = piece.find(sign, from);
        const std::size_t rest = at == piece.npos ? at : piece.find_first_not_of(parts, at);
        if (rest == piece.npos)
            return std::nullopt;
        group = {rest, std::min(piece.find(sign, rest), piece.size())};
        return PhoneRange{at, group.end};
    }

    static std::optional<PhoneRange> atPoint(std::string_view piece, std::size_t from, PhoneRange& group)
    {
        return atSign(piece, from, group, '.', ". ");
    }

    static std::optional<PhoneRange> atBlank(std::string_view piece, std::size_t from, PhoneRange& group)
    {
        return atSign(piece, from, group, ' ', " ");
    }

    std::string_view m_text;
    const PhoneCountry& m_country;
};

}

void findOpenPhones(std::string_view text, const OpenPhoneSink& found)
{
    for (const PhoneCountry& country : phoneCountries())
        PhoneSearch(text, country).run(found);
}

}

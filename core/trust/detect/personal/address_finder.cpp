#include "core/trust/detect/personal/address_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/candidate/digits.h"

#include <algorithm>
#include <optional>

namespace ephor::detect {

namespace {

bool isHex(char c)
{
    return isAsciiDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool isHexText(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, isHex);
}

/// The end of four numbers under 256 with points between them that begin at `at`; nothing where there are none.
std::optional<std::size_t> fourNumbersEnd(std::string_view text, std::size_t at)
{
    for (unsigned part = 0; part < 4; ++part) {
        std::size_t end = at;
        unsigned number = 0;
        for (const std::size_t last = std::min(at + 4, text.size()); end < last && isAsciiDigit(text.data()[end]);
            ++end)
            number = number * 10 + unsigned(text.data()[end] - '0');
        const std::size_t length = end - at;
        if (length == 0 || length > 3 || (length > 1 && text[at] == '0') || number > 255)
            return std::nullopt;
        if (part == 3)
            return end;
        if (charAt(text, end) != '.')
            return std::nullopt;
        at = end + 1;
    }
    return std::nullopt;
}

std::size_t withPrefixLength(std::string_view text, std::size_t end, unsigned most)
{
    if (charAt(text, end) != '/')
        return end;
    std::size_t last = end + 1;
    while (last < end + 5 && isAsciiDigit(charAt(text, last)))
        ++last;
    const std::size_t digits = last - end - 1;
    const bool prefix = digits >= 1 && digits <= 3 && numberAt(text, end + 1, digits) <= most
        && (classAt(text, last) & WordByte) == 0;
    return prefix ? last : end;
}

/// The end of "%eth0" after an address of one's own network (RFC 4007).
std::size_t zoneEnd(std::string_view text, std::size_t end)
{
    constexpr std::size_t longestZone = 16;
    if (charAt(text, end) != '%' || (classAt(text, end + 1) & WordByte) == 0)
        return end;
    std::size_t last = end + 1;
    while (last < end + longestZone && (classAt(text, last) & WordByte) != 0)
        ++last;
    return last;
}

// Words after which numbers with points are a version.
bool followsVersionWord(std::string_view text, std::size_t start)
{
    constexpr std::string_view words[]
        = {"v", "version", "versions", "ver", "release", "build", "firmware", "rev", "revision"};
    constexpr std::size_t longestWord = 10;
    std::size_t end = start;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '=' || text[end - 1] == ':' || text[end - 1] == '"'))
        --end;
    std::size_t begin = end;
    while (begin > 0 && (classOf(text[begin - 1]) & WordByte) != 0 && end - begin < longestWord)
        --begin;
    const std::string_view word = text.substr(begin, end - begin);
    return std::ranges::any_of(words, [&](std::string_view known) {
        return known.size() == word.size() && known.front() == small(word.front())
            && std::ranges::equal(known, word, {}, {}, small);
    });
}

/// Eight groups of up to four hex digits, one run of them left out as "::", the last two perhaps as IPv4.
bool isIpv6(std::string_view text)
{
    std::size_t groups = 0;
    bool gap = false;
    std::size_t at = 0;
    if (text.starts_with("::")) {
        gap = true;
        at = 2;
    }
    while (at < text.size()) {
        std::size_t end = at;
        while (end < text.size() && isHex(text[end]))
            ++end;
        if (end < text.size() && text[end] == '.') {
            const auto last = fourNumbersEnd(text, at);
            groups += 2;
            return last && *last == text.size() && (groups == 8 || (gap && groups < 8));
        }
        if (end == at || end - at > 4)
            return false;
        ++groups;
        if (end == text.size())
            break;
        at = end + 1; // a colon
        if (charAt(text, at) == ':') {
            if (gap)
                return false;
            gap = true;
            ++at;
        } else if (at == text.size()) {
            return false;
        }
    }
    return gap ? groups < 8 : groups == 8;
}

struct Run {
    std::size_t start = 0;
    std::size_t end = 0;
};

// Six pairs of hex digits, or three fours, all with the same separator.
std::size_t macEnd(std::string_view text, std::size_t start, std::size_t size, std::size_t count, char separator)
{
    std::size_t at = start;
    for (std::size_t group = 0; group < count; ++group) {
        for (std::size_t i = 0; i < size; ++i) {
            if (!isHex(charAt(text, at + i)))
                return start;
        }
        at += size;
        if (group + 1 < count && charAt(text, at++) != separator)
            return start;
    }
    const bool more = (classAt(text, at) & WordByte) != 0
        || (charAt(text, at) == separator && (classAt(text, at + 1) & WordByte) != 0);
    return more ? start : at;
}

// Whether a word that is no group of an address stands before the colon at `colon`, as in "addr:fe80::1".
bool followsName(std::string_view text, std::size_t colon)
{
    constexpr std::size_t mostHex = 4;
    std::size_t start = colon;
    while (start > 0 && colon - start <= mostHex && (classOf(text[start - 1]) & WordByte) != 0)
        --start;
    const std::string_view word = text.substr(start, colon - start);
    return !word.empty() && (word.size() > mostHex || !isHexText(word));
}

std::optional<Run> ipv6Around(std::string_view text, std::size_t start, Profile profile)
{
    Run run{start, start};
    if (start > 1 && text[start - 1] == ':' && text[start - 2] == ':')
        run.start -= 2;
    const bool wordBefore = run.start > 0
        && ((classOf(text[run.start - 1]) & (WordByte | HighByte)) != 0
            || (text[run.start - 1] == ':' && (profile == Profile::Presidio || !followsName(text, run.start - 1)))
            || text[run.start - 1] == '_');
    if (wordBefore)
        return std::nullopt;
    constexpr std::size_t most = 45; // the longest form, with IPv4 at its end
    while (run.end < text.size() && run.end - run.start <= most
        && (isHex(text[run.end]) || text[run.end] == ':' || text[run.end] == '.'))
        ++run.end;
    while (run.end > start
        && (text[run.end - 1] == '.' || (text[run.end - 1] == ':' && !text.substr(0, run.end).ends_with("::"))))
        --run.end;
    const bool wordAfter = (classAt(text, run.end) & WordByte) != 0 || charAt(text, run.end) == '_';
    if (wordAfter || run.end - run.start < 3 || !isIpv6(text.substr(run.start, run.end - run.start)))
        return std::nullopt;
    return run;
}

}

AddressFinder::AddressFinder(Profile profile)
    : m_profile(profile)
    , m_ip(personalEntity("IP_ADDRESS"))
    , m_mac(personalEntity("MAC_ADDRESS"))
{
}

// By the sign behind the word and what stands around both: most words begin no address.
bool AddressFinder::mayBegin(std::string_view text, std::size_t start, std::size_t end)
{
    if (!isHex(text[start]))
        return false;
    const char after = charAt(text, end);
    const std::size_t length = end - start;
    const bool colon = start > 1 && text[start - 1] == ':';
    if (colon && text[start - 2] == ':')
        return true;
    if (after == '.')
        return length == 4 || isAsciiDigit(charAt(text, end + 1));
    if (after == '-')
        return length == 2 && charAt(text, end + 3) == '-';
    return after == ':' && !(colon && isHex(text[start - 2]) && !followsName(text, start - 1));
}

std::size_t AddressFinder::scan(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    return mayBegin(text, start, end) ? read(text, start, end, found) : end;
}

std::size_t AddressFinder::read(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    const char after = charAt(text, end);
    const std::size_t length = end - start;
    const bool colonBefore = start > 1 && text[start - 1] == ':' && text[start - 2] == ':';
    if (after == '.' && !colonBefore && length <= 3 && isAsciiDigit(text[start]) && m_profile == Profile::Ephor) {
        const bool joinedBefore
            = start > 0 && (text[start - 1] == '.' || text[start - 1] == '_' || accentedLetterBefore(text, start));
        const bool longer = joinedBefore && start > 1 && (classOf(text[start - 2]) & WordByte) != 0;
        const auto last = fourNumbersEnd(text, start);
        if (last && !longer && (classAt(text, *last) & WordByte) == 0
            && !(charAt(text, *last) == '.' && isAsciiDigit(charAt(text, *last + 1)))) {
            const std::size_t whole = withPrefixLength(text, *last, 32);
            found.take(candidateAt(m_ip, start, whole, followsVersionWord(text, start) ? 0.2F : 0.6F));
            return whole;
        }
        return end;
    }
    const bool pair = length == 2 && (after == ':' || after == '-');
    // Presidio's patterns (open_patterns.h) look at other neighbours.
    if (m_profile == Profile::Ephor && (pair || (length == 4 && after == '.'))) {
        const std::size_t last = macEnd(text, start, length, pair ? 6 : 3, after);
        const bool longer = start > 1 && text[start - 1] == after && isHex(text[start - 2]);
        if (last != start && !longer) {
            found.take(candidateAt(m_mac, start, last, 0.6F));
            return last;
        }
    }
    if ((after == ':' || colonBefore) && length <= 4 && isHexText(text.substr(start, length))) {
        if (const auto run = ipv6Around(text, start, m_profile)) {
            const std::string_view address = text.substr(run->start, run->end - run->start);
            // Names in C++ and clocks look alike; two letters and "::" are no address worth telling.
            const bool digits = std::ranges::any_of(address, isAsciiDigit);
            const std::size_t whole = withPrefixLength(text, zoneEnd(text, run->end), 128);
            found.take(candidateAt(m_ip, run->start, whole, digits || m_profile == Profile::Presidio ? 0.6F : 0.1F));
            return whole;
        }
    }
    return end;
}

}

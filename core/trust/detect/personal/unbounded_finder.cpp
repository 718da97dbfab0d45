#include "core/trust/detect/personal/unbounded_finder.h"

#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/candidate/digits.h"
#include "core/trust/detect/candidate/word_boundary.h"
#include "core/trust/detect/number/checksums.h"
#include "core/trust/detect/number/number_checks.h"
#include "core/trust/detect/personal/open_links.h"
#include "core/trust/detect/personal/open_patterns.h"
#include "core/trust/detect/personal/open_phones.h"

#include <algorithm>
#include <array>

namespace ephor::detect {

namespace {

constexpr std::size_t licenceLength = 9;

bool isLicence(std::string_view piece)
{
    constexpr std::string_view registrants = "ABCDEFGHJKLMPRSTUX";
    const bool second = !isAsciiDigit(piece[1]) || piece[1] == '9';
    return registrants.find(capital(piece[0])) != std::string_view::npos && second && hasOnlyDigits(piece.substr(2));
}

// What the check says of a match: without its separators, in capitals.
Check checkOf(const OpenPattern& pattern, std::string_view match)
{
    constexpr std::string_view separators = "-+ _:.";
    constexpr std::size_t most = 32;
    if (pattern.check == nullptr)
        return Check::Open;
    std::array<char, most> compact{};
    std::size_t count = 0;
    for (const char c : match) {
        if (count < most && separators.find(c) == separators.npos)
            compact[count++] = capital(c);
    }
    return pattern.check({compact.data(), count});
}

// Where the last four digits in a row of a text begin.
std::size_t lastFourDigits(std::string_view text)
{
    std::size_t run = 0;
    for (std::size_t at = text.size(); at-- > 0;) {
        run = isAsciiDigit(text[at]) ? run + 1 : 0;
        if (run == 4)
            return at;
    }
    return text.npos;
}

// Where the letters begin that stand before a dash or a blank that ends at `end`; `end` where there are none.
// Umlauts count where more than two letters may stand.
std::size_t plateLettersBefore(std::string_view text, std::size_t end, std::size_t most)
{
    constexpr std::string_view umlauts = "\x84\x96\x9C\xA4\xB6\xBC"; // behind C3
    if (end < 2 || (text[end - 1] != '-' && text[end - 1] != ' ' && !(text[end - 1] >= '\t' && text[end - 1] <= '\r')))
        return end;
    std::size_t at = end - 1;
    for (std::size_t count = 0; count < most && at > 0; ++count) {
        if ((classOf(text[at - 1]) & (CapitalByte | SmallByte)) != 0)
            --at;
        else if (most > 2 && at > 1 && text[at - 2] == '\xC3' && umlauts.find(text[at - 1]) != umlauts.npos)
            at -= 2;
        else
            break;
    }
    return at == end - 1 ? end : at;
}

// Where the court's letters ("HRB") may begin that stand before digits and blanks, else the digits' own place.
std::size_t registerBefore(std::string_view text, std::size_t digits)
{
    constexpr std::size_t letters = 3;
    std::size_t at = digits;
    while (at > 0 && (text[at - 1] == ' ' || (text[at - 1] >= '\t' && text[at - 1] <= '\r')))
        --at;
    const bool court = at < digits && at >= letters && small(text[at - letters]) == 'h' && small(text[at - 2]) == 'r';
    return court ? at - letters : digits;
}

bool isTenSign(std::string_view text, std::size_t at)
{
    constexpr std::string_view signs = "@#$%^?~-";
    return isWordAt(text, at) || (at < text.size() && signs.find(text[at]) != signs.npos);
}

// How many characters stand before those of which a wallet's pattern wants at least 25: 0 where none begins.
std::size_t walletPrefix(std::string_view rest)
{
    if (rest.size() > 3 && small(rest[0]) == 'b' && small(rest[1]) == 'c' && rest[2] == '1')
        return 3;
    return rest[0] == '1' || rest[0] == '3' ? 1 : 0;
}

}

UnboundedFinder::UnboundedFinder()
    : m_licence(personalEntity("MEDICAL_LICENSE"))
    , m_wallet(personalEntity("CRYPTO"))
    , m_tax(personalEntity("IN_PAN"))
    , m_plate(personalEntity("DE_KFZ"))
    , m_link(personalEntity("URL"))
    , m_phone(personalEntity("PHONE_NUMBER"))
{
    for (const OpenPattern& pattern : openPatterns())
        m_entities.push_back(personalEntity(pattern.entity));
}

void UnboundedFinder::scan(
    std::string_view text, std::size_t start, std::size_t end, Places& done, CandidateSink& found) const
{
    scanLicences(text, start, end, found);
    scanWallets(text, start, end, found);
    scanOpen(text, registerBefore(text, start), end, done, found);
    if (isAsciiDigit(text[start]) && found.wanted()[m_plate])
        scanPlates(text, start, found);
}

// German plates, from their digits back: letters with umlauts, a sign, letters, a sign.
void UnboundedFinder::scanPlates(std::string_view text, std::size_t digits, CandidateSink& found) const
{
    constexpr std::size_t mostDigits = 4;
    std::size_t end = digits;
    while (end < text.size() && end - digits < mostDigits && isAsciiDigit(text[end]))
        ++end;
    const char season = capital(charAt(text, end));
    if ((season == 'E' || season == 'H') && !isWordAt(text, end + 1))
        ++end;
    const std::size_t middle = plateLettersBefore(text, digits, 2);
    const std::size_t start = plateLettersBefore(text, middle, 3);
    if (isWordAt(text, end) || middle == digits || start == middle
        || (text[digits - 1] == '-' && text[middle - 1] != '-')
        || (start > 0 && (isWordBefore(text, start) || text[start - 1] == '-')))
        return;
    found.take(candidateAt(m_plate, start, end, 0.3F));
}

void UnboundedFinder::scanOpen(
    std::string_view text, std::size_t start, std::size_t end, Places& done, CandidateSink& found) const
{
    const std::span<const OpenPattern> patterns = openPatterns();
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        if (!found.wanted()[m_entities[i]])
            continue;
        for (std::size_t at = std::max(start, done[i]); at < end; ++at) {
            const std::size_t last = patterns[i].match(text, at);
            if (last == 0)
                continue;
            const Check check = checkOf(patterns[i], text.substr(at, last - at));
            if (check == Check::Holds)
                found.take(validatedAt(m_entities[i], at, last, 1));
            else if (check == Check::Open)
                found.take(candidateAt(m_entities[i], at, last, patterns[i].score));
            done[i] = last;
            at = last - 1;
        }
    }
}

void UnboundedFinder::scanLinks(std::string_view text, CandidateSink& found) const
{
    if (found.wanted()[m_link])
        findOpenLinks(text, [&](std::size_t start, std::size_t end, float score) {
            found.take(candidateAt(m_link, start, end, score));
        });
}

void UnboundedFinder::scanPhones(std::string_view text, CandidateSink& found) const
{
    constexpr float score = 0.4F;
    if (found.wanted()[m_phone])
        findOpenPhones(
            text, [&](std::size_t start, std::size_t end) { found.take(candidateAt(m_phone, start, end, score)); });
}

void UnboundedFinder::scanTens(std::string_view text, CandidateSink& found) const
{
    constexpr std::size_t length = 10;
    if (!found.wanted()[m_tax])
        return;
    const std::size_t letter = text.find_last_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const std::size_t digits = lastFourDigits(text);
    if (letter == text.npos || digits == text.npos)
        return;
    for (std::size_t at = 0; at <= std::min(letter, digits);) {
        std::size_t end = at;
        std::size_t count = 0;
        while (count < length && isTenSign(text, end)) {
            ++count;
            end += 1;
            while (end < text.size() && isContinuation(text[end]))
                ++end;
        }
        if (count == length && isWordBoundary(text, at) && isWordBoundary(text, end)) {
            found.take(candidateAt(m_tax, at, end, 0.01F));
            at = end;
            continue;
        }
        ++at;
        while (at < text.size() && isContinuation(text[at]))
            ++at;
    }
}

void UnboundedFinder::scanLicences(
    std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    for (std::size_t at = start; at + licenceLength <= end;) {
        const std::string_view piece = text.substr(at, licenceLength);
        if (!isLicence(piece)) {
            ++at;
            continue;
        }
        std::array<char, licenceLength> capitals{};
        std::ranges::transform(piece, capitals.begin(), capital);
        if (checkDeaNumber({capitals.data(), licenceLength}) == Check::Holds)
            found.take(validatedAt(m_licence, at, at + licenceLength, 1));
        at += licenceLength;
    }
}

void UnboundedFinder::scanWallets(std::string_view text, std::size_t start, std::size_t end, CandidateSink& found) const
{
    constexpr std::size_t least = 25;
    constexpr std::size_t most = 59;
    for (std::size_t at = start; at < end;) {
        const std::size_t prefix = walletPrefix(text.substr(at, end - at));
        if (prefix == 0 || end - at < prefix + least) {
            ++at;
            continue;
        }
        const std::size_t last = std::min(end, at + prefix + most);
        const std::string_view piece = text.substr(at, last - at);
        const bool whole = at == start && last == end;
        if (!whole && (prefix == 3 ? bech32Holds(piece) : base58CheckHolds(piece)))
            found.take(validatedAt(m_wallet, at, last, 1));
        at = last;
    }
}

}

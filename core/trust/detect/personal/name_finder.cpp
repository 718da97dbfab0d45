#include "core/trust/detect/personal/name_finder.h"

#include "core/base/text.h"
#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/personal/name_lists.h"
#include "core/trust/sanitize/matching_form.h"

#include <algorithm>
#include <bitset>
#include <string>
#include <unordered_map>

namespace ephor::detect {

namespace {

/// What a word may be in a name, one bit each.
enum NamePart : std::uint8_t {
    GivenName = 1,
    WordGivenName = 2,
    Surname = 4,
    Title = 8,
    Particle = 16, ///< "von", "de": between the parts of a surname
    PlaceName = 32, ///< all of a place's name
    PlaceStart = 64, ///< the first words of a longer one
};

constexpr std::string_view titles
    = "mr\nmrs\nms\nmiss\nmx\ndr\nprof\nprofessor\nsir\nlady\nlord\nrev\nherr\nherrn\nfrau\nmonsieur\nmadame\nmme\nmlle"
      "\nsenor\n"
      "senora\nseñor\nseñora\nsr\nsra\nsignor\nsignora\nsig\ndott\npan\npani\nmevrouw\nmeneer\nfru\n";
constexpr std::string_view particles
    = "von\nvan\nde\nder\nden\ndi\nda\ndel\ndella\ndos\ndas\nla\nle\nal\nel\nbin\nten\nter\nzu\nzur\n";

constexpr std::size_t longestWord = 32;
constexpr std::size_t placeWords = 4;
constexpr std::size_t nameWords = 4;

std::string lowerName(std::string_view word)
{
    std::string lower(word);
    for (std::size_t i = 0; i < lower.size(); ++i) {
        const auto byte = std::uint8_t(lower[i]);
        const bool accented
            = i > 0 && std::uint8_t(lower[i - 1]) == 0xC3 && byte >= 0x80 && byte <= 0x9E && byte != 0x97;
        lower[i] = accented ? char(byte + 32) : small(lower[i]);
    }
    return lower;
}

/// A word of letters, perhaps with an apostrophe or a hyphen inside; up to `end` it is read already.
std::size_t nameEnd(std::string_view text, std::size_t at, std::size_t end)
{
    while (end < text.size() && end - at <= longestWord) {
        const char c = text[end];
        const bool inside = (c == '\'' || c == '-') && end > at && end + 1 < text.size() && isNameByte(text[end + 1]);
        if (!inside && (!isNameByte(c) || (classOf(c) & DigitByte) != 0))
            break;
        ++end;
    }
    return end;
}

std::size_t nameEnd(std::string_view text, std::size_t at)
{
    return nameEnd(text, at, at);
}

bool beginsCapital(std::string_view text, std::size_t at)
{
    const auto lead = std::uint8_t(charAt(text, at));
    const auto next = std::uint8_t(charAt(text, at + 1));
    return (classAt(text, at) & CapitalByte) != 0 || (lead == 0xC3 && next >= 0x80 && next <= 0x9E)
        || (lead >= 0xC4 && lead <= 0xC5);
}

}

struct NameFinder::Lists {
    std::unordered_map<std::string, std::uint8_t> parts;
    std::bitset<std::size_t(1) << 16> beginnings; ///< by placeOf() of each

    Lists()
    {
        add(givenNameList, GivenName);
        add(wordGivenNameList, WordGivenName);
        add(surnameList, Surname);
        add(titles, Title);
        add(particles, Particle);
        add(placeList, PlaceName);
    }

    void add(std::string_view list, std::uint8_t part)
    {
        for (const std::string_view line : splitLines(list)) {
            const auto form = sanitize::matchingForm(line);
            const std::string name = lowerName(form ? std::string_view(form->text) : line);
            if (name.empty())
                continue;
            put(name, part);
            if (part != PlaceName)
                continue;
            for (std::size_t blank = name.find(' '); blank != std::string::npos; blank = name.find(' ', blank + 1))
                put(name.substr(0, blank), PlaceStart);
        }
    }

    void put(const std::string& name, std::uint8_t part)
    {
        parts[name] |= part;
        beginnings.set(placeOf(name));
    }

    // The length, the first two bytes and the last, without what tells capitals from small letters: few words agree in
    // these with a name.
    static std::size_t placeOf(std::string_view name)
    {
        const auto letter = [&](std::size_t at) { return std::uint32_t(std::uint8_t(name[at]) & 0x1FU); };
        const std::uint32_t letters = letter(0) << 10 | letter(name.size() > 1 ? 1 : 0) << 5 | letter(name.size() - 1);
        return (letters << 5 | std::uint32_t(name.size() & 0x1FU)) * 0x9E3779B1U >> 16;
    }

    std::uint8_t of(std::string_view name) const
    {
        if (!beginnings.test(placeOf(name)))
            return 0;
        const auto found = parts.find(lowerName(name));
        return found == parts.end() ? std::uint8_t(0) : found->second;
    }

    static const Lists& instance()
    {
        static const Lists made;
        return made;
    }
};

NameFinder::NameFinder(Profile profile)
    : m_profile(profile)
    , m_lists(Lists::instance())
    , m_person(personalEntity("PERSON"))
    , m_place(personalEntity("LOCATION"))
{
}

float NameFinder::scored(float score) const
{
    // Presidio gives what its language model finds one score.
    return m_profile == Profile::Presidio ? 0.85F : score;
}

std::size_t NameFinder::scan(std::string_view text, const TextWord& word, CandidateSink& found) const
{
    const std::size_t at = word.start;
    const std::size_t end = nameEnd(text, at, word.end);
    if (end - at < 2 || end - at > longestWord)
        return end;
    const std::uint8_t part = m_lists.of(text.substr(at, end - at));
    if (part == 0)
        return end;
    scanPlace(text, at, end, part, found);
    return scanPerson(text, at, end, part, found);
}

void NameFinder::scanPlace(
    std::string_view text, std::size_t at, std::size_t end, std::uint8_t part, CandidateSink& found) const
{
    std::size_t placeEnd = (part & PlaceName) != 0 ? end : at;
    std::size_t last = end;
    std::uint8_t reached = part;
    for (std::size_t word = 1; word < placeWords && (reached & PlaceStart) != 0 && charAt(text, last) == ' '; ++word) {
        last = nameEnd(text, last + 1);
        reached = m_lists.of(text.substr(at, last - at));
        placeEnd = (reached & PlaceName) != 0 ? last : placeEnd;
    }
    if (placeEnd > at)
        found.take(candidateAt(m_place, at, placeEnd, scored(0.4F)));
}

// The words with capitals that follow, particles between them: "Dr. Ludwig van Beethoven", "Ada M. Nowak".
std::size_t NameFinder::scanPerson(
    std::string_view text, std::size_t at, std::size_t end, std::uint8_t part, CandidateSink& found) const
{
    const bool title = (part & Title) != 0;
    std::size_t start = at;
    std::size_t next = end;
    std::size_t nameLast = title ? at : end;
    std::uint8_t first = title ? 0 : part;
    std::uint8_t others = 0;
    std::size_t count = title ? 0 : 1;
    if (title && charAt(text, next) == '.')
        ++next;
    while (count < nameWords && charAt(text, next) == ' ') {
        const std::size_t wordLast = nameEnd(text, next + 1);
        const std::string_view word = text.substr(next + 1, wordLast - next - 1);
        const std::uint8_t wordPart = word.empty() ? std::uint8_t(0) : m_lists.of(word);
        const bool initial = word.size() == 1 && charAt(text, wordLast) == '.' && beginsCapital(text, next + 1);
        if (beginsCapital(text, next + 1) && (word.size() > 1 || initial) && (wordPart & Title) == 0) {
            start = count == 0 ? next + 1 : start;
            first = count == 0 ? wordPart : first;
            others |= count == 0 || initial ? std::uint8_t(0) : wordPart != 0 ? wordPart : std::uint8_t(128);
            nameLast = initial ? nameLast : wordLast;
            ++count;
        } else if ((wordPart & (Particle | Title)) == 0 || count == 0) {
            break;
        }
        next = initial ? wordLast + 1 : wordLast;
    }
    if (nameLast <= start)
        return end;
    const bool several = others != 0;
    const bool given = (first & GivenName) != 0;
    const bool wordGiven = (first & WordGivenName) != 0;
    const bool surname = (others & Surname) != 0;
    float score = 0;
    if (title || (given && surname))
        score = 0.5F;
    else if (given && several)
        score = 0.4F;
    else if (wordGiven && surname)
        score = 0.4F;
    else if (given)
        score = 0.2F;
    if (score > 0 && (m_profile == Profile::Ephor || score >= 0.4F))
        found.take(candidateAt(m_person, start, nameLast, scored(score)));
    return score > 0 ? nameLast : end;
}

}

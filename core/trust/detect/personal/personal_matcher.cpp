#include "core/trust/detect/personal/personal_matcher.h"

#include "core/trust/detect/personal/address_finder.h"
#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/byte_masks.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/personal/crypto_finder.h"
#include "core/trust/detect/personal/date_finder.h"
#include "core/trust/detect/personal/name_finder.h"
#include "core/trust/detect/number/number_finder.h"
#include "core/trust/detect/personal/phone_finder.h"
#include "core/trust/detect/personal/unbounded_finder.h"
#include "core/trust/detect/personal/web_finder.h"

#include <algorithm>
#include <bit>
#include <initializer_list>
#include <limits>

namespace ephor::detect {

namespace {

std::vector<EntityRow> rowsOf(Profile profile)
{
    std::vector<EntityRow> rows;
    for (const EntityText& text : personalEntities()) {
        EntityRow row;
        row.entity = {std::string(text.name), std::string(text.title), text.entityClass};
        row.byDefault = profile == Profile::Ephor || text.inPresidioByDefault;
        std::string_view words = text.words;
        while (!words.empty()) {
            const std::size_t bar = std::min(words.find('|'), words.size());
            const bool general = words[0] == '!';
            if (!general || profile == Profile::Presidio)
                row.contextWords.emplace_back(words.substr(general ? 1 : 0, bar - (general ? 1 : 0)));
            words.remove_prefix(std::min(bar + 1, words.size()));
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

class PersonalMatcher final : public CandidateMatcher {
public:
    explicit PersonalMatcher(Profile profile)
        : m_rows(rowsOf(profile))
        , m_numbers(profile)
        , m_phones(profile)
        , m_dates(profile)
        , m_addresses(profile)
        , m_web(profile)
        , m_names(profile)
        , m_wallets(profile)
        , m_presidio(profile == Profile::Presidio)
    {
    }

    const std::vector<EntityRow>& entities() const override { return m_rows; }

    std::size_t longest() const override { return WebFinder::longest; }

    void match(std::string_view text, CandidateSink& found) const override
    {
        Places done = placesFor(found.wanted());
        std::size_t read = 0; // up to here words were looked at
        std::uint64_t colonBefore = 0;
        for (std::size_t from = 0; from < text.size(); from += maskedBytes) {
            const ByteMasks masks = masksAt(text, from);
            std::uint64_t signs = signsIn(text, from, masks, colonBefore);
            colonBefore = masks.colons >> (maskedBytes - 1);
            if (read > from)
                signs &= signsFrom(read - from);
            while (signs != 0) {
                const std::size_t at = from + std::size_t(std::countr_zero(signs));
                if (text[at] == '@') {
                    if (at >= done.mail)
                        done.mail = m_web.scanMail(text, at, found);
                    signs &= signs - 1;
                    continue;
                }
                const Word word = wordAround(text, from, masks, at);
                look(text, word, done, found);
                read = word.end;
                signs &= signsFrom(read - from);
            }
        }
    }

private:
    static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();

    /// Where each finder goes on: what one has looked at it does not look at again.
    struct Places {
        std::size_t numbers = 0;
        std::size_t phones = 0;
        std::size_t dates = 0;
        std::size_t addresses = 0;
        std::size_t mail = 0;
        std::size_t domains = 0;
        std::size_t names = 0;
    };

    /// A finder of whose entities none is wanted has looked at everything already.
    Places placesFor(const EntitySet& wanted) const
    {
        const auto placeOf = [&](const EntitySet& entities) { return (entities & wanted).any() ? 0 : never; };
        Places done;
        done.numbers = placeOf(m_of.numbers);
        done.phones = placeOf(m_of.phones);
        done.dates = placeOf(m_of.dates);
        done.addresses = placeOf(m_of.addresses);
        done.mail = placeOf(m_of.mail);
        done.domains = placeOf(m_of.links);
        done.names = placeOf(m_of.names);
        return done;
    }

    struct Word {
        std::size_t start = 0;
        std::size_t end = 0;
        std::uint8_t classes = 0;
    };

    /// All bits from this one on.
    static std::uint64_t signsFrom(std::size_t bit) { return bit < maskedBytes ? ~std::uint64_t(0) << bit : 0; }

    /// What look() goes by, a bit for each: it does nothing about words without one of these.
    static std::uint64_t signsIn(
        std::string_view text, std::size_t from, const ByteMasks& masks, std::uint64_t colonBefore)
    {
        const std::uint64_t words = masks.words();
        const bool wordBefore = from > 0 && (classOf(text[from - 1]) & WordByte) != 0;
        const std::uint64_t begins = words & ~(words << 1 | std::uint64_t(wordBefore));
        std::uint64_t signs = masks.at | masks.digits;
        signs |= begins & (masks.capitals | masks.colons << 1 | colonBefore);
        // The last letter before a sign, and before a blank with a digit behind it.
        signs |= words & (masks.joints >> 1);
        signs |= words & (masks.blanks >> 1) & (masks.digits >> 2);
        // What follows the last two letters lies in the next 64 bytes.
        constexpr std::uint64_t lastTwo = std::uint64_t(3) << (maskedBytes - 2);
        return signs | (words & lastTwo);
    }

    /// The word that text[at] belongs to, which lies in the 64 bytes from `from`.
    static Word wordAround(std::string_view text, std::size_t from, const ByteMasks& masks, std::size_t at)
    {
        const std::uint64_t others = ~masks.words();
        const std::uint64_t upTo = (std::uint64_t(2) << (at - from)) - 1;
        const std::uint64_t before = others & upTo;
        const std::uint64_t behind = others & ~upTo;
        if (before == 0 || behind == 0)
            return longWordAround(text, at);
        const auto first = std::size_t(std::bit_width(before));
        const auto end = std::size_t(std::countr_zero(behind));
        const std::uint64_t inside = ((std::uint64_t(1) << end) - 1) & ~((std::uint64_t(1) << first) - 1);
        return {from + first, from + end,
            std::uint8_t(((masks.digits & inside) != 0 ? DigitByte : 0)
                | ((masks.capitals & inside) != 0 ? CapitalByte : 0) | ((masks.smalls & inside) != 0 ? SmallByte : 0))};
    }

    static Word longWordAround(std::string_view text, std::size_t at)
    {
        Word word{at, at, 0};
        while (word.start > 0 && (classOf(text[word.start - 1]) & WordByte) != 0)
            word.classes |= classOf(text[--word.start]);
        for (std::uint8_t kind = classOf(text[at]); (kind & WordByte) != 0; kind = classAt(text, word.end)) {
            word.classes |= kind;
            ++word.end;
        }
        return word;
    }

    void look(std::string_view text, const Word& word, Places& done, CandidateSink& found) const
    {
        const bool digits = (word.classes & DigitByte) != 0;
        if (digits) {
            if (word.start >= done.numbers)
                done.numbers = m_numbers.scan(text, word.start, word.end, found);
            if ((classOf(text[word.start]) & DigitByte) != 0)
                lookAtDigits(text, word, done, found);
        }
        if (word.classes == CapitalByte && word.end - word.start == NumberFinder::lettersOnlyLength
            && word.start >= done.numbers)
            done.numbers = m_numbers.scan(text, word.start, word.end, found);
        if (!digits && (classOf(text[word.start]) & CapitalByte) != 0 && word.start >= done.names
            && !(word.start > 0 && isNameByte(text[word.start - 1])))
            done.names = m_names.scan(text, word.start, found);
        const char after = charAt(text, word.end);
        if (after == '.' || after == ':' || after == '-')
            lookAtSign(text, word, after, done, found);
        else if (word.start > 1 && text[word.start - 1] == ':' && word.start >= done.addresses)
            done.addresses = m_addresses.scan(text, word.start, word.end, found);
        const std::size_t length = word.end - word.start;
        if (digits && length >= CryptoFinder::shortest && length <= CryptoFinder::longest)
            m_wallets.scan(text, word.start, word.end, found);
        if (digits && m_presidio && length >= UnboundedFinder::shortest)
            m_unbounded.scan(text, word.start, word.end, found);
        const std::size_t next = word.end + (after == '.' ? 2 : 1);
        if (!digits && (after == ' ' || after == '-' || after == '.') && (classAt(text, next) & DigitByte) != 0
            && word.start >= done.dates)
            done.dates = m_dates.scan(text, word.start, found);
    }

    void lookAtDigits(std::string_view text, const Word& word, Places& done, CandidateSink& found) const
    {
        if (word.start >= done.dates && word.end - word.start <= 4 + 2)
            done.dates = m_dates.scan(text, word.start, found);
        if (word.start >= done.phones && word.classes == DigitByte)
            done.phones = m_phones.scan(text, word.start, found);
    }

    void lookAtSign(std::string_view text, const Word& word, char after, Places& done, CandidateSink& found) const
    {
        const bool link = after == ':' && charAt(text, word.end + 1) == '/' && charAt(text, word.end + 2) == '/';
        if (link && done.domains != never)
            done.domains = std::max(done.domains, m_web.scanLink(text, word.start, word.end, found));
        if (word.start >= done.addresses && word.end - word.start <= 4)
            done.addresses = m_addresses.scan(text, word.start, word.end, found);
        const bool nameFollows = after == '.' && isNameByte(charAt(text, word.end + 1));
        if (nameFollows && word.start >= done.domains)
            done.domains = m_web.scanDomain(text, word.start, word.end, found);
    }

    /// The entities of each finder.
    struct Finders {
        EntitySet phones = setOf({"PHONE_NUMBER"});
        EntitySet dates = setOf({"DATE_TIME"});
        EntitySet addresses = setOf({"IP_ADDRESS", "MAC_ADDRESS"});
        EntitySet mail = setOf({"EMAIL_ADDRESS"});
        EntitySet links = setOf({"URL"});
        EntitySet names = setOf({"PERSON", "LOCATION"});
        EntitySet numbers = ~(phones | dates | addresses | mail | links | names | setOf({"CRYPTO"}));

        static EntitySet setOf(std::initializer_list<std::string_view> entities)
        {
            EntitySet set;
            for (const std::string_view entity : entities)
                set.set(personalEntity(entity));
            return set;
        }
    };

    std::vector<EntityRow> m_rows;
    Finders m_of;
    NumberFinder m_numbers;
    PhoneFinder m_phones;
    DateFinder m_dates;
    AddressFinder m_addresses;
    WebFinder m_web;
    NameFinder m_names;
    CryptoFinder m_wallets;
    UnboundedFinder m_unbounded;
    bool m_presidio;
};

}

std::unique_ptr<const CandidateMatcher> personalMatcher(Profile profile)
{
    return std::make_unique<PersonalMatcher>(profile);
}

}

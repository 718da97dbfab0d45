#include "core/trust/detect/personal/personal_matcher.h"

#include "core/trust/detect/personal/address_finder.h"
#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/candidate/word_list.h"
#include "core/trust/detect/personal/crypto_finder.h"
#include "core/trust/detect/personal/date_finder.h"
#include "core/trust/detect/personal/name_finder.h"
#include "core/trust/detect/number/number_finder.h"
#include "core/trust/detect/personal/phone_finder.h"
#include "core/trust/detect/personal/spelt_blanks.h"
#include "core/trust/detect/personal/unbounded_finder.h"
#include "core/trust/detect/personal/web_finder.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>

namespace ephor::detect {

namespace {

// Those that Presidio finds beside letters, or whose patterns look at their neighbours themselves.
constexpr auto openEntities = std::to_array<std::string_view>({"PHONE_NUMBER", "EMAIL_ADDRESS", "URL", "PERSON",
    "LOCATION", "DATE_TIME", "CRYPTO", "MEDICAL_LICENSE", "FI_PERSONAL_IDENTITY_CODE", "SE_PERSONNUMMER",
    "SE_ORGANISATIONSNUMMER", "PL_PESEL", "KR_RRN", "KR_FRN", "KR_BRN", "KR_DRIVER_LICENSE", "KR_PASSPORT",
    "IT_VAT_CODE", "IT_FISCAL_CODE", "DE_KFZ", "DE_HANDELSREGISTER", "IBAN_CODE", "MAC_ADDRESS", "PH_TIN"});

std::vector<EntityRow> rowsOf(Profile profile)
{
    std::vector<EntityRow> rows;
    for (const EntityText& text : personalEntities()) {
        EntityRow row;
        row.entity = {std::string(text.name), std::string(text.title), text.entityClass};
        row.byDefault = profile == Profile::Ephor || text.inPresidioByDefault;
        row.wholeWords
            = profile == Profile::Presidio && std::ranges::find(openEntities, text.name) == openEntities.end();
        std::string_view words = text.words;
        while (!words.empty()) {
            const std::size_t bar = std::min(words.find('|'), words.size());
            const char mark = words[0];
            const bool marked = mark == '!' || mark == '+';
            if (!marked || (mark == '!') == (profile == Profile::Presidio))
                row.contextWords.emplace_back(words.substr(marked ? 1 : 0, bar - (marked ? 1 : 0)));
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
        const std::optional<std::string> blanked = m_presidio ? std::nullopt : withBlanksForEscapes(text);
        matchWords(blanked ? *blanked : text, found);
    }

private:
    void matchWords(std::string_view text, CandidateSink& found) const
    {
        Places done = placesFor(found.wanted());
        WordList words(text);
        if (m_presidio) {
            m_unbounded.scanTens(text, found);
            m_unbounded.scanLinks(text, found);
            m_unbounded.scanPhones(text, found);
        }
        std::size_t mail = done.mail == never ? text.npos : text.find('@');
        for (std::size_t i = 0; words.has(i); ++i) {
            if (!words[i].telling)
                continue;
            for (; mail < words[i].start; mail = text.find('@', done.mail))
                done.mail = m_web.scanMail(text, mail, found);
            if (i > keptWords) {
                words.forget(i - wordsBehind);
                i = wordsBehind;
            }
            look(words, i, done, found);
        }
        for (; mail < text.size(); mail = text.find('@', done.mail))
            done.mail = m_web.scanMail(text, mail, found);
    }

    static constexpr std::size_t never = std::numeric_limits<std::size_t>::max();
    // Words are forgotten in batches; finders look back at two.
    static constexpr std::size_t keptWords = 400;
    static constexpr std::size_t wordsBehind = 2;

    /// Where each finder goes on: what one has looked at it does not look at again.
    struct Places {
        std::size_t numbers = 0;
        std::size_t phones = 0;
        std::size_t dates = 0;
        std::size_t addresses = 0;
        std::size_t mail = 0;
        std::size_t domains = 0;
        std::size_t names = 0;
        UnboundedFinder::Places unbounded;
    };

    /// A finder of whose entities none is wanted has looked at everything already.
    Places placesFor(const EntitySet& wanted) const
    {
        const auto placeOf = [&](const EntitySet& entities) { return (entities & wanted).any() ? 0 : never; };
        Places done;
        done.numbers = placeOf(m_of.numbers);
        done.phones = m_presidio ? never : placeOf(m_of.phones);
        done.dates = placeOf(m_of.dates);
        done.addresses = placeOf(m_of.addresses);
        done.mail = placeOf(m_of.mail);
        done.domains = m_presidio ? never : placeOf(m_of.links);
        done.names = placeOf(m_of.names);
        if (m_presidio)
            done.unbounded = m_unbounded.start();
        return done;
    }

    // What is asked of a word is read by itself: words were written a moment ago, member by member, and a copy of a
    // whole one would wait for that. A reference does not hold beyond a finder that reads on.
    void look(WordList& words, std::size_t at, Places& done, CandidateSink& found) const
    {
        const std::string_view text = words.text();
        const std::size_t start = words[at].start;
        const std::size_t end = words[at].end;
        const std::uint8_t classes = words[at].classes;
        const char after = charAt(text, end);
        if ((classes & DigitByte) != 0)
            lookAtDigits(words, at, after, done, found);
        else if ((classes & CapitalByte) != 0)
            lookAtLetters(words, at, done, found);
        if (after == '.' || after == ':' || after == '-')
            lookAtSign(text, start, end, after, done, found);
        else if (start > 1 && text[start - 1] == ':' && start >= done.addresses)
            done.addresses = m_addresses.scan(text, start, end, found);
        if ((classes & DigitByte) == 0 && start >= done.dates && DateFinder::mayFollowMonth(text, end, after))
            done.dates = m_dates.scan(text, words[at], found);
        if (m_presidio)
            m_unbounded.scan(text, start, end, done.unbounded, found);
    }

    void lookAtDigits(WordList& words, std::size_t at, char after, Places& done, CandidateSink& found) const
    {
        const std::size_t start = words[at].start;
        if (start >= done.numbers)
            done.numbers = m_numbers.scan(words, at, found);
        if (words[at].length() >= CryptoFinder::shortest && words[at].length() <= CryptoFinder::longest)
            m_wallets.scan(words.text(), words[at].start, words[at].end, found);
        if ((words[at].digits & 1) == 0)
            return;
        if (start >= done.dates && DateFinder::mayBegin(words[at], after))
            done.dates = m_dates.scan(words.text(), words[at], found);
        if (words[at].classes == DigitByte && start >= done.phones && PhoneFinder::mayBegin(words, at))
            done.phones = m_phones.scan(words, at, found);
    }

    void lookAtLetters(WordList& words, std::size_t at, Places& done, CandidateSink& found) const
    {
        const std::string_view text = words.text();
        const std::size_t start = words[at].start;
        if (words[at].classes == CapitalByte && words[at].length() == lettersOnlyLength && start >= done.numbers)
            done.numbers = m_numbers.scan(words, at, found);
        if ((classOf(text[start]) & CapitalByte) != 0 && start >= done.names
            && !(start > 0 && isNameByte(text[start - 1])))
            done.names = m_names.scan(text, words[at], found);
    }

    void lookAtSign(
        std::string_view text, std::size_t start, std::size_t end, char after, Places& done, CandidateSink& found) const
    {
        const bool link = after == ':' && charAt(text, end + 1) == '/' && charAt(text, end + 2) == '/';
        if (link && done.domains != never)
            done.domains = std::max(done.domains, m_web.scanLink(text, start, end, found));
        if (start >= done.addresses && end - start <= 4)
            done.addresses = m_addresses.scan(text, start, end, found);
        const bool nameFollows = after == '.' && isNameByte(charAt(text, end + 1));
        if (nameFollows && start >= done.domains)
            done.domains = m_web.scanDomain(text, start, end, found);
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

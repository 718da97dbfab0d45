#include "core/trust/detect/personal/personal_matcher.h"

#include "core/trust/detect/personal/address_finder.h"
#include "core/trust/detect/candidate/byte_class.h"
#include "core/trust/detect/candidate/candidate_list.h"
#include "core/trust/detect/personal/crypto_finder.h"
#include "core/trust/detect/personal/date_finder.h"
#include "core/trust/detect/personal/name_finder.h"
#include "core/trust/detect/number/number_finder.h"
#include "core/trust/detect/personal/phone_finder.h"
#include "core/trust/detect/personal/web_finder.h"

#include <algorithm>

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
    {
    }

    const std::vector<EntityRow>& entities() const override { return m_rows; }

    std::size_t longest() const override { return WebFinder::longest; }

    void match(std::string_view text, std::vector<Candidate>& found) const override
    {
        Places done;
        std::size_t at = 0;
        while (at < text.size()) {
            std::uint8_t kind = classOf(text[at]);
            if ((kind & WordByte) == 0) {
                if (text[at] == '@' && at >= done.mail)
                    done.mail = m_web.scanMail(text, at, found);
                ++at;
                continue;
            }
            const std::size_t start = at;
            std::uint8_t all = 0;
            while ((kind & WordByte) != 0) {
                all |= kind;
                kind = ++at < text.size() ? classOf(text[at]) : 0;
            }
            look(text, {start, at, all}, done, found);
        }
    }

private:
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

    struct Word {
        std::size_t start = 0;
        std::size_t end = 0;
        std::uint8_t classes = 0;
    };

    void look(std::string_view text, const Word& word, Places& done, std::vector<Candidate>& found) const
    {
        const bool digits = (word.classes & DigitByte) != 0;
        if (digits) {
            if (word.start >= done.numbers)
                done.numbers = m_numbers.scan(text, word.start, found);
            if ((classOf(text[word.start]) & DigitByte) != 0)
                lookAtDigits(text, word, done, found);
        }
        if (word.classes == CapitalByte && word.end - word.start == NumberFinder::lettersOnlyLength
            && word.start >= done.numbers)
            done.numbers = m_numbers.scan(text, word.start, found);
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
        const std::size_t next = word.end + (after == '.' ? 2 : 1);
        if (!digits && (after == ' ' || after == '-' || after == '.') && (classAt(text, next) & DigitByte) != 0
            && word.start >= done.dates)
            done.dates = m_dates.scan(text, word.start, found);
    }

    void lookAtDigits(std::string_view text, const Word& word, Places& done, std::vector<Candidate>& found) const
    {
        if (word.start >= done.dates && word.end - word.start <= 4 + 2)
            done.dates = m_dates.scan(text, word.start, found);
        if (word.start >= done.phones && word.classes == DigitByte)
            done.phones = m_phones.scan(text, word.start, found);
    }

    void lookAtSign(
        std::string_view text, const Word& word, char after, Places& done, std::vector<Candidate>& found) const
    {
        if (after == ':' && charAt(text, word.end + 1) == '/' && charAt(text, word.end + 2) == '/')
            done.domains = std::max(done.domains, m_web.scanLink(text, word.start, word.end, found));
        if (word.start >= done.addresses && word.end - word.start <= 4)
            done.addresses = m_addresses.scan(text, word.start, word.end, found);
        const bool nameFollows = after == '.' && isNameByte(charAt(text, word.end + 1));
        if (nameFollows && word.start >= done.domains)
            done.domains = m_web.scanDomain(text, word.start, word.end, found);
    }

    std::vector<EntityRow> m_rows;
    NumberFinder m_numbers;
    PhoneFinder m_phones;
    DateFinder m_dates;
    AddressFinder m_addresses;
    WebFinder m_web;
    NameFinder m_names;
    CryptoFinder m_wallets;
};

}

std::unique_ptr<const CandidateMatcher> personalMatcher(Profile profile)
{
    return std::make_unique<PersonalMatcher>(profile);
}

}

#include "tests/core/trust/detect/scan_words.h"

#include <QTest>
#include <cmath>

using namespace ephor::detect;

namespace {

/// What one entity finds in Presidio's profile, as "HRB 6208@85": with its score in hundredths.
std::string scoredWords(std::string_view text, const std::string& entity)
{
    const auto found = builtInSet(Profile::Presidio).scanFor(text, std::vector{entity});
    if (!found)
        return found.error().code;
    std::string words;
    for (const Finding& finding : *found) {
        words += words.empty() ? "" : "; ";
        words += text.substr(finding.start, finding.end - finding.start);
        words += "@" + std::to_string(std::lround(finding.score * 100));
    }
    return words;
}

struct Row {
    const char* entity;
    const char* text;
    const char* words;
};

// What Presidio Analyzer 2.2.366 answered.
constexpr Row neighbours[] = {
    {"AU_TFN", "_876543210", ""},
    {"US_SSN", "536-90-4399_", ""},
    {"US_DRIVER_LICENSE", "my lic is a-z]]8249", "a-z]]8249@65"},
    {"DE_KFZ", "D\xC3\x84 WE 27, _M-AB 12", "D\xC3\x84 WE 27@30"},
    {"DE_KFZ", "CX-CQ 276E", "CX-CQ 276E@30"},
    {"DE_KFZ", "CX CQ-276E", ""},
    {"KR_RRN",
        "\xEB\xB2\x88\xED\x98\xB8"
        "680813-1047681",
        "680813-1047681@50"},
    {"KR_BRN", "x5909923515y", "5909923515@100"},
    {"KR_PASSPORT", "R105l4885b", "R105l4885@10"},
    {"FI_PERSONAL_IDENTITY_CODE", "x110307-1815", "110307-1815@100"},
    {"PL_PESEL", "a0768072135361", "07680721353@100"},
    {"SE_PERSONNUMMER", "811228-9874", "811228-9874@100"},
    {"SE_PERSONNUMMER", "x8112289874y", "8112289874@100"},
    {"SE_ORGANISATIONSNUMMER", "556703-7485", "556703-7485@100"},
    {"IT_FISCAL_CODE", "HEEtYJ8LBSVCMQMKb", "HEEtYJ8LBSVCMQMK@30"},
    {"IT_VAT_CODE", "5 8256_0_4 0294 there", "5 8256_0_4 0294 @100"},
    {"MEDICAL_LICENSE", "hx6355956\xC3\xA9", "hx6355956@100"},
    {"MAC_ADDRESS", "af-03-00-C4-2e-f8-1", "af-03-00-C4-2e-f8@60"},
    {"MAC_ADDRESS", "00:00:00:00:00:00", ""},
    {"IP_ADDRESS", "252.225.252.142.5 and 10.0.0.1/24", "252.225.252.142@60; 10.0.0.1/24@60"},
    {"IP_ADDRESS", "217.255.5.23/26\xC3\xA9, 1.2.3.256", "217.255.5.23@60"},
    {"IN_PAN", "abarouting 722254189", "abarouting@1"},
    {"IN_PAN", "_SnajZ1486N", ""},
    {"IN_GSTIN", "27AB1PD5055K1Z4", "27AB1PD5055K1Z4@100"},
    {"PH_TIN", "no.540-538-574-185", ""},
    {"DE_TAX_NUMBER", "1759490670574", ""},
    {"DE_VAT_ID", "DE046-147836", "DE046-147836@100"},
    {"DE_HANDELSREGISTER", "hrb     906642", "hrb     906642@85"},
};

constexpr Row contexts[] = {
    {"US_BANK_NUMBER", "945456787", "945456787@5"},
    {"US_BANK_NUMBER", "my bank is 945456787", "945456787@40"},
    {"US_BANK_NUMBER", "the bank of one and the other is at least as good as 945456787", "945456787@40"},
    {"US_BANK_NUMBER", "bank alpha beta gamma delta epsilon 945456787", "945456787@5"},
    {"US_BANK_NUMBER", "945456787 is my bank", "945456787@5"},
    {"US_BANK_NUMBER", "interbanking: 945456787", "945456787@40"},
    {"UK_DRIVING_LICENCE", "driving licence MORGA657054SM9IJ", "MORGA657054SM9IJ@50"},
    {"UK_DRIVING_LICENCE", "dvla MORGA657054SM9IJ", "MORGA657054SM9IJ@85"},
    {"DE_HANDELSREGISTER", "HRB 6208", "HRB 6208@85"},
    {"MAC_ADDRESS", "hardware address 3e:e8:BD:9C:af:0c", "3e:e8:BD:9C:af:0c@60"},
    {"CREDIT_CARD", "kreditkarte 4012888888881881", "4012888888881881@100"},
    {"PH_TIN", "tax id: 677-156-637", "677-156-637@5"},
};

constexpr Row dates[] = {
    {"DATE_TIME", "4073-12-31T20:22:14.0Z", "4073-12-31T20:22:14.0Z@80"},
    {"DATE_TIME", "8808-03-30T24:04Z", "8808-03-30T24:04Z@80"},
    {"DATE_TIME", "15.11.72", "15.11.72@60"},
    {"DATE_TIME", "11.30.1972", ""},
    {"DATE_TIME", "11/30/72 or 31/12/2001", "11/30/72@60; 31/12/2001@60"},
    {"DATE_TIME", "2401-6249-4-1", "6249-4-1@60"},
    {"DATE_TIME", "6-OCT and 22-may-80, MAR-2021", "6-OCT@60; 22-may-80@60; MAR-2021@60"},
    {"DATE_TIME", "_6-OCT", ""},
    {"DATE_TIME", "10/2019 05/28", "10/2019@20; 05/28@10"},
};

constexpr Row links[] = {
    {"URL", "mail jane@example.com now", "example.com@50"},
    {"URL", "see https://ex.org/a?b=c, and www.x.co.uk", "https://ex.org/a?b=c,@60; www.x.co.uk@50"},
    {"URL", "\"https://x.example.com/a\" 'x.company'", "\"https://x.example.com/a\"@60; 'x.company'@50"},
    {"URL", "x.company and a.b.museum1", "x.com@50; a.b.mu@50"},
    {"URL", "no.MAR-2233 is 3.4", "no.MA@50"},
    {"URL", "my website is ex.org", "ex.org@85"},
    {"EMAIL_ADDRESS", "jane@example.com", "jane@example.com@100"},
};

constexpr Row phones[] = {
    {"PHONE_NUMBER", "(04737) 82883", "(04737) 82883@40"},
    {"PHONE_NUMBER", "+44(0)115 496 0936", "(0)115 496 0936@40"},
    {"PHONE_NUMBER", "Call me at 91 3908-3096 tomorrow", "91 3908-3096@40"},
    {"PHONE_NUMBER", "my phone is 434-585-8104x0565.", "434-585-8104x0565@75"},
    {"PHONE_NUMBER", "my Israeli number is 09-7625400", "09-7625400@75"},
    {"PHONE_NUMBER", "001-523-555-9891", ""},
    {"PHONE_NUMBER", "+33 5 90 90 65 24", ""},
    {"PHONE_NUMBER", "account 5606249307", ""},
    {"PHONE_NUMBER", "(415) 555-0132, +1 415 555 0132", "(415) 555-0132@40; +1 415 555 0132@40"},
    {"PHONE_NUMBER", "1/2/2003 and 2024-01-31 08:15", ""},
    {"PHONE_NUMBER",
        "\xE2\x82\xAC"
        "2125550132 x2125550132",
        ""},
    {"PHONE_NUMBER", "passport number 097157127", "097157127@75"},
};

void addRows(std::span<const Row> rows)
{
    QTest::addColumn<QString>("entity");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    for (const Row& row : rows)
        QTest::addRow("%s", row.text) << row.entity << QString::fromUtf8(row.text) << QString::fromUtf8(row.words);
}

void checkRow()
{
    QFETCH(QString, entity);
    QFETCH(QString, text);
    QFETCH(QString, words);
    QCOMPARE(QString::fromStdString(scoredWords(text.toStdString(), entity.toStdString())), words);
}

}

class PresidioTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void looksAtNeighboursAsItsPatternsDo_data() { addRows(neighbours); }
    void looksAtNeighboursAsItsPatternsDo() { checkRow(); }
    void heedsFiveWordsBefore_data() { addRows(contexts); }
    void heedsFiveWordsBefore() { checkRow(); }
    void readsLinksAsItsPatternsDo_data() { addRows(links); }
    void readsLinksAsItsPatternsDo() { checkRow(); }
    void readsTelephoneNumbersInItsCountries_data() { addRows(phones); }
    void readsTelephoneNumbersInItsCountries() { checkRow(); }
    void readsDatesAsItsPatternsDo_data() { addRows(dates); }
    void readsDatesAsItsPatternsDo() { checkRow(); }
};

QTEST_GUILESS_MAIN(PresidioTest)

#include "presidio_test.moc"

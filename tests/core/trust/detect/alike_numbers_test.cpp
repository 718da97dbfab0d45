#include "tests/core/trust/detect/scan_words.h"

#include <QTest>

using namespace ephor::detect;

namespace {

struct Row {
    const char* text;
    const char* words;
};

// What has the shape of several things is told as the one it is.
constexpr Row likelier[] = {
    {"912-70-1234", "US_ITIN 912-70-1234"},
    {"4301172242081", "ZA_ID_NUMBER 4301172242081"},
    {"4222222222222", "CREDIT_CARD 4222222222222"},
    {"32.145.125.249", "IP_ADDRESS 32.145.125.249"},
    {"53 004 085 616", "AU_ABN 53 004 085 616"},
    {"420621-1866248", "KR_RRN 420621-1866248"},
    {"passport number C91568165?", "US_PASSPORT C91568165"},
    {"Reisepass C91568165", "DE_PASSPORT C91568165"},
    {"passport number 005327237", "US_PASSPORT 005327237"},
    {"UEN 79000410X?", "SG_UEN 79000410X"},
    {"partita IVA 42303080024", "IT_VAT_CODE 42303080024"},
};

constexpr Row found[] = {
    {"lv05 ribr nwae xsue poem d", "IBAN_CODE lv05 ribr nwae xsue poem d"},
    {"MT24 CFTE 7095 4EZP PZTY TWYZ YANX T7W!", "IBAN_CODE MT24 CFTE 7095 4EZP PZTY TWYZ YANX T7W"},
    {"addr:fe80::1%eth0", "IP_ADDRESS fe80::1%eth0"},
    {"it is:2001:db8::cb0e", "IP_ADDRESS 2001:db8::cb0e"},
    {"615 01 18 60", "PHONE_NUMBER 615 01 18 60"},
    {"call me: 21 567 6077?", "PHONE_NUMBER 21 567 6077"},
    {"Tel. (022) 85444", "PHONE_NUMBER (022) 85444"},
    {"call me: 08-14 71 99!", "PHONE_NUMBER 08-14 71 99"},
    {"Tel. 12 107 78 60", "PHONE_NUMBER 12 107 78 60"},
    {"SIN 778 136 549", "CA_SIN 778 136 549"},
    {"TIN 288-510-513", "PH_TIN 288-510-513"},
    {"at 0012.3456.789a.", "MAC_ADDRESS 0012.3456.789a"},
    {"4111 1111 1111 1111 123", "CREDIT_CARD 4111 1111 1111 1111"},
    {"first\\n5555 5555 5555 4444\\nlast", "CREDIT_CARD 5555 5555 5555 4444"},
    {"{\"a\": \"to\\tDE89370400440532013000\\r\\n\"}", "IBAN_CODE DE89370400440532013000"},
    {"to%20536-90-4399%20now", "US_SSN 536-90-4399"},
    {"https://ex.org/?q=536-90-4399&z=1", "US_SSN 536-90-4399"},
    {"see https://ex.org/a%20b/c", "URL https://ex.org/a%20b/c"},
};

constexpr Row nothing[] = {
    {"4133 4605 1166 2386", ""},
    {"DE73 1282 8666 2585 5704 55", ""},
    {"DE26 8317 0358 0516 9945 01", ""},
    {"number 4363526147", ""},
    {"6495.3472.7985.9018?", ""},
    {"4930.6706.6594.1008.392", ""},
    {"de68 4545 0050 8452 9687 03", ""},
    {"ie03 ppse 2754 8823 2211 77", ""},
    {"288-510-513?", ""},
    {"Call me at 0872092156 tomorrow", "PHONE_NUMBER 0872092156"},
    {"loss=0.567360625904113 acc=0.0957765966614319", ""},
    {"Order #0859213237 was shipped.", ""},
    {"commit fa4791732 fixes it", ""},
    {"id=5451670a-f4c9-4bd0-4cc4-52c98defc404", ""},
    {"Population: 778 136 549", ""},
};

void addRows(std::span<const Row> rows)
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("words");
    for (const Row& row : rows)
        QTest::addRow("%s", row.text) << QString::fromUtf8(row.text) << QString::fromUtf8(row.words);
}

void checkRow()
{
    QFETCH(QString, text);
    QFETCH(QString, words);
    QCOMPARE(QString::fromStdString(scanWords(text.toStdString())), words);
}

}

class AlikeNumbersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tellsTheLikelier_data() { addRows(likelier); }
    void tellsTheLikelier() { checkRow(); }
    void findsUnusualSpellings_data() { addRows(found); }
    void findsUnusualSpellings() { checkRow(); }
    void leavesOrdinaryNumbers_data() { addRows(nothing); }
    void leavesOrdinaryNumbers() { checkRow(); }
};

QTEST_GUILESS_MAIN(AlikeNumbersTest)

#include "alike_numbers_test.moc"

#include "tests/core/trust/detect/scan_words.h"

#include <QTest>

using namespace ephor::detect;

namespace {

void addRow(const char* text, const char* words)
{
    QTest::newRow(text) << QByteArray(text) << QByteArray(words);
}

void addRowsOfEnglishSpeakers()
{
    addRow("4111111111111111", "CREDIT_CARD 4111111111111111");
    addRow("Visa 4222222222222, paid", "CREDIT_CARD 4222222222222");
    addRow("5555 5555 5555 4444", "CREDIT_CARD 5555 5555 5555 4444");
    addRow("2223-0031-2200-3222", "CREDIT_CARD 2223-0031-2200-3222");
    addRow("2720.7483.3788.7623", "CREDIT_CARD 2720.7483.3788.7623");
    addRow("amex 3782 822463 10005", "CREDIT_CARD 3782 822463 10005");
    addRow("diners 3056 930902 5904", "CREDIT_CARD 3056 930902 5904");
    addRow("discover 6011 1111-1111.1117", "CREDIT_CARD 6011 1111-1111.1117");
    addRow("jcb 3530111333300000", "CREDIT_CARD 3530111333300000");
    addRow("unionpay 6258 9693 5049 2585", "CREDIT_CARD 6258 9693 5049 2585");
    addRow("maestro 6759 8483 0401 1980 30", "CREDIT_CARD 6759 8483 0401 1980 30");
    addRow("41 11 11 11 11 11 11 11", "CREDIT_CARD 41 11 11 11 11 11 11 11");
    addRow("GB29 NWBK 6016 1331 9268 19", "IBAN_CODE GB29 NWBK 6016 1331 9268 19");
    addRow("de89370400440532013000", "IBAN_CODE de89370400440532013000");
    addRow("NO9386011117947", "IBAN_CODE NO9386011117947");
    addRow("MT84-MALT-0110-0001-2345-MTLC-AST0-01S", "IBAN_CODE MT84-MALT-0110-0001-2345-MTLC-AST0-01S");
    addRow("LC55HEMM000100010012001200023015", "IBAN_CODE LC55HEMM000100010012001200023015");
    addRow("to FR14 2004 1010 0505 0001 3M02 606 now", "IBAN_CODE FR14 2004 1010 0505 0001 3M02 606");
    addRow("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "CRYPTO 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2");
    addRow("SSN 536-90-4399", "US_SSN 536-90-4399");
    addRow("his social security number is 536904399", "US_SSN 536904399");
    addRow("itin 912-70-1234", "US_ITIN 912-70-1234");
    addRow("passport A12345678", "US_PASSPORT A12345678");
    addRow("driver's license D1234567", "US_DRIVER_LICENSE D1234567");
    addRow("routing 122105155", "ABA_ROUTING_NUMBER 122105155");
    addRow("NPI 1234567893", "US_NPI 1234567893");
    addRow("1EG4-TE5-MK73", "US_MBI 1EG4-TE5-MK73");
    addRow("DEA BB1388568", "MEDICAL_LICENSE BB1388568");
    addRow("SIN 130 692 544", "CA_SIN 130 692 544");
    addRow("NHS number 943 476 5919", "UK_NHS 943 476 5919");
    addRow("AB 12 34 56 C", "UK_NINO AB 12 34 56 C");
    addRow("uk passport AB1234567", "UK_PASSPORT AB1234567");
    addRow("MORGA657054SM9IJ", "UK_DRIVING_LICENCE MORGA657054SM9IJ");
    addRow("The house is in SW1A 1AA", "UK_POSTCODE SW1A 1AA");
    addRow("number plate BD51 SMR", "UK_VEHICLE_REGISTRATION BD51 SMR");
}

void addOtherRows()
{
    addRow("Steuer-ID 86 095 742 719", "DE_TAX_ID 86 095 742 719");
    addRow("Steuernummer 181/815/08155", "DE_TAX_NUMBER 181/815/08155");
    addRow("USt-IdNr. DE136695976", "DE_VAT_ID DE136695976");
    addRow("Personalausweis L01X00T471", "DE_ID_CARD L01X00T471");
    addRow("Reisepass C01X00T47", "DE_PASSPORT C01X00T47");
    addRow("Rentenversicherungsnummer 15070649C103", "DE_SOCIAL_SECURITY 15070649C103");
    addRow("Gesundheitskarte A123456780", "DE_HEALTH_INSURANCE A123456780");
    addRow("LANR 123456601", "DE_LANR 123456601");
    addRow("Handelsregister HRB 12345", "DE_HANDELSREGISTER HRB 12345");
    addRow("Kennzeichen B-MW 1234", "DE_KFZ B-MW 1234");
    addRow("PLZ 10115", "DE_PLZ 10115");
    addRow("DNI 12345678Z", "ES_NIF 12345678Z");
    addRow("NIE X-1234567-L", "ES_NIE X-1234567-L");
    addRow("RSSMRA85T10A562S", "IT_FISCAL_CODE RSSMRA85T10A562S");
    addRow("partita iva 01333550323", "IT_VAT_CODE 01333550323");
    addRow("131052-308T", "FI_PERSONAL_IDENTITY_CODE 131052-308T");
    addRow("010594Y9032", "FI_PERSONAL_IDENTITY_CODE 010594Y9032");
    addRow("PESEL 44051401359", "PL_PESEL 44051401359");
    addRow("811228-9874", "SE_PERSONNUMMER 811228-9874");
    addRow("organisationsnummer 556703-7485", "SE_ORGANISATIONSNUMMER 556703-7485");
    addRow("TC Kimlik No: 10000000146", "TR_NATIONAL_ID 10000000146");
    addRow("plaka 34 ABC 1234", "TR_LICENSE_PLATE 34 ABC 1234");
    addRow("ABN 51 824 753 556", "AU_ABN 51 824 753 556");
    addRow("ACN 000 000 019", "AU_ACN 000 000 019");
    addRow("TFN 876 543 210", "AU_TFN 876 543 210");
    addRow("Medicare card 2123 45670 1", "AU_MEDICARE 2123 45670 1");
    addRow("Aadhaar 2341 2341 2346", "IN_AADHAAR 2341 2341 2346");
    addRow("ABCPD1234E", "IN_PAN ABCPD1234E");
    addRow("GSTIN 27AAPFU0939F1ZV", "IN_GSTIN 27AAPFU0939F1ZV");
    addRow("MH 12 AB 1234", "IN_VEHICLE_REGISTRATION MH 12 AB 1234");
    addRow("S1234567D", "SG_NRIC_FIN S1234567D");
    addRow("UEN 53016600C", "SG_UEN 53016600C");
    addRow("주민등록번호는 900101-1234568입니다", "KR_RRN 900101-1234568");
    addRow("사업자등록번호 123-45-67891", "KR_BRN 123-45-67891");
    addRow("1-2345-67890-12-1", "TH_TNIN 1-2345-67890-12-1");
    addRow("ID number 8001015009087", "ZA_ID_NUMBER 8001015009087");
    addRow("plate number ABC-123DE", "NG_VEHICLE_REGISTRATION ABC-123DE");
}

}

// Numbers of every family as their issuers publish them for tests, or made so that their check digits hold; and the
// same with one character changed, in the same sentence, which must not be found.
class NumbersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void found_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("words");
        addRowsOfEnglishSpeakers();
        addOtherRows();
    }
    void found()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, words);
        QCOMPARE(QByteArray::fromStdString(scanWords(text.toStdString())), words);
    }

    void notFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* text) { QTest::newRow(text) << QByteArray(text); };
        row("4111111111111112");
        row("card 4111 1111 1111 1121");
        row("1234567812345670"); // holds, but nobody issues from 1
        row("0000 0000 0000 0000");
        row("2721 0000 0000 0004"); // behind the last 2-series number
        row("0.4111111111111111");
        row("x4111111111111111");
        row("GB29 NWBK 6016 1331 9268 18");
        row("DE8937040044053201300");
        row("ZZ89370400440532013000");
        row("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3");
        row("SSN 000-12-3456");
        row("SSN 666-12-3456");
        row("SSN 536-00-4399");
        row("536-90.4399");
        row("routing 122105156");
        row("122105155"
            " pallets"); // a routing number would hold: nine digits are just nine digits
        row("NPI 1234567890");
        row("DEA BB1388569");
        row("SIN 130 692 545");
        row("NHS 9434765918");
        row("GB 12 34 56 C");
        row("MORGA673054SM9IJ"); // the month is 73
        row("QQ9 9ZZ");
        row("Steuer-ID 86095742718");
        row("Rentenversicherungsnummer 15070649C104");
        row("Gesundheitskarte A123456781");
        row("DNI 12345678A");
        row("NIE X-1234567-M");
        row("RSSMRA85T10A562T");
        row("131052-308U");
        row("311334-308T");
        row("44051401358");
        row("811228-9875");
        row("kimlik 10000000147");
        row("ABN 51 824 753 557");
        row("Aadhaar 2341 2341 2347");
        row("S1234567E");
        row("8001015009088");
        row("1-2345-67890-12-2");
    }
    void notFound()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(scanWords(text.toStdString()), std::string());
    }

    void askedForByName()
    {
        // A bare number whose check digit holds counts where somebody asks for it, or where it is all there is.
        QCOMPARE(scanWordsFor("for 122105155 pallets", "ABA_ROUTING_NUMBER"), "ABA_ROUTING_NUMBER 122105155");
        QCOMPARE(scanWordsFor("for 122105156 pallets", "ABA_ROUTING_NUMBER"), "");
        QCOMPARE(scanWordsFor("9434765919", "UK_NHS"), "UK_NHS 9434765919");
        QVERIFY(!scanWords("9434765919").empty());
        QCOMPARE(scanWordsFor("for 12345678 pallets", "US_BANK_NUMBER"), "");
        QCOMPARE(scanWordsFor("9434765919", "NOTHING"), "detect.unknown-entity");
    }

    void contextDecides()
    {
        QCOMPARE(scanWords("We shipped 12345678 pieces."), "");
        QCOMPARE(scanWords("My bank account is 12345678."), "US_BANK_NUMBER 12345678");
        QCOMPARE(
            scanWords("My bank, which has been so slow since all of last year that I gave up, sold 12345678 shares."),
            "");
        QCOMPARE(scanWords("{\"accountNumber\":\"12345678\"}"), "US_BANK_NUMBER 12345678");
        QCOMPARE(scanWords("A12345678 (passport)"), "US_PASSPORT A12345678");
    }
};

QTEST_GUILESS_MAIN(NumbersTest)
#include "numbers_test.moc"

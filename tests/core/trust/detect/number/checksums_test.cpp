#include "core/trust/detect/number/checksums.h"

#include "core/trust/detect/number/number_checks.h"

#include <QTest>
#include <random>
#include <string>

using namespace ephor::detect;

namespace {

using Rule = bool (*)(std::string_view);

bool ibanHolds(std::string_view number)
{
    return checkIban(number) == Check::Holds;
}

bool trNationalHolds(std::string_view number)
{
    return checkTrNationalId(number) == Check::Holds;
}

}

class ChecksumsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void luhn()
    {
        QVERIFY(luhnHolds("79927398713")); // the example of ISO/IEC 7812-1's annex, as often quoted
        for (char last = '0'; last <= '9'; ++last)
            QCOMPARE(luhnHolds(std::string("7992739871") + last), last == '3');
        QVERIFY(!luhnHolds(""));
    }

    void verhoeff()
    {
        QVERIFY(verhoeffHolds("2363"));
        QVERIFY(verhoeffHolds("758722"));
        QVERIFY(verhoeffHolds("123451"));
        QVERIFY(verhoeffHolds("84736430954837284567892"));
        QVERIFY(!verhoeffHolds("2364"));
        QVERIFY(!verhoeffHolds(""));
    }

    void isoModulo()
    {
        QCOMPARE(mod97("3214282912345698765432161182"), 1U); // GB82 WEST…, turned and spelt out
        QCOMPARE(mod97("WEST12345698765432GB82"), 1U);
        QVERIFY(mod11Mod10Holds("86095742719"));
        QVERIFY(mod11Mod10Holds("47036892816"));
        QVERIFY(!mod11Mod10Holds("86095742718"));
        QVERIFY(mod11Mod10Holds("136695976"));
    }

    void travelDocuments()
    {
        QVERIFY(icaoHolds("L898902C36")); // ICAO Doc 9303 part 4
        QVERIFY(icaoHolds("7408122"));
        QVERIFY(icaoHolds("1204159"));
        QVERIFY(!icaoHolds("L898902C35"));
    }

    void bitcoin()
    {
        QVERIFY(base58CheckHolds("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"));
        QVERIFY(base58CheckHolds("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2"));
        QVERIFY(base58CheckHolds("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"));
        QVERIFY(!base58CheckHolds("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"));
        QVERIFY(!base58CheckHolds("11A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"));
        // BIP 173 and BIP 350
        QVERIFY(bech32Holds("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4"));
        QVERIFY(bech32Holds("bc1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3qccfmv3"));
        QVERIFY(bech32Holds("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"));
        QVERIFY(!bech32Holds("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5"));
        QVERIFY(!bech32Holds("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd")); // Bech32 for version 1
        QVERIFY(!bech32Holds("Bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"));
    }

    void dates()
    {
        QVERIFY(isDate(2024, 2, 29));
        QVERIFY(isDate(2000, 2, 29));
        QVERIFY(!isDate(1900, 2, 29));
        QVERIFY(!isDate(2023, 2, 29));
        QVERIFY(!isDate(2023, 13, 1));
        QVERIFY(!isDate(2023, 4, 31));
        QVERIFY(!isDate(2023, 4, 0));
    }

    void everySingleErrorIsSeen_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<Rule>("rule");
        QTest::newRow("Luhn") << QByteArray("4111111111111111") << Rule(luhnHolds);
        QTest::newRow("Luhn, odd") << QByteArray("378282246310005") << Rule(luhnHolds);
        QTest::newRow("Verhoeff") << QByteArray("234123412346") << Rule(verhoeffHolds);
        QTest::newRow("MOD 11,10") << QByteArray("86095742719") << Rule(mod11Mod10Holds);
        QTest::newRow("MOD 97-10") << QByteArray("DE89370400440532013000") << Rule(ibanHolds);
        QTest::newRow("Turkey") << QByteArray("10000000146") << Rule(trNationalHolds);
    }
    void everySingleErrorIsSeen()
    {
        QFETCH(QByteArray, number);
        QFETCH(Rule, rule);
        QVERIFY(rule(number.toStdString()));
        for (qsizetype i = 0; i < number.size(); ++i) {
            if (number[i] < '0' || number[i] > '9')
                continue;
            for (char digit = '0'; digit <= '9'; ++digit) {
                QByteArray changed = number;
                changed[i] = digit;
                QCOMPARE(rule(changed.toStdString()), digit == number[i]);
            }
        }
    }
};

QTEST_GUILESS_MAIN(ChecksumsTest)
#include "checksums_test.moc"

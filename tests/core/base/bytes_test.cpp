#include <QtTest>

#include "core/base/bytes.h"
#include "core/base/hash.h"

#include <random>

using namespace ephor;

class BytesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void base64_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("text");
        // RFC 4648 §10
        QTest::newRow("empty") << QByteArray("") << QByteArray("");
        QTest::newRow("f") << QByteArray("f") << QByteArray("Zg==");
        QTest::newRow("fo") << QByteArray("fo") << QByteArray("Zm8=");
        QTest::newRow("foo") << QByteArray("foo") << QByteArray("Zm9v");
        QTest::newRow("foob") << QByteArray("foob") << QByteArray("Zm9vYg==");
        QTest::newRow("fooba") << QByteArray("fooba") << QByteArray("Zm9vYmE=");
        QTest::newRow("foobar") << QByteArray("foobar") << QByteArray("Zm9vYmFy");
        QTest::newRow("all signs") << QByteArray("\xfb\xef\xbe\xff\xff\xff") << QByteArray("++++////");
    }
    void base64()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(toBase64(bytesOf(bytes.toStdString()))), text);
        const auto back = fromBase64(text.toStdString());
        QVERIFY(back);
        QCOMPARE(QByteArray(textOf(*back).data(), qsizetype(back->size())), bytes);
    }

    void otherSpellingsAreRefused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no padding") << QByteArray("Zg");
        QTest::newRow("half padding") << QByteArray("Zg=");
        QTest::newRow("unused bits set") << QByteArray("Zh==");
        QTest::newRow("unused bits set, two bytes") << QByteArray("Zm9=");
        QTest::newRow("padding inside") << QByteArray("Zg==Zg==");
        QTest::newRow("padding alone") << QByteArray("====");
        QTest::newRow("three paddings") << QByteArray("Z===");
        QTest::newRow("padding before a letter") << QByteArray("Zm=v");
        QTest::newRow("line break") << QByteArray("Zm9v\nZm9");
        QTest::newRow("URL alphabet") << QByteArray("--__");
        QTest::newRow("beyond ASCII") << QByteArray("\xC3\xA4\xC3\xA4");
    }
    void otherSpellingsAreRefused()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!fromBase64(text.toStdString()));
    }

    void hex()
    {
        const Bytes bytes{0x00, 0x0f, 0xa5, 0xff};
        QCOMPARE(toHex(bytes), std::string("000fa5ff"));
        QCOMPARE(*fromHex("000FA5ff"), bytes);
        QVERIFY(fromHex("")->empty());
        for (const char* bad : {"0", "0g", " 00", "0x00"})
            QVERIFY2(!fromHex(bad), bad);
    }

    void roundTrips()
    {
        std::mt19937 random(4648);
        for (int round = 0; round < 2'000; ++round) {
            Bytes bytes(random() % 40);
            for (std::uint8_t& byte : bytes)
                byte = std::uint8_t(random());
            QCOMPARE(*fromHex(toHex(bytes)), bytes);
            QCOMPARE(*fromBase64(toBase64(bytes)), bytes);
        }
    }

    void hashes()
    {
        // FIPS 180-4, examples
        QCOMPARE(toHex(sha256("")), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(toHex(sha256("abc")), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        Sha256 parts;
        const Digest joined = parts.add("a").add(std::uint8_t('b')).add(bytesOf("c")).finish();
        QCOMPARE(joined, sha256("abc"));
        QCOMPARE(parts.finish(), sha256(""));
    }

    void constantTimeComparison()
    {
        QVERIFY(equalConstantTime(bytesOf("secret"), bytesOf("secret")));
        QVERIFY(!equalConstantTime(bytesOf("secret"), bytesOf("secreT")));
        QVERIFY(!equalConstantTime(bytesOf("secret"), bytesOf("secre")));
        QVERIFY(equalConstantTime({}, {}));
    }

    void randomIsNotConstant()
    {
        std::array<std::uint8_t, 32> first{};
        std::array<std::uint8_t, 32> second{};
        fillRandom(first);
        fillRandom(second);
        QVERIFY(first != second);
    }
};

QTEST_GUILESS_MAIN(BytesTest)
#include "bytes_test.moc"

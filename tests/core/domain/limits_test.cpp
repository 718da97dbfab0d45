#include <QtTest>

#include "core/domain/limits.h"

#include <random>

using namespace ephor;

class LimitsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void money_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("nanos");
        QTest::addColumn<QString>("shown");
        QTest::newRow("zero") << "0" << qint64(0) << "0";
        QTest::newRow("whole") << "12" << qint64(12'000'000'000) << "12";
        QTest::newRow("trailing zeros") << "12.50" << qint64(12'500'000'000) << "12.5";
        QTest::newRow("smallest") << "0.000000001" << qint64(1) << "0.000000001";
        QTest::newRow("negative") << "-0.5" << qint64(-500'000'000) << "-0.5";
        QTest::newRow("minus zero") << "-0" << qint64(0) << "0";
        QTest::newRow("leading zeros") << "007" << qint64(7'000'000'000) << "7";
        QTest::newRow("largest") << "4600000000" << qint64(4'600'000'000'000'000'000) << "4600000000";
    }
    void money()
    {
        QFETCH(QString, text);
        QFETCH(qint64, nanos);
        QFETCH(QString, shown);
        const auto amount = parseMoney(text.toStdString());
        QVERIFY(amount);
        QCOMPARE(qint64(amount->nanos), nanos);
        QCOMPARE(QString::fromStdString(formatMoney(*amount)), shown);
    }

    void notMoney_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", "-", ".", "1.", ".5", "1e3", "+1", " 1", "1 ", "1,5", "--1", "0.0000000001",
                 "4600000001", "99999999999", "1.2.3", "NaN", "٣"})
            QTest::newRow(text) << text;
    }
    void notMoney()
    {
        QFETCH(QString, text);
        QVERIFY(!parseMoney(text.toStdString()));
    }

    void everyAmountIsReadBack()
    {
        std::mt19937_64 random(99);
        for (int i = 0; i < 5'000; ++i) {
            const Money amount{std::int64_t(random() % 9'000'000'000'000'000'000) - 4'500'000'000'000'000'000};
            QCOMPARE(parseMoney(formatMoney(amount))->nanos, amount.nanos);
        }
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "limits_test.moc"

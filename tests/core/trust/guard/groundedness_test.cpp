#include "core/trust/guard/groundedness.h"

#include <QTest>

using namespace ephor;
using namespace ephor::guard;

namespace {

const std::vector<std::string> passages{
    "{\"order\":\"A-1007\",\"status\":\"shipped\",\"amount\":\"1,249.50\",\"carrier\":\"Helvetia Logistics\"}",
    "Employees may carry over five days of leave until the end of March. Requests go to the line manager."};

}

class GroundednessTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sentences_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<double>("share");
        QTest::newRow("from a passage") << QByteArray("Employees may carry over five days of leave until March.")
                                        << 1.0;
        QTest::newRow("another number") << QByteArray("The order A-1007 shipped, amount 1249.60.") << 0.0;
        QTest::newRow("the same number") << QByteArray("Order A-1007 shipped, amount 1249.50.") << 1.0;
        QTest::newRow("made up") << QByteArray("Managers receive additional bonus payments every quarter.") << 0.0;
        QTest::newRow("half of it") << QByteArray(
            "Leave requests go to the line manager. Managers receive additional bonus "
            "payments every quarter.")
                                    << 0.5;
        QTest::newRow("courtesy") << QByteArray("You are welcome! Anything else?") << 1.0;
        QTest::newRow("nothing") << QByteArray("") << 1.0;
    }
    void sentences()
    {
        QFETCH(QByteArray, answer);
        QFETCH(double, share);
        QCOMPARE(groundedness(answer.toStdString(), passages).share, share);
    }
    void withoutPassagesNothingIsBorneOut()
    {
        QCOMPARE(groundedness("Employees may carry over five days of leave.", {}).share, 0.0);
    }
};

QTEST_GUILESS_MAIN(GroundednessTest)
#include "groundedness_test.moc"

#include "core/domain/short_id.h"

#include <QtTest>

using namespace ephor;

namespace {

const std::string run = "01a20540-9efe-7000-8f67-e4945b580c5d";

}

class ShortIdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsOfOneMinuteLookDifferent()
    {
        QCOMPARE(shortId(run), std::string("5b580c5d"));
        QVERIFY(shortId(run) != shortId("01a20540-9efe-7000-8f67-e4945b580c5e"));
    }

    void digestsKeepTheirFirstDigits()
    {
        QCOMPARE(shortId("sha256:0123456789abcdef"), std::string("01234567"));
        QCOMPARE(shortId("0123456789abcdef"), std::string("01234567"));
        QCOMPARE(shortId("CH-12"), std::string("CH-12"));
        QCOMPARE(shortId(""), std::string());
    }

    void tellsIdsFromOtherWords()
    {
        QVERIFY(isUuid(run));
        QVERIFY(!isUuid(run.substr(1)));
        QVERIFY(!isUuid("01A20540-9EFE-7000-8F67-E4945B580C5D"));
        QVERIFY(!isUuid("01a20540x9efe-7000-8f67-e4945b580c5d"));
        QVERIFY(isShortId("5b580c5d"));
        QVERIFY(!isShortId("5b580c5"));
        QVERIFY(!isShortId("7731-118"));
    }

    void takesIdsAsTheyArePasted()
    {
        for (const std::string& pasted : {run, " " + run + "\n", "run:" + run, "vd-" + run + "-3",
                 std::string("01A20540-9EFE-7000-8F67-E4945B580C5D")})
            QCOMPARE(pastedId(pasted), run);
        QCOMPARE(pastedId("5B580C5D"), std::string("5b580c5d"));
        QCOMPARE(pastedId(" INV-9001 "), std::string("INV-9001"));
        QCOMPARE(pastedId("run:soon"), std::string("run:soon"));
    }
};

QTEST_GUILESS_MAIN(ShortIdTest)

#include "short_id_test.moc"

#include "core/base/hmac.h"

#include <QtTest>

using namespace ephor;

class HmacTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // RFC 4231, test cases 1, 2 and 6.
    void agreesWithTheStandard()
    {
        const Bytes first(20, 0x0b);
        QCOMPARE(toHex(hmacSha256(first, "Hi There")),
            std::string("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
        QCOMPARE(toHex(hmacSha256(bytesOf("Jefe"), "what do ya want for nothing?")),
            std::string("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
        const Bytes longKey(131, 0xaa);
        QCOMPARE(toHex(hmacSha256(longKey, "Test Using Larger Than Block-Size Key - Hash Key First")),
            std::string("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
    }
};

QTEST_GUILESS_MAIN(HmacTest)
#include "hmac_test.moc"

#include "core/base/hash.h"
#include "core/trust/keys/password.h"
#include "core/trust/keys/scrypt.h"
#include "core/trust/keys/token.h"

#include <QtTest>
#include <set>

using namespace ephor;
using namespace ephor::keys;

class CredentialTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // RFC 7914 §12, the second and third vectors, first 32 bytes.
    void stretchFollowsTheStandard()
    {
        QCOMPARE(toHex(stretch("password", bytesOf("NaCl"), {1024, 8, 16}).value()),
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162");
        QCOMPARE(toHex(stretch("pleaseletmein", bytesOf("SodiumChloride"), {16384, 8, 1}).value()),
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2");
        for (const ScryptCost& cost :
            {ScryptCost{1000, 8, 1}, ScryptCost{1 << 24, 64, 1}, ScryptCost{1 << 15, 8, 17}, ScryptCost{1, 8, 1}})
            QVERIFY(!stretch("x", bytesOf("y"), cost));
    }

    void passwordIsRecognised()
    {
        const auto hash = hashPassword("correct horse");
        QVERIFY(hash);
        QVERIFY(hash->starts_with("$scrypt$ln=15,r=8,p=1$"));
        QVERIFY(verifyPassword("correct horse", *hash));
        QVERIFY(!verifyPassword("correct hors", *hash));
        QVERIFY(!verifyPassword("", *hash));
        QVERIFY(hashPassword("correct horse").value() != *hash);
        QVERIFY(!isOutdatedHash(*hash));
        QVERIFY(!hashPassword(""));
        QVERIFY(!hashPassword(std::string(5'000, 'x')));
    }

    void otherHashesAreRefused()
    {
        const std::string hash = hashPassword("p").value();
        std::string cheap = hash;
        cheap.replace(cheap.find("ln=15"), 5, "ln=10");
        QVERIFY(isOutdatedHash(cheap));
        QVERIFY(!verifyPassword("p", cheap));
        for (const std::string& broken :
            {std::string(), std::string("$scrypt$"), hash + "$", hash.substr(0, hash.size() - 4),
                "$argon2" + hash.substr(7), std::string("$scrypt$ln=40,r=8,p=1$AAAA$AAAA")})
            QVERIFY(!verifyPassword("p", broken));
    }

    void tokensAreRecognised()
    {
        std::set<std::string> seen;
        for (int i = 0; i < 200; ++i) {
            const NewToken token = makeToken();
            QVERIFY(isToken(token.token));
            QVERIFY(token.token.starts_with(token.prefix));
            QVERIFY(token.prefix.size() < 16);
            QVERIFY(hashToken(token.token) == token.hash);
            QVERIFY(seen.insert(token.token).second);
        }
    }

    void mistypedTokensAreNot()
    {
        const std::string token = makeToken().token;
        for (std::size_t i = 6; i < token.size(); ++i) {
            std::string mistyped = token;
            mistyped[i] = mistyped[i] == 'a' ? 'b' : 'a';
            QVERIFY(!isToken(mistyped));
        }
        QVERIFY(!isToken(token + "a"));
        QVERIFY(!isToken(""));
        QVERIFY(!hashToken("ephor_"));
    }
};

QTEST_GUILESS_MAIN(CredentialTest)
#include "credential_test.moc"

#include "core/proof/witness_policy.h"

#include <QTest>

using namespace ephor;
using namespace ephor::proof;

namespace {

VerifierKey keyOf(std::uint8_t seed, SignatureType type)
{
    return makeVerifierKey("key" + std::to_string(seed), type, SigningKey::fromSeed(Bytes(32, seed))->publicKey())
        .value();
}

std::string witnessLine(const std::string& name, std::uint8_t seed)
{
    return "witness " + name + " " + formatVerifierKey(keyOf(seed, SignatureType::CosignatureV1)) + "\n";
}

const std::string fiveWitnesses
    = witnessLine("X1", 1) + witnessLine("X2", 2) + witnessLine("X3", 3) + witnessLine("Y1", 4) + witnessLine("Y2", 5);

}

class WitnessPolicyTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsOfGroupsDecide_data()
    {
        QTest::addColumn<QString>("cosigners");
        QTest::addColumn<bool>("enough");
        QTest::newRow("nobody") << "" << false;
        QTest::newRow("one X") << "1" << false;
        QTest::newRow("two X") << "12" << false;
        QTest::newRow("two X, one Y") << "125" << true;
        QTest::newRow("one X, two Y") << "145" << false;
        QTest::newRow("all") << "12345" << true;
        QTest::newRow("strangers") << "678" << false;
    }
    void groupsOfGroupsDecide()
    {
        QFETCH(QString, cosigners);
        QFETCH(bool, enough);
        const WitnessPolicy policy = parseWitnessPolicy("# who must have seen it\n\nlog "
            + formatVerifierKey(keyOf(9, SignatureType::Ed25519)) + " https://log.example\n" + fiveWitnesses
            + "\tgroup  X 2 X1 X2 X3 \ngroup Y any Y1 Y2\ngroup both all X Y\nquorum both\n")
                                         .value();
        QCOMPARE(policy.logs.size(), std::size_t(1));
        QVERIFY(policy.asksForWitness());
        std::vector<VerifierKey> keys;
        for (const QChar digit : cosigners)
            keys.push_back(keyOf(static_cast<std::uint8_t>(digit.digitValue()), SignatureType::CosignatureV1));
        QCOMPARE(policy.satisfiedBy(keys), enough);
    }

    void noneAsksForNobody()
    {
        const WitnessPolicy policy = parseWitnessPolicy("quorum none\n").value();
        QVERIFY(!policy.asksForWitness());
        QVERIFY(policy.satisfiedBy({}));
    }

    void refusesWhatIsNotAPolicy_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* name, const std::string& text, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QString(code);
        };
        const std::string logKey = formatVerifierKey(keyOf(9, SignatureType::Ed25519));
        row("nothing", "", "proof.policy.quorum");
        row("no quorum", fiveWitnesses, "proof.policy.quorum");
        row("two quorums", "quorum none\nquorum none\n", "proof.policy.quorum");
        row("unknown quorum", "quorum X\n", "proof.policy.name");
        row("unknown word", "witnesses 3\n", "proof.policy.syntax");
        row("group without members", fiveWitnesses + "group X any\nquorum X\n", "proof.policy.syntax");
        row("name twice", fiveWitnesses + witnessLine("X1", 6) + "quorum X1\n", "proof.policy.name");
        row("key twice", fiveWitnesses + witnessLine("X4", 1) + "quorum X1\n", "proof.policy.key");
        row("member twice", fiveWitnesses + "group A any X1\ngroup B any X1 X2\nquorum B\n", "proof.policy.name");
        row("member of itself", "group A any A\nquorum A\n", "proof.policy.name");
        row("a witness called none", witnessLine("none", 1) + "quorum none\n", "proof.policy.name");
        row("threshold 0", fiveWitnesses + "group A 0 X1\nquorum A\n", "proof.policy.threshold");
        row("threshold above size", fiveWitnesses + "group A 2 X1\nquorum A\n", "proof.policy.threshold");
        row("a log's key for a witness", "witness W " + logKey + "\nquorum W\n", "proof.policy.key");
        row("no key", "log nonsense\nquorum none\n", "proof.key.format");
    }
    void refusesWhatIsNotAPolicy()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        const auto policy = parseWitnessPolicy(text.toStdString());
        QVERIFY(!policy);
        QCOMPARE(policy.error().code, code.toStdString());
    }
};

QTEST_GUILESS_MAIN(WitnessPolicyTest)
#include "witness_policy_test.moc"

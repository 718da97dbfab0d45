#include "core/proof/checkpoint.h"

#include <QTest>

using namespace ephor;
using namespace ephor::proof;

namespace {

const std::string published = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

std::string codeOf(const std::string& text)
{
    const Result<Checkpoint> checkpoint = parseCheckpoint(text);
    return checkpoint ? std::string() : checkpoint.error().code;
}

}

class CheckpointTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsThePublishedCheckpoint()
    {
        const Checkpoint checkpoint = parseCheckpoint(published).value();
        QCOMPARE(checkpoint.origin, std::string("example.com/behind-the-sofa"));
        QCOMPARE(checkpoint.size, std::uint64_t(20852163));
        QCOMPARE(toBase64(checkpoint.root), std::string("CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="));
        QCOMPARE(formatCheckpoint(checkpoint).value(), published);
        const Checkpoint extended = parseCheckpoint(published + "extension\n").value();
        QCOMPARE(extended.extensions, std::vector<std::string>{"extension"});
        QCOMPARE(formatCheckpoint(extended).value(), published + "extension\n");
    }

    void readsTheCheckpointOfAnEmptyLog()
    {
        const Checkpoint empty{"a", 0, emptyRoot(), {}};
        QCOMPARE(parseCheckpoint(formatCheckpoint(empty).value()).value(), empty);
        QCOMPARE(
            codeOf("a\n0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"), std::string("proof.checkpoint.empty-root"));
    }

    void namesEveryFault_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        const std::string root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
        const auto row = [](const char* name, const std::string& text, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QString(code);
        };
        row("nothing", "", "proof.checkpoint.format");
        row("two lines", "a\n1\n", "proof.checkpoint.format");
        row("no final newline", "a\n1\n" + root, "proof.checkpoint.format");
        row("empty extension", "a\n1\n" + root + "\n\n", "proof.checkpoint.format");
        row("cut extension", "a\n1\n" + root + "\next", "proof.checkpoint.format");
        row("no origin", "\n1\n" + root + "\n", "proof.checkpoint.origin");
        row("leading zero", "a\n01\n" + root + "\n", "proof.checkpoint.size");
        row("sign", "a\n+1\n" + root + "\n", "proof.checkpoint.size");
        row("negative", "a\n-1\n" + root + "\n", "proof.checkpoint.size");
        row("hexadecimal", "a\n0x1\n" + root + "\n", "proof.checkpoint.size");
        row("space", "a\n1 \n" + root + "\n", "proof.checkpoint.size");
        row("no size", "a\n\n" + root + "\n", "proof.checkpoint.size");
        row("2^63", "a\n9223372036854775808\n" + root + "\n", "proof.checkpoint.size");
        row("2^64", "a\n18446744073709551616\n" + root + "\n", "proof.checkpoint.size");
        row("short root", "a\n1\nAAAA\n", "proof.checkpoint.root");
        row("loose bits", "a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n", "proof.checkpoint.root");
        row("URL alphabet", "a\n1\nCsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I=\n", "proof.checkpoint.root");
    }
    void namesEveryFault()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        QCOMPARE(codeOf(text.toStdString()), code.toStdString());
    }

    void neverWritesWhatItWouldNotRead()
    {
        QCOMPARE(formatCheckpoint({"", 1, {}, {}}).error().code, std::string("proof.checkpoint.origin"));
        QVERIFY(!formatCheckpoint({"a\nb", 1, {}, {}}));
        QVERIFY(!formatCheckpoint({"a", 1, {}, {"x\ny"}}));
        QVERIFY(!formatCheckpoint({"a", 1, {}, {""}}));
        QVERIFY(!formatCheckpoint({"a", maxTreeSize + 1, {}, {}}));
    }

    void opensItsOwnSignature()
    {
        const SigningKey key = SigningKey::fromSeed(Bytes(32, 3)).value();
        const VerifierKey verifier
            = makeVerifierKey("example.com/behind-the-sofa", SignatureType::Ed25519, key.publicKey()).value();
        const std::string note = signCheckpoint(parseCheckpoint(published).value(), key).value();
        QCOMPARE(openCheckpoint(note, std::vector{verifier})->checkpoint, parseCheckpoint(published).value());
        const VerifierKey other = makeVerifierKey("example.com/other", SignatureType::Ed25519, key.publicKey()).value();
        QCOMPARE(openCheckpoint(note, std::vector{other}).error().code, std::string("proof.note.unknown-key"));
        const std::string foreign = signNote(published, "example.com/other", key).value();
        QCOMPARE(
            openCheckpoint(foreign, std::vector{other}).error().code, std::string("proof.checkpoint.wrong-origin"));
        const std::string noCheckpoint = signNote("hello\n", "example.com/other", key).value();
        QCOMPARE(openCheckpoint(noCheckpoint, std::vector{other}).error().code, std::string("proof.checkpoint.format"));
    }
};

QTEST_GUILESS_MAIN(CheckpointTest)
#include "checkpoint_test.moc"

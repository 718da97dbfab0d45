#include "core/proof/proof_check.h"

#include "core/proof/proof_file.h"
#include "tests/core/proof/memory_tree.h"
#include "tests/core/proof/sample_log.h"

#include <QTest>

using namespace ephor;
using namespace ephor::proof;

namespace {

std::string codeOf(const std::string& text)
{
    const Result<ProofFile> proof = parseProofFile(text);
    return proof ? std::string() : proof.error().code;
}

std::string failureOf(const Report& report)
{
    const Check* failed = report.firstFailure();
    return failed != nullptr && failed->error ? failed->error->code : std::string();
}

std::string proofOf(const SampleLog& log, std::uint64_t index)
{
    MemoryTree tree;
    for (const std::string& entry : log.entries)
        tree.append(leafHash(bytesOf(leafFor(entry).body)));
    std::vector<Digest> path = inclusionProof(index, log.entries.size(), tree.source()).value();
    return formatProofFile(
        makeProofFile(index, std::move(path), log.signedCheckpoint(), leafFor(log.entries[index]).body));
}

}

class ProofFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void writesThePublishedForm()
    {
        const Digest hash{};
        const std::string line(toBase64(hash));
        QCOMPARE(formatProofFile({5, {hash, hash}, "test checkpoint\n", std::nullopt}),
            "c2sp.org/tlog-proof@v1\nindex 5\n" + line + "\n" + line + "\n\ntest checkpoint\n");
        QCOMPARE(formatProofFile({10, {hash}, "checkpoint data\n", Bytes{'e', 'x'}}),
            "c2sp.org/tlog-proof@v1\nextra ZXg=\nindex 10\n" + line + "\n\ncheckpoint data\n");
        QCOMPARE(formatProofFile({0, {}, "checkpoint\n", std::nullopt}),
            std::string("c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n"));
    }

    void readsWhatItWrites()
    {
        for (const ProofFile& proof : {ProofFile{123, {Digest{}, Digest{}}, "some checkpoint\n", std::nullopt},
                 ProofFile{456, {Digest{}}, "another\n\ncheckpoint\n", Bytes{1, 2, 3}},
                 ProofFile{0, {}, "c\n", Bytes{}}})
            QCOMPARE(parseProofFile(formatProofFile(proof)).value(), proof);
    }

    void namesEveryFaultOfTheForm_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("code");
        const std::string head = "c2sp.org/tlog-proof@v1\n";
        const std::string hash = toBase64(Digest{}) + "\n";
        std::string tooMany = head + "index 0\n";
        for (std::size_t i = 0; i <= maxProofHashes; ++i)
            tooMany += hash;
        const auto row = [](const char* name, const std::string& text, const char* code) {
            QTest::newRow(name) << QByteArray::fromStdString(text) << QString(code);
        };
        row("nothing", "", "proof.file.format");
        row("another header", "c2sp.org/tlog-proof@v2\nindex 0\n\nc\n", "proof.file.format");
        row("extra is not base64", head + "extra !!\nindex 0\n\nc\n", "proof.file.extra");
        row("no index", head + "\n\nc\n", "proof.file.index");
        row("index is no number", head + "index x\n\nc\n", "proof.file.index");
        row("negative index", head + "index -5\n\nc\n", "proof.file.index");
        row("leading zero", head + "index 05\n\nc\n", "proof.file.index");
        row("extra after index", head + "index 0\nextra AA==\n\nc\n", "proof.file.hash");
        row("hash is not base64", head + "index 0\n!!\n\nc\n", "proof.file.hash");
        row("hash of 64 bytes", head + "index 0\n" + toBase64(Bytes(64)) + "\n\nc\n", "proof.file.hash");
        row("64 hashes", tooMany + "\nc\n", "proof.file.too-many-hashes");
        row("no blank line", head + "index 0\n" + hash, "proof.file.checkpoint");
        row("no checkpoint", head + "index 0\n\n", "proof.file.checkpoint");
        row("too large", head + std::string(3 * 1024 * 1024, 'a'), "proof.file.format");
    }
    void namesEveryFaultOfTheForm()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, code);
        QCOMPARE(codeOf(text.toStdString()), code.toStdString());
    }

    void provesEveryEntryWithOneFile()
    {
        const SampleLog log(21);
        for (std::size_t index = 0; index < log.entries.size(); ++index) {
            const std::string file = proofOf(log, index);
            QVERIFY(checkProofFile(file, log.trust()).held());
            QVERIFY(checkProofFile(file, log.trust(), log.entries[index]).held());
            QCOMPARE(failureOf(checkProofFile(file, log.trust(), log.entries[(index + 1) % 21])),
                std::string("proof.entry.other"));
        }
    }

    void everyBitOfTheFileMatters()
    {
        const SampleLog log(3);
        const std::string file = proofOf(log, 1);
        for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
            std::string mutated = file;
            mutated[bit / 8] = static_cast<char>(mutated[bit / 8] ^ (1 << (bit % 8)));
            QVERIFY2(!checkProofFile(mutated, log.trust()).held(), qPrintable(QString("bit %1").arg(bit)));
        }
    }

    void namesWhatIsWrong()
    {
        const SampleLog log(9);
        ProofFile proof = parseProofFile(proofOf(log, 4)).value();
        ProofFile moved = proof;
        moved.index = 5;
        const Report atAnotherPlace = checkProofFile(formatProofFile(moved), log.trust());
        QCOMPARE(failureOf(atAnotherPlace), std::string("proof.inclusion.root"));
        QCOMPARE(atAnotherPlace.firstBadEntry.value(), std::uint64_t(5));
        ProofFile shortened = proof;
        shortened.hashes.pop_back();
        QCOMPARE(
            failureOf(checkProofFile(formatProofFile(shortened), log.trust())), std::string("proof.inclusion.length"));
        ProofFile outside = proof;
        outside.index = 9;
        QCOMPARE(
            failureOf(checkProofFile(formatProofFile(outside), log.trust())), std::string("proof.inclusion.index"));
        ProofFile bare = proof;
        bare.extra.reset();
        QCOMPARE(failureOf(checkProofFile(formatProofFile(bare), log.trust())), std::string("proof.entry.missing"));
        QVERIFY(checkProofFile(formatProofFile(bare), log.trust(), log.entries[4]).held());
        QCOMPARE(failureOf(checkProofFile(formatProofFile(bare), log.trust(), log.entries[5])),
            std::string("proof.inclusion.root"));
        QCOMPARE(failureOf(checkProofFile(formatProofFile(proof), {})), std::string("proof.note.unknown-key"));
        QCOMPARE(failureOf(checkProofFile(formatProofFile(proof), log.witnessedTrust())),
            std::string("proof.witness.quorum"));
        QCOMPARE(failureOf(checkProofFile("", log.trust())), std::string("proof.file.format"));
    }

    void aProofOutlivesTheLogsGrowth()
    {
        SampleLog log(5);
        const std::string file = proofOf(log, 2);
        log.entries.push_back(SampleLog::entry(5, 5));
        QVERIFY(checkProofFile(file, log.trust()).held());
        QVERIFY(checkProofFile(proofOf(log, 2), log.trust()).held());
    }

    void aLargeEntryIsProvedByItsDigest()
    {
        SampleLog log(3);
        log.entries[1] = "{\"id\":\"" + std::string(70'000, 'x') + "\"}";
        const std::string file = proofOf(log, 1);
        QVERIFY(file.size() < 2000);
        const Report alone = checkProofFile(file, log.trust());
        QVERIFY(!alone.held());
        QVERIFY(alone.firstFailure() == nullptr);
        QVERIFY(checkProofFile(file, log.trust(), log.entries[1]).held());
        log.entries[1] = "{\"id\":\"" + std::string(40'000, 'x') + "\"}";
        QVERIFY(!parseProofFile(proofOf(log, 1))->extra);
        QVERIFY(checkProofFile(proofOf(log, 1), log.trust(), log.entries[1]).held());
    }
};

QTEST_GUILESS_MAIN(ProofFileTest)
#include "proof_file_test.moc"

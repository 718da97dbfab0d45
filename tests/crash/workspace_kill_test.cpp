#include "tests/contract/desk.h"
#include "tests/crash/kill_sweep.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

using namespace ephor;
using namespace ephor::crash_tests;

/// A whole workspace at work (a saved prompt, runs with tools, an approval, changed grants) is killed at every write
/// and sync; what is left must open, verify, go on and hold everything it acknowledged.
class WorkspaceKillTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void whatWasAcknowledgedSurvives_data();
    void whatWasAcknowledgedSurvives();

private:
    QTemporaryDir m_folder;
    QString m_strace;
};

void WorkspaceKillTest::initTestCase()
{
    m_strace = usableStrace();
    if (m_strace.isEmpty())
        QSKIP("strace is not here or may not trace: nothing can kill the worker at a chosen system call.");
    QVERIFY(QDir(m_folder.path()).mkdir("prepared"));
    const QString prepared = m_folder.filePath("prepared");
    contract_tests::prepareDesk(prepared.toStdString());
    // It is made again by whoever opens a copy; copying it would only take time.
    QVERIFY(QFile::remove(prepared + "/w/ephor.db.reserve"));
}

void WorkspaceKillTest::whatWasAcknowledgedSurvives_data()
{
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("onlyPath");
    QTest::addColumn<int>("stride");
    QTest::addColumn<int>("fewestKills"); ///< fewer mean that the injection did not fire
    QTest::newRow("sync of data") << "fdatasync" << "" << 1 << 15;
    QTest::newRow("sync of the tool's own database") << "fdatasync" << "w/stock.db" << 1 << 1;
    // Of what a commit adds to the log all is one write.
    QTest::newRow("write") << "pwrite64" << "" << strideOr(2) << 20;
    QTest::newRow("write of the log") << "pwrite64" << "w/ephor.db-wal" << 1 << 10;
    QTest::newRow("write of the database") << "pwrite64" << "w/ephor.db" << strideOr(5) << 5;
    QTest::newRow("write of the telemetry") << "pwrite64" << "w/telemetry.db-wal" << strideOr(3) << 3;
    QTest::newRow("write of the tool's own database") << "pwrite64" << "w/stock.db" << 1 << 1;
    QTest::newRow("truncation") << "ftruncate" << "" << 1 << 1;
    QTest::newRow("removal") << "unlink" << "" << 1 << 1;
}

void WorkspaceKillTest::whatWasAcknowledgedSurvives()
{
    QFETCH(QString, call);
    QFETCH(QString, onlyPath);
    QFETCH(int, stride);
    QFETCH(int, fewestKills);
    Sweep sweep;
    sweep.call = call;
    sweep.onlyPath = onlyPath;
    sweep.stride = stride;
    const std::string prepared = m_folder.filePath("prepared").toStdString();
    sweep.command = [&prepared](const QString& folder) {
        std::filesystem::copy(prepared, folder.toStdString(), std::filesystem::copy_options::recursive);
        return QStringList{EPHOR_CRASH_WORKER, "work", folder};
    };
    sweep.check = [](const Attempt& attempt, const QString& folder) {
        const Ended checked = run(EPHOR_CRASH_WORKER, {"check", folder}, attempt.lines.join('\n'));
        return checked.code == 0 ? std::string() : "it is not as acknowledged: " + checked.err.toStdString();
    };
    const SweepResult result = sweepKills(m_strace, m_folder.path(), sweep);
    QVERIFY2(result.wrong.empty(), result.wrong.c_str());
    qInfo("%d kills", result.kills);
    QVERIFY2(result.kills >= fewestKills, std::to_string(result.kills).c_str());
}

QTEST_GUILESS_MAIN(WorkspaceKillTest)
#include "workspace_kill_test.moc"

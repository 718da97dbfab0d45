#include "core/base/json.h"
#include "core/trust/keys/key_store.h"
#include "core/trust/ledger/ledger.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <nlohmann/json.hpp>

using namespace ephor;

namespace {

constexpr int entriesPerRun = 7;

}

class KillTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string m_keys;
    QString m_prepared;
    QString m_strace;

    struct Run {
        bool killed = false;
        bool finished = false;
        QList<QByteArray> acknowledged;
        QByteArray complaint;
    };
    // strace counts each kind of call by itself, so each is swept alone.
    Run runAndKill(const QString& database, const QString& call, int at) const
    {
        QProcess process;
        process.start(m_strace,
            {"-f", "-o", m_folder.filePath("trace"), "-e", "trace=" + call, "-e",
                QString("inject=%1:signal=KILL:when=%2").arg(call).arg(at), EPHOR_KILL_WRITER, database,
                QString::fromStdString(m_keys), QString::number(entriesPerRun)});
        process.waitForFinished(-1);
        Run run;
        // strace ends as its child ended: by the same signal.
        run.killed = process.exitStatus() == QProcess::CrashExit || process.exitCode() == 128 + SIGKILL;
        run.finished = !run.killed && process.exitCode() == 0;
        for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
            if (line.count(' ') == 1)
                run.acknowledged.push_back(line);
        }
        run.complaint = process.readAllStandardError();
        return run;
    }

    QString freshDatabase(const QString& name) const
    {
        const QString path = m_folder.filePath(name + ".db");
        if (!QFile::copy(m_prepared, path))
            qFatal("cannot copy");
        return path;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_strace = QStandardPaths::findExecutable("strace");
        if (m_strace.isEmpty())
            QSKIP("strace is not installed: nothing can kill the writer at a chosen system call.");
        m_keys = m_folder.filePath("keys").toStdString();
        m_prepared = m_folder.filePath("prepared.db");
        const auto keys = keys::KeyStore::create(m_keys, "w-1", keys::Unlock("kill test"));
        QVERIFY(keys);
        store::DatabaseOptions options;
        options.path = m_prepared.toStdString();
        options.reserveBytes = 0;
        {
            const auto database = store::Database::open(options, ledger::migrations());
            QVERIFY(database);
            QVERIFY(ledger::openLedger({.database = **database,
                .keys = keys->get(),
                .clock = systemClock(),
                .origin = "ledger.test",
                .trustedKeys = {}}));
        }
        QProcess probe;
        probe.start(m_strace, {"-f", "-o", m_folder.filePath("trace"), "-e", "trace=write", "true"});
        probe.waitForFinished(-1);
        if (probe.exitCode() != 0)
            QSKIP(
                "This system does not permit tracing a process: nothing can kill the writer at a chosen system call.");
    }

    void whatWasAcknowledgedSurvives_data();
    void whatWasAcknowledgedSurvives();
};

void KillTest::whatWasAcknowledgedSurvives_data()
{
    QTest::addColumn<QString>("call");
    QTest::newRow("write") << "pwrite64";
    QTest::newRow("sync") << "fdatasync";
}

void KillTest::whatWasAcknowledgedSurvives()
{
    QFETCH(QString, call);
    const auto keys = keys::KeyStore::open(m_keys, keys::Unlock("kill test"));
    QVERIFY(keys);
    int kills = 0;
    bool finished = false;
    for (int at = 1; !finished; ++at) {
        QVERIFY2(at < 1'000, "The writer never ran to its end.");
        const QString path = freshDatabase(call + QString::number(at));
        const Run run = runAndKill(path, call, at);
        QVERIFY2(run.killed || run.finished, run.complaint.constData());
        kills += run.killed ? 1 : 0;
        finished = run.finished;
        store::DatabaseOptions options;
        options.path = path.toStdString();
        options.reserveBytes = 0;
        const auto database = store::Database::open(options, ledger::migrations());
        QVERIFY2(database, database ? "" : describe(database.error()).c_str());
        const auto log = ledger::openLedger(
            {.database = **database, .keys = keys->get(), .clock = systemClock(), .origin = {}, .trustedKeys = {}});
        QVERIFY2(log, log ? "" : describe(log.error()).c_str());
        const auto verified = (*log)->verify(0, {});
        QVERIFY2(verified, verified ? "" : describe(verified.error()).c_str());
        for (const QByteArray& line : run.acknowledged) {
            const QList<QByteArray> parts = line.split(' ');
            std::string id;
            QVERIFY((*database)->read([&](const store::Snapshot& snapshot) -> Result<void> {
                EPHOR_TRY(const std::string body, (*log)->body(snapshot, parts[0].toULongLong()));
                id = Json::parse(body)["id"].get<std::string>();
                EPHOR_TRY([[maybe_unused]] const auto sealed, (*log)->open(snapshot, parts[0].toULongLong()));
                return {};
            }));
            QCOMPARE(id, parts[1].toStdString());
        }
        if (finished)
            QCOMPARE(run.acknowledged.size(), qsizetype(entriesPerRun));
    }
    // Each commit writes and syncs at least once: fewer kills mean that the injection did not fire.
    QVERIFY2(kills >= entriesPerRun, std::to_string(kills).c_str());
}

QTEST_GUILESS_MAIN(KillTest)
#include "kill_test.moc"

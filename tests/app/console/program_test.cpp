#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

/// The console as a program: its command line, its workspace, its end.
class ProgramTest : public QObject {
    Q_OBJECT

private:
    /// A start on two slow cores under a sanitizer takes its time; a hang must still fail.
    static constexpr int longestMilliseconds = 60'000;

    QTemporaryDir m_home;

    QString workspace() const { return m_home.filePath(QStringLiteral("bank")); }
    QDir reports() const { return QDir(m_home.filePath(QStringLiteral("data/ephor/ephor-console/crashes"))); }

    void prepare(QProcess& process) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        for (const auto& [name, folder] : {std::pair("XDG_DATA_HOME", "data"), std::pair("XDG_CONFIG_HOME", "config")})
            environment.insert(QLatin1String(name), m_home.filePath(QLatin1String(folder)));
        process.setProcessEnvironment(environment);
    }

    struct Outcome {
        int code = -1;
        QString output;
        QString errors;
    };

    Outcome run(const char* program, const QStringList& arguments, const QByteArray& input = {}) const
    {
        QProcess process;
        prepare(process);
        process.start(QStringLiteral(EPHOR_BINARY_DIR "/bin/%1").arg(QLatin1String(program)), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(longestMilliseconds))
            return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

    Outcome console(const QStringList& arguments) const { return run("ephor-console", arguments); }

private Q_SLOTS:
    void initTestCase()
    {
        const Outcome made = run("ephor",
            {QStringLiteral("init"), workspace(), QStringLiteral("--admin"), QStringLiteral("Jonas Weber"),
                QStringLiteral("--password-stdin")},
            "correct horse battery\n");
        QVERIFY2(made.code == 0, qPrintable(made.errors));
    }

    void saysItsVersion()
    {
        QVERIFY(console({QStringLiteral("--version")}).output.contains(QStringLiteral(EPHOR_VERSION)));
    }

    void refusesWhatItCannotRead()
    {
        QCOMPARE(console({QStringLiteral("--sizes"), QStringLiteral("big")}).code, 2);
        QCOMPARE(console({QStringLiteral("--theme"), QStringLiteral("pink")}).code, 2);
        const Outcome unknown = console({QStringLiteral("--bogus")});
        QCOMPARE(unknown.code, 2);
        QVERIFY2(unknown.errors.contains(QStringLiteral("bogus")), qPrintable(unknown.errors));
        QVERIFY(unknown.errors.contains(QStringLiteral("--workspace")));
        QCOMPARE(console({QStringLiteral("--port"), QStringLiteral("70000")}).code, 2);
        QCOMPARE(console({QStringLiteral("stray")}).code, 2);
        QCOMPARE(console({QStringLiteral("--workspace"), QStringLiteral("a"), QStringLiteral("--server"),
                             QStringLiteral("b")})
                     .code,
            2);
    }

    void namesAFolderThatHoldsNoWorkspace()
    {
        const Outcome outcome = console({QStringLiteral("--workspace"), m_home.filePath(QStringLiteral("none")),
            QStringLiteral("--exit-after-startup")});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.errors.contains(QStringLiteral("workspace.missing")), qPrintable(outcome.errors));
    }

    void opensAWorkspace()
    {
        const Outcome outcome
            = console({QStringLiteral("--workspace"), workspace(), QStringLiteral("--exit-after-startup")});
        QVERIFY2(outcome.code == 0, qPrintable(outcome.errors));
        QVERIFY(outcome.output.contains(QStringLiteral("first data after")));
        QVERIFY2(reports().entryList(QDir::Files).isEmpty(), "a run that ended well leaves no report");
    }

    void othersAttachWhileItIsOpenAndACrashIsReported()
    {
        QProcess first;
        prepare(first);
        first.start(
            QStringLiteral(EPHOR_BINARY_DIR "/bin/ephor-console"), {QStringLiteral("--workspace"), workspace()});
        QVERIFY(first.waitForStarted());
        const QString socket = workspace() + QStringLiteral("/ephor.sock");
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(socket), longestMilliseconds);
        const Outcome second
            = console({QStringLiteral("--workspace"), workspace(), QStringLiteral("--exit-after-startup")});
        QVERIFY2(second.code == 0, qPrintable(second.errors));
        const Outcome verb = run("ephor",
            {QStringLiteral("--workspace"), workspace(), QStringLiteral("session"), QStringLiteral("personas")});
        QVERIFY2(verb.code == 0, qPrintable(verb.errors));

        kill(pid_t(first.processId()), SIGSEGV);
        QVERIFY(first.waitForFinished(longestMilliseconds));
        QCOMPARE(first.exitStatus(), QProcess::CrashExit);
        const QStringList left = reports().entryList({QStringLiteral("crash-*.txt")}, QDir::Files);
        QCOMPARE(left.size(), 1);
        QFile report(reports().filePath(left.first()));
        QVERIFY(report.open(QIODevice::ReadOnly));
        const QString words = QString::fromUtf8(report.readAll());
        QVERIFY2(words.contains(QStringLiteral("SIGSEGV")) && words.contains(QStringLiteral(EPHOR_VERSION)),
            qPrintable(words));

        // The lock went with the process; the workspace opens again, and the report is taken up once.
        const Outcome again
            = console({QStringLiteral("--workspace"), workspace(), QStringLiteral("--exit-after-startup")});
        QVERIFY2(again.code == 0, qPrintable(again.errors));
        QCOMPARE(reports().entryList({QStringLiteral("crash-*.txt")}, QDir::Files).size(), 0);
        QCOMPARE(reports().entryList({QStringLiteral("report-*.txt")}, QDir::Files).size(), 1);
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"

#include "core/base/json.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

using namespace ephor;

namespace {

struct Ended {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

Ended run(const QStringList& arguments, const QByteArray& input = {})
{
    QProcess process;
    process.start(QStringLiteral(EPHOR_BINARY_DIR "/bin/ephor"), arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished(120'000);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

void execute(const QString& database, const char* sql)
{
    sqlite3* handle = nullptr;
    char* problem = nullptr;
    if (sqlite3_open(qPrintable(database), &handle) != SQLITE_OK
        || sqlite3_exec(handle, sql, nullptr, nullptr, &problem) != SQLITE_OK)
        qFatal("%s", problem ? problem : "cannot open");
    sqlite3_close(handle);
}

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write");
}

void replaceDatabase(const QString& path)
{
    QFile::remove(path);
    execute(path, "CREATE TABLE cars(name TEXT)");
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}

/// What is wrong with a workspace, told by the verbs: the exit code, a sentence with its mend, and with --json the
/// code.
class FaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void saysWhatIsWrongWithAWorkspace_data();
    void saysWhatIsWrongWithAWorkspace();
    void telemetryMayBeLost();
    void aSecondOwnerIsRefusedAndVerbsAttach();

private:
    QString copyOf(const QString& name) const;
    QTemporaryDir m_folder;
};

void FaultsTest::initTestCase()
{
    qputenv("XDG_CONFIG_HOME", (m_folder.path() + "/config").toUtf8());
    qputenv("XDG_STATE_HOME", (m_folder.path() + "/state").toUtf8());
    const Ended made = run(
        {"init", m_folder.filePath("whole"), "--admin", "Jonas Weber", "--password-stdin"}, "a long enough password\n");
    QVERIFY2(made.code == 0, made.err.constData());
    QVERIFY(QFile::remove(m_folder.filePath("whole/ephor.db.reserve")));
}

QString FaultsTest::copyOf(const QString& name) const
{
    const QString folder = m_folder.filePath(name);
    std::filesystem::copy(m_folder.filePath("whole").toStdString(), folder.toStdString());
    return folder;
}

void FaultsTest::saysWhatIsWrongWithAWorkspace_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<int>("exit");
    QTest::newRow("no workspace") << QByteArray("workspace.missing") << 1;
    QTest::newRow("folder of a later version") << QByteArray("workspace.newer") << 1;
    QTest::newRow("database of a later version") << QByteArray("store.newer") << 1;
    QTest::newRow("half a file") << QByteArray("workspace.damaged") << 3;
    QTest::newRow("unfinished") << QByteArray("workspace.unfinished") << 1;
    QTest::newRow("part of a copy") << QByteArray("workspace.unfinished") << 1;
    QTest::newRow("another program's database") << QByteArray("store.foreign") << 2;
    QTest::newRow("no database") << QByteArray("store.corrupt") << 3;
    QTest::newRow("keys of another") << QByteArray("keys.locked") << 1;
    QTest::newRow("locked by a shell") << QByteArray("store.busy") << 1;
}

void FaultsTest::saysWhatIsWrongWithAWorkspace()
{
    QFETCH(QByteArray, code);
    QFETCH(int, exit);
    const QByteArray fault = QTest::currentDataTag();
    const QString folder = copyOf(fault);
    const QString file = folder + "/workspace.json";
    const QString database = folder + "/ephor.db";
    sqlite3* holder = nullptr;
    if (fault == "no workspace")
        QVERIFY(QDir(folder).removeRecursively());
    else if (fault == "folder of a later version")
        write(file, read(file).replace("\"format\": 1", "\"format\": 2"));
    else if (fault == "database of a later version")
        execute(database, "INSERT INTO schema_version VALUES('later', 1, 'later', 'x', '9.0')");
    else if (fault == "half a file")
        write(file, read(file).left(20));
    else if (fault == "unfinished")
        write(file, read(file).replace("\"complete\": true", "\"complete\": false"));
    else if (fault == "part of a copy")
        QVERIFY(QFile::remove(file));
    else if (fault == "another program's database")
        replaceDatabase(database);
    else if (fault == "no database")
        write(database, QByteArray(8'192, 'x'));
    else if (fault == "keys of another")
        write(file, read(file).replace("\"id\": \"0", "\"id\": \"1"));
    else if (fault == "locked by a shell")
        QVERIFY(sqlite3_open(qPrintable(database), &holder) == SQLITE_OK
            && sqlite3_exec(holder, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; DELETE FROM person", nullptr,
                   nullptr, nullptr)
                == SQLITE_OK);
    for (const QStringList& verb :
        {QStringList{"teams", "list"}, QStringList{"serve", "--port", "0"}, QStringList{"audit", "verify"}}) {
        const Ended told = run(verb + QStringList{"--workspace", folder});
        QCOMPARE(told.code, exit);
        QVERIFY2(told.err.contains("(" + code), told.err.constData());
        QVERIFY2(told.err.startsWith("ephor: ") && told.err.contains(". "), told.err.constData());
        const Ended json = run(verb + QStringList{"--workspace", folder, "--json"});
        QCOMPARE(json.code, exit);
        const auto error = parseJson(json.out.toStdString());
        QVERIFY2(error && error->contains("error"), json.out.constData());
        QCOMPARE(QByteArray::fromStdString(error->at("error").value("code", "")), code);
    }
    sqlite3_close(holder);
}

void FaultsTest::telemetryMayBeLost()
{
    const QString folder = copyOf("telemetry");
    write(folder + "/telemetry.db", QByteArray(8'192, 'x'));
    const Ended login = run(
        {"login", "--workspace", folder, "--login", "jonas.weber", "--password-stdin"}, "a long enough password\n");
    QVERIFY2(login.code == 0, login.err.constData());
    // What is not the measures' own is kept for whoever wants to look.
    QCOMPARE(QDir(folder).entryList({"telemetry.db.damaged-*"}).size(), qsizetype(1));
}

void FaultsTest::aSecondOwnerIsRefusedAndVerbsAttach()
{
    const QString folder = copyOf("served");
    QProcess owner;
    owner.start(QStringLiteral(EPHOR_BINARY_DIR "/bin/ephor"), {"serve", "--workspace", folder, "--json"});
    while (!owner.canReadLine())
        QVERIFY2(owner.waitForReadyRead(60'000), owner.readAllStandardError().constData());
    const Ended second = run({"serve", "--workspace", folder, "--port", "0", "--json"});
    QCOMPARE(second.code, 1);
    QVERIFY2(second.out.contains("store.locked"), second.out.constData());
    const Ended attached = run(
        {"login", "--workspace", folder, "--login", "jonas.weber", "--password-stdin"}, "a long enough password\n");
    QVERIFY2(attached.code == 0, attached.err.constData());
    owner.terminate();
    QVERIFY(owner.waitForFinished(60'000));
    QCOMPARE(owner.exitCode(), 0);
}

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"

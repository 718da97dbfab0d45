#include "core/store/database.h"

#include <QTemporaryDir>
#include <QtTest>
#include <sqlite3.h>

using namespace ephor;
using namespace ephor::store;

namespace {

constexpr Migration first{"room/a", 1, "one", "CREATE TABLE one(x); CREATE INDEX one_x ON one(x);"};
constexpr Migration second{"room/a", 2, "two", "CREATE TABLE two(x)"};
constexpr Migration other{"room/b", 1, "other", "CREATE TABLE other(x)"};

std::string openCode(const DatabaseOptions& options, std::vector<Migration> migrations)
{
    const auto opened = Database::open(options, migrations);
    return opened ? "ok" : opened.error().code;
}

}

class MigrateTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    DatabaseOptions fresh()
    {
        DatabaseOptions options;
        options.path = m_folder.filePath("%1.db").arg(++m_files).toStdString();
        options.reserveBytes = 0;
        return options;
    }

private Q_SLOTS:
    void roomsAdvanceOnTheirOwn()
    {
        const auto options = fresh();
        QCOMPARE(openCode(options, {first, other}), "ok");
        QCOMPARE(openCode(options, {first, second, other}), "ok");
        QCOMPARE(openCode(options, {first, second, other}), "ok");
    }
    void laterVersionIsRefused()
    {
        const auto options = fresh();
        QCOMPARE(openCode(options, {first, second}), "ok");
        QCOMPARE(openCode(options, {first}), "store.newer");
        QCOMPARE(openCode(options, {first, second}), "ok");
    }
    void editedStepIsRefused()
    {
        const auto options = fresh();
        QCOMPARE(openCode(options, {first}), "ok");
        QCOMPARE(openCode(options, {{"room/a", 1, "one", "CREATE TABLE one(x, y)"}}), "store.migration");
    }
    void gapIsRefused()
    {
        QCOMPARE(openCode(fresh(), {second}), "store.migration");
        QCOMPARE(openCode(fresh(), {second, first}), "store.migration");
        QCOMPARE(openCode(fresh(), {first, first}), "store.migration");
    }
    void failingStepLeavesNothing()
    {
        const auto options = fresh();
        const Migration broken{"room/a", 2, "two", "CREATE TABLE two(x); INSERT INTO nowhere VALUES(1);"};
        QCOMPARE(openCode(options, {first, broken}), "store.migration");
        QCOMPARE(openCode(options, {first, second}), "ok");
    }
    void foreignFileIsRefused()
    {
        const auto options = fresh();
        sqlite3* raw = nullptr;
        QCOMPARE(sqlite3_open(options.path.c_str(), &raw), SQLITE_OK);
        QCOMPARE(sqlite3_exec(raw, "CREATE TABLE theirs(x)", nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(raw);
        QCOMPARE(openCode(options, {first}), "store.foreign");
    }
    void damagedFileIsNamed()
    {
        const auto options = fresh();
        QFile file(QString::fromStdString(options.path));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        QCOMPARE(openCode(options, {first}), "store.corrupt");
    }
    void damagedHeadIsNamed()
    {
        const auto options = fresh();
        QCOMPARE(openCode(options, {first}), "ok");
        QFile file(QString::fromStdString(options.path));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(44)); // the number of the schema's format
        QCOMPARE(file.write(QByteArray(4, '\xff')), qint64(4));
        file.close();
        QCOMPARE(openCode(options, {first}), "store.corrupt");
    }
    void readOnlyNeverMigrates()
    {
        auto options = fresh();
        QCOMPARE(openCode(options, {first}), "ok");
        options.readOnly = true;
        QCOMPARE(openCode(options, {first, second}), "store.migration");
        QCOMPARE(openCode(options, {first}), "ok");
    }
};

QTEST_GUILESS_MAIN(MigrateTest)
#include "migrate_test.moc"

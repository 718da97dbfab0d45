#include "core/run/connector/sql_call.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>
#include <sqlite3.h>

using namespace ephor;
using namespace ephor::connector;

namespace {

struct Stock {
    QTemporaryDir folder;

    Stock()
    {
        execute("CREATE TABLE stock(item TEXT PRIMARY KEY, count INTEGER CHECK(count >= 0)); INSERT INTO stock "
                "VALUES('pens', 12), ('ink', 3);");
    }

    void execute(const char* sql) const
    {
        sqlite3* handle = nullptr;
        sqlite3_open((folder.path() + "/stock.db").toUtf8().constData(), &handle);
        sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
        sqlite3_close(handle);
    }

    Result<SqlOutcome> run(SideEffect effect, const char* statement, const Json& arguments = Json::object()) const
    {
        ToolBody tool;
        tool.effect = effect;
        tool.sql.database = "stock.db";
        tool.sql.statement = statement;
        tool.sql.maxRows = 2;
        tool.timeoutMs = 2'000;
        const std::atomic<bool> cancelled{false};
        return runSql(tool, folder.path().toStdString(), arguments, cancelled);
    }
};

}

class SqlCallTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsRowsAsJson();
    void bindsEveryArgument();
    void refusesWhatTheEffectDoesNotAllow_data();
    void refusesWhatTheEffectDoesNotAllow();
    void writesAndCounts();
    void aConstraintIsARefusalOfTheTool();
    void cutsAtItsRowLimit();
    void endsAQueryThatTakesTooLong();
    void staysInsideTheFolder_data();
    void staysInsideTheFolder();
    void readsTheFileThatIsThere();
    void readersLeaveNoLockBehind();
};

void SqlCallTest::readsRowsAsJson()
{
    const Stock stock;
    const auto outcome
        = stock.run(SideEffect::Read, "SELECT item, count FROM stock WHERE item = :item", {{"item", "pens"}});
    QVERIFY(outcome);
    QVERIFY(
        Json::parse(outcome->text) == Json::parse("{\"rows\":[{\"item\":\"pens\",\"count\":12}],\"truncated\":false}"));
    QCOMPARE(outcome->detail, std::string("1 row"));
}

void SqlCallTest::bindsEveryArgument()
{
    const Stock stock;
    const auto outcome = stock.run(SideEffect::Read, "SELECT :item AS said", {{"item", "x' OR '1'='1"}});
    QVERIFY(outcome);
    QCOMPARE(Json::parse(outcome->text)["rows"][0]["said"].get<std::string>(), std::string("x' OR '1'='1"));
    const auto unnamed = stock.run(SideEffect::Read, "SELECT ?", {{"item", "a"}});
    QVERIFY(!unnamed);
    QCOMPARE(unnamed.error().code, std::string("tool.sql-statement"));
}

void SqlCallTest::refusesWhatTheEffectDoesNotAllow_data()
{
    QTest::addColumn<int>("effect");
    QTest::addColumn<QString>("statement");
    const auto row = [](const char* name, SideEffect effect, const char* statement) {
        QTest::newRow(name) << int(effect) << QString(statement);
    };
    row("a read that updates", SideEffect::Read, "UPDATE stock SET count = 0");
    row("a read that deletes", SideEffect::Read, "DELETE FROM stock");
    row("a read with pragma", SideEffect::Read, "PRAGMA table_info(stock)");
    row("a read that attaches", SideEffect::Read, "ATTACH 'other.db' AS o");
    row("a write that attaches", SideEffect::Write, "ATTACH 'other.db' AS o");
    row("a write that drops", SideEffect::Write, "DROP TABLE stock");
    row("a write that creates", SideEffect::Irreversible, "CREATE TABLE t(a)");
    row("two statements", SideEffect::Write, "DELETE FROM stock; DELETE FROM stock");
    row("nothing", SideEffect::Read, "");
}

void SqlCallTest::refusesWhatTheEffectDoesNotAllow()
{
    QFETCH(int, effect);
    QFETCH(QString, statement);
    const Stock stock;
    const auto outcome = stock.run(SideEffect(effect), qPrintable(statement));
    QVERIFY(!outcome);
    QVERIFY(outcome.error().code.starts_with("tool.sql-"));
    const auto rows = stock.run(SideEffect::Read, "SELECT count(*) AS n FROM stock");
    QCOMPARE(Json::parse(rows->text)["rows"][0]["n"].get<int>(), 2);
}

void SqlCallTest::writesAndCounts()
{
    const Stock stock;
    const auto outcome = stock.run(SideEffect::Write, "UPDATE stock SET count = count - :count WHERE item = :item",
        {{"item", "pens"}, {"count", 2}});
    QVERIFY(outcome);
    QCOMPARE(outcome->text, std::string("{\"changed\":1}"));
}

void SqlCallTest::aConstraintIsARefusalOfTheTool()
{
    const Stock stock;
    const auto outcome = stock.run(SideEffect::Write, "UPDATE stock SET count = count - :count WHERE item = :item",
        {{"item", "pens"}, {"count", 99}});
    QVERIFY(outcome);
    QVERIFY(outcome->failed);
}

void SqlCallTest::cutsAtItsRowLimit()
{
    const Stock stock;
    stock.execute("INSERT INTO stock VALUES('clips', 1)");
    const auto outcome = stock.run(SideEffect::Read, "SELECT item FROM stock");
    const Json read = Json::parse(outcome->text);
    QCOMPARE(read["rows"].size(), std::size_t(2));
    QVERIFY(read["truncated"].get<bool>());
}

void SqlCallTest::endsAQueryThatTakesTooLong()
{
    const Stock stock;
    const auto outcome = stock.run(
        SideEffect::Read, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n");
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().code, std::string("tool.timeout"));
}

void SqlCallTest::staysInsideTheFolder_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("inside");
    QTest::newRow("plain") << "stock.db" << true;
    QTest::newRow("below") << "services/stock.db" << true;
    QTest::newRow("absolute") << "/etc/passwd" << false;
    QTest::newRow("above") << "../ephor.db" << false;
    QTest::newRow("above, hidden") << "services/../../ephor.db" << false;
    QTest::newRow("empty") << "" << false;
}

void SqlCallTest::staysInsideTheFolder()
{
    QFETCH(QString, path);
    QFETCH(bool, inside);
    QCOMPARE(databasePath("/workspace", path.toStdString()).has_value(), inside);
}

void SqlCallTest::readsTheFileThatIsThere()
{
    const Stock stock;
    const auto inkLeft = [&] { return stock.run(SideEffect::Read, "SELECT count FROM stock WHERE item = 'ink'"); };
    const auto first = inkLeft();
    QVERIFY(first);
    QVERIFY(first->text.find("3") != std::string::npos);
    stock.execute("UPDATE stock SET count = 8");
    QVERIFY(inkLeft()->text.find("8") != std::string::npos);
    stock.execute("ALTER TABLE stock ADD COLUMN place TEXT; UPDATE stock SET count = 5, place = 'shelf'");
    QVERIFY(stock.run(SideEffect::Read, "SELECT place FROM stock")->text.find("shelf") != std::string::npos);
    const QString path = stock.folder.filePath("stock.db");
    QVERIFY(QFile::rename(path, stock.folder.filePath("old.db")));
    QCOMPARE(inkLeft().error().code, std::string("tool.sql-open"));
    stock.execute("CREATE TABLE stock(item TEXT, count INTEGER); INSERT INTO stock VALUES('ink', 41)");
    QVERIFY(inkLeft()->text.find("41") != std::string::npos);
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::link(stock.folder.filePath("old.db"), path));
    QCOMPARE(inkLeft().error().code, std::string("tool.sql-open"));
}

void SqlCallTest::readersLeaveNoLockBehind()
{
    const Stock stock;
    // Cut off at its row limit and refused while it ran: neither may keep the file from its owner.
    QVERIFY(stock.run(SideEffect::Read, "SELECT a.item FROM stock a, stock b"));
    QVERIFY(!stock.run(SideEffect::Read, "SELECT abs(-9223372036854775807 - 1) FROM stock"));
    stock.execute("BEGIN EXCLUSIVE; UPDATE stock SET count = 77; COMMIT");
    QVERIFY(stock.run(SideEffect::Read, "SELECT count FROM stock")->text.find("77") != std::string::npos);
}

QTEST_GUILESS_MAIN(SqlCallTest)
#include "sql_call_test.moc"

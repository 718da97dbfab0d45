#include "tests/architecture/coroutine_rules.h"
#include "tests/architecture/include_rules.h"
#include "tests/architecture/length_rules.h"
#include "tests/architecture/source_text.h"

#include <QTest>

using namespace ephor::architecture;

namespace {

const std::vector<std::string> rooms{"core/base", "core/domain", "core/proof", "core/api", "core/store",
    "core/run/connector", "core/http", "core/demo", "ui/kit", "ui/bridge", "ui/screens/home", "ui/screens/inbox",
    "app/console", "app/ephor", "app/verify"};

std::size_t faultsOf(const char* path, const char* target, bool quoted = false)
{
    return includeFaults(path, {Include{1, target, quoted}}, rooms).size();
}

std::string repeated(const std::string& line, int times)
{
    std::string text;
    for (int i = 0; i < times; ++i)
        text += line;
    return text;
}

}

/// The rules of the house on made-up sources, so that each of them is seen to fail.
class RulesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsIncludes();
    void blanksCommentsStringsAndDirectives();
    void readsRoomsAndFindsTheDeepest();
    void judgesIncludes_data();
    void judgesIncludes();
    void namesTheIncludeAndTheReason();
    void asksForRootedNames();
    void findsFunctions();
    void seesThroughMacrosAndInitialisers();
    void leavesTableRowsOut();
    void judgesLengths();
    void findsCoroutineFaults_data();
    void findsCoroutineFaults();
};

void RulesTest::readsIncludes()
{
    const auto found
        = includesOf("#include <vector>\n  #  include \"core/a.h\" // <no>\n// #include <gone>\n"
                     "/*\n#include <gone>\n*/\nconst char* s = \"#include <gone>\";\n#if X\n#include <last>\n");
    const std::vector<Include> expected{{1, "vector", false}, {2, "core/a.h", true}, {9, "last", false}};
    QVERIFY(found == expected);
}

void RulesTest::blanksCommentsStringsAndDirectives()
{
    const std::string source = "a /* { */ b // {\n\"{\\\"{\" '{' 1'000'000 R\"x({\n{)x\" c\n#define M { \\\n {\nd";
    const std::string bare = bareCode(source);
    QCOMPARE(bare.size(), source.size());
    QVERIFY(bare.find('{') == std::string::npos);
    QVERIFY(bare.find("1'000'000") != std::string::npos);
    QCOMPARE(lineCount(bare), lineCount(source));
    QCOMPARE(bare.back(), 'd');
}

void RulesTest::readsRoomsAndFindsTheDeepest()
{
    const auto read = roomsOf("# ranks\ncore/run\ncore/run/provider\n\n");
    QVERIFY((read == std::vector<std::string>{"core/run", "core/run/provider"}));
    QCOMPARE(roomOf("core/run/provider/wire/a.h", read), std::string("core/run/provider"));
    QCOMPARE(roomOf("core/run/a.h", read), std::string("core/run"));
    QCOMPARE(roomOf("core/runtime/a.h", read), std::string());
}

void RulesTest::judgesIncludes_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char* path, const char* target, bool allowed) {
        QTest::addRow("%s %s", path, target) << path << target << allowed;
    };
    row("core/api/a.h", "core/domain/b.h", true);
    row("core/api/a.h", "core/api/b.h", true);
    row("core/domain/a.h", "core/api/b.h", false);
    row("core/base/a.h", "ui/kit/b.h", false);
    row("core/base/a.h", "core/nowhere/b.h", false);
    row("core/nowhere/a.h", "vector", false);
    row("core/base/a.h", "tests/base/b.h", false);
    row("core/base/a.h", "QString", false);
    row("core/base/a.h", "QtCore/QString", false);
    row("core/base/a.h", "qglobal.h", false);
    row("core/base/a.h", "Quotient.h", true);
    row("ui/kit/a.h", "QString", true);
    row("ui/kit/a.h", "core/base/text.h", false);
    row("ui/bridge/a.h", "core/base/text.h", true);
    row("ui/bridge/a.h", "core/store/database.h", false);
    row("ui/bridge/a.h", "QTcpSocket", false);
    row("ui/bridge/a.h", "QtSql/QSqlQuery", false);
    row("ui/bridge/a.h", "boost/asio/post.hpp", false);
    row("ui/bridge/a.h", "sqlite3.h", false);
    row("ui/bridge/a.h", "curl/curl.h", false);
    row("ui/bridge/a.h", "QThread", true);
    row("ui/screens/home/a.h", "QThread", false);
    row("ui/screens/home/a.h", "thread", false);
    row("ui/screens/home/a.h", "QtCharts/QChartView", false);
    row("ui/screens/home/a.h", "ui/kit/b.h", true);
    row("ui/screens/inbox/a.h", "ui/screens/home/b.h", false);
    row("ui/screens/inbox/a.h", "ui/screens/inbox/b.h", true);
    row("app/console/a.cpp", "ui/screens/home/b.h", true);
    row("app/ephor/a.cpp", "ui/kit/b.h", false);
    row("app/ephor/a.cpp", "QCoreApplication", false);
    row("app/ephor/a.cpp", "app/console/b.h", false);
    row("app/verify/a.cpp", "core/proof/b.h", true);
    row("app/verify/a.cpp", "core/domain/b.h", false);
    row("core/store/a.cpp", "sqlite3.h", true);
    row("core/run/connector/a.cpp", "sqlite3.h", true);
    row("core/demo/a.cpp", "sqlite3.h", true);
    row("core/proof/a.cpp", "sqlite3.h", false);
    row("core/http/a.cpp", "boost/beast/core.hpp", true);
    row("core/store/a.cpp", "boost/asio/post.hpp", false);
    row("core/store/a.cpp", "boost/describe.hpp", true);
}

void RulesTest::judgesIncludes()
{
    QFETCH(QString, path);
    QFETCH(QString, target);
    QFETCH(bool, allowed);
    QCOMPARE(faultsOf(qPrintable(path), qPrintable(target)), allowed ? 0U : 1U);
}

void RulesTest::namesTheIncludeAndTheReason()
{
    const auto faults = includeFaults("ui/kit/a.h", {{7, "sqlite3.h", false}}, rooms);
    QCOMPARE(faults.size(), 1U);
    QCOMPARE(faults[0],
        std::string("ui/kit/a.h:7 includes sqlite3.h, but the ui has no SQL and no socket; it asks the Backend."));
}

void RulesTest::asksForRootedNames()
{
    QCOMPARE(faultsOf("core/base/a.cpp", "a.h", true), 1U);
    QCOMPARE(faultsOf("core/base/a.cpp", "../store/a.h", true), 1U);
    QCOMPARE(faultsOf("ui/kit/a.cpp", "a.moc", true), 0U);
}

void RulesTest::findsFunctions()
{
    const auto found = functionsOf(R"(namespace a {
struct B {
    int value() const { return 1; }
    bool operator==(const B&) const = default;
};
const std::vector<B> table{
    {1},
};
Result<void> B::run(
    int count)
{
    if (count > 0) {
        call([] { return 1; });
    }
}
const auto twice = [](int a) {
    return 2 * a;
};
}
)");
    QCOMPARE(found.size(), 3U);
    QCOMPARE(found[0].name, std::string("value"));
    QCOMPARE(found[0].lines, 1U);
    QCOMPARE(found[1].name, std::string("B::run"));
    QCOMPARE(found[1].line, 9U);
    QCOMPARE(found[1].lines, 7U);
    QCOMPARE(found[2].lines, 3U);
}

void RulesTest::seesThroughMacrosAndInitialisers()
{
    const auto found = functionsOf(R"(DESCRIBE(A, (), (b))
struct A {
    Q_OBJECT
    Q_PROPERTY(int b READ b)
public:
    int b() const { return 2; }
    A(int a, int b) : m_a{a}, m_b{b} { go(); }
};
A::~A() { stop(); }
)");
    QCOMPARE(found.size(), 3U);
    QCOMPARE(found[0].name, std::string("b"));
    QCOMPARE(found[1].line, 7U);
    QCOMPARE(found[2].name, std::string("A::~A"));
}

void RulesTest::leavesTableRowsOut()
{
    const std::string source = "auto f()\n{\n    return T{\n" + repeated("        {\"a\", 1},\n", 90) + "    };\n}\n";
    const auto found = functionsOf(source);
    QCOMPARE(found.size(), 1U);
    QCOMPARE(found[0].lines, 5U);
    const auto raw = functionsOf("auto f()\n{\n    return R\"(\n" + repeated("text\n", 90) + ")\";\n}\n");
    QVERIFY(raw[0].lines < 8U);
}

void RulesTest::judgesLengths()
{
    QCOMPARE(lengthFaults("a.cpp", repeated("int a;\n", 600)).size(), 0U);
    QCOMPARE(lengthFaults("a.cpp", repeated("int a;\n", 601)).size(), 1U);
    QCOMPARE(lengthFaults("a.cpp", "void f()\n{\n" + repeated("    call();\n", 67) + "}\n").size(), 0U);
    const auto faults = lengthFaults("a.cpp", "void f()\n{\n" + repeated("    call();\n", 68) + "}\n");
    QCOMPARE(faults.size(), 1U);
    QVERIFY(faults[0].starts_with("a.cpp:1 f has 71 lines"));
}

void RulesTest::findsCoroutineFaults_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("faults");
    QTest::newRow("named") << "co_await send(request);" << 0;
    QTest::newRow("constructed") << "co_await send(Request(a, b));" << 0;
    QTest::newRow("temporary") << "co_await send(Request{a, b});" << 1;
    QTest::newRow("temporary of a template") << "auto x = co_await send(Pair<int, int>{a, b});" << 1;
    QTest::newRow("awaited temporary") << "co_await Sleep{1};" << 1;
    QTest::newRow("list") << "co_await send({a, b});" << 1;
    QTest::newRow("second argument") << "co_await send(a, {b});" << 1;
    QTest::newRow("switch") << "switch (co_await next(a)) { case 1: break; }" << 1;
    QTest::newRow("if") << "if (co_await next(a)) { go(); }" << 0;
    QTest::newRow("lambda") << "co_await post([x](int a) mutable { return T{a}; });" << 0;
    QTest::newRow("lambda with a type") << "co_await post([](int a) -> Result<int> { return {a}; });" << 0;
    QTest::newRow("comment") << "// co_await send({a})" << 0;
    QTest::newRow("after it") << "co_await send(a); f({1});" << 0;
}

void RulesTest::findsCoroutineFaults()
{
    QFETCH(QString, source);
    QFETCH(int, faults);
    QCOMPARE(static_cast<int>(coroutineFaults("a.cpp", source.toStdString()).size()), faults);
}

QTEST_GUILESS_MAIN(RulesTest)
#include "rules_test.moc"

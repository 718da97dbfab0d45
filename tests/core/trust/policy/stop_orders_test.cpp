#include "core/trust/policy/stop_orders.h"

#include "core/trust/policy/tightenings.h"

#include <QTest>

using namespace ephor;
using namespace ephor::policy;

namespace {

StopOrder stop(StopMode mode, const char* agent, const char* tool)
{
    return {"s1", mode, agent, tool, "Ines", "why", {}};
}

}

class StopOrdersTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void bitesWhereItShould_data();
    void bitesWhereItShould();
    void isPublishedOnlyWhenDurable();
};

void StopOrdersTest::bitesWhereItShould_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("agent");
    QTest::addColumn<QString>("tool");
    QTest::addColumn<bool>("run"); // refuses a new run of clerk
    QTest::addColumn<bool>("ends"); // ends a run of clerk
    QTest::addColumn<bool>("read"); // refuses clerk's look, a read
    QTest::addColumn<bool>("write"); // refuses clerk's pay, a write
    const auto row = [](const char* name, StopMode mode, const char* agent, const char* tool, bool run, bool ends,
                         bool read, bool write) {
        QTest::newRow(name) << int(mode) << QString(agent) << QString(tool) << run << ends << read << write;
    };
    row("all now", StopMode::Now, "", "", true, true, true, true);
    row("this agent now", StopMode::Now, "clerk", "", true, true, true, true);
    row("another agent now", StopMode::Now, "other", "", false, false, false, false);
    row("no new runs", StopMode::NoNewRuns, "", "", true, false, false, false);
    row("no writes", StopMode::NoWrites, "", "", false, false, false, true);
    row("one tool", StopMode::Now, "", "look", false, false, true, false);
    row("one tool, no writes", StopMode::NoWrites, "", "look", false, false, true, false);
}

void StopOrdersTest::bitesWhereItShould()
{
    QFETCH(int, mode);
    QFETCH(QString, agent);
    QFETCH(QString, tool);
    QFETCH(bool, run);
    QFETCH(bool, ends);
    QFETCH(bool, read);
    QFETCH(bool, write);
    const StopTable table({stop(StopMode(mode), qPrintable(agent), qPrintable(tool))});
    QCOMPARE(table.refusesRun("clerk") != nullptr, run);
    QCOMPARE(table.endsRun("clerk") != nullptr, ends);
    QCOMPARE(table.refusesCall("clerk", "look", SideEffect::Read) != nullptr, read);
    QCOMPARE(table.refusesCall("clerk", "pay", SideEffect::Write) != nullptr, write);
}

void StopOrdersTest::isPublishedOnlyWhenDurable()
{
    const auto database = store::Database::open({}, migrations());
    QVERIFY(database);
    StopOrders orders;
    const std::uint64_t before = orders.generation();
    const auto failed = (*database)->write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY_VOID(orders.set(transaction, stop(StopMode::Now, "", "")));
        return fail(ErrorKind::Invalid, "test", "taken back");
    });
    QVERIFY(!failed);
    QVERIFY(orders.table()->empty());
    QCOMPARE(orders.generation(), before);
    QVERIFY((*database)->write(
        [&](store::Transaction& transaction) { return orders.set(transaction, stop(StopMode::Now, "", "")); }));
    QVERIFY(!orders.table()->empty());
    StopOrders reopened;
    QVERIFY(reopened.load(**database));
    QCOMPARE(reopened.table()->orders().size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(StopOrdersTest)
#include "stop_orders_test.moc"

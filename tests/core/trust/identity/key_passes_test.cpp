#include "core/trust/identity/key_passes.h"

#include <QtTest>

using namespace ephor;
using namespace ephor::identity;

class KeyPassesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void recallsWhoWasKept();
    void aKeyExpiresByTheClock();
    void asksAgainAfterAWhile();
    void forgetsEverythingAtOnce();
    void refusesWhatWasLookedUpBefore();
};

namespace {

struct Desk {
    ManualClock clock{Instant(std::chrono::hours(1'000'000 / 24))};
    KeyPasses passes{clock};
    Principal agent;

    Desk()
    {
        agent.kind = PrincipalKind::Service;
        agent.id = "key:1";
        passes.keep("token", agent, clock.now() + std::chrono::seconds(10), passes.generation());
    }
};

}

void KeyPassesTest::recallsWhoWasKept()
{
    Desk desk;
    QVERIFY(desk.passes.recall("token"));
    QCOMPARE(desk.passes.recall("token")->id, std::string("key:1"));
    QVERIFY(!desk.passes.recall("another"));
    QVERIFY(!desk.passes.recall(""));
}

void KeyPassesTest::aKeyExpiresByTheClock()
{
    Desk desk;
    desk.clock.advance(std::chrono::seconds(10) - Duration(1));
    QVERIFY(desk.passes.recall("token"));
    desk.clock.advance(Duration(1));
    QVERIFY(!desk.passes.recall("token"));
}

void KeyPassesTest::asksAgainAfterAWhile()
{
    Desk desk;
    desk.passes.keep("long", desk.agent, desk.clock.now() + std::chrono::hours(24), desk.passes.generation());
    desk.clock.advance(KeyPasses::keptFor - Duration(1));
    QVERIFY(desk.passes.recall("long"));
    desk.clock.advance(Duration(1));
    QVERIFY(!desk.passes.recall("long"));
}

void KeyPassesTest::forgetsEverythingAtOnce()
{
    Desk desk;
    desk.passes.forget();
    QVERIFY(!desk.passes.recall("token"));
}

void KeyPassesTest::refusesWhatWasLookedUpBefore()
{
    Desk desk;
    const auto before = desk.passes.generation();
    desk.passes.forget();
    desk.passes.keep("token", desk.agent, desk.clock.now() + std::chrono::hours(1), before);
    QVERIFY(!desk.passes.recall("token"));
    desk.passes.keep("token", desk.agent, desk.clock.now() + std::chrono::hours(1), desk.passes.generation());
    QVERIFY(desk.passes.recall("token"));
}

QTEST_GUILESS_MAIN(KeyPassesTest)
#include "key_passes_test.moc"

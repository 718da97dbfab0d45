#include "core/change/lifecycle/policy_checks.h"
#include "core/run/route/releases.h"
#include "tests/core/change/evaluate/recorded_house.h"

#include <QTest>
#include <algorithm>

using namespace ephor;
using namespace ephor::evaluate::testing;

namespace {

/// A clock on which each look at it takes as long as is wanted.
class SlowClock final : public Clock {
public:
    SlowClock(Instant now, Duration look)
        : m_now(now)
        , m_look(look)
    {
    }
    Instant now() const override { return m_now; }
    Duration steady() const override { return m_steady += m_look; }
    bool simulated() const override { return true; }

private:
    Instant m_now;
    Duration m_look;
    mutable Duration m_steady{};
};

/// A change of the clerk's grants, with runs of today and of five days ago behind it.
class GrantChange {
public:
    GrantChange()
    {
        recorded.record({{"look", 5}});
        recorded.house.clock.advance(std::chrono::days(5));
        recorded.record({{"look", 7}});
        candidate = take(inProduction());
        std::erase_if(
            candidate.policies, [](const PolicyText& policy) { return policy.id.find("/look") != std::string::npos; });
        grants.resize(1);
    }

    CheckResult check(const Clock& clock, std::function<bool()> isWanted = [] { return true; })
    {
        const lifecycle::PolicyGround ground{
            *recorded.house.ledger, recorded.house.tightenings.table(), "production", recorded.house.clock.now()};
        return take(lifecycle::checkBacktest(*recorded.house.database,
            {candidate, {}, grants, [isWanted](const store::Snapshot&) { return isWanted(); }}, ground, clock));
    }

    RecordedHouse recorded;
    Release candidate;
    std::vector<GrantEdit> grants;

private:
    Result<Release> inProduction()
    {
        Release release;
        EPHOR_TRY_VOID(recorded.house.database->read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY(const auto serving, route::servingOf(snapshot, "clerk", "production"));
            EPHOR_TRY(release, route::release(snapshot, serving->production));
            return {};
        }));
        return release;
    }
};

}

/// The check "Backtest" of a change: what it says, when it ends early, and that it ends when nobody wants it any more.
class BacktestCheckTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyDayIsJudged();
    void itEndsInTheTimeThereIs();
    void withdrawingEndsIt();
    void whatMovesNoRuleIsNotJudged();
};

void BacktestCheckTest::everyDayIsJudged()
{
    GrantChange change;
    const CheckResult check = change.check(SlowClock(change.recorded.house.clock.now(), Duration(0)));
    QVERIFY(check.passed);
    QCOMPARE(check.detail,
        std::string("2 of the 2 calls of the last 30 days would have got another verdict: 0 looser, 2 stricter."));
}

void BacktestCheckTest::itEndsInTheTimeThereIs()
{
    GrantChange change;
    const CheckResult check
        = change.check(SlowClock(change.recorded.house.clock.now(), lifecycle::longestBacktest / 2));
    QVERIFY2(check.detail.starts_with("1 of the 1 call of the last 2 days"), check.detail.c_str());
    QVERIFY2(check.detail.find("was not judged in the time there was") != std::string::npos, check.detail.c_str());
}

void BacktestCheckTest::withdrawingEndsIt()
{
    GrantChange change;
    int asked = 0;
    const CheckResult check
        = change.check(SlowClock(change.recorded.house.clock.now(), Duration(0)), [&asked] { return ++asked < 2; });
    QCOMPARE(asked, 2);
    QVERIFY2(check.detail.starts_with("1 of the 1 call"), check.detail.c_str());
}

void BacktestCheckTest::whatMovesNoRuleIsNotJudged()
{
    GrantChange change;
    change.grants.clear();
    int asked = 0;
    const CheckResult check
        = change.check(SlowClock(change.recorded.house.clock.now(), Duration(0)), [&asked] { return ++asked > 0; });
    QCOMPARE(asked, 0);
    QCOMPARE(check.detail, std::string("No rule moves."));
}

QTEST_GUILESS_MAIN(BacktestCheckTest)
#include "backtest_check_test.moc"

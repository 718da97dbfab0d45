#include <QtTest>

#include "core/trust/identity/login_throttle.h"

using namespace ephor;
using namespace ephor::identity;

class LoginThrottleTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void fiveFailuresWaitAMinute()
    {
        ManualClock clock(Instant(std::chrono::hours(1)));
        LoginThrottle throttle(clock);
        for (std::size_t i = 0; i < LoginThrottle::largestFailures; ++i)
            QVERIFY(throttle.begin("ada"));
        const auto refused = throttle.begin("ada");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("session.too-many-failures"));
        QCOMPARE(refused.error().fields.front().second, std::string("60"));
        QVERIFY(throttle.begin("bob"));
        clock.advance(std::chrono::seconds(59));
        QVERIFY(!throttle.begin("ada"));
        clock.advance(std::chrono::seconds(1));
        QVERIFY(throttle.begin("ada"));
    }

    void waitingDoesNotProlongTheWait()
    {
        ManualClock clock(Instant(std::chrono::hours(1)));
        LoginThrottle throttle(clock);
        for (std::size_t i = 0; i < LoginThrottle::largestFailures; ++i)
            QVERIFY(throttle.begin("ada"));
        for (int i = 0; i < 59; ++i) {
            clock.advance(std::chrono::seconds(1));
            QVERIFY(!throttle.begin("ada"));
        }
        clock.advance(std::chrono::seconds(1));
        QVERIFY(throttle.begin("ada"));
    }

    void slowFailuresAreForgotten()
    {
        ManualClock clock(Instant(std::chrono::hours(1)));
        LoginThrottle throttle(clock);
        for (int i = 0; i < 50; ++i) {
            QVERIFY(throttle.begin("ada"));
            clock.advance(std::chrono::seconds(16));
        }
    }

    void successForgetsFailures()
    {
        ManualClock clock(Instant(std::chrono::hours(1)));
        LoginThrottle throttle(clock);
        for (int round = 0; round < 5; ++round) {
            for (std::size_t i = 1; i < LoginThrottle::largestFailures; ++i)
                QVERIFY(throttle.begin("ada"));
            auto attempt = throttle.begin("ada");
            QVERIFY(attempt);
            attempt->succeeded();
        }
    }

    void manyAtOnceGainNothing()
    {
        ManualClock clock(Instant(std::chrono::hours(1)));
        LoginThrottle throttle(clock);
        std::vector<LoginThrottle::Attempt> running;
        for (;;) {
            auto attempt = throttle.begin("ada");
            if (!attempt)
                break;
            running.push_back(std::move(*attempt));
        }
        QCOMPARE(running.size(), LoginThrottle::largestFailures);
    }

    void comparisonsAtOnceAreLimited()
    {
        ManualClock clock(Instant(std::chrono::hours(1)));
        LoginThrottle throttle(clock);
        std::vector<LoginThrottle::Attempt> running;
        for (std::size_t i = 0; i < LoginThrottle::largestConcurrent; ++i) {
            auto attempt = throttle.begin("person" + std::to_string(i));
            QVERIFY(attempt);
            running.push_back(std::move(*attempt));
        }
        const auto refused = throttle.begin("one more");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, std::string("session.busy"));
        running.pop_back();
        QVERIFY(throttle.begin("one more"));
    }

    void memoryIsBounded()
    {
        ManualClock clock(Instant(std::chrono::hours(1)));
        LoginThrottle throttle(clock);
        for (std::size_t i = 0; i < LoginThrottle::largestFailures; ++i)
            QVERIFY(throttle.begin("first"));
        for (std::size_t i = 0; i < LoginThrottle::largestLogins; ++i) {
            clock.advance(Duration(1));
            QVERIFY(throttle.begin("login" + std::to_string(i)));
        }
        QVERIFY(throttle.begin("first")); // tried longest ago, so it was the one forgotten
    }
};

QTEST_GUILESS_MAIN(LoginThrottleTest)
#include "login_throttle_test.moc"

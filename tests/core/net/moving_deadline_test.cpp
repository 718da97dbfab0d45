#include "core/net/moving_deadline.h"

#include <QtTest>
#include <boost/asio/io_context.hpp>

using namespace ephor::net;
using namespace std::chrono_literals;

// The loop runs until it has nothing to wait for, so no test needs to know how long that took.
class MovingDeadlineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isReached();
    void liftedIsNotReached();
    void laterReplacesEarlier();
    void earlierReplacesLater();
    void closedLetsTheLoopEnd();
    void mayBeSetAnewWhenReached();

private:
    boost::asio::io_context m_loop;
    int m_reached = 0;
    void run()
    {
        m_loop.restart();
        m_loop.run();
    }
    void init() { m_reached = 0; }
};

void MovingDeadlineTest::isReached()
{
    init();
    MovingDeadline deadline(m_loop.get_executor(), [this] { ++m_reached; });
    deadline.set(1ms);
    run();
    QCOMPARE(m_reached, 1);
}

void MovingDeadlineTest::liftedIsNotReached()
{
    init();
    MovingDeadline deadline(m_loop.get_executor(), [this] { ++m_reached; });
    deadline.set(1ms);
    deadline.lift();
    run();
    QCOMPARE(m_reached, 0);
}

void MovingDeadlineTest::laterReplacesEarlier()
{
    init();
    MovingDeadline deadline(m_loop.get_executor(), [this] { ++m_reached; });
    deadline.set(1ms);
    deadline.set(2ms);
    run();
    QCOMPARE(m_reached, 1);
}

void MovingDeadlineTest::earlierReplacesLater()
{
    init();
    MovingDeadline deadline(m_loop.get_executor(), [this, &deadline] {
        ++m_reached;
        deadline.close();
    });
    deadline.set(1h);
    deadline.set(1ms);
    run();
    QCOMPARE(m_reached, 1);
}

void MovingDeadlineTest::closedLetsTheLoopEnd()
{
    init();
    MovingDeadline deadline(m_loop.get_executor(), [this] { ++m_reached; });
    deadline.set(1h);
    deadline.close();
    run();
    QCOMPARE(m_reached, 0);
}

void MovingDeadlineTest::mayBeSetAnewWhenReached()
{
    init();
    std::unique_ptr<MovingDeadline> deadline;
    deadline = std::make_unique<MovingDeadline>(m_loop.get_executor(), [&] {
        if (++m_reached < 3)
            deadline->set(1ms);
        else
            deadline.reset();
    });
    deadline->set(1ms);
    run();
    QCOMPARE(m_reached, 3);
    QVERIFY(!deadline);
}

QTEST_GUILESS_MAIN(MovingDeadlineTest)
#include "moving_deadline_test.moc"

#include "core/base/background_thread.h"

#include <QtTest>
#include <sched.h>
#include <thread>

class BackgroundThreadTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void onlyTheThreadThatAsksIsInterrupted()
    {
        int asking = -1;
        int other = -1;
        std::thread([&] {
            ephor::letOthersInterrupt();
            asking = ::sched_getscheduler(0);
        }).join();
        std::thread([&] { other = ::sched_getscheduler(0); }).join();
        QCOMPARE(asking, SCHED_BATCH);
        QCOMPARE(other, SCHED_OTHER);
        QCOMPARE(::sched_getscheduler(0), SCHED_OTHER);
    }
};

QTEST_GUILESS_MAIN(BackgroundThreadTest)
#include "background_thread_test.moc"

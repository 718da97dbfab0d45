#include "core/http/worker_pool.h"

#include <QtTest>
#include <atomic>
#include <future>
#include <thread>

using namespace ephor::http;

class WorkerPoolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyJobRunsOnce()
    {
        constexpr int senders = 4;
        constexpr int each = 500;
        std::atomic<int> ran = 0;
        std::promise<void> all;
        WorkerPool pool(3, senders * each);
        std::vector<std::thread> threads;
        for (int i = 0; i < senders; ++i) {
            threads.emplace_back([&] {
                for (int job = 0; job < each; ++job)
                    QVERIFY(pool.submit([&] {
                        if (++ran == senders * each)
                            all.set_value();
                    }));
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        all.get_future().wait();
        pool.stop();
        QCOMPARE(ran.load(), senders * each);
    }

    // Jobs that wait for each other show that each has a thread of its own.
    void blockedJobsDoNotHoldUpOthers()
    {
        WorkerPool pool(2, 8);
        std::promise<void> first;
        std::promise<void> second;
        QVERIFY(pool.submit([&, released = second.get_future().share()] {
            released.wait();
            first.set_value();
        }));
        QVERIFY(pool.submit([&] { second.set_value(); }));
        first.get_future().wait();
    }

    void aFullQueueRefuses()
    {
        std::promise<void> begun;
        std::promise<void> release;
        WorkerPool pool(1, 2);
        QVERIFY(pool.submit([&, released = release.get_future().share()] {
            begun.set_value();
            released.wait();
        }));
        begun.get_future().wait();
        QVERIFY(pool.submit([] { }));
        QVERIFY(pool.submit([] { }));
        QVERIFY(!pool.submit([] { }));
        release.set_value();
    }

    void stoppingDropsWhatOnlyWaited()
    {
        std::promise<void> begun;
        std::promise<void> release;
        std::atomic<int> ran = 0;
        WorkerPool pool(1, 1'000'000);
        QVERIFY(pool.submit([&, released = release.get_future().share()] {
            begun.set_value();
            released.wait();
            ++ran;
        }));
        begun.get_future().wait();
        QVERIFY(pool.submit([&] { ++ran; }));
        std::thread stopping([&] { pool.stop(); });
        // Refused from the moment on at which it stops, which is before it waits.
        while (pool.submit([&] { ++ran; }))
            std::this_thread::yield();
        release.set_value();
        stopping.join();
        QCOMPARE(ran.load(), 1);
        pool.stop();
        QVERIFY(!pool.submit([] { }));
    }
};

QTEST_GUILESS_MAIN(WorkerPoolTest)
#include "worker_pool_test.moc"

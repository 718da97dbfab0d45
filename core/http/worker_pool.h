#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ephor::http {

/// Threads for work that blocks, with a queue that ends. Of those that rest the one that worked last is woken: what it
/// needs is still in the caches, and the others are only there for when work blocks. Thread-safe.
class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t queueLimit);
    ~WorkerPool();

    /// False when the queue is full or the pool has stopped: the job was not taken.
    bool submit(std::function<void()> job);
    /// Waits for the jobs that run; those that only waited are dropped.
    void stop();

private:
    struct Rest {
        std::condition_variable wake;
        bool called = false;
    };
    void work();

    std::mutex m_mutex;
    std::vector<Rest*> m_resting; ///< each on its thread's stack; whoever calls one takes it out
    std::deque<std::function<void()>> m_jobs;
    std::size_t m_queueLimit;
    bool m_stopped = false;
    std::vector<std::thread> m_threads;
};

}

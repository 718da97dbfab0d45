#include "core/http/worker_pool.h"

namespace ephor::http {

WorkerPool::WorkerPool(std::size_t threads, std::size_t queueLimit)
    : m_queueLimit(queueLimit)
{
    for (std::size_t i = 0; i < std::max<std::size_t>(threads, 1); ++i)
        m_threads.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool()
{
    stop();
}

bool WorkerPool::submit(std::function<void()> job)
{
    const std::lock_guard lock(m_mutex);
    if (m_stopped || m_jobs.size() >= m_queueLimit)
        return false;
    m_jobs.push_back(std::move(job));
    if (!m_resting.empty()) {
        Rest& called = *m_resting.back();
        m_resting.pop_back();
        called.called = true;
        // Under the lock: once it knows that it was called, its thread may be gone.
        called.wake.notify_one();
    }
    return true;
}

void WorkerPool::stop()
{
    std::deque<std::function<void()>> dropped;
    {
        const std::lock_guard lock(m_mutex);
        m_stopped = true;
        dropped.swap(m_jobs);
        for (Rest* const resting : m_resting)
            resting->wake.notify_one();
        m_resting.clear();
    }
    for (std::thread& thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
}

void WorkerPool::work()
{
    Rest rest;
    for (;;) {
        std::function<void()> job;
        {
            std::unique_lock lock(m_mutex);
            while (!m_stopped && m_jobs.empty()) {
                rest.called = false;
                m_resting.push_back(&rest);
                rest.wake.wait(lock, [&] { return rest.called || m_stopped; });
            }
            if (m_stopped)
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        job();
    }
}

}

#include "core/net/event_loop.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>
#include <vector>

namespace ephor::net {

namespace {

// Two threads on two cores wake each other for every event and wait for the lock of their queue: four more changes of
// thread in a request. More than two find nothing to do, since what takes long is done elsewhere.
unsigned threadsFor(unsigned wanted)
{
    return wanted != 0 ? wanted : std::clamp(std::thread::hardware_concurrency() / 2, 1U, 2U);
}

}

struct EventLoop::State {
    explicit State(unsigned threadCount)
        : context(int(threadCount))
        , work(context.get_executor())
    {
    }
    boost::asio::io_context context;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
    std::vector<std::thread> threads;
    std::atomic<bool> running{true};
};

EventLoop::EventLoop(unsigned threads)
    : m_state(std::make_unique<State>(threadsFor(threads)))
{
    for (unsigned i = 0; i < threadsFor(threads); ++i)
        m_state->threads.emplace_back([state = m_state.get()] { state->context.run(); });
}

EventLoop::~EventLoop()
{
    stop();
}

boost::asio::io_context& EventLoop::context()
{
    return m_state->context;
}

bool EventLoop::isLoopThread() const
{
    return m_state->context.get_executor().running_in_this_thread();
}

bool EventLoop::isRunning() const
{
    return m_state->running;
}

void EventLoop::stop()
{
    m_state->running = false;
    m_state->work.reset();
    m_state->context.stop();
    for (std::thread& thread : m_state->threads) {
        if (thread.joinable())
            thread.join();
    }
}

}

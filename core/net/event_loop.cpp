#include "core/net/event_loop.h"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>
#include <vector>

namespace ephor::net {

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
    : m_state(std::make_unique<State>(std::max(threads, 1U)))
{
    for (unsigned i = 0; i < std::max(threads, 1U); ++i)
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

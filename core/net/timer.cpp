#include "core/net/timer.h"

#include "core/net/event_loop.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

namespace ephor::net {

namespace {

class LoopWait final : public Cancellable, public std::enable_shared_from_this<LoopWait> {
public:
    LoopWait(boost::asio::io_context& context, std::function<void()> then)
        : m_timer(boost::asio::make_strand(context))
        , m_then(std::move(then))
    {
    }
    void start(Duration wait)
    {
        m_timer.expires_after(wait);
        m_timer.async_wait([self = shared_from_this()](const boost::system::error_code& error) { self->end(!error); });
    }
    void cancel() override
    {
        m_cancelled = true;
        boost::asio::post(m_timer.get_executor(), [self = shared_from_this()] { self->m_timer.cancel(); });
    }

private:
    void end(bool elapsed)
    {
        const std::function<void()> then = std::exchange(m_then, nullptr);
        if (elapsed && !m_cancelled)
            then();
    }

    boost::asio::steady_timer m_timer;
    std::function<void()> m_then;
    std::atomic<bool> m_cancelled{false};
};

class LoopTimer final : public Timer {
public:
    explicit LoopTimer(EventLoop& loop)
        : m_loop(loop)
    {
    }
    std::shared_ptr<Cancellable> after(Duration wait, std::function<void()> then) override
    {
        auto started = std::make_shared<LoopWait>(m_loop.context(), std::move(then));
        started->start(wait);
        return started;
    }

private:
    EventLoop& m_loop;
};

class PassedWait final : public Cancellable {
public:
    void cancel() override { }
};

}

std::unique_ptr<Timer> makeLoopTimer(EventLoop& loop)
{
    return std::make_unique<LoopTimer>(loop);
}

std::shared_ptr<Cancellable> ManualTimer::after(Duration wait, std::function<void()> then)
{
    m_clock.advance(wait);
    then();
    return std::make_shared<PassedWait>();
}

}

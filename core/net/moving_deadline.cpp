#include "core/net/moving_deadline.h"

#include <boost/asio/steady_timer.hpp>
#include <optional>

namespace ephor::net {

struct MovingDeadline::State : std::enable_shared_from_this<MovingDeadline::State> {
    using Moment = std::chrono::steady_clock::time_point;

    State(const boost::asio::any_io_executor& executor, std::function<void()> reached)
        : timer(executor)
        , onReached(std::move(reached))
    {
    }

    void waitUntil(Moment moment)
    {
        waiting = moment;
        const std::uint64_t mine = ++waits;
        timer.expires_at(moment);
        timer.async_wait([self = shared_from_this(), mine](const boost::system::error_code&) {
            // One that was replaced by an earlier one ends too.
            if (mine == self->waits)
                self->ended();
        });
    }

    void ended()
    {
        waiting.reset();
        if (!due)
            return;
        if (std::chrono::steady_clock::now() < *due)
            return waitUntil(*due);
        due.reset();
        // What it does may end the owner, and with it the function.
        const auto reached = onReached;
        reached();
    }

    boost::asio::steady_timer timer;
    std::function<void()> onReached;
    std::optional<Moment> due;
    std::optional<Moment> waiting; ///< until when the timer runs
    std::uint64_t waits = 0;
};

MovingDeadline::MovingDeadline(const boost::asio::any_io_executor& executor, std::function<void()> onReached)
    : m_state(std::make_shared<State>(executor, std::move(onReached)))
{
}

MovingDeadline::~MovingDeadline()
{
    close();
}

void MovingDeadline::set(std::chrono::milliseconds fromNow)
{
    const auto due = std::chrono::steady_clock::now() + fromNow;
    m_state->due = due;
    if (!m_state->waiting || due < *m_state->waiting)
        m_state->waitUntil(due);
}

void MovingDeadline::lift()
{
    m_state->due.reset();
}

void MovingDeadline::close()
{
    // Whoever closed it on its sequence may leave it to another thread to destroy, while the ended wait is still told.
    if (!m_state->due && !m_state->waiting)
        return;
    m_state->due.reset();
    ++m_state->waits;
    m_state->waiting.reset();
    m_state->timer.cancel();
}

}

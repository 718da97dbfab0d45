#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <functional>
#include <memory>

namespace ephor::net {

/// A deadline that is moved with every request and hardly ever reached. Setting it later than it was, or lifting it,
/// costs nothing but a note: the timer that runs already looks again when it ends. Used on one executor's sequence;
/// once closed there, it may be destroyed on any thread.
class MovingDeadline {
public:
    /// `onReached` runs on `executor`; it may set the deadline anew.
    MovingDeadline(const boost::asio::any_io_executor& executor, std::function<void()> onReached);
    /// Nothing is called any more.
    ~MovingDeadline();
    MovingDeadline(const MovingDeadline&) = delete;
    MovingDeadline& operator=(const MovingDeadline&) = delete;

    void set(std::chrono::milliseconds fromNow);
    void lift();
    /// Lifts it for good and ends the timer, which else would keep the loop waiting.
    void close();

private:
    struct State;
    std::shared_ptr<State> m_state;
};

}

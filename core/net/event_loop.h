#pragma once

#include <memory>

namespace boost::asio {
class io_context;
}

namespace ephor::net {

/// The threads that carry all network traffic. Everything that uses it must be gone, or idle, before it is destroyed.
class EventLoop {
public:
    /// Starts the threads at once; 0: as many as suit the machine.
    explicit EventLoop(unsigned threads = 1);
    /// Stops, as `stop` does.
    ~EventLoop();
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// For files that include Asio.
    boost::asio::io_context& context();
    /// True on one of the loop's threads: there nothing may wait for the loop.
    bool isLoopThread() const;
    /// False once `stop` was called.
    bool isRunning() const;
    /// Ends the threads after the handlers they are in; what was still to come is dropped. Not from a loop thread.
    void stop();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}

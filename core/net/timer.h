#pragma once

#include "core/base/clock.h"
#include "core/net/cancellable.h"

#include <functional>
#include <memory>

namespace ephor::net {

class EventLoop;

/// Waiting as a thing that is handed in, so that made-up time can pass without being slept. Thread-safe.
class Timer {
public:
    virtual ~Timer() = default;
    /// Calls `then` once, after the wait; never after a cancel that came before. The caller keeps the handle only to
    /// cancel.
    virtual std::shared_ptr<Cancellable> after(Duration wait, std::function<void()> then) = 0;
};

/// Waits on the loop; `then` runs on one of its threads.
std::unique_ptr<Timer> makeLoopTimer(EventLoop& loop);

/// Waits by moving a clock of its own on: `then` runs before `after` returns.
class ManualTimer final : public Timer {
public:
    explicit ManualTimer(ManualClock& clock)
        : m_clock(clock)
    {
    }
    std::shared_ptr<Cancellable> after(Duration wait, std::function<void()> then) override;

private:
    ManualClock& m_clock;
};

}

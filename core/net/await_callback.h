#pragma once

#include "core/net/cancellable.h"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/defer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <mutex>

namespace ephor::net {

/// Carries a cancellation to work whose handle comes only after it has begun, and may be on its way to its end by then.
class CancelRelay {
public:
    void cancel()
    {
        std::shared_ptr<Cancellable> work;
        {
            const std::lock_guard lock(m_mutex);
            m_cancelled = true;
            work = m_work;
        }
        if (work)
            work->cancel();
    }
    void attach(std::shared_ptr<Cancellable> work)
    {
        bool cancelled = false;
        {
            const std::lock_guard lock(m_mutex);
            m_work = work;
            cancelled = m_cancelled;
        }
        if (cancelled && work)
            work->cancel();
    }

private:
    std::mutex m_mutex;
    std::shared_ptr<Cancellable> m_work;
    bool m_cancelled = false;
};

/// What `awaitCallback` runs in place of the coroutine. Use that.
template <class Outcome, class Start> class CallbackInitiation {
public:
    explicit CallbackInitiation(Start start)
        : m_start(std::move(start))
    {
    }
    template <class Handler> void operator()(Handler&& handler)
    {
        using Held = std::decay_t<Handler>;
        const auto held = std::make_shared<Held>(std::forward<Handler>(handler));
        const auto relay = std::make_shared<CancelRelay>();
        const auto executor = boost::asio::get_associated_executor(*held);
        if (auto slot = boost::asio::get_associated_cancellation_slot(*held); slot.is_connected())
            slot.assign([relay](boost::asio::cancellation_type_t) { relay->cancel(); });
        relay->attach(m_start([held, executor](Outcome outcome) {
            const auto kept = std::make_shared<Outcome>(std::move(outcome));
            // On the loop's own thread it comes next there, without waking another for it.
            boost::asio::defer(executor, [held, kept] {
                if (auto slot = boost::asio::get_associated_cancellation_slot(*held); slot.is_connected())
                    slot.clear();
                std::move (*held)(std::move(*kept));
            });
        }));
    }

private:
    Start m_start;
};

/// Waits in a coroutine for work that ends with a callback. `start` is called with the callback, of type
/// std::function<void(Outcome)>, which it must see called exactly once, on any thread; it returns a handle to cancel
/// by. The coroutine goes on under its own executor; when it is cancelled, the work is, and reports so as its outcome.
/// Name the awaitable before awaiting it: `auto waiting = awaitCallback<...>(...); auto outcome = co_await
/// std::move(waiting);`
template <class Outcome, class Start> boost::asio::awaitable<Outcome> awaitCallback(Start start)
{
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>&, void(Outcome)>(
        CallbackInitiation<Outcome, Start>(std::move(start)), boost::asio::use_awaitable);
}

}

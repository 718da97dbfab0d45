#pragma once

#include "ui/bridge/session.h"

#include <QPointer>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>

namespace ephor::ui {

/// Most calls that run at once; more wait their turn. Every call blocks a thread, and the backend has one writer.
constexpr int largestConcurrentRequests = 6;

/// A request under way. Copies name the same request; destroying the handle changes nothing.
class RequestHandle {
public:
    RequestHandle() = default;

    /// Its answer will not be delivered. A call that has begun is not interrupted.
    void cancel();
    /// Neither delivered, cancelled nor dropped.
    bool isPending() const;

private:
    friend class RequestRunner;
    struct State;
    std::shared_ptr<State> m_state;
};

/// Runs work on the threads of the bridge and delivers on the UI thread. The templates below are what to use.
class RequestRunner {
public:
    /// `work` runs off the UI thread, then `deliver` on it, unless `owner` is gone or the handle was cancelled.
    /// `failure`, called on the UI thread, names what went wrong for the session's own book-keeping. Both functions
    /// are destroyed on the UI thread.
    static RequestHandle run(QObject* owner, Session& session, std::function<void()> work,
        std::function<const Error*()> failure, std::function<void()> deliver, Waiting waiting = Waiting::page);
    /// Runs work nobody waits for.
    static void detach(std::function<void()> work);
    /// Waits until nothing runs; for the end of the program, before the backend goes. False when something still ran
    /// after that time (negative: without end).
    static bool drain(int milliseconds = -1);
};

/// Calls `Op` off the UI thread and gives `done` the answer on it. `done` is not called when `owner` is gone by then or
/// the handle was cancelled.
///
///     request<ListRuns>(this, session, {.filter = filter}, [this](Result<ListRuns::Response> answer) { ... });
template <class Op>
RequestHandle request(QObject* owner, Session& session, typename Op::Request ask,
    std::type_identity_t<std::function<void(Result<typename Op::Response>)>> done, std::string idempotencyKey = {},
    Waiting waiting = Waiting::page)
{
    using Answer = Result<typename Op::Response>;
    const auto answer = std::make_shared<std::optional<Answer>>();
    CallContext context = session.context();
    context.idempotencyKey = std::move(idempotencyKey);
    return RequestRunner::run(
        owner, session,
        [backend = session.backend(), context = std::move(context), ask = std::move(ask), answer] {
            answer->emplace(backend->call<Op>(ask, context));
        },
        [answer]() -> const Error* { return answer->has_value() && !**answer ? &(*answer)->error() : nullptr; },
        [answer, done = std::move(done)] { done(std::move(**answer)); }, waiting);
}

/// The newest of a row of requests: what a screen keeps for each thing it shows, so that a slow old answer never
/// overwrites a newer one. Destroying it drops what is under way.
class Latest {
public:
    Latest() = default;
    Latest(const Latest&) = delete;
    Latest& operator=(const Latest&) = delete;
    ~Latest() { m_handle.cancel(); }

    /// Drops the request before and starts this one.
    template <class Op>
    void request(QObject* owner, Session& session, typename Op::Request ask,
        std::type_identity_t<std::function<void(Result<typename Op::Response>)>> done, Waiting waiting = Waiting::page)
    {
        m_handle.cancel();
        m_handle = ui::request<Op>(owner, session, std::move(ask), std::move(done), {}, waiting);
    }
    void cancel() { m_handle.cancel(); }
    bool isPending() const { return m_handle.isPending(); }

private:
    RequestHandle m_handle;
};

}

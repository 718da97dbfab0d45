#pragma once

#include "core/api/backend.h"
#include "core/api/session.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ephor::ui::test {

/// A backend whose answers a test writes. Thread-safe like every backend; answers run on the caller's thread, which for
/// requests is a thread of the bridge: capture values, or read what they wrote after the request settled.
///
///     auto backend = std::make_shared<ScriptedBackend>();
///     backend->answer<ListRuns>([](const ListRuns::Request&) -> Result<ListRuns::Response> { return ...; });
///     Session session(backend, "token", officerSession());
///     ...
///     settle(session);            // ui_support.h: waits until nothing is under way
class ScriptedBackend : public Backend {
public:
    ~ScriptedBackend() override;

    /// `function(const Op::Request&)`, optionally with `const CallContext&`, gives a Result<Op::Response> or a
    /// Response.
    template <class Op, class Function> void answer(Function function)
    {
        remembers<Op>();
        put(Op::operation.name,
            [function](const void* request, void* response, const CallContext& context) -> Result<void> {
                const auto& ask = *static_cast<const typename Op::Request*>(request);
                Result<typename Op::Response> given = [&]() -> Result<typename Op::Response> {
                    if constexpr (std::is_invocable_v<Function, const typename Op::Request&, const CallContext&>)
                        return function(ask, context);
                    else
                        return function(ask);
                }();
                if (!given)
                    return std::unexpected<Error>(std::move(given).error());
                *static_cast<typename Op::Response*>(response) = std::move(*given);
                return {};
            });
    }
    /// Always this answer.
    template <class Op> void give(typename Op::Response response)
    {
        answer<Op>([response](const typename Op::Request&) -> Result<typename Op::Response> { return response; });
    }
    /// Always this failure.
    template <class Op> void failWith(Error error)
    {
        answer<Op>([error](const typename Op::Request&) -> Result<typename Op::Response> { return fail(error); });
    }

    /// Calls of `Op` wait until `release` of it: what a slow answer looks like without sleeping.
    template <class Op> void hold() { setHeld(Op::operation.name, true); }
    template <class Op> void release() { setHeld(Op::operation.name, false); }
    /// Waits until a call of `Op` is being held.
    template <class Op> void waitForHeld() { waitHeld(Op::operation.name); }
    /// Everything answers that the backend cannot be reached, until undone.
    void setUnreachable(bool unreachable);

    /// How often `Op` was asked.
    template <class Op> int calls() const { return countOf(Op::operation.name); }
    /// The last request of an `Op` that has an answer; its default where there was none.
    template <class Op> typename Op::Request lastRequest() const
    {
        const std::shared_ptr<void> last = lastOf(Op::operation.name);
        return last ? *static_cast<const typename Op::Request*>(last.get()) : typename Op::Request{};
    }

    /// Sends an event to every subscription, on this thread.
    void push(const Event& event);
    void push(Topic topic, std::string kind = "changed", std::string id = {});
    /// Sends to whoever follows the run.
    void pushRun(const RunEvent& event);
    int subscriptions() const;

    Result<void> invoke(
        const OperationType& operation, const void* request, void* response, const CallContext& context) override;
    Result<std::unique_ptr<RunHandle>> start(const StartRun::Request& request, const CallContext& context,
        std::function<void(const RunEvent&)> onEvent) override;
    Result<std::unique_ptr<Subscription>> follow(const std::string& run, std::uint64_t after,
        const CallContext& context, std::function<void(const RunEvent&)> onEvent) override;
    Result<std::unique_ptr<Subscription>> subscribe(
        const TopicSet& topics, const CallContext& context, std::function<void(const Event&)> onEvent) override;

private:
    using Answer = std::function<Result<void>(const void*, void*, const CallContext&)>;
    struct Feeds;

    template <class Op> void remembers()
    {
        const std::lock_guard lock(m_mutex);
        m_copiers.insert_or_assign(std::string(Op::operation.name), [](const void* request) -> std::shared_ptr<void> {
            return std::make_shared<typename Op::Request>(*static_cast<const typename Op::Request*>(request));
        });
    }
    void put(std::string_view name, Answer answer);
    void remember(const std::string& name, const OperationType& operation, const void* request);
    void setHeld(std::string_view name, bool held);
    void waitHeld(std::string_view name);
    int countOf(std::string_view name) const;
    std::shared_ptr<void> lastOf(std::string_view name) const;
    mutable std::mutex m_mutex;
    std::condition_variable m_moved;
    std::map<std::string, Answer, std::less<>> m_answers;
    std::map<std::string, std::function<std::shared_ptr<void>(const void*)>, std::less<>> m_copiers;
    std::map<std::string, bool, std::less<>> m_held;
    std::map<std::string, int, std::less<>> m_waiting;
    std::map<std::string, int, std::less<>> m_counts;
    std::map<std::string, std::shared_ptr<void>, std::less<>> m_last;
    bool m_unreachable = false;
    std::shared_ptr<Feeds> m_feeds = makeFeeds();
    static std::shared_ptr<Feeds> makeFeeds();
};

}

#pragma once

#include "core/api/backend.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace ephor::tests {

// What a test waits for at most; reached only when something is broken.
constexpr std::chrono::seconds patience{20};

/// A Backend whose answers a test writes. Runs and their events are kept, so that they can be followed.
class FakeBackend final : public Backend {
public:
    using Invoke = std::function<Result<void>(const OperationType&, const void*, void*, const CallContext&)>;
    Invoke onInvoke; ///< nothing set: not found
    std::optional<Error> refuseRuns;
    std::optional<Error> refuseStreams;
    std::vector<RunEvent> script; ///< said at once by every run, before `start` returns
    StartRun::Request lastRun;
    CallContext lastContext;

    Result<void> invoke(
        const OperationType& operation, const void* request, void* response, const CallContext& context) override
    {
        {
            const std::lock_guard lock(m_mutex);
            lastContext = context;
        }
        if (!onInvoke)
            return fail(ErrorKind::NotFound, "fake.nothing", "Nothing is scripted.");
        return onInvoke(operation, request, response, context);
    }

    Result<std::unique_ptr<RunHandle>> start(const StartRun::Request& request, const CallContext& context,
        std::function<void(const RunEvent&)> onEvent) override
    {
        std::string run;
        std::uint64_t listener = 0;
        {
            const std::lock_guard lock(m_mutex);
            lastRun = request;
            lastContext = context;
            if (refuseRuns)
                return fail(*refuseRuns);
            run = "run-" + std::to_string(++m_runs);
            listener = ++m_listeners;
            m_stories[run].listeners[listener] = std::move(onEvent);
        }
        m_changed.notify_all();
        for (const RunEvent& event : script)
            say(run, event.kind, event.text, event.data.text);
        return std::make_unique<Handle>(*this, run, listener);
    }

    Result<std::unique_ptr<Subscription>> follow(const std::string& run, std::uint64_t after,
        const CallContext& context, std::function<void(const RunEvent&)> onEvent) override
    {
        std::unique_lock lock(m_mutex);
        lastContext = context;
        if (refuseStreams)
            return fail(*refuseStreams);
        const auto story = m_stories.find(run);
        if (story == m_stories.end())
            return fail(Error(ErrorKind::NotFound, "run.unknown", "There is no such run.").with("run", run));
        for (const RunEvent& event : story->second.events) {
            if (event.seq > after)
                onEvent(event);
        }
        const std::uint64_t listener = ++m_listeners;
        story->second.listeners[listener] = std::move(onEvent);
        lock.unlock();
        m_changed.notify_all();
        return std::make_unique<Following>(*this, run, listener);
    }

    Result<std::unique_ptr<Subscription>> subscribe(
        const TopicSet& topics, const CallContext& context, std::function<void(const Event&)> onEvent) override
    {
        const std::lock_guard lock(m_mutex);
        lastContext = context;
        lastTopics = topics;
        if (refuseStreams)
            return fail(*refuseStreams);
        const std::uint64_t listener = ++m_listeners;
        m_subscribers[listener] = std::move(onEvent);
        m_changed.notify_all();
        return std::make_unique<Following>(*this, "", listener);
    }

    void say(const std::string& run, RunEventKind kind, const std::string& text = {}, const std::string& data = {})
    {
        const std::lock_guard lock(m_mutex);
        Story& story = m_stories[run];
        story.events.push_back({run, story.events.size() + 1, kind, text, {data}});
        for (const auto& [id, listener] : story.listeners)
            listener(story.events.back());
    }
    void tell(const Event& event)
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [id, listener] : m_subscribers)
            listener(event);
    }

    template <class Condition> bool waitUntil(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, patience, condition);
    }
    /// `run` has been started `count` listeners ago or more and nobody has left.
    bool waitForListeners(const std::string& run, std::size_t count)
    {
        return waitUntil([&] { return m_stories[run].listeners.size() == count; });
    }
    bool waitForSubscribers(std::size_t count)
    {
        return waitUntil([&] { return m_subscribers.size() == count; });
    }
    bool waitForCancel(const std::string& run)
    {
        return waitUntil([&] { return m_cancelled.contains(run); });
    }
    std::uint64_t runs()
    {
        const std::lock_guard lock(m_mutex);
        return m_runs;
    }
    TopicSet lastTopics;

private:
    struct Story {
        std::vector<RunEvent> events;
        std::map<std::uint64_t, std::function<void(const RunEvent&)>> listeners;
    };
    class Handle final : public RunHandle {
    public:
        Handle(FakeBackend& backend, std::string run, std::uint64_t listener)
            : m_backend(backend)
            , m_run(std::move(run))
            , m_listener(listener)
        {
        }
        ~Handle() override { m_backend.leave(m_run, m_listener); }
        const std::string& id() const override { return m_run; }
        void cancel() override
        {
            const std::lock_guard lock(m_backend.m_mutex);
            m_backend.m_cancelled.insert(m_run);
            m_backend.m_changed.notify_all();
        }

    private:
        FakeBackend& m_backend;
        std::string m_run;
        std::uint64_t m_listener;
    };
    class Following final : public Subscription {
    public:
        Following(FakeBackend& backend, std::string run, std::uint64_t listener)
            : m_backend(backend)
            , m_run(std::move(run))
            , m_listener(listener)
        {
        }
        ~Following() override { m_backend.leave(m_run, m_listener); }

    private:
        FakeBackend& m_backend;
        std::string m_run;
        std::uint64_t m_listener;
    };

    void leave(const std::string& run, std::uint64_t listener)
    {
        std::function<void(const RunEvent&)> dropped;
        std::function<void(const Event&)> droppedToo;
        {
            const std::lock_guard lock(m_mutex);
            if (const auto story = m_stories.find(run); story != m_stories.end()) {
                if (const auto found = story->second.listeners.extract(listener))
                    dropped = std::move(found.mapped());
            }
            if (const auto found = m_subscribers.extract(listener))
                droppedToo = std::move(found.mapped());
            m_changed.notify_all();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::uint64_t m_runs = 0;
    std::uint64_t m_listeners = 0;
    std::map<std::string, Story> m_stories;
    std::map<std::uint64_t, std::function<void(const Event&)>> m_subscribers;
    std::set<std::string> m_cancelled;
};

}

#include "tests/ui/support/scripted_backend.h"

#include "core/domain/type.h"

#include <algorithm>

namespace ephor::ui::test {

/// Who listens. Shared with the subscriptions, which may end after the backend.
struct ScriptedBackend::Feeds {
    std::mutex mutex;
    std::uint64_t seq = 0;
    std::uint64_t last = 0;
    std::map<std::uint64_t, std::function<void(const Event&)>> events;
    std::map<std::uint64_t, std::pair<std::string, std::function<void(const RunEvent&)>>> runs;
};

namespace {

class ScriptedSubscription : public Subscription {
public:
    explicit ScriptedSubscription(std::function<void()> end)
        : m_end(std::move(end))
    {
    }
    ~ScriptedSubscription() override { m_end(); }

private:
    std::function<void()> m_end;
};

}

std::shared_ptr<ScriptedBackend::Feeds> ScriptedBackend::makeFeeds()
{
    return std::make_shared<Feeds>();
}

ScriptedBackend::~ScriptedBackend() = default;

void ScriptedBackend::put(std::string_view name, Answer answer)
{
    const std::lock_guard lock(m_mutex);
    m_answers.insert_or_assign(std::string(name), std::move(answer));
}

void ScriptedBackend::setHeld(std::string_view name, bool held)
{
    const std::lock_guard lock(m_mutex);
    m_held[std::string(name)] = held;
    m_moved.notify_all();
}

void ScriptedBackend::waitHeld(std::string_view name)
{
    std::unique_lock lock(m_mutex);
    m_moved.wait(lock, [&] { return m_waiting[std::string(name)] > 0; });
}

void ScriptedBackend::setUnreachable(bool unreachable)
{
    const std::lock_guard lock(m_mutex);
    m_unreachable = unreachable;
}

int ScriptedBackend::countOf(std::string_view name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.find(name);
    return found == m_counts.end() ? 0 : found->second;
}

std::shared_ptr<void> ScriptedBackend::lastOf(std::string_view name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_last.find(name);
    return found == m_last.end() ? nullptr : found->second;
}

Result<void> ScriptedBackend::invoke(
    const OperationType& operation, const void* request, void* response, const CallContext& context)
{
    const std::string name(operation.operation->name);
    Answer answer;
    {
        std::unique_lock lock(m_mutex);
        ++m_counts[name];
        remember(name, operation, request);
        ++m_waiting[name];
        m_moved.notify_all();
        m_moved.wait(lock, [&] { return !m_held[name]; });
        --m_waiting[name];
        if (m_unreachable)
            return fail(ErrorKind::Unavailable, "remote.unreachable", "The scripted backend is unreachable.");
        if (const auto found = m_answers.find(name); found != m_answers.end())
            answer = found->second;
    }
    if (!answer)
        return fail(ErrorKind::Internal, "test.unscripted", "The test has no answer for " + name + ".",
            "Register one with answer<Op>().");
    return answer(request, response, context);
}

Result<std::unique_ptr<RunHandle>> ScriptedBackend::start(
    const StartRun::Request&, const CallContext&, std::function<void(const RunEvent&)>)
{
    return fail(ErrorKind::Internal, "test.unscripted", "Scripted backends start no runs.");
}

Result<std::unique_ptr<Subscription>> ScriptedBackend::follow(
    const std::string& run, std::uint64_t, const CallContext&, std::function<void(const RunEvent&)> onEvent)
{
    const std::lock_guard lock(m_feeds->mutex);
    const std::uint64_t id = ++m_feeds->last;
    m_feeds->runs.emplace(id, std::pair(run, std::move(onEvent)));
    return std::make_unique<ScriptedSubscription>([feeds = m_feeds, id] {
        const std::lock_guard ending(feeds->mutex);
        feeds->runs.erase(id);
    });
}

Result<std::unique_ptr<Subscription>> ScriptedBackend::subscribe(
    const TopicSet&, const CallContext&, std::function<void(const Event&)> onEvent)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_unreachable)
            return fail(ErrorKind::Unavailable, "remote.unreachable", "The scripted backend is unreachable.");
    }
    const std::lock_guard lock(m_feeds->mutex);
    const std::uint64_t id = ++m_feeds->last;
    m_feeds->events.emplace(id, std::move(onEvent));
    return std::make_unique<ScriptedSubscription>([feeds = m_feeds, id] {
        const std::lock_guard ending(feeds->mutex);
        feeds->events.erase(id);
    });
}

void ScriptedBackend::push(const Event& event)
{
    const std::lock_guard lock(m_feeds->mutex);
    for (const auto& [id, listener] : m_feeds->events)
        listener(event);
}

void ScriptedBackend::push(Topic topic, std::string kind, std::string id)
{
    Event event;
    event.topic = topic;
    event.kind = std::move(kind);
    event.id = std::move(id);
    {
        const std::lock_guard lock(m_feeds->mutex);
        event.seq = ++m_feeds->seq;
    }
    push(event);
}

void ScriptedBackend::pushRun(const RunEvent& event)
{
    const std::lock_guard lock(m_feeds->mutex);
    for (const auto& [id, follower] : m_feeds->runs) {
        if (follower.first == event.run)
            follower.second(event);
    }
}

int ScriptedBackend::subscriptions() const
{
    const std::lock_guard lock(m_feeds->mutex);
    return static_cast<int>(m_feeds->events.size());
}

void ScriptedBackend::remember(const std::string& name, const OperationType&, const void* request)
{
    const auto copier = m_copiers.find(name);
    if (copier != m_copiers.end())
        m_last[name] = copier->second(request);
}

}

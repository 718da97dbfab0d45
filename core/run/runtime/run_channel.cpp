#include "core/run/runtime/run_channel.h"

namespace ephor::runtime {

namespace {

// One answer in pieces of a token is some thousands of events; more are merged into what is already there.
constexpr std::size_t mostEvents = 20'000;
// Enough for a client that reconnects within seconds under full load; older runs are read from the record.
constexpr std::size_t keptChannels = 2'000;

}

class RunChannel::Listening final : public Subscription {
public:
    Listening(std::shared_ptr<RunChannel> channel, std::shared_ptr<Listener> listener)
        : m_channel(std::move(channel))
        , m_listener(std::move(listener))
    {
    }
    ~Listening() override { m_channel->remove(m_listener.get()); }

private:
    std::shared_ptr<RunChannel> m_channel;
    std::shared_ptr<Listener> m_listener;
};

void RunChannel::emit(RunEventKind kind, std::string text, Document data)
{
    const std::lock_guard lock(m_mutex);
    if (m_ended)
        return;
    RunEvent event{m_run, ++m_seq, kind, std::move(text), std::move(data)};
    m_ended = kind == RunEventKind::Finished || kind == RunEventKind::Failed;
    const auto listeners = m_listeners;
    for (const auto& listener : listeners)
        listener->onEvent(event);
    if (m_events.size() >= mostEvents && kind == RunEventKind::Text && m_events.back().kind == RunEventKind::Text) {
        m_events.back().text += event.text;
        m_events.back().seq = event.seq;
    } else {
        m_events.push_back(std::move(event));
    }
}

std::unique_ptr<Subscription> RunChannel::listen(
    const std::shared_ptr<RunChannel>& self, std::uint64_t after, std::function<void(const RunEvent&)> onEvent)
{
    auto listener = std::make_shared<Listener>(Listener{std::move(onEvent)});
    const std::lock_guard lock(m_mutex);
    for (const RunEvent& event : m_events) {
        if (event.seq > after)
            listener->onEvent(event);
    }
    m_listeners.push_back(listener);
    return std::make_unique<Listening>(self, std::move(listener));
}

bool RunChannel::ended() const
{
    const std::lock_guard lock(m_mutex);
    return m_ended;
}

void RunChannel::remove(const Listener* listener)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_listeners, [listener](const auto& each) { return each.get() == listener; });
}

std::shared_ptr<RunChannel> RunChannels::open(const std::string& run)
{
    const std::lock_guard lock(m_mutex);
    auto& channel = m_channels[run];
    if (!channel)
        channel = std::make_shared<RunChannel>(run);
    return channel;
}

std::shared_ptr<RunChannel> RunChannels::find(const std::string& run) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_channels.find(run);
    return found == m_channels.end() ? nullptr : found->second;
}

void RunChannels::forget(const std::string& run)
{
    const std::lock_guard lock(m_mutex);
    m_channels.erase(run);
    m_retired.remove(run);
}

void RunChannels::retire(const std::string& run)
{
    const std::lock_guard lock(m_mutex);
    m_retired.push_back(run);
    if (m_retired.size() > keptChannels) {
        m_channels.erase(m_retired.front());
        m_retired.pop_front();
    }
}

}

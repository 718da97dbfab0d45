#include "core/workspace/event_bus.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <list>
#include <mutex>
#include <thread>

namespace ephor::workspace {

namespace {

// A second of the busiest traffic; past it a full refetch is cheaper than the backlog.
constexpr std::size_t longestBacklog = 1'024;

struct Listener {
    TopicSet topics;
    std::function<void(const Event&)> onEvent;
    std::deque<Event> waiting;
    bool overflowed = false;

    bool wants(Topic topic) const { return topics.empty() || std::ranges::find(topics, topic) != topics.end(); }
};

Event resync(std::uint64_t seq)
{
    Event event;
    event.seq = seq;
    event.kind = "resync";
    return event;
}

}

struct EventBus::State {
    std::mutex mutex;
    std::condition_variable wake;
    std::condition_variable idle;
    std::list<std::shared_ptr<Listener>> listeners;
    std::shared_ptr<Listener> running;
    std::uint64_t seq = 0;
    bool stopping = false;
    std::thread thread;

    /// Whether anybody wants it.
    bool enqueue(const Event& event)
    {
        bool wanted = false;
        for (const auto& listener : listeners) {
            if (!listener->wants(event.topic))
                continue;
            wanted = true;
            if (listener->waiting.size() >= longestBacklog) {
                listener->waiting.clear();
                listener->overflowed = true;
            }
            listener->waiting.push_back(event);
        }
        return wanted;
    }

    std::shared_ptr<Listener> nextReady() const
    {
        const auto found
            = std::ranges::find_if(listeners, [](const auto& listener) { return !listener->waiting.empty(); });
        return found == listeners.end() ? nullptr : *found;
    }

    void deliver()
    {
        std::unique_lock lock(mutex);
        for (;;) {
            wake.wait(lock, [this] { return stopping || nextReady() != nullptr; });
            if (stopping)
                return;
            running = nextReady();
            std::deque<Event> batch;
            batch.swap(running->waiting);
            if (std::exchange(running->overflowed, false))
                batch.push_front(resync(batch.front().seq));
            lock.unlock();
            for (const Event& event : batch)
                running->onEvent(event);
            lock.lock();
            // To the back of the line, so that one chatty subscriber does not starve the others.
            const auto place = std::ranges::find(listeners, running);
            if (place != listeners.end())
                listeners.splice(listeners.end(), listeners, place);
            running.reset();
            idle.notify_all();
        }
    }

    void remove(const std::shared_ptr<Listener>& listener)
    {
        std::unique_lock lock(mutex);
        std::erase(listeners, listener);
        listener->waiting.clear();
        if (std::this_thread::get_id() != thread.get_id())
            idle.wait(lock, [&] { return running != listener; });
    }
};

namespace {

template <class State> class BusSubscription final : public Subscription {
public:
    BusSubscription(std::shared_ptr<State> state, std::shared_ptr<Listener> listener)
        : m_state(std::move(state))
        , m_listener(std::move(listener))
    {
    }
    ~BusSubscription() override { m_state->remove(m_listener); }

private:
    std::shared_ptr<State> m_state;
    std::shared_ptr<Listener> m_listener;
};

}

EventBus::EventBus()
    : m_state(std::make_shared<State>())
{
    m_state->thread = std::thread([state = m_state.get()] { state->deliver(); });
}

EventBus::~EventBus()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->wake.notify_all();
    m_state->thread.join();
}

void EventBus::publish(Event event)
{
    bool wanted = false;
    {
        const std::lock_guard lock(m_state->mutex);
        event.seq = ++m_state->seq;
        wanted = m_state->enqueue(event);
    }
    // Every run publishes; a thread that is woken for nothing costs it more than the event.
    if (wanted)
        m_state->wake.notify_one();
}

std::unique_ptr<Subscription> EventBus::subscribe(const TopicSet& topics, std::function<void(const Event&)> onEvent)
{
    auto listener = std::make_shared<Listener>();
    listener->topics = topics;
    listener->onEvent = std::move(onEvent);
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->listeners.push_back(listener);
    }
    return std::make_unique<BusSubscription<State>>(m_state, std::move(listener));
}

}

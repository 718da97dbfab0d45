#pragma once

#include "core/api/backend.h"
#include "core/api/event.h"

#include <functional>
#include <memory>

namespace ephor::workspace {

/// Carries hints from whoever changed something to whoever shows it. Publishing never blocks: a subscriber that does
/// not keep up loses its queue and gets one Resync instead. Callbacks come one at a time, on the bus's own thread.
class EventBus {
public:
    EventBus();
    ~EventBus();
    EventBus(const EventBus&) = delete;
    EventBus& operator=(const EventBus&) = delete;

    /// Numbers the event and hands it to every subscriber of its topic. Thread-safe.
    void publish(Event event);
    std::unique_ptr<Subscription> subscribe(const TopicSet& topics, std::function<void(const Event&)> onEvent);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

}

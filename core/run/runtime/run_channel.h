#pragma once

#include "core/api/backend.h"

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ephor::runtime {

/// The events of one run: numbered, kept for whoever comes later, handed on in order. Thread-safe. Listeners are called
/// under the channel's lock, so that two never see events in different orders; they must return quickly.
class RunChannel {
public:
    explicit RunChannel(std::string run)
        : m_run(std::move(run))
    {
    }

    void emit(RunEventKind kind, std::string text, Document data = {});
    /// Past and future events after `after`. Destroying the subscription ends it, after a call under way.
    std::unique_ptr<Subscription> listen(
        const std::shared_ptr<RunChannel>& self, std::uint64_t after, std::function<void(const RunEvent&)> onEvent);
    bool ended() const;

private:
    struct Listener {
        std::function<void(const RunEvent&)> onEvent;
    };
    class Listening;
    void remove(const Listener* listener);

    std::string m_run;
    mutable std::recursive_mutex m_mutex; ///< recursive: a listener may drop its own subscription
    std::vector<RunEvent> m_events;
    std::list<std::shared_ptr<Listener>> m_listeners;
    std::uint64_t m_seq = 0;
    bool m_ended = false;
};

/// The channels of runs under way and of the newest that ended.
class RunChannels {
public:
    std::shared_ptr<RunChannel> open(const std::string& run);
    std::shared_ptr<RunChannel> find(const std::string& run) const;
    /// The run has ended: its channel is kept until enough newer ones have.
    void retire(const std::string& run);
    /// What the run said is kept no longer.
    void forget(const std::string& run);

private:
    mutable std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<RunChannel>> m_channels;
    std::list<std::string> m_retired;
};

}

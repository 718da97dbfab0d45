#pragma once

#include "core/demo/requests.h"
#include "core/workspace/workspace.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace ephor::demo {

/// Starts runs at a rate, on a thread of its own, as the bank's applications would. Keeps one call waiting for
/// officers, so that a demo opened days later still has one.
class LiveTraffic {
public:
    /// Workspace and bank outlive it.
    LiveTraffic(workspace::Workspace& workspace, const Bank& bank, std::string key, std::uint64_t seed,
        std::uint64_t perMinute);
    /// Ends at once; runs under way go on.
    ~LiveTraffic();
    void setRate(std::uint64_t perMinute);
    std::uint64_t rate() const;

private:
    void work();
    void keepOneWaiting();
    void startOne();

    workspace::Workspace& m_workspace;
    std::string m_key;
    RequestMaker m_requests;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::uint64_t m_perMinute;
    bool m_ending = false;
    std::thread m_thread;
};

}

#pragma once

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace ephor::http {

/// What waits for the end of one reply. Thread-safe, so that waiting for it costs the connection's sequence nothing.
class ClosedTasks {
public:
    /// False, and nothing is kept, once the reply is over.
    bool keep(const std::function<void()>& task)
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closed)
            m_tasks.push_back(task);
        return !m_closed;
    }
    /// Ends the waiting and hands out what waited.
    std::vector<std::function<void()>> close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        return std::exchange(m_tasks, {});
    }

private:
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_tasks;
    bool m_closed = false;
};

}

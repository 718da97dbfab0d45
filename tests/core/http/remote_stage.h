#pragma once

#include "core/http/remote_backend.h"
#include "core/http/server.h"
#include "tests/core/http/fake_backend.h"

#include <QtGlobal>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace ephor::tests {

/// A server over a backend of the test, and a way to it that does not wait long before it tries again.
inline std::unique_ptr<http::Server> serveFake(Backend& backend, const http::ServerOptions& options = {})
{
    auto server = http::Server::start(backend, options);
    if (!server)
        qFatal("%s", describe(server.error()).c_str());
    return std::move(*server);
}

inline http::RemoteOptions remoteOf(const http::Server& server)
{
    http::RemoteOptions options;
    options.url = "http://127.0.0.1:" + std::to_string(server.port());
    options.times.firstRetry = std::chrono::milliseconds(1);
    options.times.longestRetry = std::chrono::milliseconds(20);
    return options;
}

inline std::unique_ptr<http::RemoteBackend> connectTo(const http::RemoteOptions& options)
{
    auto backend = http::RemoteBackend::connect(options);
    if (!backend)
        qFatal("%s", describe(backend.error()).c_str());
    return std::move(*backend);
}

/// Keeps what a callback heard, for another thread to wait for.
template <class Heard> class Ear {
public:
    void hear(const Heard& heard)
    {
        const std::lock_guard lock(m_mutex);
        m_heard.push_back(heard);
        m_changed.notify_all();
    }
    template <class Condition> bool waitUntil(Condition condition)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, patience, [&] { return condition(m_heard); });
    }
    bool waitForCount(std::size_t count)
    {
        return waitUntil([&](const auto& heard) { return heard.size() >= count; });
    }
    std::vector<Heard> all()
    {
        const std::lock_guard lock(m_mutex);
        return m_heard;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Heard> m_heard;
};

inline CallContext keyed(std::string key)
{
    CallContext context;
    context.credential = std::move(key);
    return context;
}

}

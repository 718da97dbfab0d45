#include "core/http/server.h"

#include "core/http/listener.h"
#include "core/net/event_loop.h"

#include <boost/asio/strand.hpp>
#include <boost/asio/ssl/context.hpp>

#include <condition_variable>
#include <mutex>
#include <unordered_map>

namespace ephor::http {

namespace {

// Beyond the limit on connections some more are taken only to tell them so; beyond those they are dropped.
constexpr std::size_t refusedAtOnce = 64;

Result<std::unique_ptr<boost::asio::ssl::context>> tlsContextOf(const ServerOptions& options)
{
    if (options.certificateFile.empty() && options.keyFile.empty())
        return std::unique_ptr<boost::asio::ssl::context>();
    auto context = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
    boost::system::error_code problem;
    context->set_options(boost::asio::ssl::context::default_workarounds | boost::asio::ssl::context::no_tlsv1
            | boost::asio::ssl::context::no_tlsv1_1,
        problem);
    if (!problem)
        context->use_certificate_chain_file(options.certificateFile, problem);
    if (!problem)
        context->use_private_key_file(options.keyFile, boost::asio::ssl::context::pem, problem);
    if (problem)
        return fail(Error(ErrorKind::Invalid, "http.tls", "The certificate or its key cannot be used.",
            "Name a PEM file with the certificate chain and one with its private key.")
                .with("what", problem.message()));
    return context;
}

}

class Server::State {
public:
    State(Backend& backend, const ServerOptions& options)
        : m_options(options)
        , m_service(backend, options.service, m_counters)
        , m_workers(options.limits.workers, options.limits.queuedRequests)
        , m_host{m_service, m_workers, m_counters, m_options.limits, m_options.times, *m_options.service.clock,
              [this](Session* session) { forget(session); }}
        , m_loop(options.ioThreads)
    {
    }
    ~State() { stop(); }

    Result<void> listen()
    {
        EPHOR_TRY(m_tls, tlsContextOf(m_options));
        if (m_options.address) {
            EPHOR_TRY(m_tcp,
                listenTcp(m_loop.context(), {*m_options.address, m_options.port, m_tls != nullptr, m_options.plainText},
                    [this](StreamSocket socket, SessionPeer peer) { take(std::move(socket), std::move(peer)); }));
        }
        if (!m_options.unixSocket.empty()) {
            EPHOR_TRY(m_unix,
                listenUnix(m_loop.context(), m_options.unixSocket,
                    [this](StreamSocket socket, SessionPeer peer) { take(std::move(socket), std::move(peer)); }));
        }
        return {};
    }

    std::uint16_t port() const { return m_tcp ? m_tcp->port() : 0; }

    void stop()
    {
        if (std::exchange(m_stopped, true))
            return;
        if (m_tcp)
            m_tcp->close();
        if (m_unix)
            m_unix->close();
        m_workers.stop();
        std::unique_lock lock(m_mutex);
        m_closing = true;
        for (const auto& [key, session] : m_sessions)
            session->stop();
        m_allClosed.wait_for(lock, m_options.times.stop, [this] { return m_sessions.empty(); });
        lock.unlock();
        m_loop.stop();
        for (const auto& [key, session] : std::exchange(m_sessions, {}))
            session->abandon();
        runWhatWasPosted();
    }

private:
    // What workers and backends posted last, so that every reply hears of its end and lets go of its run.
    void runWhatWasPosted()
    {
        m_loop.context().restart();
        while (m_loop.context().poll() > 0) { }
    }

    // On a thread of the loop.
    void take(StreamSocket socket, SessionPeer peer)
    {
        const std::lock_guard lock(m_mutex);
        const std::size_t open = m_sessions.size();
        const bool tls = m_tls && !peer.ownersSocket;
        const bool full = open >= m_options.limits.connections;
        if (m_closing || (full && (tls || open >= m_options.limits.connections + refusedAtOnce))) {
            ++m_counters.connectionsRefused;
            return;
        }
        const auto executor = socket.get_executor();
        auto transport = tls ? tlsServerTransport(std::move(socket), *m_tls) : plainTransport(std::move(socket));
        const auto session = std::make_shared<Session>(std::move(transport), executor, m_host, std::move(peer));
        m_sessions.emplace(session.get(), session);
        m_counters.connections = m_sessions.size();
        ++m_counters.connectionsTotal;
        if (full) {
            ++m_counters.connectionsRefused;
            session->refuse();
        } else {
            session->start();
        }
    }

    void forget(Session* session)
    {
        const std::lock_guard lock(m_mutex);
        m_sessions.erase(session);
        m_counters.connections = m_sessions.size();
        if (m_sessions.empty())
            m_allClosed.notify_all();
    }

    const ServerOptions m_options;
    Counters m_counters;
    Service m_service;
    WorkerPool m_workers;
    SessionHost m_host;
    std::unique_ptr<boost::asio::ssl::context> m_tls;
    std::mutex m_mutex;
    std::condition_variable m_allClosed;
    bool m_closing = false;
    bool m_stopped = false;
    net::EventLoop m_loop;
    std::unordered_map<Session*, std::shared_ptr<Session>> m_sessions;
    std::unique_ptr<Listener> m_tcp;
    std::unique_ptr<Listener> m_unix;
};

Server::Server(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Backend& backend, const ServerOptions& options)
{
    auto state = std::make_unique<State>(backend, options);
    EPHOR_TRY_VOID(state->listen());
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

std::uint16_t Server::port() const
{
    return m_state->port();
}

void Server::stop()
{
    m_state->stop();
}

}

#include "core/http/listener.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <cerrno>
#include <cstring>
#include <future>
#include <sys/stat.h>
#include <unistd.h>

namespace ephor::http {

namespace {

using boost::asio::ip::tcp;
using UnixProtocol = boost::asio::local::stream_protocol;

// After a failed accept, most likely for want of file descriptors: long enough not to spin.
constexpr std::chrono::milliseconds acceptPause{100};

std::unexpected<Error> listenError(const std::string& what, const std::string& place)
{
    return fail(Error(ErrorKind::Unavailable, "http.listen", "The server cannot listen there.",
        "Choose another address or port, or stop what uses it.")
            .with("place", place)
            .with("what", what));
}

SessionPeer peerOf(const tcp::socket& socket)
{
    boost::system::error_code problem;
    const auto endpoint = socket.remote_endpoint(problem);
    return {problem ? "" : endpoint.address().to_string(), !problem && endpoint.address().is_loopback(), false};
}

SessionPeer peerOf(const UnixProtocol::socket&)
{
    return {"unix", false, true};
}

void tune(tcp::socket& socket)
{
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
}

void tune(UnixProtocol::socket&) { }

template <class Protocol> class SocketListener final : public Listener {
public:
    using Acceptor = typename Protocol::acceptor;
    SocketListener(boost::asio::io_context& context, Acceptor acceptor, Accepted accepted, std::string path)
        : m_context(context)
        , m_accept(std::make_shared<Accepting>(std::move(acceptor), std::move(accepted)))
        , m_path(std::move(path))
    {
        accept(m_context, m_accept);
    }
    ~SocketListener() override { close(); }

    std::uint16_t port() const override
    {
        if constexpr (std::is_same_v<Protocol, tcp>)
            return m_port;
        else
            return 0;
    }
    void rememberPort(std::uint16_t port) { m_port = port; }

    void close() override
    {
        if (std::exchange(m_closed, true))
            return;
        if (!m_path.empty())
            ::unlink(m_path.c_str());
        std::promise<void> done;
        boost::asio::post(m_accept->acceptor.get_executor(), [&done, accept = m_accept] {
            boost::system::error_code ignored;
            accept->acceptor.close(ignored);
            accept->pause.cancel();
            done.set_value();
        });
        done.get_future().wait();
    }

private:
    struct Accepting {
        Accepting(Acceptor a, Accepted f)
            : acceptor(std::move(a))
            , accepted(std::move(f))
            , pause(acceptor.get_executor())
        {
        }
        Acceptor acceptor;
        Accepted accepted;
        boost::asio::steady_timer pause;
    };

    static void accept(boost::asio::io_context& context, const std::shared_ptr<Accepting>& state)
    {
        state->acceptor.async_accept(boost::asio::any_io_executor(boost::asio::make_strand(context)),
            [&context, state](const boost::system::error_code& problem, typename Protocol::socket socket) {
                if (!state->acceptor.is_open())
                    return;
                if (problem) {
                    state->pause.expires_after(acceptPause);
                    state->pause.async_wait([&context, state](const boost::system::error_code& cancelled) {
                        if (!cancelled && state->acceptor.is_open())
                            accept(context, state);
                    });
                    return;
                }
                tune(socket);
                SessionPeer peer = peerOf(socket);
                state->accepted(StreamSocket(std::move(socket)), std::move(peer));
                accept(context, state);
            });
    }

    boost::asio::io_context& m_context;
    std::shared_ptr<Accepting> m_accept;
    std::string m_path;
    std::uint16_t m_port = 0;
    bool m_closed = false;
};

template <class Protocol>
Result<typename Protocol::acceptor> openAcceptor(
    boost::asio::io_context& context, const typename Protocol::endpoint& endpoint, const std::string& place)
{
    typename Protocol::acceptor acceptor(boost::asio::any_io_executor(boost::asio::make_strand(context)));
    boost::system::error_code problem;
    acceptor.open(endpoint.protocol(), problem);
    if constexpr (std::is_same_v<Protocol, tcp>) {
        if (!problem)
            acceptor.set_option(boost::asio::socket_base::reuse_address(true), problem);
    }
    if (!problem)
        acceptor.bind(endpoint, problem);
    if (problem)
        return listenError(problem.message(), place);
    return acceptor;
}

// A file there is ours to replace only when it is a socket that nobody answers.
Result<void> clearSocketPath(boost::asio::io_context& context, const std::string& path)
{
    struct stat info{};
    if (::lstat(path.c_str(), &info) != 0)
        return {};
    UnixProtocol::socket probe(context);
    boost::system::error_code problem;
    if (S_ISSOCK(info.st_mode))
        probe.connect(UnixProtocol::endpoint(path), problem);
    if (!S_ISSOCK(info.st_mode) || problem != boost::asio::error::connection_refused)
        return fail(Error(ErrorKind::Conflict, "http.socket-taken", "Something else is at the path of the socket.",
            "Stop the server that uses it, or name another path.")
                .with("path", path));
    ::unlink(path.c_str());
    return {};
}

}

Result<std::unique_ptr<Listener>> listenTcp(
    boost::asio::io_context& context, const TcpPlace& place, Listener::Accepted accepted)
{
    boost::system::error_code problem;
    const auto address = boost::asio::ip::make_address(place.address, problem);
    if (problem)
        return fail(Error(ErrorKind::Invalid, "http.address", "That is not an address to listen at.",
            "Give an IP address like 127.0.0.1, or 0.0.0.0 for every interface.")
                .with("address", place.address));
    if (!address.is_loopback() && !place.tls && place.plainText == PlainText::LoopbackOnly)
        return fail(Error(ErrorKind::Invalid, "http.plain-text", "Beyond this machine only TLS is served.",
            "Name a certificate and its key, or waive TLS (--waive-tls) where something else encrypts.")
                .with("address", place.address));
    const std::string name = place.address + ":" + std::to_string(place.port);
    EPHOR_TRY(tcp::acceptor acceptor, openAcceptor<tcp>(context, {address, place.port}, name));
    acceptor.listen(boost::asio::socket_base::max_listen_connections, problem);
    if (problem)
        return listenError(problem.message(), name);
    const std::uint16_t port = acceptor.local_endpoint(problem).port();
    auto listener
        = std::make_unique<SocketListener<tcp>>(context, std::move(acceptor), std::move(accepted), std::string());
    listener->rememberPort(port);
    return listener;
}

Result<std::unique_ptr<Listener>> listenUnix(
    boost::asio::io_context& context, const std::string& path, Listener::Accepted accepted)
{
    if (path.size() >= sizeof(sockaddr_un::sun_path))
        return fail(Error(ErrorKind::Invalid, "http.socket-path", "The path of the socket is too long.",
            "Use one of at most 107 bytes.")
                .with("path", path));
    EPHOR_TRY_VOID(clearSocketPath(context, path));
    EPHOR_TRY(UnixProtocol::acceptor acceptor, openAcceptor<UnixProtocol>(context, UnixProtocol::endpoint(path), path));
    // Before it listens nobody can connect, so that there is no moment with wider rights.
    if (::chmod(path.c_str(), S_IRUSR | S_IWUSR) != 0)
        return listenError(std::strerror(errno), path);
    boost::system::error_code problem;
    acceptor.listen(boost::asio::socket_base::max_listen_connections, problem);
    if (problem)
        return listenError(problem.message(), path);
    return std::make_unique<SocketListener<UnixProtocol>>(context, std::move(acceptor), std::move(accepted), path);
}

}

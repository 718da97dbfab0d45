#include "core/http/remote_connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <charconv>
#include <vector>

namespace ephor::http {

namespace {

Error remoteError(const std::string& code, const std::string& what, const std::string& place)
{
    const bool late = code == "remote.timeout";
    std::string message = late  ? "The server did not answer in time."
        : code == "remote.lost" ? "The connection to the server was lost."
        : code == "remote.tls"  ? "The server could not prove who it is."
                                : "The server cannot be reached.";
    std::string hint = code == "remote.lost" ? "Look whether the act was done before you repeat it."
        : code == "remote.tls"               ? "Name the file of the authority that signed its certificate."
                                             : "Check the address and that the server runs.";
    return Error(late ? ErrorKind::Timeout : ErrorKind::Unavailable, code, std::move(message), std::move(hint))
        .with("server", place)
        .with("what", what);
}

// "localhost" is this machine without asking anybody (RFC 6761): a small system may have no file of hosts, and no name
// server may say otherwise. Empty for every other name.
std::vector<boost::asio::ip::tcp::endpoint> loopbackEndpoints(std::string_view host, std::string_view port)
{
    std::uint16_t number = 0;
    if (host != "localhost" || std::from_chars(port.data(), port.data() + port.size(), number).ec != std::errc())
        return {};
    return {{boost::asio::ip::address_v4::loopback(), number}, {boost::asio::ip::address_v6::loopback(), number}};
}

}

RemoteConnection::RemoteConnection(boost::asio::io_context& context, boost::asio::ssl::context* tls,
    const RemotePlace& place, const RemoteTimes& times)
    : m_context(context)
    , m_tls(tls)
    , m_place(place)
    , m_times(times)
    , m_resolver(context)
    , m_deadline(context)
{
}

void RemoteConnection::run(RemoteExchange exchange)
{
    m_exchange = std::move(exchange);
    m_parser = std::make_unique<ResponseParser>();
    m_headGiven = false;
    m_replied = false;
    ++m_exchanges;
    if (m_state == State::Fresh)
        connect();
    else
        send();
}

void RemoteConnection::close()
{
    m_state = State::Closed;
    ++m_deadlineNumber;
    m_deadline.cancel();
    m_resolver.cancel();
    if (m_transport)
        m_transport->close();
    forgetExchange();
}

// Later, since one of its functions may be the one that runs.
void RemoteConnection::forgetExchange()
{
    boost::asio::post(m_context, [old = std::make_shared<RemoteExchange>(std::exchange(m_exchange, {}))] { });
}

void RemoteConnection::connect()
{
    m_state = State::Connecting;
    arm(m_times.connect, "remote.timeout");
    const auto self = shared_from_this();
    if (!m_place.unixSocket.empty()) {
        const auto socket = std::make_shared<boost::asio::local::stream_protocol::socket>(m_context);
        if (m_place.unixSocket.size() >= sizeof(sockaddr_un::sun_path)) {
            failWith("remote.unreachable", "the path of the socket is too long");
            return;
        }
        socket->async_connect(m_place.unixSocket, [self, socket](const boost::system::error_code& problem) {
            if (problem)
                self->failWith("remote.unreachable", problem.message());
            else
                self->connected(StreamSocket(std::move(*socket)));
        });
        return;
    }
    const auto connect = [self](const auto& endpoints) {
        const auto socket = std::make_shared<boost::asio::ip::tcp::socket>(self->m_context);
        boost::asio::async_connect(*socket, endpoints,
            [self, socket](const boost::system::error_code& problem, const boost::asio::ip::tcp::endpoint&) {
                if (problem) {
                    self->failWith("remote.unreachable", problem.message());
                    return;
                }
                boost::system::error_code ignored;
                socket->set_option(boost::asio::ip::tcp::no_delay(true), ignored);
                self->connected(StreamSocket(std::move(*socket)));
            });
    };
    if (const auto loopback = loopbackEndpoints(m_place.host, m_place.port); !loopback.empty()) {
        connect(loopback);
        return;
    }
    m_resolver.async_resolve(m_place.host, m_place.port,
        [self, connect](
            const boost::system::error_code& unknown, const boost::asio::ip::tcp::resolver::results_type& found) {
            if (self->m_state != State::Connecting)
                return;
            if (unknown)
                self->failWith("remote.unreachable", unknown.message());
            else
                connect(found);
        });
}

void RemoteConnection::connected(StreamSocket socket)
{
    if (m_state != State::Connecting)
        return;
    m_transport
        = m_tls ? tlsClientTransport(std::move(socket), *m_tls, m_place.host) : plainTransport(std::move(socket));
    m_transport->handshake([self = shared_from_this()](const boost::system::error_code& problem, std::size_t) {
        if (self->m_state != State::Connecting)
            return;
        if (problem)
            self->failWith("remote.tls", problem.message());
        else
            self->send();
    });
}

void RemoteConnection::send()
{
    m_state = State::Busy;
    arm(m_exchange.silence, "remote.timeout");
    m_request = std::move(m_exchange.bytes);
    m_writePending = true;
    m_transport->writeAll(m_request, [self = shared_from_this()](const boost::system::error_code&, std::size_t) {
        self->m_writePending = false;
        // A server that refuses a request early answers and closes: what it says is read, whatever became of the
        // writing, and the end of the reading tells the rest.
        self->read();
    });
    read();
}

void RemoteConnection::read()
{
    if (m_readPending || m_state == State::Closed)
        return;
    m_readPending = true;
    m_transport->readSome(boost::asio::buffer(m_chunk),
        [self = shared_from_this()](const boost::system::error_code& problem, std::size_t size) {
            self->m_readPending = false;
            self->onRead(problem, size);
        });
}

void RemoteConnection::onRead(const boost::system::error_code& problem, std::size_t size)
{
    if (m_state == State::Closed)
        return;
    if (m_state == State::Idle) {
        // Nothing was asked, so this is the server closing, or something that is not worth keeping.
        close();
        return;
    }
    if (problem) {
        const auto whole = m_parser->finish();
        deliver();
        if (whole && *whole)
            finish({});
        else
            failWith("remote.lost", problem.message());
        return;
    }
    m_replied = true;
    arm(m_exchange.silence, "remote.timeout");
    m_buffer.append(m_chunk.data(), size);
    const auto whole = m_parser->push(m_buffer);
    if (!whole) {
        finish(std::unexpected<Error>(whole.error()));
        return;
    }
    deliver();
    if (m_state != State::Busy)
        return;
    if (*whole)
        finish({});
    else
        read();
}

void RemoteConnection::deliver()
{
    if (m_parser->hasHead() && !m_headGiven) {
        m_headGiven = true;
        m_exchange.head(m_parser->head());
    }
    if (std::string piece = m_parser->takeBody(); !piece.empty() && m_state == State::Busy)
        m_exchange.body(std::move(piece));
}

void RemoteConnection::finish(Result<void> result)
{
    if (m_state == State::Closed)
        return;
    const auto done = std::move(m_exchange.done);
    if (result && m_parser->hasHead() && m_parser->keepAlive() && m_buffer.empty() && !m_writePending) {
        m_state = State::Idle;
        m_idleSince = std::chrono::steady_clock::now();
        ++m_deadlineNumber;
        m_deadline.cancel();
        forgetExchange();
        read();
    } else {
        close();
    }
    if (done)
        done(std::move(result));
}

void RemoteConnection::failWith(std::string code, const std::string& what)
{
    const std::string place = m_place.unixSocket.empty() ? m_place.hostField : m_place.unixSocket;
    finish(std::unexpected<Error>(remoteError(code, what, place)));
}

void RemoteConnection::arm(std::chrono::milliseconds delay, std::string code)
{
    const std::uint64_t number = ++m_deadlineNumber;
    m_deadline.expires_after(delay);
    m_deadline.async_wait(
        [weak = weak_from_this(), number, code = std::move(code)](const boost::system::error_code& cancelled) {
            const auto self = weak.lock();
            if (!cancelled && self && self->m_deadlineNumber == number)
                self->failWith(code, "nothing came in time");
        });
}

}

#pragma once

#include "core/net/event_loop.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace ephor::tests {

/// One connection of the mock: hands out raw bytes exactly as a test wants them.
class MockConnection : public std::enable_shared_from_this<MockConnection> {
public:
    using Handler = std::function<void(const std::shared_ptr<MockConnection>&)>;

    MockConnection(boost::asio::ip::tcp::socket socket, std::shared_ptr<const Handler> handler)
        : m_socket(std::move(socket))
        , m_handler(std::move(handler))
    {
    }

    /// "POST /path HTTP/1.1"
    std::string requestLine() const { return head.substr(0, head.find('\r')); }

    void send(const std::string& bytes)
    {
        m_out += bytes;
        flush();
    }
    /// Closes once everything is sent.
    void close()
    {
        m_closing = true;
        flush();
    }
    void respond(int status, const std::string& body, const std::string& headers = {})
    {
        send("HTTP/1.1 " + std::to_string(status) + " Mocked\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"
            + headers + "\r\n" + body);
    }
    /// The head of a streamed reply that ends with the connection.
    void beginStream() { send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"); }

    void readRequest()
    {
        boost::asio::async_read_until(m_socket, m_in, "\r\n\r\n",
            [self = shared_from_this()](const boost::system::error_code& error, std::size_t size) {
                if (!error)
                    self->takeHead(size);
            });
    }

    std::string head;
    std::string body;

private:
    void takeHead(std::size_t size)
    {
        head.resize(size);
        m_in.sgetn(head.data(), std::streamsize(size));
        const std::size_t at = head.find("Content-Length: ");
        const std::size_t length = at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
        const std::size_t missing = length > m_in.size() ? length - m_in.size() : 0;
        boost::asio::async_read(m_socket, m_in, boost::asio::transfer_exactly(missing),
            [self = shared_from_this(), length](const boost::system::error_code& error, std::size_t) {
                if (error)
                    return;
                self->body.resize(length);
                self->m_in.sgetn(self->body.data(), std::streamsize(length));
                (*self->m_handler)(self);
                self->readRequest();
            });
    }

    void flush()
    {
        if (m_writing)
            return;
        if (m_out.empty()) {
            if (m_closing) {
                boost::system::error_code ignored;
                m_socket.shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
                m_socket.close(ignored);
            }
            return;
        }
        m_writing = true;
        m_sending = std::exchange(m_out, {});
        boost::asio::async_write(m_socket, boost::asio::buffer(m_sending),
            [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
                self->m_writing = false;
                if (!error)
                    self->flush();
            });
    }

    boost::asio::ip::tcp::socket m_socket;
    std::shared_ptr<const Handler> m_handler;
    boost::asio::streambuf m_in;
    std::string m_out;
    std::string m_sending;
    bool m_writing = false;
    bool m_closing = false;
};

/// A web server on the loopback whose answers are bytes from a handler. The handler runs on the server's one thread.
class MockServer {
public:
    explicit MockServer(MockConnection::Handler handler)
        : m_handler(std::make_shared<const MockConnection::Handler>(std::move(handler)))
        , m_acceptor(m_loop.context(), {boost::asio::ip::address_v4::loopback(), 0})
    {
        accept();
    }
    ~MockServer() { m_loop.stop(); }

    /// Keeps a connection open without an answer. Called by the handler, so on the loop's one thread.
    void hold(std::shared_ptr<MockConnection> connection) { m_held.push_back(std::move(connection)); }
    std::string url(const std::string& path) const { return base() + path; }
    std::string base() const { return "http://127.0.0.1:" + std::to_string(m_acceptor.local_endpoint().port()); }

private:
    void accept()
    {
        m_acceptor.async_accept([this](const boost::system::error_code& error, boost::asio::ip::tcp::socket socket) {
            if (error)
                return;
            std::make_shared<MockConnection>(std::move(socket), m_handler)->readRequest();
            accept();
        });
    }

    net::EventLoop m_loop;
    std::shared_ptr<const MockConnection::Handler> m_handler;
    boost::asio::ip::tcp::acceptor m_acceptor;
    std::vector<std::shared_ptr<MockConnection>> m_held; ///< gone before the loop that their sockets belong to
};

}

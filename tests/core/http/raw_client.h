#pragma once

#include "core/http/message_parser.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace ephor::tests {

/// A socket that sends exactly the bytes a test gives it.
class RawClient {
public:
    explicit RawClient(std::uint16_t port)
        : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connectTo(reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    explicit RawClient(const std::string& path)
        : m_socket(::socket(AF_UNIX, SOCK_STREAM, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        connectTo(reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    int descriptor() const { return m_socket; }
    bool isConnected() const { return m_connected; }
    /// False once the server has closed its side.
    bool send(const std::string& bytes)
    {
        std::size_t sent = 0;
        while (sent < bytes.size()) {
            const ssize_t count = ::send(m_socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            sent += std::size_t(count);
        }
        return true;
    }
    void finishSending() { ::shutdown(m_socket, SHUT_WR); }
    void close()
    {
        if (m_socket >= 0)
            ::close(m_socket);
        m_socket = -1;
    }

    /// The next bytes; empty at the end, or when nothing came for too long.
    std::string receive()
    {
        std::string bytes(64 * 1024, '\0');
        const ssize_t count = ::recv(m_socket, bytes.data(), bytes.size(), 0);
        bytes.resize(count > 0 ? std::size_t(count) : 0);
        return bytes;
    }
    /// Everything up to the end of the connection.
    std::string receiveAll()
    {
        std::string all = std::exchange(m_buffer, {});
        for (std::string piece = receive(); !piece.empty(); piece = receive())
            all += piece;
        return all;
    }
    /// Until `wanted` has come; what came so far, also without it.
    std::string receiveUntil(const std::string& wanted)
    {
        while (m_buffer.find(wanted) == std::string::npos) {
            const std::string piece = receive();
            if (piece.empty())
                break;
            m_buffer += piece;
        }
        return std::exchange(m_buffer, {});
    }
    /// One whole reply; status 0 when it did not come whole.
    http::HttpReply reply()
    {
        http::ResponseParser parser;
        std::string body;
        for (;;) {
            const auto whole = parser.push(m_buffer);
            if (!whole)
                return {0, {}, whole.error().message};
            if (parser.hasHead())
                body += parser.takeBody();
            if (*whole)
                break;
            const std::string piece = receive();
            m_buffer += piece;
            if (piece.empty()) {
                if (!parser.finish().value_or(false))
                    return {0, {}, body};
                break;
            }
        }
        http::HttpReply reply = parser.head();
        reply.body = body + parser.takeBody();
        return reply;
    }

private:
    void connectTo(const sockaddr* address, socklen_t size)
    {
        const timeval patience{20, 0};
        ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        m_connected = ::connect(m_socket, address, size) == 0;
    }

    int m_socket;
    bool m_connected = false;
    std::string m_buffer;
};

/// A request as a careful client writes it.
inline std::string rawRequest(
    const std::string& method, const std::string& target, const std::string& body = {}, const std::string& fields = {})
{
    std::string out = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields;
    if (!body.empty())
        out += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    return out + "\r\n" + body;
}

}

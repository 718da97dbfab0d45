#pragma once

#include "core/base/result.h"
#include "core/http/session.h"

#include <boost/asio/io_context.hpp>

namespace ephor::http {

/// Accepts connections until it is closed; each gets a strand of its own.
class Listener {
public:
    /// On a thread of the loop.
    using Accepted = std::function<void(StreamSocket, SessionPeer)>;
    virtual ~Listener() = default;
    /// The TCP port; 0 otherwise.
    virtual std::uint16_t port() const = 0;
    /// From any thread but the loop's: returns once nothing more is accepted.
    virtual void close() = 0;
};

struct TcpPlace {
    std::string address;
    std::uint16_t port = 0;
    bool tls = false;
    PlainText plainText = PlainText::LoopbackOnly;
};

/// Codes http.address, http.plain-text, http.listen.
Result<std::unique_ptr<Listener>> listenTcp(
    boost::asio::io_context& context, const TcpPlace& place, Listener::Accepted accepted);

/// The file is made with mode 0600 and removed by `close`; one that a dead server left is replaced.
/// Codes http.socket-path, http.socket-taken, http.listen.
Result<std::unique_ptr<Listener>> listenUnix(
    boost::asio::io_context& context, const std::string& path, Listener::Accepted accepted);

}

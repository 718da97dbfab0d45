#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/system/error_code.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace boost::asio::ssl {
class context;
}

namespace ephor::http {

/// A TCP or unix socket that is connected.
using StreamSocket = boost::asio::generic::stream_protocol::socket;

/// A connection with or without TLS. Not thread-safe: used on the executor of its socket, where the handlers run too.
/// A handler keeps its transport alive by itself; what it reads into or writes from must live until it runs.
class Transport {
public:
    using Handler = std::function<void(const boost::system::error_code&, std::size_t)>;
    virtual ~Transport() = default;
    /// Ready for data; at once without TLS.
    virtual void handshake(Handler handler) = 0;
    virtual void readSome(boost::asio::mutable_buffer into, Handler handler) = 0;
    virtual void writeAll(std::string_view bytes, Handler handler) = 0;
    /// Tells the peer that nothing more comes; reading goes on.
    virtual void finishSending(Handler handler) = 0;
    /// Ends everything; handlers that wait get an error.
    virtual void close() = 0;
};

std::unique_ptr<Transport> plainTransport(StreamSocket socket);
/// `context` outlives the transport.
std::unique_ptr<Transport> tlsServerTransport(StreamSocket socket, boost::asio::ssl::context& context);
/// Verifies that the certificate is that of `host`, a name or an address.
std::unique_ptr<Transport> tlsClientTransport(
    StreamSocket socket, boost::asio::ssl::context& context, const std::string& host);

}

#include "core/http/transport.h"

#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

namespace ephor::http {

namespace {

class PlainTransport final : public Transport {
public:
    explicit PlainTransport(StreamSocket socket)
        : m_socket(std::move(socket))
    {
    }
    void handshake(Handler handler) override
    {
        boost::asio::post(m_socket.get_executor(), [handler = std::move(handler)] { handler({}, 0); });
    }
    void readSome(boost::asio::mutable_buffer into, Handler handler) override
    {
        m_socket.async_read_some(into, std::move(handler));
    }
    void writeAll(std::string_view bytes, Handler handler) override
    {
        boost::asio::async_write(m_socket, boost::asio::buffer(bytes), std::move(handler));
    }
    void finishSending(Handler handler) override
    {
        boost::system::error_code problem;
        m_socket.shutdown(StreamSocket::shutdown_send, problem);
        boost::asio::post(m_socket.get_executor(), [handler = std::move(handler), problem] { handler(problem, 0); });
    }
    void close() override
    {
        boost::system::error_code ignored;
        m_socket.close(ignored);
    }

private:
    StreamSocket m_socket;
};

class TlsTransport final : public Transport {
public:
    using Stream = boost::asio::ssl::stream<StreamSocket>;
    TlsTransport(StreamSocket socket, boost::asio::ssl::context& context, Stream::handshake_type side)
        : m_stream(std::move(socket), context)
        , m_side(side)
    {
    }
    Stream& stream() { return m_stream; }
    void handshake(Handler handler) override
    {
        m_stream.async_handshake(
            m_side, [handler = std::move(handler)](const boost::system::error_code& problem) { handler(problem, 0); });
    }
    void readSome(boost::asio::mutable_buffer into, Handler handler) override
    {
        m_stream.async_read_some(into, std::move(handler));
    }
    void writeAll(std::string_view bytes, Handler handler) override
    {
        boost::asio::async_write(m_stream, boost::asio::buffer(bytes), std::move(handler));
    }
    void finishSending(Handler handler) override
    {
        m_stream.async_shutdown(
            [handler = std::move(handler)](const boost::system::error_code& problem) { handler(problem, 0); });
    }
    void close() override
    {
        boost::system::error_code ignored;
        m_stream.lowest_layer().close(ignored);
    }

private:
    Stream m_stream;
    Stream::handshake_type m_side;
};

}

std::unique_ptr<Transport> plainTransport(StreamSocket socket)
{
    return std::make_unique<PlainTransport>(std::move(socket));
}

std::unique_ptr<Transport> tlsServerTransport(StreamSocket socket, boost::asio::ssl::context& context)
{
    return std::make_unique<TlsTransport>(std::move(socket), context, TlsTransport::Stream::server);
}

std::unique_ptr<Transport> tlsClientTransport(
    StreamSocket socket, boost::asio::ssl::context& context, const std::string& host)
{
    auto transport = std::make_unique<TlsTransport>(std::move(socket), context, TlsTransport::Stream::client);
    auto& stream = transport->stream();
    stream.set_verify_mode(boost::asio::ssl::verify_peer);
    stream.set_verify_callback(boost::asio::ssl::host_name_verification(host));
    std::string name = host; // a copy: OpenSSL takes it as if it wrote to it
    SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
    return transport;
}

}

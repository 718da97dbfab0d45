#include "tests/bench/mock_model.h"

#include "core/net/event_loop.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <string>

namespace ephor::bench {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::string_view answer
    = R"({"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"mock","choices":[{"index":0,)"
      R"("message":{"role":"assistant","content":"Your parcel left the warehouse this morning and arrives on Thursday."},)"
      R"("finish_reason":"stop"}],"usage":{"prompt_tokens":92,"completion_tokens":14,"total_tokens":106}})";

std::string chunkOf(const std::string& event)
{
    char size[16];
    const auto end = std::to_chars(size, size + sizeof size, event.size(), 16);
    return std::string(size, end.ptr) + "\r\n" + event + "\r\n";
}

std::string delta(const std::string& members, const std::string& finish, const std::string& rest = {})
{
    return chunkOf(
        R"(data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"mock","choices":[{"index":0,"delta":{)"
        + members + R"(},"finish_reason":)" + finish + "}]" + rest + "}\n\n");
}

const std::string wholeReply = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
    + std::to_string(answer.size()) + "\r\n\r\n" + std::string(answer);
const std::string streamHead
    = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
const std::string streamWord = delta(R"("role":"assistant","content":"word ")", "null");
const std::string streamEnd
    = delta("", R"("stop")", R"(,"usage":{"prompt_tokens":92,"completion_tokens":20,"total_tokens":112})")
    + chunkOf("data: [DONE]\n\n") + "0\r\n\r\n";

class Caller : public std::enable_shared_from_this<Caller> {
public:
    explicit Caller(tcp::socket socket)
        : m_socket(std::move(socket))
        , m_timer(m_socket.get_executor())
    {
        boost::system::error_code ignored;
        m_socket.set_option(tcp::no_delay(true), ignored);
    }

    void read()
    {
        const std::size_t before = m_in.size();
        m_in.resize(before + chunk);
        m_socket.async_read_some(asio::buffer(m_in.data() + before, chunk),
            [self = shared_from_this(), before](const boost::system::error_code& error, std::size_t count) {
                self->m_in.resize(before + count);
                if (!error)
                    self->take();
            });
    }

private:
    void take()
    {
        const std::size_t head = m_in.find("\r\n\r\n");
        if (head == std::string::npos)
            return read();
        std::size_t at = m_in.find("ontent-Length: ");
        if (at == std::string::npos)
            at = m_in.find("ontent-length: ");
        std::size_t bytes = 0;
        if (at < head)
            std::from_chars(m_in.data() + at + 15, m_in.data() + head, bytes);
        if (m_in.size() < head + 4 + bytes)
            return read();
        const bool streamed = m_in.find("\"stream\":true", head) != std::string::npos;
        m_in.erase(0, head + 4 + bytes);
        if (!streamed)
            return write(wholeReply, [](Caller& self) { self.read(); });
        m_left = deltasLeft;
        m_begun = std::chrono::steady_clock::now();
        write(streamHead, [](Caller& self) { self.wait(); });
    }

    template <class Then> void write(const std::string& bytes, Then then)
    {
        asio::async_write(m_socket, asio::buffer(bytes),
            [self = shared_from_this(), then](const boost::system::error_code& error, std::size_t) {
                if (!error)
                    then(*self);
            });
    }

    void wait()
    {
        const auto due = m_begun + std::chrono::milliseconds(MockModel::pauseMilliseconds) * (deltasLeft - m_left + 1);
        m_timer.expires_at(due);
        m_timer.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
            if (error)
                return;
            if (self->m_left-- > 0)
                self->write(streamWord, [](Caller& caller) { caller.wait(); });
            else
                self->write(streamEnd, [](Caller& caller) { caller.read(); });
        });
    }

    static constexpr std::size_t chunk = 8 * 1024;
    static constexpr int deltasLeft = MockModel::deltas;
    tcp::socket m_socket;
    asio::steady_timer m_timer;
    std::string m_in;
    std::chrono::steady_clock::time_point m_begun;
    int m_left = 0;
};

}

struct MockModel::State {
    net::EventLoop loop;
    tcp::acceptor acceptor{loop.context(), {asio::ip::address_v4::loopback(), 0}};

    void accept()
    {
        acceptor.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
            if (error)
                return;
            std::make_shared<Caller>(std::move(socket))->read();
            accept();
        });
    }
};

MockModel::MockModel()
    : m_state(std::make_unique<State>())
{
    m_state->acceptor.listen(1'024);
    m_state->accept();
}

MockModel::~MockModel()
{
    m_state->loop.stop();
}

std::uint16_t MockModel::port() const
{
    return m_state->acceptor.local_endpoint().port();
}

}

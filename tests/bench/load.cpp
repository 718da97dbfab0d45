#include "tests/bench/load.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace ephor::bench {

namespace asio = boost::asio;
using asio::ip::tcp;
using Moment = std::chrono::steady_clock::time_point;

namespace {

// After it what has not answered counts as failed: a server that hangs must not hang the benchmark.
constexpr std::chrono::seconds patience{60};

/// How much of `received` one whole reply takes, or nothing as long as it is not whole.
std::optional<std::size_t> wholeReply(std::string_view received)
{
    const std::size_t head = received.find("\r\n\r\n");
    if (head == std::string_view::npos)
        return std::nullopt;
    std::string fields(received.substr(0, head + 2));
    for (char& letter : fields)
        letter = letter >= 'A' && letter <= 'Z' ? char(letter + 32) : letter;
    constexpr std::string_view length = "\r\ncontent-length: ";
    if (const std::size_t at = fields.find(length); at != std::string::npos) {
        std::size_t bytes = 0;
        std::from_chars(fields.data() + at + length.size(), fields.data() + fields.size(), bytes);
        const std::size_t whole = head + 4 + bytes;
        return received.size() >= whole ? std::optional(whole) : std::nullopt;
    }
    return received.ends_with("\r\n0\r\n\r\n") ? std::optional(received.size()) : std::nullopt;
}

class Connection {
public:
    using Done = std::function<void(Connection&, bool good)>;

    Connection(asio::io_context& context, const Target& target, Done done)
        : m_socket(context)
        , m_target(target)
        , m_done(std::move(done))
    {
        connect();
    }

    void send(Moment due)
    {
        m_due = due;
        if (!m_socket.is_open())
            connect();
        asio::async_write(
            m_socket, asio::buffer(m_target.request), [this](const boost::system::error_code& error, std::size_t) {
                if (error)
                    return broken();
                receive();
            });
    }
    Moment due() const { return m_due; }

private:
    void connect()
    {
        boost::system::error_code error;
        m_socket.connect({asio::ip::address_v4::loopback(), m_target.port}, error);
        if (!error)
            m_socket.set_option(tcp::no_delay(true), error);
    }

    void receive()
    {
        const std::size_t before = m_received.size();
        m_received.resize(before + chunk);
        m_socket.async_read_some(asio::buffer(m_received.data() + before, chunk),
            [this, before](const boost::system::error_code& error, std::size_t count) {
                m_received.resize(before + count);
                if (error)
                    return broken();
                const auto whole = wholeReply(m_received);
                if (!whole)
                    return receive();
                const std::string_view reply(m_received.data(), *whole);
                const bool good = reply.starts_with("HTTP/1.1 200") && reply.find(m_target.ending) != reply.npos;
                m_received.clear();
                m_done(*this, good);
            });
    }

    void broken()
    {
        m_received.clear();
        boost::system::error_code ignored;
        m_socket.close(ignored);
        m_done(*this, false);
    }

    static constexpr std::size_t chunk = 8 * 1024;
    tcp::socket m_socket;
    const Target& m_target;
    Done m_done;
    Moment m_due;
    std::string m_received;
};

/// One load from beginning to end, on the caller's thread.
class Load {
public:
    Load(const Target& target, std::size_t connections)
    {
        for (std::size_t i = 0; i < connections; ++i) {
            m_connections.push_back(std::make_unique<Connection>(
                m_context, target, [this](Connection& connection, bool good) { take(connection, good); }));
            m_free.push_back(m_connections.back().get());
        }
    }

    LoadResult open(double perSecond, double seconds)
    {
        const auto count = std::size_t(perSecond * seconds);
        const std::chrono::duration<double> gap(1 / perSecond);
        asio::steady_timer timer(m_context);
        m_begin = std::chrono::steady_clock::now();
        std::size_t next = 0;
        const auto dueAt = [&](std::size_t index) {
            return m_begin + std::chrono::duration_cast<std::chrono::steady_clock::duration>(gap * double(index));
        };
        std::function<void()> tick = [&] {
            const Moment now = std::chrono::steady_clock::now();
            for (; next < count && dueAt(next) <= now; ++next)
                m_waiting.push_back(dueAt(next));
            m_expected = next < count;
            hand();
            if (next == count)
                return;
            timer.expires_at(dueAt(next));
            timer.async_wait([&tick](const boost::system::error_code& error) {
                if (!error)
                    tick();
            });
        };
        tick();
        return finish(std::chrono::duration<double>(seconds));
    }

    LoadResult closed(double seconds)
    {
        m_begin = std::chrono::steady_clock::now();
        m_until = m_begin
            + std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
        for (std::size_t i = m_free.size(); i > 0; --i)
            m_waiting.push_back(m_begin);
        hand();
        return finish(std::chrono::duration<double>(seconds));
    }

    LoadResult once()
    {
        m_begin = std::chrono::steady_clock::now();
        m_waiting.assign(m_free.size(), m_begin);
        hand();
        return finish(std::chrono::duration<double>(0));
    }

private:
    void hand()
    {
        while (!m_waiting.empty() && !m_free.empty()) {
            Connection* const connection = m_free.back();
            m_free.pop_back();
            const Moment due = m_waiting.front();
            m_waiting.pop_front();
            connection->send(due);
        }
    }

    void take(Connection& connection, bool good)
    {
        const Moment now = std::chrono::steady_clock::now();
        m_last = now;
        if (good)
            m_result.micros.push_back(std::chrono::duration<double, std::micro>(now - connection.due()).count());
        else
            ++m_result.failed;
        m_free.push_back(&connection);
        if (now < m_until)
            m_waiting.push_back(now);
        hand();
        if (!m_expected && m_waiting.empty() && m_free.size() == m_connections.size())
            m_context.stop();
    }

    LoadResult finish(std::chrono::duration<double> planned)
    {
        m_context.run_for(std::chrono::duration_cast<std::chrono::nanoseconds>(planned) + patience);
        m_result.failed += m_waiting.size() + m_connections.size() - m_free.size();
        m_result.seconds = std::chrono::duration<double>(m_last - m_begin).count();
        return std::move(m_result);
    }

    asio::io_context m_context{1};
    std::vector<std::unique_ptr<Connection>> m_connections;
    std::vector<Connection*> m_free;
    std::deque<Moment> m_waiting;
    bool m_expected = false; ///< more requests are still to become due
    Moment m_begin;
    Moment m_until;
    Moment m_last;
    LoadResult m_result;
};

}

std::string postRequest(const std::string& path, const std::string& headers, const std::string& body)
{
    return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

void LoadResult::add(LoadResult&& other)
{
    micros.insert(micros.end(), other.micros.begin(), other.micros.end());
    failed += other.failed;
    seconds += other.seconds;
}

LoadResult openLoop(const Target& target, double perSecond, double seconds, std::size_t connections)
{
    return Load(target, connections).open(perSecond, seconds);
}

LoadResult closedLoop(const Target& target, std::size_t connections, double seconds)
{
    return Load(target, connections).closed(seconds);
}

LoadResult allAtOnce(const Target& target, std::size_t connections)
{
    return Load(target, connections).once();
}

void wakeExactly()
{
    ::prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0);
}

void prepareProcess()
{
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    wakeExactly();
}

}

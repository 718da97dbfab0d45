#pragma once

#include "core/http/message_parser.h"
#include "core/http/remote_options.h"
#include "core/http/transport.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <functional>
#include <memory>

namespace ephor::http {

/// One request to the server and what to do with what comes back.
struct RemoteExchange {
    std::string bytes; ///< the whole request
    std::chrono::milliseconds silence; ///< without any byte for this long it is given up
    std::function<void(const HttpReply&)> head;
    std::function<void(std::string)> body; ///< each piece
    std::function<void(Result<void>)> done; ///< once, whatever happens, except after `close`
};

/// A connection to the server; one exchange at a time. Everything runs on the one thread of its loop.
class RemoteConnection : public std::enable_shared_from_this<RemoteConnection> {
public:
    /// `tls` may be null for plain text; both outlive the connection.
    RemoteConnection(boost::asio::io_context& context, boost::asio::ssl::context* tls, const RemotePlace& place,
        const RemoteTimes& times);

    /// Connects first when it has not yet. Codes remote.unreachable, remote.tls, remote.timeout, remote.lost,
    /// remote.malformed.
    void run(RemoteExchange exchange);
    /// Ends it without a word to the exchange under way.
    void close();
    /// An exchange is over and another may follow.
    bool isReusable() const { return m_state == State::Idle; }
    /// It had an exchange before the current one.
    bool isUsed() const { return m_exchanges > 1; }
    bool hasReplyByte() const { return m_replied; }
    std::chrono::steady_clock::time_point idleSince() const { return m_idleSince; }

private:
    enum class State { Fresh, Connecting, Busy, Idle, Closed };

    void connect();
    void connected(StreamSocket socket);
    void send();
    void read();
    void onRead(const boost::system::error_code& problem, std::size_t size);
    void deliver();
    void forgetExchange();
    void finish(Result<void> result);
    void failWith(std::string code, const std::string& what);
    void arm(std::chrono::milliseconds delay, std::string code);

    boost::asio::io_context& m_context;
    boost::asio::ssl::context* m_tls;
    const RemotePlace& m_place;
    const RemoteTimes& m_times;
    boost::asio::ip::tcp::resolver m_resolver;
    boost::asio::steady_timer m_deadline;
    std::uint64_t m_deadlineNumber = 0;
    std::unique_ptr<Transport> m_transport;
    std::unique_ptr<ResponseParser> m_parser;
    RemoteExchange m_exchange;
    State m_state = State::Fresh;
    std::array<char, 16 * 1024> m_chunk;
    std::string m_buffer;
    std::string m_request; ///< lives until it is written
    bool m_writePending = false;
    bool m_readPending = false;
    bool m_headGiven = false;
    bool m_replied = false;
    std::uint64_t m_exchanges = 0;
    std::chrono::steady_clock::time_point m_idleSince;
};

}

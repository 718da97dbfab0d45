#pragma once

#include "core/http/closed_tasks.h"
#include "core/http/message_parser.h"
#include "core/http/problem.h"
#include "core/http/server_options.h"
#include "core/http/transport.h"
#include "core/http/worker_pool.h"
#include "core/net/moving_deadline.h"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace ephor::http {

class Session;

/// What the sessions of one server share; outlives them.
struct SessionHost {
    Service& service;
    WorkerPool& workers;
    Counters& counters;
    const ServerLimits& limits;
    const ServerTimes& times;
    Clock& clock;
    std::function<void(Session*)> closed; ///< once for each session, on its own sequence
};

/// Where a connection came from.
struct SessionPeer {
    std::string address;
    bool loopback = false;
    bool ownersSocket = false;
};

/// One connection: reads a request, has it answered, writes the reply, and again. Requests of one connection are
/// answered one after another. Everything private runs on the executor of the socket.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(std::unique_ptr<Transport> transport, boost::asio::any_io_executor executor, const SessionHost& host,
        SessionPeer peer);

    // From any thread.
    void start();
    /// Answers 503 without reading anything: there are too many connections.
    void refuse();
    /// Ends the connection, after the reply that is being written.
    void stop();
    /// Ends it from outside once no thread runs its executor any more.
    void abandon() { close(); }

private:
    friend class SessionWriter;
    enum class Phase { Handshake, Reading, Handling, Streaming, Draining, Closed };

    void nextRequest();
    void read();
    void onRead(const boost::system::error_code& problem, std::size_t size);
    void onReadEnd();
    void parse();
    void dispatch();
    void answerBroken(const Error& error);

    void sendWhole(std::uint64_t request, HttpReply reply);
    void begin(std::uint64_t request, HttpReply head);
    void sendPiece(std::uint64_t request, std::string bytes);
    void end(std::uint64_t request);
    void startTimer(std::uint64_t request, std::chrono::milliseconds delay, std::function<void()> task);

    void queue(std::string bytes);
    void writeNext();
    void onWritten(const boost::system::error_code& problem);
    void finishReply();
    void drain();
    void close();
    void runClosedTasks();
    void onDeadline();

    std::unique_ptr<Transport> m_transport;
    boost::asio::any_io_executor m_executor;
    const SessionHost& m_host;
    SessionPeer m_peer;
    Phase m_phase = Phase::Handshake;

    std::unique_ptr<RequestParser> m_parser;
    std::array<char, 16 * 1024> m_chunk; ///< one read
    std::string m_buffer; ///< read and not parsed
    bool m_readPending = false;
    bool m_requestBegun = false;
    bool m_headSeen = false;

    std::uint64_t m_request = 0; ///< number of the one that is answered; replies to others are dropped
    bool m_answering = false; ///< its reply has not begun
    bool m_withoutBody = false; ///< HEAD
    bool m_oldVersion = false;
    bool m_keepAlive = true;
    bool m_replyEnds = false; ///< the reply is over once the queue is written
    bool m_stopping = false;

    std::string m_outgoing;
    std::string m_inFlight;
    std::shared_ptr<ClosedTasks> m_closedTasks; ///< of the request that is answered
    std::list<boost::asio::steady_timer> m_timers;
    net::MovingDeadline m_deadline;
};

}

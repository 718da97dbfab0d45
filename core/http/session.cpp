#include "core/http/session.h"

#include "core/http/session_writer.h"
#include "core/http/wire_head.h"

#include <boost/asio/post.hpp>

namespace ephor::http {

namespace {

// What a client may send ahead while a stream is written to it: one small request.
constexpr std::size_t mostReadAhead = 64 * 1024;

// A proxy on this machine makes every caller look local; where it says so, the caller is not.
bool cameThroughProxy(const Headers& headers)
{
    return findHeader(headers, "forwarded") || findHeader(headers, "x-forwarded-for") || findHeader(headers, "via");
}

Error overloaded(std::string code, std::string message)
{
    return Error(ErrorKind::Unavailable, std::move(code), std::move(message), "Try again in a moment.")
        .with("retry_after", "1");
}

}

Session::Session(std::unique_ptr<Transport> transport, boost::asio::any_io_executor executor, const SessionHost& host,
    SessionPeer peer)
    : m_transport(std::move(transport))
    , m_executor(executor)
    , m_host(host)
    , m_peer(std::move(peer))
    , m_deadline(executor, [this] { onDeadline(); })
{
}

void Session::start()
{
    boost::asio::post(m_executor, [self = shared_from_this()] {
        self->m_deadline.set(self->m_host.times.header);
        self->m_transport->handshake([self](const boost::system::error_code& problem, std::size_t) {
            if (problem)
                self->close();
            else if (self->m_phase == Phase::Handshake)
                self->nextRequest();
        });
    });
}

void Session::refuse()
{
    boost::asio::post(m_executor, [self = shared_from_this()] {
        self->m_keepAlive = false;
        self->m_phase = Phase::Handling;
        self->m_answering = true;
        self->sendWhole(self->m_request,
            errorReply(Dialect::Problem,
                overloaded("http.connections", "The server has as many connections as it takes."), ""));
    });
}

void Session::stop()
{
    boost::asio::post(m_executor, [self = shared_from_this()] {
        self->m_stopping = true;
        self->m_keepAlive = false;
        const bool writesLastReply = self->m_replyEnds && self->m_phase != Phase::Draining;
        if (!writesLastReply)
            self->close();
    });
}

void Session::nextRequest()
{
    m_phase = Phase::Reading;
    m_parser
        = std::make_unique<RequestParser>(RequestParser::Limits{m_host.limits.headerBytes, m_host.limits.bodyBytes});
    m_requestBegun = !m_buffer.empty();
    m_headSeen = false;
    m_deadline.set(m_requestBegun ? m_host.times.header : m_host.times.idle);
    if (m_requestBegun)
        parse();
    else
        read();
}

void Session::read()
{
    if (m_readPending || m_phase == Phase::Closed)
        return;
    m_readPending = true;
    m_transport->readSome(boost::asio::buffer(m_chunk),
        [self = shared_from_this()](const boost::system::error_code& problem, std::size_t size) {
            self->m_readPending = false;
            self->onRead(problem, size);
        });
}

void Session::onRead(const boost::system::error_code& problem, std::size_t size)
{
    if (problem) {
        onReadEnd();
        return;
    }
    switch (m_phase) {
    case Phase::Reading:
        m_buffer.append(m_chunk.data(), size);
        if (!m_requestBegun) {
            m_requestBegun = true;
            m_deadline.set(m_host.times.header);
        }
        parse();
        break;
    case Phase::Handling:
    case Phase::Streaming:
        m_buffer.append(m_chunk.data(), size);
        if (m_phase == Phase::Streaming && m_buffer.size() < mostReadAhead)
            read();
        break;
    case Phase::Draining:
        read();
        break;
    case Phase::Handshake:
    case Phase::Closed:
        break;
    }
}

// A client may shut its sending half and still wait for a reply; for a stream the end means that it has gone.
void Session::onReadEnd()
{
    if (m_phase == Phase::Reading && m_requestBegun)
        answerBroken(Error(ErrorKind::Invalid, "http.truncated", "The request ended before it was whole."));
    else if (m_phase != Phase::Handling)
        close();
}

void Session::parse()
{
    const auto whole = m_parser->push(m_buffer);
    if (!whole) {
        answerBroken(whole.error());
        return;
    }
    if (*whole) {
        dispatch();
        return;
    }
    if (m_parser->hasHead() && !m_headSeen) {
        m_headSeen = true;
        m_deadline.set(m_host.times.body);
        if (m_parser->expectsContinue())
            queue("HTTP/1.1 100 Continue\r\n\r\n");
    }
    read();
}

void Session::dispatch()
{
    m_deadline.lift();
    ++m_host.counters.requests;
    m_phase = Phase::Handling;
    m_answering = true;
    m_replyEnds = false;
    ++m_request;
    m_keepAlive = m_parser->keepAlive() && !m_stopping;
    m_oldVersion = m_parser->isOldVersion();
    const auto view = std::make_shared<HttpRequestView>(m_parser->take());
    m_withoutBody = view->method == "HEAD";
    view->peer = m_peer.address;
    view->ownersSocket = m_peer.ownersSocket;
    view->localPeer = (m_peer.loopback && !cameThroughProxy(view->headers)) || m_peer.ownersSocket;
    m_closedTasks = std::make_shared<ClosedTasks>();
    const auto writer = std::make_shared<SessionWriter>(shared_from_this(), m_request, m_closedTasks);
    const bool taken
        = m_host.workers.submit([&service = m_host.service, view, writer] { service.handle(*view, writer); });
    if (taken)
        return;
    ++m_host.counters.requestsRefused;
    writer->reply(errorReply(
        dialectOf(view->target), overloaded("http.busy", "The server has as many requests as it takes."), ""));
}

void Session::answerBroken(const Error& error)
{
    ++m_host.counters.requestsBroken;
    m_phase = Phase::Handling;
    m_answering = true;
    m_keepAlive = false;
    m_withoutBody = false;
    m_replyEnds = false;
    ++m_request;
    m_deadline.lift();
    m_buffer.clear();
    sendWhole(m_request, errorReply(dialectOf(m_parser->target()), error, ""));
}

void Session::sendWhole(std::uint64_t request, HttpReply reply)
{
    if (request != m_request || !m_answering || m_phase != Phase::Handling)
        return;
    m_answering = false;
    m_replyEnds = true;
    const std::int64_t now = std::chrono::floor<std::chrono::seconds>(m_host.clock.now()).time_since_epoch().count();
    std::string bytes = replyHead(reply, {reply.body.size(), false, !m_keepAlive, now});
    if (!m_withoutBody)
        bytes += reply.body;
    queue(std::move(bytes));
}

void Session::begin(std::uint64_t request, HttpReply head)
{
    if (request != m_request || !m_answering || m_phase != Phase::Handling)
        return;
    m_answering = false;
    m_phase = Phase::Streaming;
    if (m_oldVersion)
        m_keepAlive = false;
    const std::int64_t now = std::chrono::floor<std::chrono::seconds>(m_host.clock.now()).time_since_epoch().count();
    queue(replyHead(head, {std::nullopt, !m_oldVersion, !m_keepAlive, now}));
    if (m_withoutBody) {
        m_replyEnds = true;
        return;
    }
    sendPiece(request, std::move(head.body));
    read();
}

void Session::sendPiece(std::uint64_t request, std::string bytes)
{
    if (request != m_request || m_phase != Phase::Streaming || m_replyEnds || bytes.empty())
        return;
    if (m_outgoing.size() > m_host.limits.backlogBytes) {
        close();
        return;
    }
    queue(m_oldVersion ? std::move(bytes) : chunkOf(bytes));
}

void Session::end(std::uint64_t request)
{
    if (request != m_request || m_phase != Phase::Streaming || m_replyEnds)
        return;
    m_replyEnds = true;
    queue(m_oldVersion ? std::string() : std::string(lastChunk));
}

void Session::startTimer(std::uint64_t request, std::chrono::milliseconds delay, std::function<void()> task)
{
    const bool replying = m_phase == Phase::Handling || m_phase == Phase::Streaming;
    if (request != m_request || !replying || m_replyEnds)
        return;
    const auto timer = m_timers.emplace(m_timers.end(), m_executor);
    timer->expires_after(delay);
    timer->async_wait(
        [weak = weak_from_this(), request, timer, task = std::move(task)](const boost::system::error_code& problem) {
            const auto self = weak.lock();
            if (problem || !self || request != self->m_request || self->m_timers.empty())
                return;
            self->m_timers.erase(timer);
            task();
        });
}

void Session::queue(std::string bytes)
{
    m_outgoing += bytes;
    if (m_inFlight.empty())
        writeNext();
}

void Session::writeNext()
{
    if (m_outgoing.empty()) {
        if (m_replyEnds)
            finishReply();
        return;
    }
    m_inFlight.swap(m_outgoing);
    m_outgoing.clear();
    if (m_phase != Phase::Reading)
        m_deadline.set(m_host.times.write);
    m_transport->writeAll(
        m_inFlight, [self = shared_from_this()](const boost::system::error_code& problem, std::size_t) {
            self->onWritten(problem);
        });
}

void Session::onWritten(const boost::system::error_code& problem)
{
    m_inFlight.clear();
    if (m_phase == Phase::Closed)
        return;
    if (problem) {
        close();
        return;
    }
    if (m_phase != Phase::Reading)
        m_deadline.lift();
    writeNext();
}

void Session::finishReply()
{
    m_replyEnds = false;
    m_timers.clear();
    ++m_request;
    runClosedTasks();
    if (m_keepAlive)
        nextRequest();
    else if (m_stopping)
        close();
    else
        drain();
}

// Closing while the client still sends would reset the connection and lose the reply (RFC 9112 §9.6).
void Session::drain()
{
    m_phase = Phase::Draining;
    m_deadline.set(m_host.times.linger);
    m_transport->finishSending([self = shared_from_this()](const boost::system::error_code& problem, std::size_t) {
        if (problem)
            self->close();
        else
            self->read();
    });
}

void Session::close()
{
    if (m_phase == Phase::Closed)
        return;
    m_phase = Phase::Closed;
    m_deadline.close();
    m_timers.clear();
    m_transport->close();
    runClosedTasks();
    m_host.closed(this);
}

void Session::runClosedTasks()
{
    const auto tasks = std::exchange(m_closedTasks, nullptr);
    if (!tasks)
        return;
    for (const auto& task : tasks->close())
        task();
}

void Session::onDeadline()
{
    const auto self = shared_from_this(); // closing lets go of it
    if (m_phase == Phase::Reading && m_requestBegun)
        answerBroken(Error(
            ErrorKind::Timeout, "http.timeout", "The request did not arrive in time.", "Send it without pauses."));
    else
        close();
}

}

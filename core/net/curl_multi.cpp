#include "core/net/curl_multi.h"

#include <boost/asio/defer.hpp>
#include <vector>

namespace ephor::net {

namespace {

void initialiseCurlOnce()
{
    static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    static_cast<void>(initialised);
}

Error clientClosed()
{
    return {ErrorKind::Cancelled, "net.cancelled", "The client was closed while the request was under way."};
}

}

CurlMulti::CurlMulti(boost::asio::io_context& context, HttpClientOptions options)
    : m_strand(context.get_executor())
    , m_options(std::move(options))
    , m_due(m_strand, [this] {
        if (const auto self = weak_from_this().lock())
            self->act(CURL_SOCKET_TIMEOUT, 0);
    })
{
    initialiseCurlOnce();
    m_multi = curl_multi_init();
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &CurlMulti::onSocket);
    curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &CurlMulti::onTimer);
    curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(m_multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    curl_multi_setopt(m_multi, CURLMOPT_MAX_CONCURRENT_STREAMS, m_options.maxConcurrentStreams);
    curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, m_options.maxIdleConnections);
}

CurlMulti::~CurlMulti()
{
    shutDown();
}

void CurlMulti::add(const std::shared_ptr<HttpTransfer>& transfer)
{
    if (!m_multi) {
        transfer->complete(std::unexpected(clientClosed()));
        return;
    }
    if (transfer->isComplete())
        return;
    if (const auto& prepared = transfer->prepared(); !prepared) {
        transfer->complete(std::unexpected(prepared.error()));
        return;
    }
    m_transfers.emplace(transfer->easy(), transfer);
    transfer->startIdleTimer();
    m_goingOn = true;
    curl_multi_add_handle(m_multi, transfer->easy());
    m_goingOn = false;
    act(CURL_SOCKET_TIMEOUT, 0);
}

std::shared_ptr<HttpTransfer> CurlMulti::remove(CURL* easy)
{
    const auto found = m_transfers.find(easy);
    if (found == m_transfers.end())
        return nullptr;
    std::shared_ptr<HttpTransfer> transfer = found->second;
    m_transfers.erase(found);
    curl_multi_remove_handle(m_multi, easy);
    return transfer;
}

void CurlMulti::abort(const std::shared_ptr<HttpTransfer>& transfer, Error error)
{
    if (transfer->isComplete())
        return;
    if (m_multi && transfer->easy())
        remove(transfer->easy());
    transfer->complete(std::unexpected(std::move(error)));
}

void CurlMulti::shutDown()
{
    if (!m_multi)
        return;
    std::vector<std::shared_ptr<HttpTransfer>> open;
    for (const auto& [easy, transfer] : m_transfers)
        open.push_back(transfer);
    for (const auto& transfer : open)
        remove(transfer->easy());
    CURLM* multi = std::exchange(m_multi, nullptr);
    curl_multi_cleanup(multi);
    m_watches.clear();
    m_due.close();
    for (const auto& transfer : open)
        transfer->complete(std::unexpected(clientClosed()));
}

int CurlMulti::onSocket(CURL*, curl_socket_t socket, int what, void* self, void*)
{
    auto* multi = static_cast<CurlMulti*>(self);
    if (what == CURL_POLL_REMOVE)
        multi->unwatchSocket(socket);
    else
        multi->watchSocket(socket, what);
    return 0;
}

int CurlMulti::onTimer(CURLM*, long milliseconds, void* self)
{
    static_cast<CurlMulti*>(self)->setTimer(milliseconds);
    return 0;
}

void CurlMulti::watchSocket(curl_socket_t socket, int what)
{
    std::shared_ptr<SocketWatch>& watch = m_watches[socket];
    if (!watch) {
        watch = std::make_shared<SocketWatch>(m_strand);
        boost::system::error_code error;
        watch->descriptor.assign(socket, error);
        if (error) {
            m_watches.erase(socket);
            return;
        }
    }
    watch->wanted = what;
    arm(socket, watch);
}

// libcurl closes its sockets itself, so the descriptor only lets go of them.
void CurlMulti::unwatchSocket(curl_socket_t socket)
{
    const auto found = m_watches.find(socket);
    if (found == m_watches.end())
        return;
    found->second->wanted = CURL_POLL_NONE;
    found->second->descriptor.release();
    m_watches.erase(found);
}

void CurlMulti::arm(curl_socket_t socket, const std::shared_ptr<SocketWatch>& watch)
{
    using Descriptor = boost::asio::posix::stream_descriptor;
    if ((watch->wanted & CURL_POLL_IN) != 0 && !watch->reading) {
        watch->reading = true;
        watch->descriptor.async_wait(
            Descriptor::wait_read, [self = shared_from_this(), socket, watch](const boost::system::error_code& error) {
                watch->reading = false;
                self->socketReady(socket, watch, CURL_CSELECT_IN, bool(error));
            });
    }
    if ((watch->wanted & CURL_POLL_OUT) != 0 && !watch->writing) {
        watch->writing = true;
        watch->descriptor.async_wait(
            Descriptor::wait_write, [self = shared_from_this(), socket, watch](const boost::system::error_code& error) {
                watch->writing = false;
                self->socketReady(socket, watch, CURL_CSELECT_OUT, bool(error));
            });
    }
}

void CurlMulti::socketReady(curl_socket_t socket, const std::shared_ptr<SocketWatch>& watch, int event, bool broken)
{
    const auto stillWatched = [&] {
        const auto found = m_watches.find(socket);
        return found != m_watches.end() && found->second == watch;
    };
    if (!m_multi || !stillWatched())
        return;
    const int interest = event == CURL_CSELECT_IN ? CURL_POLL_IN : CURL_POLL_OUT;
    if ((watch->wanted & interest) != 0 || broken)
        act(socket, broken ? CURL_CSELECT_ERR : event);
    if (m_multi && stillWatched())
        arm(socket, watch);
}

void CurlMulti::setTimer(long milliseconds)
{
    if (milliseconds > 0)
        m_due.set(std::chrono::milliseconds(milliseconds));
    else
        m_due.lift();
    if (milliseconds == 0 && !m_goingOn) {
        // Not from in here, since libcurl stands below; and not by a timer, which goes by way of the kernel.
        m_goingOn = true;
        boost::asio::defer(m_strand, [weak = weak_from_this()] {
            const auto self = weak.lock();
            if (!self)
                return;
            self->m_goingOn = false;
            self->act(CURL_SOCKET_TIMEOUT, 0);
        });
    }
}

void CurlMulti::act(curl_socket_t socket, int events)
{
    if (!m_multi)
        return;
    int running = 0;
    curl_multi_socket_action(m_multi, socket, events, &running);
    takeMessages();
}

void CurlMulti::takeMessages()
{
    int left = 0;
    while (const CURLMsg* message = m_multi ? curl_multi_info_read(m_multi, &left) : nullptr) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        if (const auto transfer = remove(message->easy_handle))
            transfer->finish(code);
    }
}

}

#pragma once

#include "core/net/http_transfer.h"
#include "core/net/moving_deadline.h"

#include <boost/asio/posix/stream_descriptor.hpp>
#include <unordered_map>

namespace ephor::net {

/// libcurl's multi interface driven by the loop: its sockets and its timer become Asio's. Internal to this room.
/// Everything runs on one strand, since a multi handle is not thread-safe.
class CurlMulti final : public std::enable_shared_from_this<CurlMulti> {
public:
    CurlMulti(boost::asio::io_context& context, HttpClientOptions options);
    ~CurlMulti();

    const LoopStrand& strand() const { return m_strand; }
    const HttpClientOptions& options() const { return m_options; }
    void add(const std::shared_ptr<HttpTransfer>& transfer);
    void abort(const std::shared_ptr<HttpTransfer>& transfer, Error error);
    /// Aborts everything and closes every connection; later requests are refused.
    void shutDown();

private:
    struct SocketWatch {
        explicit SocketWatch(const LoopStrand& strand)
            : descriptor(strand)
        {
        }
        boost::asio::posix::stream_descriptor descriptor;
        int wanted = CURL_POLL_NONE;
        bool reading = false;
        bool writing = false;
    };

    static int onSocket(CURL* easy, curl_socket_t socket, int what, void* self, void* watch);
    static int onTimer(CURLM* multi, long milliseconds, void* self);

    void watchSocket(curl_socket_t socket, int what);
    void unwatchSocket(curl_socket_t socket);
    void arm(curl_socket_t socket, const std::shared_ptr<SocketWatch>& watch);
    void socketReady(curl_socket_t socket, const std::shared_ptr<SocketWatch>& watch, int event, bool broken);
    void setTimer(long milliseconds);
    void act(curl_socket_t socket, int events);
    void takeMessages();
    std::shared_ptr<HttpTransfer> remove(CURL* easy);

    LoopStrand m_strand;
    const HttpClientOptions m_options;
    CURLM* m_multi = nullptr;
    MovingDeadline m_due; ///< what libcurl asks to be called for
    bool m_goingOn = false; ///< a call for what is due at once is on its way
    std::unordered_map<curl_socket_t, std::shared_ptr<SocketWatch>> m_watches;
    std::unordered_map<CURL*, std::shared_ptr<HttpTransfer>> m_transfers;
};

}

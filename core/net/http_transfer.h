#pragma once

#include "core/net/http_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <curl/curl.h>

namespace ephor::net {

using LoopStrand = boost::asio::strand<boost::asio::io_context::executor_type>;
class CurlMulti;

/// One request of HttpClient on its easy handle. Internal to this room. But for `cancel`, and what comes before it is
/// added, all runs on the client's strand.
class HttpTransfer final : public Cancellable, public std::enable_shared_from_this<HttpTransfer> {
public:
    HttpTransfer(std::weak_ptr<CurlMulti> multi, LoopStrand strand, HttpRequest request);
    ~HttpTransfer() override;

    void cancel() override;

    /// Checks the request and sets the handle up; on any thread, before the strand has it.
    void prepare(const HttpClientOptions& options);
    /// Who hears of it from now on; before the strand has it.
    void hear(HttpCallbacks callbacks) { m_callbacks = std::move(callbacks); }
    /// What `prepare` found.
    const Result<void>& prepared() const { return m_prepared; }
    CURL* easy() const { return m_easy; }
    /// Watches for a server that says nothing for too long.
    void startIdleTimer();
    /// libcurl has finished with the handle.
    void finish(CURLcode code);
    /// Ends the request; the first call counts.
    void complete(Result<HttpResponse> outcome);
    bool isComplete() const { return m_complete; }

private:
    static std::size_t onHeader(char* data, std::size_t size, std::size_t count, void* self);
    static std::size_t onBody(char* data, std::size_t size, std::size_t count, void* self);
    static curl_socket_t onOpenSocket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static int onPrepared(void* self, char* remote, char* local, int remotePort, int localPort);

    Result<void> setUp(const HttpClientOptions& options);
    Result<void> setUrl();
    Result<void> setHeaders();
    void setMethod();
    void setLimits();
    std::size_t takeHeader(std::string_view line);
    void tellHead();
    std::size_t takeBody(std::string_view data);
    Error errorFor(CURLcode code) const;

    std::weak_ptr<CurlMulti> m_multi;
    LoopStrand m_strand;
    HttpRequest m_request;
    HttpCallbacks m_callbacks;
    Result<void> m_prepared;
    HttpResponse m_response;
    CURL* m_easy = nullptr;
    curl_slist* m_headerList = nullptr;
    boost::asio::steady_timer m_idleTimer;
    std::chrono::steady_clock::time_point m_lastByte;
    std::optional<Error> m_ownError; ///< why one of the callbacks above ended the transfer
    std::optional<Error> m_denied; ///< the newest address that was not allowed
    std::size_t m_headerBytes = 0;
    std::size_t m_bodyBytes = 0;
    bool m_headTold = false;
    bool m_viaProxy = false;
    bool m_complete = false;
};

}

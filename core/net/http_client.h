#pragma once

#include "core/base/result.h"
#include "core/net/cancellable.h"
#include "core/net/http_message.h"

#include <functional>
#include <memory>

namespace ephor::net {

class EventLoop;
class HttpTransfer;

/// What one request tells while it runs: on the loop's threads, one call at a time, in this order.
struct HttpCallbacks {
    /// Status and headers have come; `body` is still empty. May be empty.
    std::function<void(const HttpResponse&)> onHead;
    /// More of the body, which then is not kept for the response. May be empty: the body is kept.
    std::function<void(std::string_view)> onData;
    /// Exactly once, last. Any status is a response; an error means that there is none, or no whole one.
    /// Codes: net.url, net.header, net.resolve, net.connect, net.tls, net.address-denied, net.timeout, net.broken,
    /// net.response-too-large, net.headers-too-large, net.cancelled.
    std::function<void(Result<HttpResponse>)> onDone;
};

struct HttpClientOptions {
    /// "http://proxy:3128". Empty means none: the environment is not asked. The proxy's own address is trusted; behind
    /// it the rules can judge only addresses written into the URL, since the proxy looks the names up.
    std::string proxy;
    /// A file of certificates to trust besides none others; empty means the system's.
    std::string caFile;
    long maxConcurrentStreams
        = 100; ///< over one HTTP/2 connection, as providers advertise; more requests open more connections
    long maxIdleConnections = 512; ///< kept open for reuse
};

/// The way out of the process: HTTP/1.1 and HTTP/2 by libcurl, on the loop's threads. Redirects are not followed,
/// cookies and passwords are not kept, only http and https are spoken, every address is checked by the request's rules.
/// Thread-safe. Destroy it before the loop, and not from inside a callback that its owner waits for.
class HttpClient {
public:
    explicit HttpClient(EventLoop& loop, HttpClientOptions options = {});
    /// Cancels what is under way; on a thread outside the loop it waits until every onDone has been called.
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Begins a request. The handle is for cancelling only; dropping it changes nothing.
    std::shared_ptr<Cancellable> start(HttpRequest request, HttpCallbacks callbacks);

    /// A request of which everything is done that can be before it may leave, on the caller's thread. What is wrong
    /// with it is told by `onDone` once it is started. Dropping it does nothing.
    using Ready = std::shared_ptr<HttpTransfer>;
    Ready makeReady(HttpRequest request) const;
    /// Begins one that was made ready by this client.
    std::shared_ptr<Cancellable> start(Ready request, HttpCallbacks callbacks);

    /// Waits for the whole response: for verbs and tests. On a loop thread it fails with net.would-block.
    Result<HttpResponse> fetchBlocking(HttpRequest request);

private:
    EventLoop& m_loop;
    std::shared_ptr<class CurlMulti> m_multi;
};

}

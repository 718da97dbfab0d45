#include "core/net/http_client.h"

#include "core/net/curl_multi.h"
#include "core/net/event_loop.h"

#include <boost/asio/defer.hpp>
#include <boost/asio/post.hpp>
#include <future>

namespace ephor::net {

HttpClient::HttpClient(EventLoop& loop, HttpClientOptions options)
    : m_loop(loop)
    , m_multi(std::make_shared<CurlMulti>(loop.context(), std::move(options)))
{
}

HttpClient::~HttpClient()
{
    if (!m_loop.isRunning()) {
        m_multi->shutDown();
        return;
    }
    // Posted even on the loop's thread: the caller may stand inside one of libcurl's callbacks.
    const auto done = std::make_shared<std::promise<void>>();
    auto waiting = done->get_future();
    boost::asio::post(m_multi->strand(), [multi = m_multi, done] {
        multi->shutDown();
        done->set_value();
    });
    if (!m_loop.isLoopThread())
        waiting.wait();
}

std::shared_ptr<Cancellable> HttpClient::start(HttpRequest request, HttpCallbacks callbacks)
{
    return start(makeReady(std::move(request)), std::move(callbacks));
}

HttpClient::Ready HttpClient::makeReady(HttpRequest request) const
{
    auto transfer = std::make_shared<HttpTransfer>(m_multi, m_multi->strand(), std::move(request));
    transfer->prepare(m_multi->options());
    return transfer;
}

std::shared_ptr<Cancellable> HttpClient::start(Ready request, HttpCallbacks callbacks)
{
    request->hear(std::move(callbacks));
    boost::asio::defer(m_multi->strand(), [multi = m_multi, request] { multi->add(request); });
    return request;
}

Result<HttpResponse> HttpClient::fetchBlocking(HttpRequest request)
{
    if (m_loop.isLoopThread() || !m_loop.isRunning())
        return fail(
            ErrorKind::Internal, "net.would-block", "A thread of the event loop must not wait for the event loop.");
    const auto outcome = std::make_shared<std::promise<Result<HttpResponse>>>();
    auto waiting = outcome->get_future();
    HttpCallbacks callbacks;
    callbacks.onDone = [outcome](Result<HttpResponse> done) { outcome->set_value(std::move(done)); };
    start(std::move(request), std::move(callbacks));
    return waiting.get();
}

}

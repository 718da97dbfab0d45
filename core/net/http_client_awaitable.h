#pragma once

#include "core/net/await_callback.h"
#include "core/net/http_client.h"

namespace ephor::net {

/// Begins a request for `awaitCallback`.
class FetchStart {
public:
    FetchStart(HttpClient& client, HttpRequest request, HttpCallbacks callbacks)
        : m_client(&client)
        , m_request(std::move(request))
        , m_callbacks(std::move(callbacks))
    {
    }
    std::shared_ptr<Cancellable> operator()(std::function<void(Result<HttpResponse>)> done)
    {
        m_callbacks.onDone = std::move(done);
        return m_client->start(std::move(m_request), std::move(m_callbacks));
    }

private:
    HttpClient* m_client;
    HttpRequest m_request;
    HttpCallbacks m_callbacks;
};

/// Awaits the response. `callbacks` may hold onHead and onData, which run on the client's strand while the coroutine is
/// suspended; onDone is taken. The client must outlive the wait.
inline boost::asio::awaitable<Result<HttpResponse>> fetch(
    HttpClient& client, HttpRequest request, HttpCallbacks callbacks = {})
{
    return awaitCallback<Result<HttpResponse>>(FetchStart(client, std::move(request), std::move(callbacks)));
}

}

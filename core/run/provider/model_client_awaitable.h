#pragma once

#include "core/net/await_callback.h"
#include "core/run/provider/model_client.h"

namespace ephor::provider {

/// Begins a model call for `awaitCallback`.
class ModelCallStart {
public:
    ModelCallStart(ModelClient& client, ChatRequest request, OnModelEvent onEvent)
        : m_client(&client)
        , m_request(std::move(request))
        , m_onEvent(std::move(onEvent))
    {
    }
    std::shared_ptr<net::Cancellable> operator()(OnModelOutcome done)
    {
        return m_client->start(std::move(m_request), std::move(m_onEvent), std::move(done));
    }

private:
    ModelClient* m_client;
    ChatRequest m_request;
    OnModelEvent m_onEvent;
};

/// Awaits the answer. `onEvent` runs on the client's thread while the coroutine is suspended. Cancelling the coroutine
/// cancels the call, whose outcome then is a failure of kind Cancelled. The client must outlive the wait.
inline boost::asio::awaitable<ModelOutcome> complete(ModelClient& client, ChatRequest request, OnModelEvent onEvent)
{
    return net::awaitCallback<ModelOutcome>(ModelCallStart(client, std::move(request), std::move(onEvent)));
}

}

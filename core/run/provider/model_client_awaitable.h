#pragma once

#include "core/net/await_callback.h"
#include "core/run/provider/model_client.h"

namespace ephor::provider {

/// Begins a model call for `awaitCallback`.
class ModelCallStart {
public:
    ModelCallStart(std::unique_ptr<ReadyCall> call, OnModelEvent onEvent)
        : m_call(std::move(call))
        , m_onEvent(std::move(onEvent))
    {
    }
    std::shared_ptr<net::Cancellable> operator()(OnModelOutcome done)
    {
        return m_call->start(std::move(m_onEvent), std::move(done));
    }

private:
    std::unique_ptr<ReadyCall> m_call;
    OnModelEvent m_onEvent;
};

/// Awaits the answer. `onEvent` runs on the client's thread while the coroutine is suspended. Cancelling the coroutine
/// cancels the call, whose outcome then is a failure of kind Cancelled. The client must outlive the wait.
inline boost::asio::awaitable<ModelOutcome> complete(std::unique_ptr<ReadyCall> call, OnModelEvent onEvent)
{
    return net::awaitCallback<ModelOutcome>(ModelCallStart(std::move(call), std::move(onEvent)));
}
inline boost::asio::awaitable<ModelOutcome> complete(ModelClient& client, ChatRequest request, OnModelEvent onEvent)
{
    return complete(client.makeReady(std::move(request)), std::move(onEvent));
}

}

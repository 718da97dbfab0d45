#include "core/run/provider/model_client.h"

namespace ephor::provider {

namespace {

/// Of a client that has nothing to do beforehand.
class KeptCall final : public ReadyCall {
public:
    KeptCall(ModelClient& client, ChatRequest request)
        : m_client(client)
        , m_request(std::move(request))
    {
    }
    std::shared_ptr<net::Cancellable> start(OnModelEvent onEvent, OnModelOutcome onDone) override
    {
        return m_client.start(std::move(m_request), std::move(onEvent), std::move(onDone));
    }

private:
    ModelClient& m_client;
    ChatRequest m_request;
};

}

std::unique_ptr<ReadyCall> ModelClient::makeReady(ChatRequest request)
{
    return std::make_unique<KeptCall>(*this, std::move(request));
}

}

#pragma once

#include "core/net/cancellable.h"
#include "core/run/provider/wire.h"

#include <functional>
#include <memory>

namespace ephor::provider {

/// How a model call ended.
struct ModelOutcome {
    ProviderResult<ModelResult> result;
    int attempts = 1; ///< requests sent, retries included

    explicit ModelOutcome(ProviderResult<ModelResult> ended, int requestsSent = 1)
        : result(std::move(ended))
        , attempts(requestsSent)
    {
    }
};

using OnModelEvent = std::function<void(const ModelEvent&)>;
using OnModelOutcome = std::function<void(ModelOutcome)>;

/// A call that may leave at any moment. It is used once; dropping it does nothing.
class ReadyCall {
public:
    virtual ~ReadyCall() = default;
    /// As ModelClient::start. The client must outlive it.
    virtual std::shared_ptr<net::Cancellable> start(OnModelEvent onEvent, OnModelOutcome onDone) = 0;
};

/// A model that can be asked. Thread-safe.
class ModelClient {
public:
    virtual ~ModelClient() = default;

    /// Asks. `onEvent` gets the answer as it comes, and `onDone` its end exactly once, last; both from a thread of the
    /// event loop or, with time that is made up, before `start` returns; never two at a time. A retry happens only
    /// while no part of the answer was shown. Dropping the handle changes nothing.
    virtual std::shared_ptr<net::Cancellable> start(ChatRequest request, OnModelEvent onEvent, OnModelOutcome onDone)
        = 0;

    /// Does what can be done before the call may leave, on the caller's thread: nothing is sent.
    virtual std::unique_ptr<ReadyCall> makeReady(ChatRequest request);

    /// True when no model answers: such answers carry the label, and everything recorded about them says so.
    virtual bool simulated() const = 0;
};

}

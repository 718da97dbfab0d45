#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/domain/definition.h"
#include "core/net/cancellable.h"

#include <functional>
#include <memory>
#include <string>

namespace ephor::connector {

/// One call of a tool, after every gate let it pass.
struct ToolInvocation {
    std::string run;
    std::string call; ///< with the run: the idempotency key sent along
    Document arguments; ///< checked against the tool's input schema
};

/// What came back.
struct ToolAnswer {
    std::string text; ///< the result as JSON text, within the tool's limit
    bool failed = false; ///< the tool itself said it did not do it (HTTP 4xx, a SQL constraint): the model may read why
    Duration took{0};
    std::string detail; ///< one line without content: "HTTP 200", "3 rows"
};

/// A compiled tool: immutable, shared by every run of a release, thread-safe.
class Connector {
public:
    virtual ~Connector() = default;
    /// Begins the call; `done` hears exactly once, on any thread. An error means nobody knows what happened, or that it
    /// never left (kinds Timeout, Unavailable: unknown; Forbidden, Invalid: never left).
    virtual std::shared_ptr<net::Cancellable> start(
        ToolInvocation invocation, std::function<void(Result<ToolAnswer>)> done)
        = 0;
};

}

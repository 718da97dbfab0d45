#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/authorizer.h"

#include <memory>

namespace ephor::cedar {

/// What happened in sessions, as an item of a policy verb tells it (docs/formats/temporal.md). Thread-safe to read.
class SessionEvents {
public:
    SessionEvents() = default;
    virtual ~SessionEvents() = default;
    SessionEvents(const SessionEvents&) = delete;
    SessionEvents& operator=(const SessionEvents&) = delete;

    /// What came before a request, in the session and at the time that its members "session" and "at" name: of the
    /// session without a name, after its last event. Valid while this is. Codes: batch.item, temporal.out-of-order.
    virtual Result<std::unique_ptr<const History>> before(const Json& request) const = 0;
};

/// How verbs read rules over a session, which the room above knows.
struct SessionDialect {
    using Policies = std::shared_ptr<const PolicySet>;
    /// With the rules that annotations stand for.
    Result<Policies> (*complete)(Policies policies) = nullptr;
    /// The events of an item, their requests decided by these policies.
    Result<std::unique_ptr<const SessionEvents>> (*read)(
        Policies policies, std::shared_ptr<const Entities> entities, Mode mode, const Json& events)
        = nullptr;
};

}

#pragma once

#include "core/base/json.h"
#include "core/trust/cedar/session_events.h"
#include "core/trust/temporal/session_state.h"

#include <map>
#include <memory>
#include <string>

namespace ephor::temporal {

/// Goes through the events of an item of the policy verbs (docs/formats/temporal.md), session by session: requests are
/// decided as they come, and denied ones are errors for those after them.
class Trace {
public:
    Trace(std::shared_ptr<const cedar::PolicySet> policies, std::shared_ptr<const cedar::Entities> entities,
        cedar::Mode mode);

    /// The next event, which stands at this place of the list. Codes: batch.item, cedar.*, temporal.out-of-order.
    Result<void> add(std::size_t index, const Json& json);
    /// One for each request so far.
    const Json& verdicts() const { return *m_verdicts; }
    /// cedar::SessionEvents::before(); valid until another event is added.
    Result<std::unique_ptr<const cedar::History>> before(const Json& request) const;

private:
    /// A request of the trace that later events name.
    struct Call {
        Moment moment;
        std::shared_ptr<const cedar::Request> request;
        bool denied = false;
    };
    struct Session {
        SessionState state;
        std::map<std::string, Call, std::less<>> calls;
    };
    Result<void> addRequest(std::size_t index, const Event& event, const std::string& id,
        const std::shared_ptr<const cedar::Request>& request, Session& session);
    Result<void> addOutcome(const Event& event, const std::string& id, bool denied, Session& session);

    std::shared_ptr<const cedar::PolicySet> m_policies;
    std::shared_ptr<const cedar::Entities> m_entities;
    std::shared_ptr<const Plan> m_plan;
    cedar::Mode m_mode;
    std::map<std::string, Session, std::less<>> m_sessions;
    SessionState m_unknown; ///< a session in which nothing happened
    std::shared_ptr<Json> m_verdicts;
};

}

#pragma once

#include "core/trust/policy/call_verdict.h"
#include "core/trust/temporal/session_state.h"

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace ephor::policy {

/// Whether people have answered what a rule asks.
enum class Approved { NotYet, Yes };

/// What came back from a tool, where its shape is known.
struct CallAnswer {
    const Json& output;
    const ArgumentShape& shape;
};

/// An event of a session as the record has it.
struct PastEvent {
    cedar::EventKind kind = cedar::EventKind::Request;
    Instant at;
    std::string call; ///< "RUN/CALL"; models may use an id again in the same run
    std::shared_ptr<const cedar::Request> request; ///< of eventOf
};
/// The request that stands for an event: the agent's, with the answer as context.output.
cedar::Request eventOf(const CallFacts& facts, const CallAnswer* answer);

/// Reads a session's events of the last day from the record, in order of time.
using PastEvents = std::function<Result<std::vector<PastEvent>>()>;

/// The events of one session, a conversation or a lone run, as the temporal rules in force ask for them. A call is
/// recorded before it is decided; when the rules change, the session is read again from the record, and what the record
/// does not have yet is kept here until it does. Thread-safe.
class CallHistory {
public:
    /// Judges a call; `call` is "RUN/CALL". Where no rule asks anything of the session, `past` is not read. A session
    /// that cannot be read denies.
    PermissionVerdict judge(const RulesInForce& rules, const CallFacts& facts, const std::string& call,
        Approved approved, const PastEvents& past);
    /// Whether the rules last asked wanted the session's events.
    bool tracks();
    /// A later gate refused a call that the rules had let through, or asked about: an error, no request.
    void refused(const CallFacts& facts, const std::string& call);
    /// The call came back, with an answer or without one.
    void answered(const CallFacts& facts, const std::string& call, const CallAnswer* answer);
    /// All that happened so far in the run is durable: `past` tells it from now on.
    void recorded(std::string_view run);

private:
    struct Track {
        std::shared_ptr<const temporal::Plan> plan; ///< null: the set asks nothing of sessions
        std::optional<temporal::SessionState> state;
    };
    struct Moments {
        std::optional<temporal::Moment> released;
        std::optional<temporal::Moment> standing;
    };
    Result<void> read(const RulesInForce& rules, const CallFacts& facts, const PastEvents& past);
    Result<Moments> record(
        cedar::EventKind kind, Instant at, const cedar::Request& request, const cedar::Entities& entities);
    void settle(const Moments& moments, const PermissionVerdict& verdict, Approved approved,
        const cedar::Request& request, const CallFacts& facts, const std::string& call);
    void keep(const PermissionVerdict& verdict, Approved approved, PastEvent event);
    void keep(PastEvent event);

    std::mutex m_mutex;
    Track m_released;
    Track m_standing;
    Instant m_last; ///< of the latest event: time never runs backwards in a session
    std::unordered_map<std::string, Moments> m_open; ///< calls that were let through, by id
    std::deque<PastEvent> m_unrecorded; ///< in order of time
};

}

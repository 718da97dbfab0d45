#pragma once

#include "core/run/runtime/recorder.h"
#include "core/trust/guard/guard.h"
#include "core/trust/policy/call_verdict.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightening_table.h"

#include <optional>

namespace ephor::runtime {

class SessionBook;

/// What the gates before a tool said. Allow: it may leave. Ask: after a person's word. Deny: `text` is what the model
/// reads.
struct CallRuling {
    VerdictWord word = VerdictWord::Deny;
    std::string reason;
    std::string rule; ///< of the permission gate; empty when another gate denied
    Role approver = Role::Officer;
    std::uint64_t approvals = 1;
    Json arguments; ///< parsed, as the guards left them
};

/// The gates a call passes, in their order: known tool, arguments contract, stop, permission, budget, guard. Each
/// reports to the recorder. `approved` skips the question but none of the other gates: a person's word does not lift a
/// stop.
enum class PersonsWord { NotAsked, Given };

class CallGates {
public:
    CallGates(const Recorder& recorder, const guard::GuardChain& guards, SessionBook& sessions, const Clock& clock)
        : m_recorder(recorder)
        , m_guards(guards)
        , m_sessions(sessions)
        , m_clock(clock)
    {
    }

    CallRuling rule(Run& run, const provider::ToolCall& call, const policy::StopTable& stops,
        const policy::TighteningTable& tightenings, PersonsWord word) const;
    /// Tells the session what the model reads as the result of a call that was let through.
    void answered(Run& run, const provider::ToolCall& call, const std::string& text) const;

private:
    CallRuling deny(Run& run, const std::string& tool, std::string gate, std::string reason, std::string rule,
        std::string askWhom) const;
    std::optional<CallRuling> checkContract(Run& run, const PlannedTool& tool, const provider::ToolCall& call) const;
    policy::PermissionVerdict permissionOf(Run& run, const PlannedTool& tool, const provider::ToolCall& call,
        const policy::TighteningTable& tightenings, PersonsWord word) const;
    CallRuling refuse(Run& run, const PlannedTool& tool, const provider::ToolCall& call, std::string gate,
        std::string reason, std::string rule, std::string askWhom) const;
    void keepWhy(Run& run, const PlannedTool& tool, const provider::ToolCall& call,
        const policy::TighteningTable& tightenings) const;
    std::optional<std::string> unmet(const policy::PermissionVerdict& permission) const;

    const Recorder& m_recorder;
    const guard::GuardChain& m_guards;
    SessionBook& m_sessions;
    const Clock& m_clock;
};

}

#pragma once

#include "core/run/runtime/text_gates.h"
#include "core/trust/policy/call_verdict.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightening_table.h"

#include <functional>
#include <optional>

namespace ephor::runtime {

class ConversationVault;
class SessionBook;

/// The person a run works for, who can confirm a call by signing in afresh.
struct Confirmer {
    std::string id; ///< "person:…"; empty: nobody known here
    std::string name;
};

/// What the gates before a tool said. Allow: it may leave. Ask: after a person's word. Deny: the model reads `reason`.
struct CallRuling {
    VerdictWord word = VerdictWord::Deny;
    std::string reason;
    std::string rule; ///< of the permission gate; empty when another gate denied
    Role approver = Role::Officer;
    std::uint64_t approvals = 1; ///< 0 where a fresh sign-in alone is wanted
    std::string stepUp; ///< of an Ask: why a fresh sign-in of `confirmer` is wanted; empty: none is
    Confirmer confirmer;
    Json arguments; ///< parsed, as the guards left them: what is recorded and shown
    Json sent; ///< the same as the tool gets them, with the values behind stand-ins where it may have them: what was
               ///< judged; in memory alone
};

/// What people have said of a call. It skips the question that it answers but none of the other gates: it does not lift
/// a stop.
struct PersonsWord {
    enum class Approval { NotAsked, Given } approval = Approval::NotAsked;
    enum class SignIn { Old, Fresh } signIn = SignIn::Old; ///< of whoever the run works for, for this very call

    bool approved() const { return approval == Approval::Given; }
    bool given() const { return approval == Approval::Given || signIn == SignIn::Fresh; }
};

/// The gates a call passes, in their order: known tool, what its arguments hold, arguments contract, stop, permission,
/// budget, and what the run has read. Each reports to the recorder. Of a run only on its strand.
class CallGates {
public:
    /// Asked only when a rule wants a fresh sign-in.
    using FindConfirmer = std::function<Confirmer(const Run&)>;

    CallGates(const Recorder& recorder, const TextGates& texts, const ConversationVault& vault, SessionBook& sessions,
        const Clock& clock, FindConfirmer findConfirmer)
        : m_recorder(recorder)
        , m_texts(texts)
        , m_vault(vault)
        , m_sessions(sessions)
        , m_clock(clock)
        , m_findConfirmer(std::move(findConfirmer))
    {
    }

    CallRuling rule(Run& run, const provider::ToolCall& call, const policy::StopTable& stops,
        const policy::TighteningTable& tightenings, PersonsWord word) const;
    /// Tells the session what the model reads as the result of a call that was let through.
    void answered(Run& run, const provider::ToolCall& call, const std::string& text) const;
    /// The arguments as the tool gets them. Every gate that looks at values looks at these: what is judged is sent.
    Json sentOf(Run& run, const PlannedTool& tool, const Json& arguments) const;

private:
    /// A call with its arguments as they are sent.
    struct Judged {
        const PlannedTool& tool;
        const provider::ToolCall& call;
        Json sent;
    };
    CallRuling deny(Run& run, const std::string& tool, std::string gate, std::string reason, std::string rule,
        std::string askWhom) const;
    std::optional<CallRuling> checkContract(Run& run, const Judged& judged) const;
    policy::PermissionVerdict permissionOf(
        Run& run, const Judged& judged, const policy::TighteningTable& tightenings, PersonsWord word) const;
    CallRuling refuse(Run& run, const Judged& judged, std::string gate, std::string reason, std::string rule,
        std::string askWhom) const;
    void keepWhy(Run& run, const Judged& judged, const policy::TighteningTable& tightenings) const;
    /// Of the texts: whether the call may go, must wait, or stays; and its arguments as rules want them hidden.
    struct TextRuling {
        VerdictWord word = VerdictWord::Allow;
        std::string gate;
        std::string reason;
        std::string rule;
        std::string askWhom = "a governance officer";
    };
    TextRuling ruleOfTexts(Run& run, const PlannedTool& tool, const provider::ToolCall& call) const;
    TextRuling ruleOfFlow(Run& run, const PlannedTool& tool) const;
    /// What is asked of people before the call may leave.
    struct Question {
        const policy::PermissionVerdict& permission;
        const TextRuling& texts;
        PersonsWord word;
        Confirmer confirmer;

        bool wantsSignIn() const { return permission.stepUp && word.signIn == PersonsWord::SignIn::Old; }
    };
    CallRuling ask(Run& run, Question question) const;
    CallRuling letPass(Run& run, const Judged& judged, Question question) const;
    Result<Json> hidden(const Run& run, const policy::PermissionVerdict& permission, const Json& arguments) const;

    const Recorder& m_recorder;
    const TextGates& m_texts;
    const ConversationVault& m_vault;
    SessionBook& m_sessions;
    const Clock& m_clock;
    FindConfirmer m_findConfirmer;
};

}

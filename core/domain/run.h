#pragma once

#include "core/domain/definition.h"
#include "core/domain/verdict.h"

namespace ephor {

enum class RunState { Running, Waiting, Done, Denied, Failed, Stopped };
BOOST_DESCRIBE_ENUM(RunState, Running, Waiting, Done, Denied, Failed, Stopped)

enum class Variant { Only, Baseline, Canary };
BOOST_DESCRIBE_ENUM(Variant, Only, Baseline, Canary)

/// The business outcome of a run, as the agent's contract marks it.
struct Decision {
    std::string outcome; ///< "refunded", "declined", "answered", …; empty while there is none
    std::string subject;
    std::string reference; ///< business reference the caller gave
    std::string amount;
    std::string riskClass;
    bool operator==(const Decision&) const = default;
};
BOOST_DESCRIBE_STRUCT(Decision, (), (outcome, subject, reference, amount, riskClass))

/// Counts that are not known stay empty: a provider that reports no usage cost something, not nothing.
struct Usage {
    std::optional<std::uint64_t> inputTokens;
    std::optional<std::uint64_t> outputTokens;
    std::optional<std::uint64_t> cachedTokens;
    bool operator==(const Usage&) const = default;
};
BOOST_DESCRIBE_STRUCT(Usage, (), (inputTokens, outputTokens, cachedTokens))

struct RunSummary {
    std::string id;
    std::string agent;
    std::string agentTitle;
    std::string team;
    std::string environment;
    std::string release;
    std::uint64_t releaseNumber = 0;
    Variant variant = Variant::Only;
    RunState state = RunState::Running;
    Instant startedAt;
    std::uint64_t durationMicros = 0; ///< so far, while running
    std::uint64_t overheadMicros = 0; ///< the run's span minus the union of the external spans inside it
    Usage usage;
    std::optional<Money> cost;
    std::uint64_t modelCalls = 0;
    std::uint64_t toolCalls = 0;
    std::uint64_t denied = 0; ///< verdicts
    std::uint64_t asked = 0;
    Decision decision;
    std::string person; ///< a claim of the caller, for stickiness
    std::string conversation;
    std::string caller; ///< principal name
    std::string reason; ///< why it was denied, failed or stopped
    bool simulated = false;
    std::optional<std::uint64_t> firstEntry; ///< ledger index
    std::optional<std::uint64_t> lastEntry;
    bool operator==(const RunSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunSummary, (),
    (id, agent, agentTitle, team, environment, release, releaseNumber, variant, state, startedAt, durationMicros,
        overheadMicros, usage, cost, modelCalls, toolCalls, denied, asked, decision, person, conversation, caller,
        reason, simulated, firstEntry, lastEntry))

enum class SpanKind { Run, Route, Contract, Guard, Prompt, Model, Tool, Permission, Approval, Outcome };
BOOST_DESCRIBE_ENUM(SpanKind, Run, Route, Contract, Guard, Prompt, Model, Tool, Permission, Approval, Outcome)

/// One span of a run, for the waterfall. Times are relative to the run's start.
struct Span {
    std::string id;
    std::string parent;
    SpanKind kind = SpanKind::Run;
    std::string name; ///< "payments.send", "large"
    std::string detail; ///< one line without content
    std::uint64_t startMicros = 0;
    std::uint64_t durationMicros = 0;
    bool external = false; ///< time spent outside Ephor
    bool failed = false;
    std::optional<Verdict> verdict;
    std::map<std::string, std::string> attributes; ///< OpenTelemetry GenAI names; no content
    bool operator==(const Span&) const = default;
};
BOOST_DESCRIBE_STRUCT(
    Span, (), (id, parent, kind, name, detail, startMicros, durationMicros, external, failed, verdict, attributes))

enum class ApprovalState { Waiting, Approved, Denied, Expired, Consumed, Void };
BOOST_DESCRIBE_ENUM(ApprovalState, Waiting, Approved, Denied, Expired, Consumed, Void)

struct ApprovalDecision {
    std::string person; ///< principal id
    std::string name;
    bool approved = false;
    std::string reason;
    Instant at;
    bool operator==(const ApprovalDecision&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalDecision, (), (person, name, approved, reason, at))

/// A call that waits for people. Bound to the digest of the canonical call, consumed once.
struct ApprovalRequest {
    std::string id; ///< "ap-…"
    std::string run;
    std::string call; ///< step ordinal within the run
    std::string agent;
    std::string agentTitle;
    std::string team;
    std::string tool;
    SideEffect effect = SideEffect::Write;
    std::string digest; ///< SHA-256 of the canonical {tool, schema hash, arguments, principal, policy, expiry}
    ApprovalState state = ApprovalState::Waiting;
    std::string why; ///< why it asks, in plain words
    std::string rule; ///< id of the rule that asked; empty: none did, as of a call that was interrupted
    Role approver = Role::Officer;
    std::uint64_t needed = 1;
    std::vector<ApprovalDecision> decisions;
    Instant requestedAt;
    Instant expiresAt;
    std::string requester; ///< principal that started the run: never approves it
    std::string requesterName;
    std::string reference;
    std::string stepUp; ///< why a fresh sign-in of `confirmer` is wanted; empty: none is
    std::string confirmer; ///< the person the run works for, who alone can confirm
    std::string confirmerName;
    bool confirmed = false; ///< signed in after the request was made, and said yes
    bool operator==(const ApprovalRequest&) const = default;
};
BOOST_DESCRIBE_STRUCT(ApprovalRequest, (),
    (id, run, call, agent, agentTitle, team, tool, effect, digest, state, why, rule, approver, needed, decisions,
        requestedAt, expiresAt, requester, requesterName, reference, stepUp, confirmer, confirmerName, confirmed))

enum class StopMode {
    NoWrites, ///< calls that change something are denied
    NoNewRuns,
    Now, ///< every run ends at its next gate
};
BOOST_DESCRIBE_ENUM(StopMode, NoWrites, NoNewRuns, Now)

/// In force until lifted; binds at the next gate of every run within a second.
struct StopOrder {
    std::string id;
    StopMode mode = StopMode::Now;
    std::string agent; ///< empty: every agent
    std::string tool; ///< empty: every tool
    std::string by;
    std::string reason;
    Instant at;
    bool operator==(const StopOrder&) const = default;
};
BOOST_DESCRIBE_STRUCT(StopOrder, (), (id, mode, agent, tool, by, reason, at))

}

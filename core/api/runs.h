#pragma once

#include "core/api/operation.h"
#include "core/api/backend.h"
#include "core/api/page.h"
#include "core/domain/metrics.h"
#include "core/domain/run.h"

namespace ephor {

struct RunFilter {
    Text<128> agent;
    Text<128> team; ///< of the agent, as it is now
    std::vector<RunState> states;
    std::optional<Variant> variant;
    Text<128> release;
    Text<256> text; ///< run id, its beginning or its last eight characters; reference, person or conversation
    bool denied = false; ///< only runs with a denied verdict
    TimeRange range;
    bool operator==(const RunFilter&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunFilter, (), (agent, team, states, variant, release, text, denied, range))

/// A piece of what was said in a run. Opened only for who may.
struct TranscriptPart {
    std::string role; ///< system, user, assistant, tool
    std::string name;
    std::string text;
    std::string call;
    /// Where it came from, as far as it is known: system (the governed prompt), person (whom the caller named), caller
    /// (whoever called, no person named, or an earlier turn it sent along), model, tool (the result of a call),
    /// unknown.
    std::string source;
    std::optional<Label> label; ///< trust and sensitivity: as recorded, else as the source has them; nothing where
                                ///< neither says it
    std::vector<Noticed> noticed; ///< what was found in it before it became what it is here
    std::string raw; ///< as it came, where the sanitizer took something out or unfolded it; else empty. Without the
                     ///< values that a rule hides
    std::vector<std::string> revealed; ///< what was hidden in it, decoded, at most 256 bytes of each place
    std::vector<Citation> citations; ///< of an answer that was measured against what tools returned
    bool operator==(const TranscriptPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(TranscriptPart, (), (role, name, text, call, source, label, noticed, raw, revealed, citations))

struct ListRuns {
    static constexpr Operation operation{"runs.list", Permission::View, Effect::Read, "List runs, newest first"};
    struct Request {
        RunFilter filter;
        PageRequest page;
    };
    struct Response {
        std::vector<RunSummary> runs;
        PageInfo page;
    };
};
BOOST_DESCRIBE_STRUCT(ListRuns::Request, (), (filter, page))
BOOST_DESCRIBE_STRUCT(ListRuns::Response, (), (runs, page))

struct GetRun {
    static constexpr Operation operation{
        "runs.get", Permission::View, Effect::Read, "Show one run: spans, verdicts, decision, entries"};
    struct Request {
        Id id; ///< or its last eight characters, or a prefix of at least six
    };
    struct Response {
        RunSummary run;
        std::vector<Span> spans;
        std::vector<ApprovalRequest> approvals;
        std::string sentence; ///< what happened, in one plain sentence
        std::map<std::string, std::uint64_t> verdictEntries; ///< ledger index by verdict id, of those durable
        std::optional<Label> label; ///< of all that the run has read; nothing where it was not recorded
        std::vector<Inspected> inspected; ///< what was found in its texts, in order
    };
};
BOOST_DESCRIBE_STRUCT(GetRun::Request, (), (id))
BOOST_DESCRIBE_STRUCT(GetRun::Response, (), (run, spans, approvals, sentence, verdictEntries, label, inspected))

/// Why the rules refused or asked, kept with the verdict: of the agent, and of whoever it works for
/// (docs/formats/policies.md, "Explanation").
struct VerdictWhy {
    std::string verdict; ///< id
    Document agent;
    Document requester;
    std::vector<std::string> origins; ///< where the run's labels came from, a sentence each
    bool operator==(const VerdictWhy&) const = default;
};
BOOST_DESCRIBE_STRUCT(VerdictWhy, (), (verdict, agent, requester, origins))

/// Recorded as a disclosure.
struct OpenRun {
    static constexpr Operation operation{
        "runs.open", Permission::OpenSealed, Effect::Disclose, "Open the sealed content of a run"};
    struct Request {
        Id id;
    };
    struct Response {
        std::vector<TranscriptPart> parts;
        std::vector<VerdictWhy> whys; ///< of verdicts that refused or asked
        bool erased = false;
    };
};
BOOST_DESCRIBE_STRUCT(OpenRun::Request, (), (id))
BOOST_DESCRIBE_STRUCT(OpenRun::Response, (), (parts, whys, erased))

struct CancelRun {
    static constexpr Operation operation{
        "runs.cancel", Permission::Stop, Effect::Write, "End one run at its next gate"};
    struct Request {
        Id id;
        Reason reason;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(CancelRun::Request, (), (id, reason))

struct ListApprovals {
    static constexpr Operation operation{
        "approvals.list", Permission::View, Effect::Read, "List requests that wait for people"};
    struct Request {
        bool all = false; ///< also decided ones
        Text<128> agent;
        PageRequest page;
    };
    struct Response {
        std::vector<ApprovalRequest> requests;
        PageInfo page;
    };
};
BOOST_DESCRIBE_STRUCT(ListApprovals::Request, (), (all, agent, page))
BOOST_DESCRIBE_STRUCT(ListApprovals::Response, (), (requests, page))

/// For whoever may decide for the agent's team, and for the person whose fresh sign-in the call waits for.
struct GetApproval {
    static constexpr Operation operation{
        "approvals.get", Permission::View, Effect::Disclose, "Show a waiting request with its exact call"};
    struct Request {
        Id id;
    };
    struct Response {
        ApprovalRequest request;
        Document arguments; ///< null where erased
        std::string argumentsText; ///< indented
        std::uint64_t similarApproved = 0; ///< same agent and tool, 90 days
        std::uint64_t similarDenied = 0;
        std::string effectInWords;
        bool mayDecide = false;
        std::string whyNot;
        bool awaitsMe = false; ///< it waits for the caller's own fresh sign-in
        std::string whyNotConfirm; ///< why he cannot confirm yet; empty: he can, or it does not wait for him
    };
};
BOOST_DESCRIBE_STRUCT(GetApproval::Request, (), (id))
BOOST_DESCRIBE_STRUCT(GetApproval::Response, (),
    (request, arguments, argumentsText, similarApproved, similarDenied, effectInWords, mayDecide, whyNot, awaitsMe,
        whyNotConfirm))

/// Whoever started the run never counts. Already decided is approval.decided with by whom.
struct DecideApproval {
    static constexpr Operation operation{
        "approvals.decide", Permission::DecideActions, Effect::Write, "Approve or deny a waiting request"};
    struct Request {
        Id id;
        Id digest;
        bool approve = false;
        Reason reason;
    };
    struct Response {
        ApprovalRequest request;
        std::string whyNot; ///< why the caller has nothing more to decide about it
    };
};
BOOST_DESCRIBE_STRUCT(DecideApproval::Request, (), (id, digest, approve, reason))
BOOST_DESCRIBE_STRUCT(DecideApproval::Response, (), (request, whyNot))

/// By the person a run works for, where a rule wants a fresh sign-in of theirs (`@stepup`): in a session that began
/// after the request was made. It never counts as an approval. Codes: approval.not-yours, approval.sign-in-first, and
/// those of approvals.decide.
struct ConfirmCall {
    static constexpr Operation operation{"approvals.confirm", Permission::View, Effect::Write,
        "Confirm or refuse, after a fresh sign-in, a call that is done for you"};
    struct Request {
        Id id;
        Id digest;
        bool confirm = false;
        Reason reason;
    };
    struct Response {
        ApprovalRequest request;
    };
};
BOOST_DESCRIBE_STRUCT(ConfirmCall::Request, (), (id, digest, confirm, reason))
BOOST_DESCRIBE_STRUCT(ConfirmCall::Response, (), (request))

/// Binds at the next gate of every run within a second.
struct SetStop {
    static constexpr Operation operation{"stops.set", Permission::Stop, Effect::Write, "Stop agents or tools"};
    struct Request {
        StopMode mode = StopMode::Now;
        Text<128> agent;
        Text<128> tool;
        Reason reason;
    };
    struct Response {
        StopOrder stop;
    };
};
BOOST_DESCRIBE_STRUCT(SetStop::Request, (), (mode, agent, tool, reason))
BOOST_DESCRIBE_STRUCT(SetStop::Response, (), (stop))

struct LiftStop {
    static constexpr Operation operation{"stops.lift", Permission::OperateRollouts, Effect::Write, "Lift a stop"};
    struct Request {
        Id id;
        Reason reason;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(LiftStop::Request, (), (id, reason))

struct ListStops {
    static constexpr Operation operation{"stops.list", Permission::View, Effect::Read, "List the stops in force"};
    using Request = Empty;
    struct Response {
        std::vector<StopOrder> stops;
    };
};
BOOST_DESCRIBE_STRUCT(ListStops::Response, (), (stops))

}

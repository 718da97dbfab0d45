#pragma once

#include "core/api/definitions.h"
#include "core/domain/verdict.h"

namespace ephor {

/// One rule in force, or about to be, as lists show it. Its text is what binds.
struct RuleInfo {
    std::string id; ///< "grant:refunds/payments.send", "limits/0", "tightened:…", "house:…"
    std::string origin; ///< "grant", "policy", "kept", "tightening", "house", "built-in"
    std::string definition; ///< of a policy: the definition it comes from
    std::string agent; ///< of a grant or a policy: whose release holds it; empty: every agent
    std::string agentTitle;
    std::string team; ///< of that agent
    std::uint64_t release = 0; ///< number; 0 for what stands over releases
    std::string effect; ///< "permit", "forbid"
    std::string over; ///< "calls" of tools, "operations" of Ephor itself
    std::string says; ///< one plain sentence
    std::string asks; ///< whom, in words; empty: nobody
    RuleMode mode = RuleMode::Enforce;
    std::string by; ///< name; of tightenings and house rules
    std::string reason;
    std::optional<Instant> at;
    std::string text;
    std::string retiring; ///< name of who proposed to take a house rule back; empty: nobody
    std::string retiringReason;
    bool operator==(const RuleInfo&) const = default;
};
BOOST_DESCRIBE_STRUCT(RuleInfo, (),
    (id, origin, definition, agent, agentTitle, team, release, effect, over, says, asks, mode, by, reason, at, text,
        retiring, retiringReason))

/// How a case of a policy came out.
struct PolicyCaseResult {
    std::string name;
    std::string expect;
    std::string word; ///< "allow", "ask", "deny"
    bool passed = false;
    std::string reason; ///< the verdict's own sentence, or why there is none
    bool operator==(const PolicyCaseResult&) const = default;
};
BOOST_DESCRIBE_STRUCT(PolicyCaseResult, (), (name, expect, word, passed, reason))

/// Version 0 makes a new definition; another expectedVersion must be the newest (definition.moved-on).
struct SavePolicy {
    static constexpr Operation operation{
        "policies.save", Permission::EditDefinitions, Effect::Write, "Save a new version of a policy"};
    struct Request {
        Name name;
        Text<128> team; ///< needed for a new definition
        PolicyBody body;
        Line message;
        std::uint64_t expectedVersion = 0;
    };
    struct Response {
        DefinitionRef saved;
    };
};
BOOST_DESCRIBE_STRUCT(SavePolicy::Request, (), (name, team, body, message, expectedVersion))
BOOST_DESCRIBE_STRUCT(SavePolicy::Response, (), (saved))

/// Where a policy is to stand, which decides what it may say.
enum class RuleHome {
    Release, ///< a definition that agents name: over calls of tools
    House, ///< over every agent, or over operations: forbids alone
};
BOOST_DESCRIBE_ENUM(RuleHome, Release, House)

/// What is wrong with a policy's text: its language, its obligations, and its words against every tool and operation
/// there is. The cases are judged with the policy beside what is in force.
struct CheckPolicy {
    static constexpr Operation operation{
        "policies.check", Permission::View, Effect::Read, "Check a policy's text and cases without saving it"};
    struct Request {
        Name name;
        PolicyBody body;
        RuleHome home = RuleHome::Release;
    };
    struct Response {
        std::vector<Problem> problems;
        std::vector<RuleInfo> rules;
        std::vector<PolicyCaseResult> cases;
    };
};
BOOST_DESCRIBE_STRUCT(CheckPolicy::Request, (), (name, body, home))
BOOST_DESCRIBE_STRUCT(CheckPolicy::Response, (), (problems, rules, cases))

/// One thing that may stand at the cursor.
struct PolicyCompletion {
    std::string kind; ///< "keyword", "entity", "action", "attribute", "method", "annotation"
    std::string text; ///< to insert
    std::string detail; ///< one line of what it is
    bool operator==(const PolicyCompletion&) const = default;
};
BOOST_DESCRIBE_STRUCT(PolicyCompletion, (), (kind, text, detail))

struct CompletePolicy {
    static constexpr Operation operation{
        "policies.complete", Permission::View, Effect::Read, "Tell what may stand at a place of a policy's text"};
    struct Request {
        Text<65'536> text;
        std::uint64_t offset = 0; ///< in bytes
        RuleHome home = RuleHome::Release;
    };
    struct Response {
        std::uint64_t from = 0; ///< where what is being typed begins, in bytes
        std::vector<PolicyCompletion> completions;
    };
};
BOOST_DESCRIBE_STRUCT(CompletePolicy::Request, (), (text, offset, home))
BOOST_DESCRIBE_STRUCT(CompletePolicy::Response, (), (from, completions))

/// Every rule in force in the environment, those that stand over releases first.
struct ListRules {
    static constexpr Operation operation{"policies.rules", Permission::View, Effect::Read, "List the rules in force"};
    using Request = Empty;
    struct Response {
        std::vector<RuleInfo> rules;
    };
};
BOOST_DESCRIBE_STRUCT(ListRules::Response, (), (rules))

/// Binds every agent at its next gate, over every release. Only forbids: a permit is refused (policy.permits). The same
/// name again may only go from observing to enforcing the same text (policy.rule-exists).
struct ForbidByRule {
    static constexpr Operation operation{
        "policies.forbid", Permission::Tighten, Effect::Write, "Add a rule over every agent that binds at once"};
    struct Request {
        Name name;
        Text<65'536> text; ///< empty: that of the rule of this name
        RuleMode mode = RuleMode::Enforce;
        Reason reason;
    };
    struct Response {
        std::vector<RuleInfo> rules;
    };
};
BOOST_DESCRIBE_STRUCT(ForbidByRule::Request, (), (name, text, mode, reason))
BOOST_DESCRIBE_STRUCT(ForbidByRule::Response, (), (rules))

/// Taking a house rule back loosens: somebody proposes it, and somebody else who approves changes confirms.
struct ProposeRetirement {
    static constexpr Operation operation{
        "policies.propose-retirement", Permission::Tighten, Effect::Write, "Propose to take a house rule back"};
    struct Request {
        Name name;
        Reason reason;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(ProposeRetirement::Request, (), (name, reason))

/// With approve false the proposal is dropped. Codes: policy.not-proposed, policy.own-proposal.
struct DecideRetirement {
    static constexpr Operation operation{
        "policies.decide-retirement", Permission::ApproveChanges, Effect::Write, "Decide whether a house rule goes"};
    struct Request {
        Name name;
        bool approve = false;
        Reason reason;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(DecideRetirement::Request, (), (name, approve, reason))

/// A policy definition as it would be, beside what is in force.
struct DraftPolicy {
    Name name;
    PolicyBody body;
    bool operator==(const DraftPolicy&) const = default;
};
BOOST_DESCRIBE_STRUCT(DraftPolicy, (), (name, body))

/// Rules as they would be: drafts stand in the place of the pinned policies of their names, or beside them.
struct CandidateRules {
    List<DraftPolicy, 16> policies;
    List<GrantRule, 256> grants; ///< in the place of the cells they name
    Text<65'536> houseRule; ///< text of forbids over every agent; empty: none
    bool operator==(const CandidateRules&) const = default;
};
BOOST_DESCRIBE_STRUCT(CandidateRules, (), (policies, grants, houseRule))

/// Judges one call that nobody makes, by what is in force, or would be, and says why.
struct TryRules {
    static constexpr Operation operation{
        "policies.try", Permission::View, Effect::Read, "Tell what a call would get, and why"};
    struct Request {
        Name agent;
        Name tool;
        Document input; ///< the call's arguments; null: none
        Line person; ///< principal id of whoever the agent works for; empty: somebody without a role
        List<std::string, 16> roles; ///< of that person, in the agent's team
        Line claimedPerson; ///< as the caller would name it: context.session.person
        std::optional<Instant> at; ///< nothing: now
        CandidateRules candidate;
    };
    struct Response {
        Verdict verdict; ///< without an id: nothing is recorded
        Verdict inForce; ///< what is in force says; the same where there is no candidate
        Document explanation; ///< docs/formats/policies.md, "Explanation", of the agent's side
        Document requesterExplanation; ///< of whoever it works for
        std::vector<std::string> observed; ///< sentences of rules that only observe
    };
};
BOOST_DESCRIBE_STRUCT(TryRules::Request, (), (agent, tool, input, person, roles, claimedPerson, at, candidate))
BOOST_DESCRIBE_STRUCT(TryRules::Response, (), (verdict, inForce, explanation, requesterExplanation, observed))

/// A recorded call whose verdict the candidate would change.
struct VerdictFlip {
    std::string run;
    std::string agent;
    std::string tool;
    Instant at;
    std::string person; ///< a claim of the caller; empty for who may not open the run
    std::string before; ///< "allow", "ask", "deny", by what is in force now
    std::string after;
    std::string recorded; ///< the verdict of that day; empty: not known
    std::string rule; ///< what determines `after`
    std::string reason; ///< empty for who may not open the run: it may hold values
    bool operator==(const VerdictFlip&) const = default;
};
BOOST_DESCRIBE_STRUCT(VerdictFlip, (), (run, agent, tool, at, person, before, after, recorded, rule, reason))

/// A policy as it was saved.
struct SavedPolicy {
    Name name;
    std::uint64_t version = 0; ///< 0: the newest
    bool operator==(const SavedPolicy&) const = default;
};
BOOST_DESCRIBE_STRUCT(SavedPolicy, (), (name, version))

/// Judges the recorded calls of the last days by the candidate and by what is in force, page by page in order of time.
/// For whoever may open runs or edit definitions. Who may not open a run is told which of its verdicts flip, without
/// values, and only by rules that the record has: a change or saved policies. Each page is recorded, with the digest
/// of what was judged and how much flipped.
struct Backtest {
    static constexpr Operation operation{
        "policies.backtest", Permission::View, Effect::Disclose, "List every recorded verdict that rules would flip"};
    struct Request {
        Text<128> agent; ///< empty: every agent whose runs the caller may judge
        std::uint64_t days = 30; ///< 1 to 366
        CandidateRules candidate; ///< as typed; not with `saved`
        Text<96> change; ///< judge what this change would release, in the place of `candidate`
        List<SavedPolicy, 16> saved; ///< in the place of `candidate`; judged as if enforced
        Text<256> cursor; ///< `next` of the page before, with all else the same; empty: the first
    };
    struct Response {
        std::uint64_t runs = 0;
        std::uint64_t calls = 0; ///< judged
        std::uint64_t unjudged = 0; ///< whose content was erased or whose tool is gone
        std::uint64_t flips = 0;
        std::uint64_t loosened = 0; ///< flips toward allow
        std::uint64_t tightened = 0;
        std::vector<VerdictFlip> first; ///< every flip of the page, newest first
        std::uint64_t judgingMicros = 0; ///< time in verdicts alone
        std::uint64_t tookMicros = 0;
        Instant from; ///< of the whole backtest
        Instant until;
        Instant through; ///< runs that began until then are judged
        std::string next; ///< cursor of the next page; empty: this was the last
    };
};
BOOST_DESCRIBE_STRUCT(Backtest::Request, (), (agent, days, candidate, change, saved, cursor))
BOOST_DESCRIBE_STRUCT(Backtest::Response, (),
    (runs, calls, unjudged, flips, loosened, tightened, first, judgingMicros, tookMicros, from, until, through, next))

}

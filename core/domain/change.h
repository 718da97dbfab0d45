#pragma once

#include "core/domain/definition.h"
#include "core/domain/verdict.h"

#include <array>

namespace ephor {

/// The board's columns, in order; Rejected and Withdrawn stand beside Draft.
enum class ChangeState { Draft, Checks, Approval, Approved, RollingOut, Live, RolledBack, Rejected, Withdrawn };
BOOST_DESCRIBE_ENUM(ChangeState, Draft, Checks, Approval, Approved, RollingOut, Live, RolledBack, Rejected, Withdrawn)

/// One definition that a change moves: from the version in production to a newer one.
struct ChangeItem {
    DefinitionKind kind = DefinitionKind::Prompt;
    Name name;
    std::uint64_t from = 0; ///< 0: new
    std::uint64_t to = 0;
    bool operator==(const ChangeItem&) const = default;
};
BOOST_DESCRIBE_STRUCT(ChangeItem, (), (kind, name, from, to))

struct CheckResult {
    std::string name; ///< "Lint", "Contract", "Permissions", …
    bool passed = false;
    bool required = true;
    std::string detail; ///< one line
    std::uint64_t tookMicros = 0;
    bool operator==(const CheckResult&) const = default;
};
BOOST_DESCRIBE_STRUCT(CheckResult, (), (name, passed, required, detail, tookMicros))

struct ChangeApproval {
    std::string person; ///< principal id
    std::string name;
    bool approved = false;
    std::string reason;
    Instant at;
    std::string digest; ///< of what was approved: a change edited later needs approval again
    bool setup = false; ///< self-approved, since nobody else could
    bool operator==(const ChangeApproval&) const = default;
};
BOOST_DESCRIBE_STRUCT(ChangeApproval, (), (person, name, approved, reason, at, digest, setup))

struct ChangeSummary {
    std::string id; ///< "CH-12"
    std::string title;
    std::string agent;
    std::string agentTitle;
    std::string team;
    std::string environment;
    ChangeState state = ChangeState::Draft;
    std::string author; ///< principal id
    std::string authorName;
    Instant createdAt;
    Instant movedAt; ///< when it came into this state
    std::uint64_t checksPassed = 0;
    std::uint64_t checksTotal = 0;
    std::uint64_t approvalsGiven = 0;
    std::uint64_t approvalsNeeded = 0;
    std::optional<double> share; ///< of traffic, while rolling out: 0…1
    std::string release; ///< digest, once made
    std::uint64_t releaseNumber = 0; ///< v42; 0 before
    bool selfApproved = false; ///< "self-approved (setup)", until an officer ratifies it
    bool operator==(const ChangeSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(ChangeSummary, (),
    (id, title, agent, agentTitle, team, environment, state, author, authorName, createdAt, movedAt, checksPassed,
        checksTotal, approvalsGiven, approvalsNeeded, share, release, releaseNumber, selfApproved))

struct GrantEdit {
    GrantRule before; ///< access None: there was no rule
    GrantRule after;
    bool loosens = false;
    bool operator==(const GrantEdit&) const = default;
};
BOOST_DESCRIBE_STRUCT(GrantEdit, (), (before, after, loosens))

/// What an approval rests on. `digest` is over the items and grants: approving names it.
struct Change {
    ChangeSummary summary;
    std::string description;
    std::vector<ChangeItem> items;
    std::vector<GrantEdit> grants;
    std::vector<CheckResult> checks;
    std::vector<ChangeApproval> approvals;
    std::string rollout; ///< id, or empty
    std::string digest;
    bool operator==(const Change&) const = default;
};
BOOST_DESCRIBE_STRUCT(Change, (), (summary, description, items, grants, checks, approvals, rollout, digest))

/// What one agent needs, pinned by version and digest. Its id is the SHA-256 of its canonical manifest.
struct Release {
    std::string id;
    std::string agent;
    std::uint64_t number = 0; ///< v1, v2, … per agent
    Instant at;
    std::string change;
    std::vector<DefinitionRef> pins;
    std::vector<GrantRule> grants; ///< what `policies` say, as forms
    std::vector<PolicyText> policies; ///< what binds; releases older than policies hold grants alone
    bool operator==(const Release&) const = default;
};
BOOST_DESCRIBE_STRUCT(Release, (), (id, agent, number, at, change, pins, grants, policies))

enum class RolloutState { Running, Paused, Completed, RolledBack };
BOOST_DESCRIBE_ENUM(RolloutState, Running, Paused, Completed, RolledBack)

struct RolloutStep {
    Instant at;
    std::string by; ///< name
    std::string act; ///< "start", "promote", "pause", "resume", "roll-back"
    double share = 0;
    std::string reason;
    bool operator==(const RolloutStep&) const = default;
};
BOOST_DESCRIBE_STRUCT(RolloutStep, (), (at, by, act, share, reason))

/// The shares of traffic a rollout passes: small enough first that a bad release meets few, then doubling or more.
inline constexpr std::array rolloutShares{0.05, 0.25, 0.5, 1.0};

struct Rollout {
    std::string id;
    std::string change;
    std::string agent;
    std::string environment;
    std::string baseline; ///< release id; empty: this is the first release
    std::uint64_t baselineNumber = 0;
    std::string candidate;
    std::uint64_t candidateNumber = 0;
    std::string seed; ///< of the assignment
    std::vector<double> steps; ///< 0.05, 0.25, 0.5, 1
    double share = 0;
    RolloutState state = RolloutState::Running;
    Instant startedAt;
    Instant stepAt;
    std::vector<RolloutStep> history;
    bool operator==(const Rollout&) const = default;
};
BOOST_DESCRIBE_STRUCT(Rollout, (),
    (id, change, agent, environment, baseline, baselineNumber, candidate, candidateNumber, seed, steps, share, state,
        startedAt, stepAt, history))

}

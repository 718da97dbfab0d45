#pragma once

#include "core/api/operation.h"
#include "core/api/definitions.h"
#include "core/api/page.h"
#include "core/domain/change.h"
#include "core/domain/metrics.h"

namespace ephor {

struct ListChanges {
    static constexpr Operation operation{"changes.list", Permission::View, Effect::Read, "List changes, newest first"};
    struct Request {
        std::optional<ChangeState> state;
        Text<128> agent;
        PageRequest page;
    };
    struct Response {
        std::vector<ChangeSummary> changes;
        PageInfo page;
    };
};
BOOST_DESCRIBE_STRUCT(ListChanges::Request, (), (state, agent, page))
BOOST_DESCRIBE_STRUCT(ListChanges::Response, (), (changes, page))

struct GetChange {
    static constexpr Operation operation{
        "changes.get", Permission::View, Effect::Read, "Show one change with its diff, checks and approvals"};
    struct Request {
        Id id;
    };
    struct Response {
        Change change;
        std::vector<DiffVersions::Response> diffs; ///< one for each item, in order
        std::optional<Rollout> rollout;
        bool mayApprove = false; ///< the caller, now
        std::string whyNot; ///< why the caller may not approve
    };
};
BOOST_DESCRIBE_STRUCT(GetChange::Request, (), (id))
BOOST_DESCRIBE_STRUCT(GetChange::Response, (), (change, diffs, rollout, mayApprove, whyNot))

/// Items name the new versions; grants are the rules to be in force.
struct CreateChange {
    static constexpr Operation operation{
        "changes.create", Permission::EditDefinitions, Effect::Write, "Draft a change of one agent"};
    struct Request {
        Name agent;
        Text<200, 3> title;
        Prose description;
        List<ChangeItem, 64> items;
        List<GrantRule, 256> grants;
    };
    struct Response {
        ChangeSummary change;
    };
};
BOOST_DESCRIBE_STRUCT(CreateChange::Request, (), (agent, title, description, items, grants))
BOOST_DESCRIBE_STRUCT(CreateChange::Response, (), (change))

struct SubmitChange {
    static constexpr Operation operation{
        "changes.submit", Permission::EditDefinitions, Effect::Write, "Run the checks and ask for approval"};
    struct Request {
        Id id;
    };
    struct Response {
        ChangeSummary change;
    };
};
BOOST_DESCRIBE_STRUCT(SubmitChange::Request, (), (id))
BOOST_DESCRIBE_STRUCT(SubmitChange::Response, (), (change))

struct WithdrawChange {
    static constexpr Operation operation{
        "changes.withdraw", Permission::EditDefinitions, Effect::Write, "Withdraw a change that is not live"};
    struct Request {
        Id id;
        Reason reason;
    };
    struct Response {
        ChangeSummary change;
    };
};
BOOST_DESCRIBE_STRUCT(WithdrawChange::Request, (), (id, reason))
BOOST_DESCRIBE_STRUCT(WithdrawChange::Response, (), (change))

/// The author never counts (change.author). `digest` names what was seen: a change that moved on is not approved
/// (change.moved-on).
struct ApproveChange {
    static constexpr Operation operation{
        "changes.approve", Permission::ApproveChanges, Effect::Write, "Approve a change"};
    struct Request {
        Id id;
        Id digest;
        Reason reason;
    };
    struct Response {
        ChangeSummary change;
    };
};
BOOST_DESCRIBE_STRUCT(ApproveChange::Request, (), (id, digest, reason))
BOOST_DESCRIBE_STRUCT(ApproveChange::Response, (), (change))

struct RejectChange {
    static constexpr Operation operation{
        "changes.reject", Permission::ApproveChanges, Effect::Write, "Reject a change"};
    struct Request {
        Id id;
        Reason reason;
    };
    struct Response {
        ChangeSummary change;
    };
};
BOOST_DESCRIBE_STRUCT(RejectChange::Request, (), (id, reason))
BOOST_DESCRIBE_STRUCT(RejectChange::Response, (), (change))

struct RatifyChange {
    static constexpr Operation operation{"changes.ratify", Permission::ApproveChanges, Effect::Write,
        "Ratify a change that was self-approved during setup"};
    struct Request {
        Id id;
        Reason reason;
    };
    struct Response {
        ChangeSummary change;
    };
};
BOOST_DESCRIBE_STRUCT(RatifyChange::Request, (), (id, reason))
BOOST_DESCRIBE_STRUCT(RatifyChange::Response, (), (change))

/// Refuses to arm when over 1 % of recent requests carry neither person nor conversation (rollout.unstable-units),
/// unless the agent has no release yet.
struct StartRollout {
    static constexpr Operation operation{"rollouts.start", Permission::OperateRollouts, Effect::Write,
        "Release an approved change to the first share of traffic"};
    struct Request {
        Id change;
        Line reason;
    };
    struct Response {
        Rollout rollout;
    };
};
BOOST_DESCRIBE_STRUCT(StartRollout::Request, (), (change, reason))
BOOST_DESCRIBE_STRUCT(StartRollout::Response, (), (rollout))

/// The numbers it rests on go into the entry.
struct PromoteRollout {
    static constexpr Operation operation{
        "rollouts.promote", Permission::OperateRollouts, Effect::Write, "Move a rollout to its next share"};
    struct Request {
        Id id;
        Reason reason;
    };
    struct Response {
        Rollout rollout;
    };
};
BOOST_DESCRIBE_STRUCT(PromoteRollout::Request, (), (id, reason))
BOOST_DESCRIBE_STRUCT(PromoteRollout::Response, (), (rollout))

struct PauseRollout {
    static constexpr Operation operation{
        "rollouts.pause", Permission::OperateRollouts, Effect::Write, "Hold a rollout at its share"};
    struct Request {
        Id id;
        Reason reason;
    };
    struct Response {
        Rollout rollout;
    };
};
BOOST_DESCRIBE_STRUCT(PauseRollout::Request, (), (id, reason))
BOOST_DESCRIBE_STRUCT(PauseRollout::Response, (), (rollout))

struct ResumeRollout {
    static constexpr Operation operation{
        "rollouts.resume", Permission::OperateRollouts, Effect::Write, "Go on with a held rollout"};
    struct Request {
        Id id;
        Reason reason;
    };
    struct Response {
        Rollout rollout;
    };
};
BOOST_DESCRIBE_STRUCT(ResumeRollout::Request, (), (id, reason))
BOOST_DESCRIBE_STRUCT(ResumeRollout::Response, (), (rollout))

/// Possible in every state; never brings back a revoked grant or a raised limit.
struct RollBack {
    static constexpr Operation operation{"rollouts.roll-back", Permission::OperateRollouts, Effect::Write,
        "Send all traffic back to the release before"};
    struct Request {
        Id id;
        Reason reason;
    };
    struct Response {
        Rollout rollout;
    };
};
BOOST_DESCRIBE_STRUCT(RollBack::Request, (), (id, reason))
BOOST_DESCRIBE_STRUCT(RollBack::Response, (), (rollout))

/// Counts with 95 % Wilson intervals over the same window: not a stopping rule.
struct CompareRollout {
    static constexpr Operation operation{
        "rollouts.compare", Permission::View, Effect::Read, "Show canary and baseline side by side"};
    struct Request {
        Id id;
    };
    struct Response {
        Rollout rollout;
        std::vector<VariantNumbers> variants;
        TimeRange window;
        bool stoppingRule = false; ///< true once a sequential test stands behind it
        std::vector<std::string> bringsBack;
        std::vector<std::string> stays;
    };
};
BOOST_DESCRIBE_STRUCT(CompareRollout::Request, (), (id))
BOOST_DESCRIBE_STRUCT(CompareRollout::Response, (), (rollout, variants, window, stoppingRule, bringsBack, stays))

struct ListReleases {
    static constexpr Operation operation{
        "releases.list", Permission::View, Effect::Read, "List the releases of an agent, newest first"};
    struct Request {
        Name agent;
    };
    struct Response {
        std::vector<Release> releases;
    };
};
BOOST_DESCRIBE_STRUCT(ListReleases::Request, (), (agent))
BOOST_DESCRIBE_STRUCT(ListReleases::Response, (), (releases))

}

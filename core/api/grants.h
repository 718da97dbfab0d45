#pragma once

#include "core/api/operation.h"
#include "core/api/policies.h"
#include "core/domain/change.h"
#include "core/domain/verdict.h"

namespace ephor {

/// A column of the access matrix.
struct MatrixTool {
    std::string name;
    std::string title;
    std::string team;
    SideEffect effect = SideEffect::Read;
    bool operator==(const MatrixTool&) const = default;
};
BOOST_DESCRIBE_STRUCT(MatrixTool, (), (name, title, team, effect))

/// A cell that has a rule; a cell without one denies.
struct MatrixCell {
    std::string tool;
    Access access = Access::None;
    bool tightened = false; ///< a tightening stands over the released grant
    std::uint64_t calls = 0; ///< in the last 30 days
    bool operator==(const MatrixCell&) const = default;
};
BOOST_DESCRIBE_STRUCT(MatrixCell, (), (tool, access, tightened, calls))

/// A row of the access matrix.
struct MatrixRow {
    std::string agent;
    std::string title;
    std::string team;
    std::uint64_t release = 0;
    std::vector<MatrixCell> cells;
    bool operator==(const MatrixRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(MatrixRow, (), (agent, title, team, release, cells))

struct ReadMatrix {
    static constexpr Operation operation{"grants.matrix", Permission::View, Effect::Read, "Show the access matrix"};
    using Request = Empty;
    struct Response {
        std::vector<MatrixTool> tools;
        std::vector<MatrixRow> rows;
        std::map<std::string, std::string> teamTitles; ///< of the teams in `rows`
    };
};
BOOST_DESCRIBE_STRUCT(ReadMatrix::Response, (), (tools, rows, teamTitles))

/// A tightening in force: somebody's act over the released rule of one cell.
struct StandingTightening {
    std::string agent; ///< "*" for every agent
    std::string agentTitle;
    std::string team;
    std::string tool; ///< "*" for every tool
    Access access = Access::Deny;
    std::string by; ///< name
    std::string reason;
    Instant at;
    std::optional<GrantRule> released; ///< what holds again once a change loosens it; nothing: no rule
    std::uint64_t releaseNumber = 0; ///< 0: nothing in production
    std::uint64_t calls = 0; ///< of the cell, in the last 30 days
    bool operator==(const StandingTightening&) const = default;
};
BOOST_DESCRIBE_STRUCT(
    StandingTightening, (), (agent, agentTitle, team, tool, access, by, reason, at, released, releaseNumber, calls))

struct ListTightenings {
    static constexpr Operation operation{
        "grants.tightenings", Permission::View, Effect::Read, "List the tightenings in force, newest first"};
    using Request = Empty;
    struct Response {
        std::vector<StandingTightening> tightenings;
    };
};
BOOST_DESCRIBE_STRUCT(ListTightenings::Response, (), (tightenings))

/// Every rule that bears on the cell, the one that makes it first.
struct ExplainGrant {
    static constexpr Operation operation{
        "grants.explain", Permission::View, Effect::Read, "Explain one cell of the access matrix"};
    struct Request {
        Name agent;
        Name tool;
    };
    struct Response {
        Verdict verdict;
        std::optional<GrantRule> released;
        std::uint64_t releaseNumber = 0;
        std::optional<GrantRule> tightening;
        std::string tightenedBy;
        std::uint64_t allowed = 0; ///< calls in the last 30 days, by verdict
        std::uint64_t asked = 0;
        std::uint64_t denied = 0;
        /// House rules and rules written as text whose scopes leave room for the cell's calls: what they say of a call
        /// needs its arguments.
        std::vector<RuleInfo> rules;
    };
};
BOOST_DESCRIBE_STRUCT(ExplainGrant::Request, (), (agent, tool))
BOOST_DESCRIBE_STRUCT(ExplainGrant::Response, (),
    (verdict, released, releaseNumber, tightening, tightenedBy, allowed, asked, denied, rules))

/// Binds at the next gate of every run within a second and survives rollback. Loosening is refused here
/// (grant.loosens): it goes through a change.
struct TightenGrant {
    static constexpr Operation operation{
        "grants.tighten", Permission::Tighten, Effect::Write, "Tighten a permission at once"};
    struct Request {
        Name agent;
        Name tool;
        Access access = Access::Deny;
        Reason reason;
    };
    struct Response {
        GrantRule rule;
    };
};
BOOST_DESCRIBE_STRUCT(TightenGrant::Request, (), (agent, tool, access, reason))
BOOST_DESCRIBE_STRUCT(TightenGrant::Response, (), (rule))

struct PreviewGrants {
    static constexpr Operation operation{"grants.preview", Permission::View, Effect::Read,
        "Tell what edits would have done to the calls of the last 30 days"};
    struct Request {
        List<GrantRule, 256> edits;
    };
    struct Response {
        std::uint64_t tightens = 0;
        std::uint64_t loosens = 0;
        std::uint64_t callsSeen = 0;
        std::uint64_t callsChanged = 0;
    };
};
BOOST_DESCRIBE_STRUCT(PreviewGrants::Request, (), (edits))
BOOST_DESCRIBE_STRUCT(PreviewGrants::Response, (), (tightens, loosens, callsSeen, callsChanged))

}

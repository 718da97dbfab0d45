#pragma once

#include "core/domain/limits.h"

#include <boost/describe.hpp>

namespace ephor {

/// What a role lets a principal do. Each operation needs one; identity says which role has which.
enum class Permission {
    None, ///< open to everybody: sign in, health
    View, ///< definitions, runs without content, metrics
    EditDefinitions, ///< save new versions, submit changes
    ApproveChanges,
    OperateRollouts, ///< start, promote, pause, roll back
    Tighten, ///< revoke a grant, forbid, lower a budget: binds at once, needs no approval
    Stop,
    DecideActions, ///< answer what a run asks
    ReadRecord, ///< the ledger
    OpenSealed, ///< inputs, outputs and arguments of runs
    ManagePeople,
    ManageKeys, ///< service keys and secrets
    InvokeAgents, ///< start runs
};
BOOST_DESCRIBE_ENUM(Permission, None, View, EditDefinitions, ApproveChanges, OperateRollouts, Tighten, Stop,
    DecideActions, ReadRecord, OpenSealed, ManagePeople, ManageKeys, InvokeAgents)

enum class Role {
    Viewer,
    Admin, ///< configures agents and people; approves nothing
    Officer, ///< governance officer: approves changes and actions, reads the record
    Auditor, ///< reads everything, changes nothing
    Owner, ///< of a team's agents: edits, answers what they ask
};
BOOST_DESCRIBE_ENUM(Role, Viewer, Admin, Officer, Auditor, Owner)

/// A role held in one team and one environment; "*" stands for every one.
struct RoleGrant {
    Name team = "*";
    Name environment = "*";
    Role role = Role::Viewer;
    bool operator==(const RoleGrant&) const = default;
};
BOOST_DESCRIBE_STRUCT(RoleGrant, (), (team, environment, role))

enum class PrincipalKind { Anonymous, Person, Service, System };
BOOST_DESCRIBE_ENUM(PrincipalKind, Anonymous, Person, Service, System)

/// Whoever acts: set by the dispatcher from a session or a key, never by the caller.
struct Principal {
    PrincipalKind kind = PrincipalKind::Anonymous;
    std::string id; ///< "person:<uuid>", "key:<uuid>", "system"
    std::string name; ///< for people to read
    std::vector<RoleGrant> roles;
    std::vector<std::string> agents; ///< of a service key: the agents it may call; empty: every one of its team
    /// Of a service key: all that it may do, where its roles reach; the roles themselves give a key nothing.
    std::vector<Permission> permissions;
    std::string session; ///< id of the session (not its token) that a person acts in; empty for keys
    Instant signedInAt; ///< when that session began; the epoch for keys
    bool operator==(const Principal&) const = default;
};
BOOST_DESCRIBE_STRUCT(Principal, (), (kind, id, name, roles, agents, permissions, session, signedInAt))

/// Where an act happens. Empty means: anywhere the principal holds the permission.
struct Scope {
    std::string team;
    std::string environment;
    std::string agent = {}; ///< that is to be invoked: a key may be for some agents only
};

}

#pragma once

#include "core/api/operation.h"
#include "core/api/page.h"

namespace ephor {

struct Person {
    std::string id;
    std::string login;
    std::string name;
    std::string title;
    std::vector<RoleGrant> roles;
    bool active = true;
    Instant createdAt;
    Instant lastSeen; ///< unset: never
    bool operator==(const Person&) const = default;
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, login, name, title, roles, active, createdAt, lastSeen))

struct Team {
    std::string name;
    std::string title;
    std::uint64_t people = 0;
    std::uint64_t agents = 0;
    bool operator==(const Team&) const = default;
};
BOOST_DESCRIBE_STRUCT(Team, (), (name, title, people, agents))

/// Only its hash is kept; the prefix is what people recognise it by.
struct ServiceKey {
    std::string id;
    std::string name;
    std::string prefix;
    std::string team;
    std::string environment;
    std::string owner; ///< principal id
    std::string ownerName;
    std::vector<std::string> agents; ///< empty: all of the team
    std::vector<Permission> permissions;
    Instant createdAt;
    Instant expiresAt;
    Instant revokedAt; ///< unset: in force
    Instant lastUsed;
    bool operator==(const ServiceKey&) const = default;
};
BOOST_DESCRIBE_STRUCT(ServiceKey, (),
    (id, name, prefix, team, environment, owner, ownerName, agents, permissions, createdAt, expiresAt, revokedAt,
        lastUsed))

struct ListPeople {
    static constexpr Operation operation{"people.list", Permission::View, Effect::Read, "List people"};
    using Request = Empty;
    struct Response {
        std::vector<Person> people;
    };
};
BOOST_DESCRIBE_STRUCT(ListPeople::Response, (), (people))

/// An empty id adds. Roles are replaced as a whole; the last active administrator cannot be removed.
struct SavePerson {
    static constexpr Operation operation{
        "people.save", Permission::ManagePeople, Effect::Write, "Add or change a person"};
    struct Request {
        Text<96> id;
        Name login;
        Name name;
        Line title;
        List<RoleGrant, 64> roles;
        bool active = true;
        SecretText<1'024> password; ///< empty: unchanged; needed for a new person who is to sign in
    };
    struct Response {
        Person person;
    };
};
BOOST_DESCRIBE_STRUCT(SavePerson::Request, (), (id, login, name, title, roles, active, password))
BOOST_DESCRIBE_STRUCT(SavePerson::Response, (), (person))

struct ChangePassword {
    static constexpr Operation operation{
        "people.change-password", Permission::None, Effect::Write, "Change my own password"};
    struct Request {
        SecretText<1'024, 1> current;
        SecretText<1'024, 10> replacement;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(ChangePassword::Request, (), (current, replacement))

/// What somebody may do in one respect, and by which rule.
struct AccessLine {
    std::string operation; ///< "changes.approve"; empty: everything that needs the permission
    Permission permission = Permission::View;
    bool permitted = false;
    std::string rule; ///< that decides: "role:admin", "house:freeze/0"; empty: none permits it
    std::string reason; ///< one plain sentence
    std::vector<RoleGrant> roles; ///< that reach there
    Document why; ///< the rules and their conditions (docs/formats/policies.md); only where one was asked for
    bool operator==(const AccessLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(AccessLine, (), (operation, permission, permitted, rule, reason, roles, why))

/// Judged by the rules as they are now, as if it were done now by the console. Codes: operation.unknown.
struct ExplainAccess {
    static constexpr Operation operation{
        "people.access", Permission::View, Effect::Read, "Tell what somebody may do, and why"};
    struct Request {
        Text<96> principal; ///< a person or a key by id; empty: whoever asks
        Text<64> operation; ///< a name, or a permission; empty: a line for each permission
        Text<128> team; ///< empty: anywhere
    };
    struct Response {
        std::string principal;
        std::string name;
        std::vector<AccessLine> lines;
    };
};
BOOST_DESCRIBE_STRUCT(ExplainAccess::Request, (), (principal, operation, team))
BOOST_DESCRIBE_STRUCT(ExplainAccess::Response, (), (principal, name, lines))

struct ListTeams {
    static constexpr Operation operation{"teams.list", Permission::View, Effect::Read, "List teams"};
    using Request = Empty;
    struct Response {
        std::vector<Team> teams;
    };
};
BOOST_DESCRIBE_STRUCT(ListTeams::Response, (), (teams))

struct SaveTeam {
    static constexpr Operation operation{"teams.save", Permission::ManagePeople, Effect::Write, "Add or rename a team"};
    struct Request {
        Name name;
        Line title;
    };
    struct Response {
        Team team;
    };
};
BOOST_DESCRIBE_STRUCT(SaveTeam::Request, (), (name, title))
BOOST_DESCRIBE_STRUCT(SaveTeam::Response, (), (team))

struct ListKeys {
    static constexpr Operation operation{"keys.list", Permission::View, Effect::Read, "List service keys"};
    using Request = Empty;
    struct Response {
        std::vector<ServiceKey> keys;
    };
};
BOOST_DESCRIBE_STRUCT(ListKeys::Response, (), (keys))

/// The token is shown once and never again.
struct CreateKey {
    static constexpr Operation operation{"keys.create", Permission::ManageKeys, Effect::Write, "Create a service key"};
    struct Request {
        Name name;
        Name team;
        Name environment = "production";
        List<std::string, 256> agents;
        List<Permission, 16> permissions; ///< empty: invoke-agents and view
        std::uint64_t days = 90; ///< until it expires; 1 to 366
    };
    struct Response {
        ServiceKey key;
        std::string token;
    };
};
BOOST_DESCRIBE_STRUCT(CreateKey::Request, (), (name, team, environment, agents, permissions, days))
BOOST_DESCRIBE_STRUCT(CreateKey::Response, (), (key, token))

struct RevokeKey {
    static constexpr Operation operation{
        "keys.revoke", Permission::ManageKeys, Effect::Write, "Revoke a service key at once"};
    struct Request {
        Id id;
        Reason reason;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(RevokeKey::Request, (), (id, reason))

/// Names only: values never leave the key store.
struct ListSecrets {
    static constexpr Operation operation{
        "secrets.list", Permission::ManageKeys, Effect::Read, "List the names of secrets"};
    using Request = Empty;
    struct Response {
        std::vector<std::string> names;
    };
};
BOOST_DESCRIBE_STRUCT(ListSecrets::Response, (), (names))

struct SetSecret {
    static constexpr Operation operation{"secrets.set", Permission::ManageKeys, Effect::Write, "Store a secret"};
    struct Request {
        Name name;
        SecretText<8'192, 1> value;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(SetSecret::Request, (), (name, value))

struct RemoveSecret {
    static constexpr Operation operation{"secrets.remove", Permission::ManageKeys, Effect::Write, "Remove a secret"};
    struct Request {
        Name name;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(RemoveSecret::Request, (), (name))

}

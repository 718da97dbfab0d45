#pragma once

#include "core/api/operation.h"

namespace ephor {

/// Who is signed in, and what this workspace is.
struct SessionInfo {
    Principal principal;
    std::vector<Permission> permissions; ///< held somewhere
    std::string workspaceId;
    std::string workspaceName;
    std::string environment; ///< of this workspace's agents: "production"
    bool demo = false; ///< models and traffic are simulated
    bool embedded = false; ///< the owner of the folder could alter roles and keys
    bool fourEyes = false; ///< at least two people can approve
    std::string address; ///< where agents reach it over HTTP: "http://127.0.0.1:8443"; empty: nothing listens
    Instant lastVisit; ///< the sign-in before this one; unset: the first
    std::string version; ///< of the server
    bool operator==(const SessionInfo&) const = default;
};
BOOST_DESCRIBE_STRUCT(SessionInfo, (),
    (principal, permissions, workspaceId, workspaceName, environment, demo, embedded, fourEyes, address, lastVisit,
        version))

/// Somebody to sign in as without a password; only in demo workspaces.
struct Persona {
    std::string id;
    std::string name;
    std::string login;
    Role role = Role::Viewer;
    std::string title;
    bool operator==(const Persona&) const = default;
};
BOOST_DESCRIBE_STRUCT(Persona, (), (id, name, login, role, title))

/// The password is compared off the writer. After five failures in a minute a login waits a minute.
struct SignIn {
    static constexpr Operation operation{"session.sign-in", Permission::None, Effect::Write, "Sign in with a password"};
    struct Request {
        Name login;
        SecretText<1'024, 1> password;
    };
    struct Response {
        std::string token; ///< a session token: the credential of later calls
        SessionInfo session;
    };
};
BOOST_DESCRIBE_STRUCT(SignIn::Request, (), (login, password))
BOOST_DESCRIBE_STRUCT(SignIn::Response, (), (token, session))

/// Refused outside a demo workspace and for a peer that is not local.
struct SignInAs {
    static constexpr Operation operation{
        "session.sign-in-as", Permission::None, Effect::Write, "Sign in as a persona of a demo workspace"};
    struct Request {
        Name login;
    };
    using Response = SignIn::Response;
};
BOOST_DESCRIBE_STRUCT(SignInAs::Request, (), (login))

/// Empty outside a demo workspace.
struct ListPersonas {
    static constexpr Operation operation{
        "session.personas", Permission::None, Effect::Read, "List the personas of a demo workspace"};
    using Request = Empty;
    struct Response {
        std::vector<Persona> personas;
    };
};
BOOST_DESCRIBE_STRUCT(ListPersonas::Response, (), (personas))

struct SignOut {
    static constexpr Operation operation{"session.sign-out", Permission::None, Effect::Write, "Sign out"};
    using Request = Empty;
    using Response = Empty;
};

struct CurrentSession {
    static constexpr Operation operation{"session.current", Permission::None, Effect::Read, "Show who is signed in"};
    using Request = Empty;
    using Response = SessionInfo;
};

}

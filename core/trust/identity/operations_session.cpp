#include "core/api/session.h"
#include "core/trust/access/authority.h"
#include "core/trust/identity/operation_parts.h"
#include "core/trust/identity/password_check.h"
#include "core/trust/identity/people.h"
#include "core/trust/identity/sessions.h"
#include "core/trust/keys/password.h"

namespace ephor::identity {

namespace {

// What sign-in carries from the comparison to the writer.
struct CheckedLogin {
    std::string person;
    std::string passwordHash;
    std::string renewedHash; ///< made at today's cost when the stored one is cheaper
};

Result<SessionInfo> describeSession(
    const store::Snapshot& snapshot, const Services& services, const Principal& principal)
{
    SessionInfo info;
    info.principal = principal;
    info.permissions = services.authority.permissionsOf(principal);
    info.workspaceId = services.facts.id;
    info.workspaceName = services.facts.name;
    info.environment = services.facts.environment;
    info.demo = services.facts.demo;
    info.embedded = services.facts.embedded;
    info.version = services.facts.version;
    if (services.facts.address)
        info.address = services.facts.address();
    EPHOR_TRY(info.fourEyes, fourEyes(snapshot, services.facts.environment));
    if (!principal.session.empty()) {
        EPHOR_TRY(info.lastVisit, visitBefore(snapshot, principal.session));
    }
    return info;
}

Result<SignIn::Response> welcome(
    store::Transaction& transaction, const Services& services, const PersonRecord& record, Note& note)
{
    EPHOR_TRY(NewSession session, beginSession(transaction, record.person.id, record.signedInAt, services.clock));
    Principal principal;
    principal.kind = PrincipalKind::Person;
    principal.id = record.person.id;
    principal.name = record.person.name;
    principal.roles = record.person.roles;
    principal.session = session.id;
    principal.signedInAt = session.began;
    SignIn::Response response;
    EPHOR_TRY(response.session, describeSession(transaction, services, principal));
    response.token = std::move(session.token);
    note.subject = record.person.id;
    note.refs = {{"person", record.person.id}, {"session", session.id}};
    return response;
}

// Only a making that was cut off leaves a workspace without anybody: the last person cannot be removed.
Result<void> requireSomebody(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const bool somebody, hasPeople(snapshot));
    return somebody ? Result<void>()
                    : fail(ErrorKind::Conflict, "identity.nobody",
                          "Making this workspace was interrupted before it had an administrator.",
                          "Run ephor init on the same folder again: it goes on from there.");
}

Result<CheckedLogin> checkPassword(const Shared& shared, const SignIn::Request& request)
{
    // A text that cannot be a login takes the same way as one that nobody has.
    const auto login = loginFrom(request.login);
    CheckedLogin checked;
    if (login) {
        EPHOR_TRY_VOID(shared.services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
            EPHOR_TRY_VOID(requireSomebody(snapshot));
            EPHOR_TRY(const auto record, findLogin(snapshot, *login));
            if (record && record->person.active)
                checked = {record->person.id, record->passwordHash, {}};
            return {};
        }));
    }
    EPHOR_TRY_VOID(shared.passwords->check(login ? *login : "?", checked.passwordHash, request.password));
    if (keys::isOutdatedHash(checked.passwordHash)) {
        EPHOR_TRY(checked.renewedHash, keys::hashPassword(request.password));
    }
    return checked;
}

Result<SignIn::Response> signIn(
    store::Transaction& transaction, const Services& services, const CheckedLogin& checked, Note& note)
{
    EPHOR_TRY(auto record, findPerson(transaction, checked.person));
    if (!record || !record->person.active || record->passwordHash != checked.passwordHash)
        return fail(ErrorKind::Unauthenticated, "session.refused", "The login or the password is not right.",
            "The account changed a moment ago: try again.");
    if (!checked.renewedHash.empty()) {
        record->passwordHash = checked.renewedHash;
        EPHOR_TRY_VOID(updatePerson(transaction, *record));
    }
    return welcome(transaction, services, *record, note);
}

Result<SignIn::Response> signInAs(store::Transaction& transaction, const Services& services, const Call& call,
    const SignInAs::Request& request, Note& note)
{
    if (!services.facts.demo)
        return fail(ErrorKind::Forbidden, "session.not-a-demo",
            "Signing in without a password works only in a demo workspace.", "Sign in with a password.");
    if (!call.localPeer())
        return fail(ErrorKind::Forbidden, "session.not-local",
            "Signing in without a password works only on the machine of the workspace.", "Sign in with a password.");
    EPHOR_TRY(const std::string login, loginFrom(request.login));
    EPHOR_TRY(const auto record, findLogin(transaction, login));
    if (!record || !record->persona || !record->person.active)
        return fail(Error(ErrorKind::NotFound, "session.unknown-persona", "The demo has no such persona.",
            "List the personas and choose one.")
                .with("login", login));
    return welcome(transaction, services, *record, note);
}

Result<ListPersonas::Response> listPersonas(const store::Snapshot& snapshot, const Services& services)
{
    ListPersonas::Response response;
    if (!services.facts.demo)
        return response;
    EPHOR_TRY(const auto people, listPeople(snapshot));
    for (const PersonRecord& record : people) {
        if (!record.persona || !record.person.active)
            continue;
        const Role role = record.person.roles.empty() ? Role::Viewer : record.person.roles.front().role;
        response.personas.push_back(
            {record.person.id, record.person.name, record.person.login, role, record.person.title});
    }
    return response;
}

}

void addSessionHandlers(HandlerTable& table, const SharedServices& shared)
{
    table.write<SignIn, CheckedLogin>(
        [shared](const Call&, const SignIn::Request& request) { return checkPassword(*shared, request); },
        [shared](store::Transaction& transaction, const Call&, const SignIn::Request&, CheckedLogin& checked,
            Note& note) { return signIn(transaction, shared->services, checked, note); });
    table.write<SignInAs>([shared](store::Transaction& transaction, const Call& call, const SignInAs::Request& request,
                              Note& note) { return signInAs(transaction, shared->services, call, request, note); });
    table.read<ListPersonas>([shared](const store::Snapshot& snapshot, const Call&, const Empty&) {
        return listPersonas(snapshot, shared->services);
    });
    table.write<SignOut>(
        [shared](store::Transaction& transaction, const Call& call, const Empty&, Note& note) -> Result<Empty> {
            const Principal& principal = call.principal();
            if (principal.session.empty())
                return fail(ErrorKind::Invalid, "session.none", "There is no session to end.",
                    "A service key is not signed in: revoke it instead.");
            EPHOR_TRY_VOID(endSession(transaction, principal.session, shared->services.clock.now()));
            note.subject = principal.id;
            note.refs = {{"session", principal.session}};
            return Empty{};
        });
    table.read<CurrentSession>([shared](const store::Snapshot& snapshot, const Call& call, const Empty&) {
        return describeSession(snapshot, shared->services, call.principal());
    });
}

}

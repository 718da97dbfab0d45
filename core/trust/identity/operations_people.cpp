#include "core/base/id.h"
#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "core/trust/identity/operation_parts.h"
#include "core/trust/identity/password_check.h"
#include "core/trust/identity/people.h"
#include "core/trust/access/role_rules.h"
#include "core/trust/identity/sessions.h"
#include "core/trust/identity/teams.h"
#include "core/trust/keys/password.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::identity {

namespace {

// NIST SP 800-63B asks for eight; ten costs nobody anything and triples the work of guessing.
constexpr std::size_t shortestPassword = 10;

// A password as it will be stored; empty when none was given.
struct HashedPassword {
    std::string hash;
};

Result<HashedPassword> hashGiven(const SavePerson::Request& request)
{
    if (request.password.empty())
        return HashedPassword{};
    if (request.password.size() < shortestPassword)
        return fail(
            ErrorKind::Invalid, "people.weak-password", "The password is too short.", "Use at least 10 characters.");
    EPHOR_TRY(std::string hash, keys::hashPassword(request.password));
    return HashedPassword{std::move(hash)};
}

bool contains(const std::vector<RoleGrant>& roles, const RoleGrant& grant)
{
    return std::ranges::find(roles, grant) != roles.end();
}

// Roles that one list has and the other has not.
std::vector<RoleGrant> roleDifference(const std::vector<RoleGrant>& before, const std::vector<RoleGrant>& after)
{
    std::vector<RoleGrant> moved;
    for (const RoleGrant& grant : before) {
        if (!contains(after, grant))
            moved.push_back(grant);
    }
    for (const RoleGrant& grant : after) {
        if (!contains(before, grant) && !contains(moved, grant))
            moved.push_back(grant);
    }
    return moved;
}

Result<void> allowEach(const Call& call, const std::vector<RoleGrant>& grants)
{
    for (const RoleGrant& grant : grants)
        EPHOR_TRY_VOID(call.allow(Scope{grant.team, grant.environment}));
    return {};
}

Result<bool> isOnlyAdministrator(const store::Snapshot& snapshot, const std::string& person)
{
    EPHOR_TRY(const auto people, listPeople(snapshot));
    return std::ranges::none_of(people,
        [&](const PersonRecord& record) { return record.person.id != person && isAdministrator(record.person); });
}

bool mayApproveSomewhere(const std::vector<RoleGrant>& roles)
{
    return access::couldHold(roles, Permission::ApproveChanges, Scope{});
}

// The rule stands at addHandlers (operations.h).
Result<void> checkOwnChange(const store::Snapshot& snapshot, const Person& before, const Person& after)
{
    if (roleDifference(before.roles, after.roles).empty() && before.active == after.active)
        return {};
    EPHOR_TRY(const bool alone, isOnlyAdministrator(snapshot, before.id));
    const bool gainsApproval = !mayApproveSomewhere(before.roles) && mayApproveSomewhere(after.roles);
    if (alone && !gainsApproval)
        return {};
    return fail(ErrorKind::Forbidden, "identity.own-roles",
        alone ? "Nobody gives themselves the right to approve changes." : "Nobody changes their own roles.",
        alone ? "Add a second person as governance officer." : "Ask another administrator.");
}

Result<void> checkRoles(const store::Snapshot& snapshot, const std::vector<RoleGrant>& roles)
{
    for (const RoleGrant& grant : roles) {
        if (grant.team != "*")
            EPHOR_TRY_VOID(requireTeam(snapshot, grant.team));
    }
    return {};
}

Result<void> requireAdministrator(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const auto people, listPeople(snapshot));
    if (std::ranges::any_of(people, [](const PersonRecord& record) { return isAdministrator(record.person); }))
        return {};
    return fail(ErrorKind::Conflict, "identity.last-admin", "This would leave the workspace without an administrator.",
        "Make somebody else administrator of every team and environment first.");
}

Document roleData(const Person& person)
{
    return documentOf(Json{{"roles", toJson(person.roles)}, {"active", person.active}});
}

Result<Person> addPerson(store::Transaction& transaction, const Call& call, const PersonRecord& wanted)
{
    EPHOR_TRY_VOID(allowEach(call, wanted.person.roles));
    EPHOR_TRY_VOID(insertPerson(transaction, wanted));
    return wanted.person;
}

Result<Person> changePerson(store::Transaction& transaction, const Call& call, PersonRecord wanted, Instant now)
{
    EPHOR_TRY(const auto found, findPerson(transaction, wanted.person.id));
    if (!found)
        return fail(Error(ErrorKind::NotFound, "people.unknown", "There is no such person.", "List the people.")
                .with("id", wanted.person.id));
    const Person& before = found->person;
    Person& after = wanted.person;
    const bool own = before.id == call.principal().id;
    const bool newPassword = !wanted.passwordHash.empty();
    EPHOR_TRY_VOID(allowEach(call, roleDifference(before.roles, after.roles)));
    const bool accountChanges = newPassword || before.login != after.login || before.active != after.active;
    // A new password or login is the whole account: it takes the right to manage everything the account may do.
    if (accountChanges && !own)
        EPHOR_TRY_VOID(allowEach(call, before.roles));
    if (own && newPassword)
        return fail(ErrorKind::Forbidden, "people.own-password", "Your own password is changed with the current one.",
            "Use \"Change my password\".");
    if (own)
        EPHOR_TRY_VOID(checkOwnChange(transaction, before, after));
    after.createdAt = before.createdAt;
    after.lastSeen = before.lastSeen;
    if (!newPassword)
        wanted.passwordHash = found->passwordHash;
    EPHOR_TRY_VOID(updatePerson(transaction, wanted));
    if (newPassword || !after.active)
        EPHOR_TRY_VOID(endSessionsOf(transaction, after.id, {}, now));
    if (isAdministrator(before) && !isAdministrator(after))
        EPHOR_TRY_VOID(requireAdministrator(transaction));
    return after;
}

Result<SavePerson::Response> savePerson(store::Transaction& transaction, const Call& call, const Clock& clock,
    const SavePerson::Request& request, const HashedPassword& password, Note& note)
{
    PersonRecord wanted;
    EPHOR_TRY(wanted.person.login, loginFrom(request.login));
    wanted.person.id = request.id;
    wanted.person.name = request.name;
    wanted.person.title = request.title;
    wanted.person.active = request.active;
    wanted.passwordHash = password.hash;
    for (const RoleGrant& grant : request.roles) {
        if (!contains(wanted.person.roles, grant))
            wanted.person.roles.push_back(grant);
    }
    EPHOR_TRY_VOID(checkRoles(transaction, wanted.person.roles));
    const bool added = request.id.empty();
    if (added) {
        wanted.person.id = "person:" + newId(clock);
        wanted.person.createdAt = clock.now();
    }
    EPHOR_TRY(const Person person,
        added ? addPerson(transaction, call, wanted) : changePerson(transaction, call, wanted, clock.now()));
    note.subject = person.id;
    note.refs = {{"person", person.id}, {"login", person.login}, {"act", added ? "added" : "changed"}};
    if (!request.password.empty())
        note.refs.emplace("password", "set");
    note.data = roleData(person);
    return SavePerson::Response{person};
}

// What change-password carries from the comparison to the writer.
struct PasswordChange {
    std::string before;
    std::string after;
};

Result<PasswordChange> checkOwnPassword(const Shared& shared, const Call& call, const ChangePassword::Request& request)
{
    if (call.principal().kind != PrincipalKind::Person)
        return fail(ErrorKind::Forbidden, "identity.people-only", "Only a person who is signed in has a password.",
            "Sign in first.");
    std::optional<PersonRecord> record;
    EPHOR_TRY_VOID(shared.services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(record, findPerson(snapshot, call.principal().id));
        return {};
    }));
    if (!record)
        return fail(ErrorKind::NotFound, "people.unknown", "There is no such person.", "See the list of people.");
    PasswordChange change{record->passwordHash, {}};
    EPHOR_TRY_VOID(shared.passwords->check(record->person.login, change.before, request.current));
    EPHOR_TRY(change.after, keys::hashPassword(request.replacement));
    return change;
}

Result<Empty> changePassword(
    store::Transaction& transaction, const Call& call, const Clock& clock, const PasswordChange& change, Note& note)
{
    const Principal& principal = call.principal();
    EPHOR_TRY(auto record, findPerson(transaction, principal.id));
    if (!record || record->passwordHash != change.before)
        return fail(ErrorKind::Conflict, "people.password-moved-on", "The password was changed a moment ago.",
            "Try again with the new one.");
    record->passwordHash = change.after;
    EPHOR_TRY_VOID(updatePerson(transaction, *record));
    EPHOR_TRY_VOID(endSessionsOf(transaction, principal.id, principal.session, clock.now()));
    note.subject = principal.id;
    return Empty{};
}

Result<ListTeams::Response> teamsWithAgents(const store::Snapshot& snapshot, const Services& services)
{
    ListTeams::Response response;
    EPHOR_TRY(response.teams, listTeams(snapshot));
    if (!services.agentsByTeam)
        return response;
    EPHOR_TRY(const auto agents, services.agentsByTeam(snapshot));
    for (Team& team : response.teams) {
        if (const auto found = agents.find(team.name); found != agents.end())
            team.agents = found->second;
    }
    return response;
}

Result<SaveTeam::Response> saveTeam(
    store::Transaction& transaction, const Call& call, const Clock& clock, const SaveTeam::Request& request, Note& note)
{
    EPHOR_TRY(const bool exists, teamExists(transaction, request.name));
    // A new team belongs to nobody yet, so that only somebody in charge of all teams may add one.
    EPHOR_TRY_VOID(call.allow(Scope{exists ? std::string(request.name) : "*", {}}));
    EPHOR_TRY_VOID(putTeam(transaction, request.name, request.title, clock.now()));
    note.subject = "team:" + request.name;
    note.refs = {{"team", request.name}, {"act", exists ? "renamed" : "added"}};
    EPHOR_TRY(const auto teams, listTeams(transaction));
    const auto saved = std::ranges::find(teams, std::string(request.name), &Team::name);
    return SaveTeam::Response{*saved};
}

}

void addPeopleHandlers(HandlerTable& table, const SharedServices& shared)
{
    table.read<ListPeople>(
        [](const store::Snapshot& snapshot, const Call&, const Empty&) -> Result<ListPeople::Response> {
            EPHOR_TRY(auto records, listPeople(snapshot));
            ListPeople::Response response;
            for (PersonRecord& record : records)
                response.people.push_back(std::move(record.person));
            return response;
        });
    table.write<SavePerson, HashedPassword>(
        [](const Call&, const SavePerson::Request& request) { return hashGiven(request); },
        [shared](store::Transaction& transaction, const Call& call, const SavePerson::Request& request,
            HashedPassword& password,
            Note& note) { return savePerson(transaction, call, shared->services.clock, request, password, note); });
    table.write<ChangePassword, PasswordChange>(
        [shared](const Call& call, const ChangePassword::Request& request) {
            return checkOwnPassword(*shared, call, request);
        },
        [shared](store::Transaction& transaction, const Call& call, const ChangePassword::Request&,
            PasswordChange& change,
            Note& note) { return changePassword(transaction, call, shared->services.clock, change, note); });
    table.read<ListTeams>([shared](const store::Snapshot& snapshot, const Call&, const Empty&) {
        return teamsWithAgents(snapshot, shared->services);
    });
    table.write<SaveTeam>(
        [shared](store::Transaction& transaction, const Call& call, const SaveTeam::Request& request, Note& note) {
            return saveTeam(transaction, call, shared->services.clock, request, note);
        });
}

}

#include "core/trust/identity/people.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/trust/identity/moment.h"
#include "core/trust/access/role_rules.h"

#include <algorithm>

namespace ephor::identity {

namespace {

#define EPHOR_PERSON_COLUMNS                                                                                           \
    "SELECT id, login, name, title, password, persona, active, created_at, signed_in_at, seen_at FROM person "

PersonRecord personFrom(const store::Row& row)
{
    PersonRecord record;
    record.person.id = row.string(0);
    record.person.login = row.string(1);
    record.person.name = row.string(2);
    record.person.title = row.string(3);
    record.passwordHash = row.string(4);
    record.persona = row.integer(5) != 0;
    record.person.active = row.integer(6) != 0;
    record.person.createdAt = momentOf(row.integer(7));
    record.signedInAt = momentOf(row.integer(8));
    record.person.lastSeen = momentOf(row.integer(9));
    return record;
}

Result<RoleGrant> grantFrom(const store::Row& row, int first)
{
    RoleGrant grant;
    grant.team = row.string(first);
    grant.environment = row.string(first + 1);
    EPHOR_TRY(grant.role, enumeratorFrom<Role>(row.text(first + 2)));
    return grant;
}

Result<std::optional<PersonRecord>> findOne(const store::Snapshot& snapshot, std::string_view sql, std::string_view key)
{
    std::optional<PersonRecord> found;
    EPHOR_TRY_VOID(snapshot.query(sql, {key}, [&](const store::Row& row) -> Result<void> {
        found = personFrom(row);
        return {};
    }));
    if (!found)
        return found;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT team, environment, role FROM role_grant WHERE person = ? ORDER BY team, environment, role",
        {found->person.id}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(RoleGrant grant, grantFrom(row, 0));
            found->person.roles.push_back(std::move(grant));
            return {};
        }));
    return found;
}

Result<void> writeRoles(store::Transaction& transaction, const Person& person)
{
    EPHOR_TRY_VOID(transaction.run("DELETE FROM role_grant WHERE person = ?", {person.id}));
    for (const RoleGrant& grant : person.roles) {
        EPHOR_TRY_VOID(
            transaction.run("INSERT OR IGNORE INTO role_grant (person, team, environment, role) VALUES (?, ?, ?, ?)",
                {person.id, grant.team, grant.environment, wordOf(grant.role)}));
    }
    return {};
}

Result<void> requireFreeLogin(const store::Snapshot& snapshot, const Person& person)
{
    EPHOR_TRY(const auto taken, snapshot.text("SELECT id FROM person WHERE login = ?", {person.login}));
    if (taken && *taken != person.id)
        return fail(Error(ErrorKind::Conflict, "people.login-taken", "Somebody else signs in with this login.",
            "Choose another login.")
                .with("login", person.login));
    return {};
}

}

Result<std::string> loginFrom(std::string_view text)
{
    std::string login = lowerAscii(trim(text));
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789._@+-";
    if (login.empty() || login.size() > 128 || login.find_first_not_of(allowed) != std::string::npos)
        return fail(ErrorKind::Invalid, "people.login-format", "This cannot be a login.",
            "Use up to 128 letters a to z, digits and . _ @ + -.");
    return login;
}

Result<std::optional<PersonRecord>> findPerson(const store::Snapshot& snapshot, std::string_view id)
{
    return findOne(snapshot, EPHOR_PERSON_COLUMNS "WHERE id = ?", id);
}

Result<std::optional<PersonRecord>> findLogin(const store::Snapshot& snapshot, std::string_view login)
{
    return findOne(snapshot, EPHOR_PERSON_COLUMNS "WHERE login = ?", login);
}

Result<bool> hasPeople(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const auto somebody, snapshot.integer("SELECT 1 FROM person LIMIT 1", {}));
    return somebody.has_value();
}

Result<std::vector<PersonRecord>> listPeople(const store::Snapshot& snapshot)
{
    std::vector<PersonRecord> people;
    std::map<std::string, std::vector<RoleGrant>> roles;
    EPHOR_TRY_VOID(
        snapshot.query("SELECT person, team, environment, role FROM role_grant ORDER BY team, environment, role", {},
            [&](const store::Row& row) -> Result<void> {
                EPHOR_TRY(RoleGrant grant, grantFrom(row, 1));
                roles[row.string(0)].push_back(std::move(grant));
                return {};
            }));
    EPHOR_TRY_VOID(
        snapshot.query(EPHOR_PERSON_COLUMNS "ORDER BY name, login", {}, [&](const store::Row& row) -> Result<void> {
            people.push_back(personFrom(row));
            people.back().person.roles = std::move(roles[people.back().person.id]);
            return {};
        }));
    return people;
}

Result<void> insertPerson(store::Transaction& transaction, const PersonRecord& record)
{
    const Person& person = record.person;
    EPHOR_TRY_VOID(requireFreeLogin(transaction, person));
    EPHOR_TRY_VOID(transaction.run("INSERT INTO person (id, login, name, title, password, persona, active, created_at, "
                                   "signed_in_at, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {person.id, person.login, person.name, person.title, record.passwordHash, std::int64_t(record.persona),
            std::int64_t(person.active), storedMoment(person.createdAt), storedMoment(record.signedInAt),
            storedMoment(person.lastSeen)}));
    return writeRoles(transaction, person);
}

Result<void> updatePerson(store::Transaction& transaction, const PersonRecord& record)
{
    const Person& person = record.person;
    EPHOR_TRY_VOID(requireFreeLogin(transaction, person));
    EPHOR_TRY_VOID(
        transaction.run("UPDATE person SET login = ?, name = ?, title = ?, password = ?, active = ? WHERE id = ?",
            {person.login, person.name, person.title, record.passwordHash, std::int64_t(person.active), person.id}));
    return writeRoles(transaction, person);
}

Result<std::string> displayName(const store::Snapshot& snapshot, const std::string& principal)
{
    if (principal == "system")
        return std::string("Ephor");
    EPHOR_TRY(auto name, snapshot.text("SELECT name FROM person WHERE id = ?", {principal}));
    if (!name) {
        EPHOR_TRY(name, snapshot.text("SELECT name FROM service_key WHERE id = ?", {principal}));
    }
    return std::move(name).value_or(principal);
}

Result<std::vector<Person>> peopleWho(const store::Snapshot& snapshot, Permission permission, const Scope& scope)
{
    EPHOR_TRY(auto everybody, listPeople(snapshot));
    std::vector<Person> people;
    for (PersonRecord& record : everybody) {
        if (record.person.active && access::couldHold(record.person.roles, permission, scope))
            people.push_back(std::move(record.person));
    }
    return people;
}

Result<bool> fourEyes(const store::Snapshot& snapshot, const std::string& environment)
{
    EPHOR_TRY(const auto everybody, listPeople(snapshot));
    std::vector<std::string> teams;
    EPHOR_TRY_VOID(snapshot.query("SELECT name FROM team", {}, [&](const store::Row& row) -> Result<void> {
        teams.push_back(row.string(0));
        return {};
    }));
    if (teams.empty())
        teams.emplace_back("*");
    for (const std::string& team : teams) {
        const Scope scope{team, environment};
        std::vector<const Person*> authors;
        std::vector<const Person*> approvers;
        for (const PersonRecord& record : everybody) {
            if (!record.person.active)
                continue;
            if (access::couldHold(record.person.roles, Permission::EditDefinitions, scope))
                authors.push_back(&record.person);
            if (access::couldHold(record.person.roles, Permission::ApproveChanges, scope))
                approvers.push_back(&record.person);
        }
        const bool onlyApproverIsAuthor
            = approvers.size() == 1 && std::ranges::find(authors, approvers.front()) != authors.end();
        if (approvers.empty() || onlyApproverIsAuthor)
            return false;
    }
    return true;
}

bool isAdministrator(const Person& person)
{
    return person.active && access::couldHold(person.roles, Permission::ManagePeople, Scope{"*", "*"});
}

}

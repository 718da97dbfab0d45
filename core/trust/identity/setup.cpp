#include "core/trust/identity/setup.h"

#include "core/base/id.h"
#include "core/trust/identity/people.h"
#include "core/trust/identity/teams.h"

namespace ephor::identity {

Result<std::string> addFirstAdmin(store::Transaction& transaction, const std::string& name, const std::string& login,
    const std::string& passwordHash, const Clock& clock)
{
    EPHOR_TRY(const bool somebody, hasPeople(transaction));
    if (somebody)
        return fail(ErrorKind::Conflict, "identity.not-first", "This workspace has people already.",
            "Sign in as an administrator and add the person there.");
    PersonRecord record;
    EPHOR_TRY(record.person.login, loginFrom(login));
    record.person.id = "person:" + newId(clock);
    record.person.name = name;
    record.person.title = "Administrator";
    record.person.roles = {RoleGrant{"*", "*", Role::Admin}};
    record.person.createdAt = clock.now();
    record.passwordHash = passwordHash;
    EPHOR_TRY_VOID(insertPerson(transaction, record));
    return record.person.id;
}

Result<void> addTeam(
    store::Transaction& transaction, const std::string& name, const std::string& title, const Clock& clock)
{
    return putTeam(transaction, name, title, clock.now());
}

Result<std::string> addPersona(store::Transaction& transaction, const std::string& name, const std::string& login,
    const std::string& title, const std::vector<RoleGrant>& roles, const Clock& clock)
{
    PersonRecord record;
    EPHOR_TRY(record.person.login, loginFrom(login));
    for (const RoleGrant& grant : roles) {
        if (grant.team != "*")
            EPHOR_TRY_VOID(requireTeam(transaction, grant.team));
    }
    record.person.id = "person:" + newId(clock);
    record.person.name = name;
    record.person.title = title;
    record.person.roles = roles;
    record.person.createdAt = clock.now();
    record.persona = true;
    EPHOR_TRY_VOID(insertPerson(transaction, record));
    return record.person.id;
}

Result<std::string> addServiceKey(store::Transaction& transaction, const NewServiceKey& wanted, const Clock& clock)
{
    EPHOR_TRY(CreatedKey created, createServiceKey(transaction, wanted, clock));
    return std::move(created.token);
}

}

#include "core/trust/identity/known_principal.h"

#include "core/trust/identity/people.h"
#include "core/trust/identity/service_keys.h"

namespace ephor::identity {

Result<Principal> knownPrincipal(const store::Snapshot& snapshot, const std::string& id, Instant now)
{
    Principal principal;
    principal.id = id;
    principal.name = id;
    principal.kind = PrincipalKind::Service;
    EPHOR_TRY(auto record, findPerson(snapshot, id));
    if (record) {
        principal.kind = PrincipalKind::Person;
        principal.name = record->person.name;
        if (record->person.active)
            principal.roles = std::move(record->person.roles);
        return principal;
    }
    EPHOR_TRY(const auto key, findServiceKey(snapshot, id));
    if (!key)
        return principal;
    principal = principalOf(*key);
    if (key->revokedAt != Instant() || key->expiresAt <= now) {
        principal.roles.clear();
        principal.permissions.clear();
    }
    return principal;
}

}

#include "core/trust/identity/service_keys.h"

#include "core/base/id.h"
#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "core/trust/identity/moment.h"
#include "core/trust/access/role_rules.h"
#include "core/trust/identity/teams.h"
#include "core/trust/keys/token.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::identity {

namespace {

#define EPHOR_KEY_COLUMNS                                                                                              \
    "SELECT id, name, prefix, team, environment, owner, agents, permissions, created_at, expires_at, revoked_at, "     \
    "used_at, COALESCE((SELECT person.name FROM person WHERE person.id = owner), owner) FROM service_key "

Result<ServiceKey> keyFrom(const store::Row& row)
{
    ServiceKey key;
    key.id = row.string(0);
    key.name = row.string(1);
    key.prefix = row.string(2);
    key.team = row.string(3);
    key.environment = row.string(4);
    key.owner = row.string(5);
    EPHOR_TRY(const Json agents, parseJson(row.text(6)));
    EPHOR_TRY(key.agents, fromJson<std::vector<std::string>>(agents, UnknownMembers::Refuse));
    EPHOR_TRY(const Json permissions, parseJson(row.text(7)));
    EPHOR_TRY(key.permissions, fromJson<std::vector<Permission>>(permissions, UnknownMembers::Refuse));
    key.createdAt = momentOf(row.integer(8));
    key.expiresAt = momentOf(row.integer(9));
    key.revokedAt = momentOf(row.integer(10));
    key.lastUsed = momentOf(row.integer(11));
    key.ownerName = row.string(12);
    return key;
}

Result<std::optional<ServiceKey>> findKey(const store::Snapshot& snapshot, std::string_view sql, store::Value value)
{
    std::optional<ServiceKey> found;
    EPHOR_TRY_VOID(snapshot.query(sql, {value}, [&](const store::Row& row) -> Result<void> {
        EPHOR_TRY(found, keyFrom(row));
        return {};
    }));
    return found;
}

// Keys never answer for a person and never make keys: what one leaks stays within what it was made for.
Result<std::vector<Permission>> keyPermissions(const std::vector<Permission>& wanted)
{
    if (wanted.empty())
        return std::vector{Permission::View, Permission::InvokeAgents};
    std::vector<Permission> permissions;
    for (const Permission permission : wanted) {
        if (!access::keyMayHold(permission))
            return fail(Error(ErrorKind::Invalid, "keys.permission", "A service key cannot hold this permission.",
                "Leave it to a person who signs in.")
                    .with("permission", wordOf(permission)));
        if (std::ranges::find(permissions, permission) == permissions.end())
            permissions.push_back(permission);
    }
    return permissions;
}

}

Result<CreatedKey> createServiceKey(store::Transaction& transaction, const NewServiceKey& wanted, const Clock& clock)
{
    if (wanted.team != "*")
        EPHOR_TRY_VOID(requireTeam(transaction, wanted.team));
    CreatedKey created;
    ServiceKey& key = created.key;
    EPHOR_TRY(key.permissions, keyPermissions(wanted.permissions));
    keys::NewToken token = keys::makeToken();
    key.id = "key:" + newId(clock);
    key.name = wanted.name;
    key.prefix = token.prefix;
    key.team = wanted.team;
    key.environment = wanted.environment;
    key.owner = wanted.owner;
    key.agents = wanted.agents;
    key.createdAt = clock.now();
    key.expiresAt = key.createdAt + wanted.validFor;
    const std::string agents = compactJson(toJson(key.agents));
    const std::string permissions = compactJson(toJson(key.permissions));
    EPHOR_TRY_VOID(transaction.run(
        "INSERT INTO service_key (id, hash, name, prefix, team, environment, owner, agents, permissions, "
        "created_at, expires_at, revoked_at, used_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
        {key.id, BytesView(token.hash), key.name, key.prefix, key.team, key.environment, key.owner, agents, permissions,
            storedMoment(key.createdAt), storedMoment(key.expiresAt)}));
    EPHOR_TRY(auto stored, findServiceKey(transaction, key.id));
    key = std::move(*stored);
    created.token = std::move(token.token);
    return created;
}

Result<std::vector<ServiceKey>> listServiceKeys(const store::Snapshot& snapshot)
{
    std::vector<ServiceKey> keys;
    EPHOR_TRY_VOID(snapshot.query(
        EPHOR_KEY_COLUMNS "ORDER BY revoked_at > 0, expires_at, id", {}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(ServiceKey key, keyFrom(row));
            keys.push_back(std::move(key));
            return {};
        }));
    return keys;
}

Result<std::optional<ServiceKey>> findServiceKey(const store::Snapshot& snapshot, std::string_view id)
{
    return findKey(snapshot, EPHOR_KEY_COLUMNS "WHERE id = ?", id);
}

Result<std::optional<ServiceKey>> findServiceKeyByToken(const store::Snapshot& snapshot, std::string_view token)
{
    const auto hash = keys::hashToken(token);
    if (!hash)
        return std::optional<ServiceKey>();
    return findKey(snapshot, EPHOR_KEY_COLUMNS "WHERE hash = ?", BytesView(*hash));
}

Result<void> revokeServiceKey(store::Transaction& transaction, const std::string& id, Instant at)
{
    EPHOR_TRY_VOID(transaction.run(
        "UPDATE service_key SET revoked_at = ? WHERE id = ? AND revoked_at = 0", {storedMoment(at), id}));
    return {};
}

Principal principalOf(const ServiceKey& key)
{
    Principal principal;
    principal.kind = PrincipalKind::Service;
    principal.id = key.id;
    principal.name = key.name;
    principal.roles = {RoleGrant{key.team, key.environment, Role::Viewer}};
    principal.agents = key.agents;
    principal.permissions = key.permissions;
    return principal;
}

}

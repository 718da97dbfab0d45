#include "core/api/people.h"
#include "core/base/json.h"
#include "core/domain/reflect.h"
#include "core/trust/identity/operation_parts.h"
#include "core/trust/identity/service_keys.h"

#include <nlohmann/json.hpp>

namespace ephor::identity {

namespace {

// A key that nobody renews for a year is a key that nobody looks after.
constexpr std::uint64_t longestKeyDays = 366;

Result<ListKeys::Response> listVisibleKeys(const store::Snapshot& snapshot, const Call& call)
{
    EPHOR_TRY(auto keys, listServiceKeys(snapshot));
    ListKeys::Response response;
    for (ServiceKey& key : keys) {
        if (call.holds(Permission::View, Scope{key.team, key.environment}))
            response.keys.push_back(std::move(key));
    }
    return response;
}

Result<CreateKey::Response> createKey(store::Transaction& transaction, const Call& call, const Clock& clock,
    const CreateKey::Request& request, Note& note)
{
    const Scope scope{request.team, request.environment};
    EPHOR_TRY_VOID(call.allow(scope));
    if (request.days < 1 || request.days > longestKeyDays)
        return fail(ErrorKind::Invalid, "keys.days", "A service key lives between 1 and 366 days.",
            "Choose a number of days in between.");
    NewServiceKey wanted;
    wanted.name = request.name;
    wanted.team = request.team;
    wanted.environment = request.environment;
    wanted.owner = call.principal().id;
    wanted.agents = request.agents;
    wanted.permissions = request.permissions;
    wanted.validFor = std::chrono::days(request.days);
    EPHOR_TRY(CreatedKey created, createServiceKey(transaction, wanted, clock));
    // Nobody hands out what they do not hold.
    for (const Permission permission : created.key.permissions)
        EPHOR_TRY_VOID(call.allow(permission, scope));
    note.subject = created.key.id;
    note.refs = {{"key", created.key.id}, {"team", created.key.team}, {"environment", created.key.environment}};
    note.data = documentOf(Json{{"permissions", toJson(created.key.permissions)}, {"agents", created.key.agents},
        {"expires", formatInstant(created.key.expiresAt)}, {"prefix", created.key.prefix}});
    return CreateKey::Response{std::move(created.key), std::move(created.token)};
}

Result<Empty> revokeKey(store::Transaction& transaction, const Call& call, const Clock& clock,
    const RevokeKey::Request& request, Note& note)
{
    EPHOR_TRY(const auto key, findServiceKey(transaction, request.id));
    if (!key)
        return fail(Error(ErrorKind::NotFound, "keys.unknown", "There is no such service key.", "List the keys.")
                .with("id", request.id));
    EPHOR_TRY_VOID(call.allow(Scope{key->team, key->environment}));
    EPHOR_TRY_VOID(revokeServiceKey(transaction, key->id, clock.now()));
    note.subject = key->id;
    note.reason = request.reason;
    note.refs = {{"key", key->id}, {"team", key->team}};
    return Empty{};
}

}

void addKeyHandlers(HandlerTable& table, const SharedServices& shared)
{
    table.read<ListKeys>([](const store::Snapshot& snapshot, const Call& call, const Empty&) {
        return listVisibleKeys(snapshot, call);
    });
    table.write<CreateKey>(
        [shared](store::Transaction& transaction, const Call& call, const CreateKey::Request& request, Note& note) {
            return createKey(transaction, call, shared->services.clock, request, note);
        });
    table.write<RevokeKey>(
        [shared](store::Transaction& transaction, const Call& call, const RevokeKey::Request& request, Note& note) {
            return revokeKey(transaction, call, shared->services.clock, request, note);
        });
}

}

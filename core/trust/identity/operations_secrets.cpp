#include "core/api/people.h"
#include "core/trust/identity/operation_parts.h"
#include "core/trust/keys/key_store.h"

namespace ephor::identity {

namespace {

// Secrets have no team: whoever manages them does so for all.
Result<keys::KeyStore*> storeFor(const Call& call, const Services& services)
{
    EPHOR_TRY_VOID(call.allow(Scope{"*", services.facts.environment}));
    if (services.keyStore == nullptr)
        return fail(ErrorKind::Unavailable, "keys.missing", "This workspace was opened without its key store.",
            "Unlock the key store and open the workspace again.");
    return services.keyStore;
}

}

void addSecretHandlers(HandlerTable& table, const SharedServices& shared)
{
    table.direct<ListSecrets>([shared](const Call& call, const Empty&, Note&) -> Result<ListSecrets::Response> {
        EPHOR_TRY(keys::KeyStore* const store, storeFor(call, shared->services));
        return ListSecrets::Response{store->secretNames()};
    });
    table.direct<SetSecret>([shared](const Call& call, const SetSecret::Request& request, Note& note) -> Result<Empty> {
        EPHOR_TRY(keys::KeyStore* const store, storeFor(call, shared->services));
        note.subject = "secret:" + request.name;
        EPHOR_TRY_VOID(store->setSecret(request.name, request.value));
        return Empty{};
    });
    table.direct<RemoveSecret>(
        [shared](const Call& call, const RemoveSecret::Request& request, Note& note) -> Result<Empty> {
            EPHOR_TRY(keys::KeyStore* const store, storeFor(call, shared->services));
            note.subject = "secret:" + request.name;
            EPHOR_TRY_VOID(store->removeSecret(request.name));
            return Empty{};
        });
}

}

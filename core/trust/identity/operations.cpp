#include "core/trust/identity/operations.h"

#include "core/trust/identity/operation_parts.h"
#include "core/trust/identity/password_check.h"

namespace ephor::identity {

void addHandlers(HandlerTable& table, Services services)
{
    const auto passwords = std::make_shared<PasswordCheck>(services.clock);
    const auto shared = std::make_shared<const Shared>(Shared{std::move(services), passwords});
    addSessionHandlers(table, shared);
    addPeopleHandlers(table, shared);
    addAccessHandlers(table, shared);
    addKeyHandlers(table, shared);
    addSecretHandlers(table, shared);
}

}

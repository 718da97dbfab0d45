#pragma once

#include "core/trust/identity/operations.h"

#include <memory>

namespace ephor::identity {

class PasswordCheck;

/// What the handlers of this room share.
struct Shared {
    Services services;
    std::shared_ptr<PasswordCheck> passwords;
};
using SharedServices = std::shared_ptr<const Shared>;

void addSessionHandlers(HandlerTable& table, const SharedServices& shared);
void addPeopleHandlers(HandlerTable& table, const SharedServices& shared);
void addAccessHandlers(HandlerTable& table, const SharedServices& shared);
void addKeyHandlers(HandlerTable& table, const SharedServices& shared);
void addSecretHandlers(HandlerTable& table, const SharedServices& shared);

}

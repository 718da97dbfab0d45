#pragma once

#include "core/trust/access/authority.h"
#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/request.h"

#include <memory>

namespace ephor::access {

/// An act in the words that rules are written in: who acts with the roles that reach where it happens, the operation in
/// its groups, and the circumstances. The request points into the entities.
struct ActCase {
    /// Codes: those of cedar::EntitiesBuilder.
    static Result<ActCase> of(const Act& act, Instant now);

    std::shared_ptr<const cedar::Entities> entities;
    cedar::Request request;
};

}

#pragma once

#include "core/domain/principal.h"

namespace ephor::access {

/// True when the grant reaches the scope. "*" in a grant reaches everything; an empty member of the scope means
/// anywhere; "*" in a scope means everywhere at once, so that only "*" reaches it.
bool reaches(const RoleGrant& grant, const Scope& scope);

}

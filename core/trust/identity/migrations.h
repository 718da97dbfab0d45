#pragma once

#include "core/store/migration.h"

#include <span>

namespace ephor::identity {

/// The tables of this room: team, person, role_grant, session, service_key.
std::span<const store::Migration> migrations();

}

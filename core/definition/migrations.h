#pragma once

#include "core/store/migration.h"

#include <span>

namespace ephor::definition {

/// The tables of this room: definition, definition_version, definition_use, definition_tag, definition_change.
std::span<const store::Migration> migrations();

}

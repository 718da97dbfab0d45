#pragma once

#include "core/store/migration.h"

#include <span>

namespace ephor::ledger {

/// The ledger's tables. docs/formats/entry.md says what they hold.
std::span<const store::Migration> migrations();

}

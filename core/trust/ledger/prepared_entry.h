#pragma once

#include "core/trust/ledger/envelope.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/ledger/sealed_fields.h"

#include <vector>

namespace ephor::ledger {

/// An entry before it has a place in the record: Ledger::prepare makes it on any thread, Ledger::append stamps it with
/// number and time on the writer's and uses it up. Seals hold clear values until then and are wiped when stored.
struct PreparedEntry {
    EnvelopeText text; ///< with room for what the place decides
    std::vector<PreparedSeal> seals; ///< of the sealed fields; a work runs once, so none is stored twice or lost
};

}

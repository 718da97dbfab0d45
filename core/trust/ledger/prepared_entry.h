#pragma once

#include "core/trust/ledger/envelope.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/ledger/sealed_fields.h"

#include <vector>

namespace ephor::ledger {

struct PreparedEntry {
    EnvelopeText text;
    std::vector<PreparedSeal> seals;
};

}

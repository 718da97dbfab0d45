#pragma once

#include "core/trust/ledger/envelope.h"
#include "core/trust/ledger/sealed_fields.h"

#include <optional>
#include <span>

namespace ephor::ledger {

/// What `textOfEnvelope` makes of the entry's envelope with the commitments placed in it, byte for byte, written down
/// without building the envelope as a value: its form is fixed, and the data of most entries is canonical as it comes.
/// Nothing for an entry that is not so plain (data of another form, a commitment deeper than one member) or that has a
/// fault; the value then has the say.
std::optional<EnvelopeText> plainTextOfEnvelope(
    const NewEntry& entry, std::span<const PreparedSeal> seals, const EntryStamp& stamp);

}

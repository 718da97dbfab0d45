#pragma once

#include "core/api/policies.h"
#include "core/change/evaluate/operations.h"

namespace ephor {
class Call;
struct Note;
}

namespace ephor::evaluate {

/// policies.backtest: one page, and what the record keeps of it. Codes: policy.days, policy.cursor,
/// policy.one-candidate, policy.unsaved (Forbidden) for rules as typed from somebody who may not open the runs;
/// forbidden; definition.unknown; those of the candidate's rules and of the record.
Result<Backtest::Response> backtest(const Services& services, const store::Snapshot& snapshot, const Call& call,
    const Backtest::Request& request, Note& note);

}

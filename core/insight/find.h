#pragma once

#include "core/api/handlers.h"
#include "core/api/insight.h"
#include "core/insight/operations.h"

namespace ephor::insight {

/// What a pasted text may mean, surest first, at most 20 places of teams the caller may view: "#123" (an entry of the
/// record), the id of a verdict, run, request, change or release or the beginning of one (6 hexadecimal digits), a
/// business reference, a part of the name or title of a definition, a part of a person's name.
/// `kind` of a hit: entry, verdict, run, approval, change, release, agent, prompt, model, tool, person.
Result<FindAnything::Response> findAnything(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const FindAnything::Request& request);

}

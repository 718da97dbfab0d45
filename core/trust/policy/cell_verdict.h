#pragma once

#include "core/trust/policy/call_verdict.h"
#include "core/trust/policy/tightening_table.h"

#include <span>
#include <string>

namespace ephor::policy {

/// What the grant and the tightenings of one cell of the access matrix come to for a call that meets all conditions.
/// Rules written as text may still say otherwise of a call: they need its arguments.
PermissionVerdict cellVerdict(std::span<const GrantRule> released, const TighteningTable& tightenings,
    const std::string& agent, const std::string& tool, Instant now);

}

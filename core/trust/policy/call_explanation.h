#pragma once

#include "core/domain/limits.h"
#include "core/trust/policy/call_history.h"

namespace ephor::policy {

/// Why a call is permitted or not, for either of the two that must be, as JSON (docs/formats/policies.md). What rules
/// only observe, and forbids that a person's word lifts, are left out: they do not decide whether it is permitted at
/// all. Holds values of the arguments.
struct CallExplanation {
    Document agent;
    Document requester;
};

/// Off the hot path: it reads every rule and tries changes; `past` is read when a rule asks what happened before.
/// Codes: those of the policy language and of `past`.
Result<CallExplanation> explainCall(const RulesInForce& rules, const CallFacts& facts, const PastEvents& past);

}

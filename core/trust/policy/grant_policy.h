#pragma once

#include "core/base/result.h"
#include "core/domain/verdict.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ephor::policy {

/// "grant:refunds/payments.send": the id of the policy behind a cell of the access matrix. What asks above a limit
/// stands beside it under "grant:refunds/payments.send#ask-amount".
std::string grantId(std::string_view agent, std::string_view tool);

/// Whether a policy of this id is behind a cell.
bool isGrant(std::string_view id);

/// The grant as policies, in the one layout that grantsOf reads back (docs/formats/policies.md). Access None is no
/// policy. Times count in whole milliseconds: an expiry is cut down to one. Codes: grant.condition.
Result<std::vector<PolicyText>> policiesOf(const GrantRule& rule);
/// Of several grants, in order. Codes: those of policiesOf.
Result<std::vector<PolicyText>> policiesOf(std::span<const GrantRule> rules);

/// The forms behind policies of a release. What somebody wrote in another layout, or with more than a form can say, is
/// left out: it binds as it stands.
std::vector<GrantRule> grantsOf(std::span<const PolicyText> policies);

/// When a grant's policy in that layout ends; nothing: never. Cheap: for the sentence of a verdict.
std::optional<Instant> expiryOf(std::string_view text);

/// The head of a policy for one call, up to and with the closing parenthesis: agent and tool may be "*".
std::string scopeText(std::string_view effect, std::string_view agent, std::string_view tool);

}

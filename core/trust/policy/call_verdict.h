#pragma once

#include "core/base/clock.h"
#include "core/base/json.h"
#include "core/domain/verdict.h"
#include "core/trust/cedar/authorizer.h"
#include "core/trust/cedar/history.h"
#include "core/trust/policy/argument_shape.h"
#include "core/trust/policy/rule_set.h"
#include "core/trust/policy/vocabulary.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace ephor::policy {

/// The rules that a call must keep to: those of the agent's release, and those that stand over every release.
struct RulesInForce {
    const RuleSet& released;
    const RuleSet& standing;
    const cedar::History* releasedHistory = nullptr; ///< of the session, for rules of `released` that ask for it
    const cedar::History* standingHistory = nullptr; ///< null: such rules err
};

/// One call, as rules see it. Everything is borrowed for the time of the verdict.
struct CallFacts {
    const cedar::Entities& entities; ///< of entitiesOf
    std::string_view agent;
    const Principal& requester;
    const ToolWords& tool;
    const ArgumentShape& shape;
    const Json& arguments;
    Instant now;
    std::string_view environment;
    std::string_view conversation; ///< may be empty
    std::optional<std::string_view> person; ///< whom the caller named: a claim; may be empty. Nothing: it named
                                            ///< somebody, and who it was is not known; rules that ask err
    std::string_view run;
    std::uint64_t toolCalls = 0; ///< of the run, before this one
    std::span<const std::string> labels; ///< of all the run has read: "untrusted", "confidential"
    std::span<const std::string> findings; ///< entities in the arguments: "IBAN_CODE"
};

/// A rule in observe-only mode that would have changed the verdict.
struct Observed {
    std::string rule;
    VerdictWord word = VerdictWord::Deny; ///< what the call would have got
    std::string reason;
};

/// What the permission gate says of one call, and why. `word` is never Transform.
struct PermissionVerdict {
    VerdictWord word = VerdictWord::Deny;
    std::string rule; ///< "grant:refunds/payments.send", "tightened:refunds/payments.send", "default-deny"
    std::string reason; ///< a plain sentence
    ApprovalDemand demand; ///< of an Ask
    std::string askWhom;
    std::vector<std::string> redact; ///< classes to hide in the arguments before the call leaves
    std::optional<std::string> stepUp; ///< a fresh sign-in is wanted, and why
    std::size_t policies = 0; ///< how many had a part in a verdict that permits
    std::vector<Observed> observed;

    /// Permitted, but not before people said yes or whoever it works for signed in afresh.
    bool waits() const { return word == VerdictWord::Ask || (word == VerdictWord::Allow && stepUp); }
};

/// What rules see of a call beside who, what and whereto: the record in `context`. `output` may be null.
const cedar::RecordValue* contextOf(const CallFacts& facts, const cedar::RecordValue* output, cedar::Arena& arena);

/// A request for each of the two that must be permitted: the agent, then whoever it works for.
struct CallRequests {
    cedar::Request agent;
    cedar::Request requester; ///< points into the first
};
CallRequests requestsOf(const CallFacts& facts);

/// Deny when a forbid holds or errs, or when the agent or the requester is not permitted; Ask when a policy that holds
/// wants people's word: a forbid with @approve forbids only what nobody approved. Never fails; thread-safe.
PermissionVerdict judge(const RulesInForce& rules, const CallFacts& facts);
/// The same with the agent's request already made of these facts.
PermissionVerdict judge(const RulesInForce& rules, const CallFacts& facts, const cedar::Request& agent);

}

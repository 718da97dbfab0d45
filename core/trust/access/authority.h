#pragma once

#include "core/api/operation.h"
#include "core/api/surface.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/domain/limits.h"
#include "core/trust/access/operation_rules.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::access {

/// What somebody wants to do with Ephor itself. Borrowed for the time of the verdict.
struct Act {
    const Principal& principal;
    std::string_view operation = {}; ///< "changes.approve"; empty: whatever needs the permission
    Permission permission = Permission::View; ///< that the operation needs
    Effect effect = Effect::Read;
    Scope scope = {};
    Surface surface = Surface::Internal;
    std::string_view environment = {}; ///< of the workspace, where the scope names none
};

struct AccessVerdict {
    bool permitted = false;
    std::string rule; ///< "role:admin", "house:freeze/0"; empty: no rule permits it
    std::string reason; ///< of a refusal by a rule: its author's sentence or what went wrong; may be empty
    std::vector<std::string> observed; ///< rules in observe-only mode that would have forbidden it
};

/// Permitted when a policy permits and none forbids; a forbid that errs forbids. What is open to everybody
/// (Permission::None) is asked of no rule. Never fails; thread-safe.
AccessVerdict judge(const Act& act, const OperationRules& rules, Instant now);

/// Whether a house rule may forbid the operation. By those it may not a rule is looked at and taken back, and agents
/// are stopped: no rule may lock the house from outside.
bool isAlwaysOpen(std::string_view operation);

/// The refusal as callers get it. Codes: identity.sign-in for nobody, identity.forbidden, identity.forbidden-by-rule
/// with the field `rule`.
Error refusalOf(const Act& act, const AccessVerdict& verdict);

/// Why the verdict is as it is, as JSON (docs/formats/policies.md). For people who ask.
Document explain(const Act& act, const OperationRules& rules, Instant now);

/// Judges by the rules as they are now. Thread-safe.
class Authority {
public:
    /// Null is nobody's answer: the built-in rules alone then hold.
    using RulesNow = std::function<std::shared_ptr<const OperationRules>()>;

    /// `clock` must outlive this. `environment`: that of the workspace's agents.
    Authority(const Clock& clock, std::string environment, RulesNow rules = nullptr);

    AccessVerdict judge(const Act& act) const;
    Document explain(const Act& act) const;
    /// Everything that the principal may do somewhere, in the order of the declaration.
    std::vector<Permission> permissionsOf(const Principal& principal) const;
    bool permits(const Principal& principal, Permission permission, const Scope& scope) const;
    const std::string& environment() const { return m_environment; }

private:
    std::shared_ptr<const OperationRules> rulesFor(std::string_view operation) const;
    Act completed(Act act) const;

    const Clock& m_clock;
    std::string m_environment;
    RulesNow m_rules;
};

}

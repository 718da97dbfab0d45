#pragma once

#include "core/base/clock.h"
#include "core/domain/verdict.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace ephor::policy {

/// How strict an access is; a greater one always wins. None (no rule) denies, but more softly than a deny: a grant may
/// fill it.
int strictness(Access access);

/// True when `after` permits something that `before` did not: another access, fewer approvals, a weaker approver, a
/// later expiry. Such an edit goes through a change; everything else binds at once.
bool loosens(const GrantRule& before, const GrantRule& after);

/// Somebody's one-person act that stands over the released grants, across releases and rollbacks.
struct Tightening {
    std::string agent; ///< "*" for every agent
    std::string tool; ///< "*" for every tool
    Access access = Access::Deny;
    std::string by;
    std::string reason;
    Instant at;
};

/// The released grants of one agent, compiled once and shared. Immutable, so that any thread may ask.
class PermissionTable {
public:
    explicit PermissionTable(std::string agent, std::span<const GrantRule> rules);

    const GrantRule* find(std::string_view tool) const;
    const std::string& agent() const { return m_agent; }

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::string m_agent;
    std::unordered_map<std::string, GrantRule, TextHash, std::equal_to<>> m_rules;
};

/// Every tightening in force, compiled once and shared. Immutable.
class TighteningTable {
public:
    explicit TighteningTable(std::span<const Tightening> tightenings = {});
    /// The strictest that covers the pair, or null.
    const Tightening* find(std::string_view agent, std::string_view tool) const;

private:
    std::vector<Tightening> m_tightenings;
};

/// What the permission gate says of one call, and why. `word` is never Transform.
struct PermissionVerdict {
    VerdictWord word = VerdictWord::Deny;
    std::string rule; ///< "grant:refunds/payments.send", "tightened:refunds/payments.send", "default-deny"
    std::string reason; ///< a plain sentence
    Role approver = Role::Officer;
    std::uint64_t approvals = 1;
    std::string askWhom;
};

/// The verdict for `tool`: the released grant, made no looser by any tightening. Default deny; an expired grant is
/// none.
PermissionVerdict check(
    const PermissionTable& grants, const TighteningTable& tightenings, std::string_view tool, Instant now);

}

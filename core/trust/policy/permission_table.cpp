#include "core/trust/policy/permission_table.h"

#include "core/domain/reflect.h"

namespace ephor::policy {

namespace {

int rankOf(Role role)
{
    switch (role) {
    case Role::Officer:
        return 2;
    case Role::Owner:
        return 1;
    default:
        return 0;
    }
}

std::string pairName(std::string_view agent, std::string_view tool)
{
    return std::string(agent) + "/" + std::string(tool);
}

bool covers(std::string_view pattern, std::string_view name)
{
    return pattern == "*" || pattern == name;
}

std::string whoOf(Role role, std::uint64_t count)
{
    const std::string one = role == Role::Officer ? "governance officer"
        : role == Role::Owner                     ? "owner of the agent"
                                                  : wordOf(role);
    return count == 1 ? "a " + one : std::to_string(count) + " people with the role " + one;
}

PermissionVerdict denied(std::string rule, std::string reason)
{
    PermissionVerdict verdict;
    verdict.rule = std::move(rule);
    verdict.reason = std::move(reason);
    verdict.askWhom = "an administrator, by a change";
    return verdict;
}

PermissionVerdict ofGrant(const GrantRule& grant, std::string_view agent)
{
    PermissionVerdict verdict;
    verdict.rule = "grant:" + pairName(agent, grant.tool);
    verdict.approver = grant.approver;
    verdict.approvals = std::max<std::uint64_t>(grant.approvals, 1);
    if (grant.access == Access::Allow) {
        verdict.word = VerdictWord::Allow;
        verdict.reason = std::string(agent) + " may call " + grant.tool + ".";
    } else if (grant.access == Access::Ask) {
        verdict.word = VerdictWord::Ask;
        verdict.askWhom = whoOf(grant.approver, verdict.approvals);
        verdict.reason = "Each call of " + grant.tool + " by " + std::string(agent) + " needs the word of "
            + verdict.askWhom + ".";
    } else {
        verdict = denied(verdict.rule, std::string(agent) + " may not call " + grant.tool + ".");
    }
    if (!grant.reason.empty())
        verdict.reason += " " + grant.reason;
    return verdict;
}

}

int strictness(Access access)
{
    switch (access) {
    case Access::Allow:
        return 0;
    case Access::Ask:
        return 1;
    case Access::None:
        return 2;
    case Access::Deny:
        return 3;
    }
    return 3;
}

bool loosens(const GrantRule& before, const GrantRule& after)
{
    if (strictness(after.access) != strictness(before.access))
        return strictness(after.access) < strictness(before.access);
    const bool open = after.access == Access::Allow || after.access == Access::Ask;
    if (!open)
        return false;
    const bool lasts = before.expires && (!after.expires || *after.expires > *before.expires);
    const bool easier = after.access == Access::Ask
        && (after.approvals < before.approvals || rankOf(after.approver) < rankOf(before.approver));
    return lasts || easier;
}

PermissionTable::PermissionTable(std::string agent, std::span<const GrantRule> rules)
    : m_agent(std::move(agent))
{
    for (const GrantRule& rule : rules) {
        const auto [place, fresh] = m_rules.try_emplace(rule.tool, rule);
        // Two rules for one pair cannot both hold: the stricter one does.
        if (!fresh && strictness(rule.access) > strictness(place->second.access))
            place->second = rule;
    }
}

const GrantRule* PermissionTable::find(std::string_view tool) const
{
    const auto found = m_rules.find(tool);
    return found == m_rules.end() ? nullptr : &found->second;
}

TighteningTable::TighteningTable(std::span<const Tightening> tightenings)
    : m_tightenings(tightenings.begin(), tightenings.end())
{
}

const Tightening* TighteningTable::find(std::string_view agent, std::string_view tool) const
{
    const Tightening* strictest = nullptr;
    for (const Tightening& candidate : m_tightenings) {
        if (!covers(candidate.agent, agent) || !covers(candidate.tool, tool))
            continue;
        if (strictest == nullptr || strictness(candidate.access) > strictness(strictest->access))
            strictest = &candidate;
    }
    return strictest;
}

PermissionVerdict check(
    const PermissionTable& grants, const TighteningTable& tightenings, std::string_view tool, Instant now)
{
    const GrantRule* const grant = grants.find(tool);
    const bool expired = grant != nullptr && grant->expires && *grant->expires <= now;
    // A tightening is measured against what holds without it, so that "ask" over nothing grants nothing.
    const Access held = grant == nullptr || expired ? Access::None : grant->access;
    const Tightening* const tightening = tightenings.find(grants.agent(), tool);
    if (tightening != nullptr && strictness(tightening->access) > strictness(held)) {
        GrantRule rule = grant != nullptr ? *grant : GrantRule{};
        rule.tool = std::string(tool);
        rule.access = tightening->access;
        rule.reason = tightening->reason;
        PermissionVerdict verdict = ofGrant(rule, grants.agent());
        verdict.rule = "tightened:" + pairName(tightening->agent, tightening->tool);
        verdict.reason += " Tightened by " + tightening->by + ".";
        return verdict;
    }
    if (expired)
        return denied("expired:" + pairName(grants.agent(), tool),
            "The grant of " + std::string(tool) + " to " + grants.agent() + " expired on "
                + formatInstant(*grant->expires) + ".");
    if (held == Access::None)
        return denied("default-deny", "No grant lets " + grants.agent() + " call " + std::string(tool) + ".");
    return ofGrant(*grant, grants.agent());
}

}

#include "core/change/lifecycle/grant_edits.h"

#include "core/domain/reflect.h"
#include "core/trust/policy/grant_conditions.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>
#include <set>

namespace ephor::lifecycle {

namespace {

std::unexpected<Error> refusedRule(const GrantRule& rule, std::string code, std::string message, std::string hint)
{
    return fail(Error(ErrorKind::Invalid, std::move(code), std::move(message), std::move(hint))
            .with("agent", rule.agent)
            .with("tool", rule.tool));
}

Result<void> checkRule(const GrantRule& rule, const std::string& agent, std::span<const std::string> tools)
{
    if (rule.agent != agent)
        return refusedRule(rule, "change.other-agent", "A change carries the grants of one agent.",
            "Draft another change for the other agent.");
    if (std::ranges::find(tools, std::string(rule.tool)) == tools.end())
        return refusedRule(rule, "change.foreign-grant",
            "The agent does not name the tool, so nothing could use the grant.",
            "Add the tool to the agent in the same change.");
    EPHOR_TRY_VOID(policy::policiesOf(rule));
    if (!policy::asks(rule))
        return {};
    if (rule.approver != Role::Officer && rule.approver != Role::Owner)
        return refusedRule(rule, "change.approver-role", "Nobody with this role could answer what the rule asks.",
            "Let it ask an officer or an owner.");
    if (rule.approvals < 1 || rule.approvals > policy::mostApprovals)
        return refusedRule(
            rule, "change.approvals", "A rule asks between 1 and 10 people.", "Choose a number in between.");
    return {};
}

// As it is read back from the policies it is stored as, so that what comes to the same is no edit.
GrantRule normalised(GrantRule rule)
{
    if (rule.expires)
        rule.expires = std::chrono::floor<std::chrono::milliseconds>(*rule.expires);
    std::ranges::stable_partition(
        rule.conditions, [](const GrantCondition& each) { return each.kind != GrantConditionKind::AskAbove; });
    if (policy::asks(rule)) {
        rule.approvals = std::max<std::uint64_t>(rule.approvals, 1);
        return rule;
    }
    // What a rule that does not ask says about whom to ask means nothing; it must not make two rules differ.
    rule.approver = GrantRule{}.approver;
    rule.approvals = GrantRule{}.approvals;
    return rule;
}

}

const GrantRule* findRule(std::span<const GrantRule> rules, std::string_view tool)
{
    const auto found
        = std::ranges::find(rules, tool, [](const GrantRule& rule) { return std::string_view(rule.tool); });
    return found == rules.end() ? nullptr : &*found;
}

GrantRule ruleInForce(std::span<const GrantRule> released, const policy::TighteningTable& tightenings,
    const std::string& agent, const std::string& tool, Instant now)
{
    GrantRule rule;
    rule.agent = agent;
    rule.tool = tool;
    rule.access = Access::None;
    if (const GrantRule* const found = findRule(released, tool);
        found != nullptr && !(found->expires && *found->expires <= now))
        rule = *found;
    const policy::Tightening* const over = tightenings.find(agent, tool);
    if (over != nullptr && policy::strictness(over->access) > policy::strictness(rule.access)) {
        rule.access = over->access;
        rule.reason = over->reason;
    }
    return rule;
}

Result<std::vector<GrantEdit>> editsFor(std::span<const GrantRule> wanted, std::span<const GrantRule> released,
    const policy::TighteningTable& tightenings, const std::string& agent, std::span<const std::string> tools,
    Instant now)
{
    std::vector<GrantEdit> edits;
    std::set<std::string, std::less<>> seen;
    for (const GrantRule& each : wanted) {
        EPHOR_TRY_VOID(checkRule(each, agent, tools));
        if (!seen.insert(each.tool).second)
            return refusedRule(
                each, "change.grant-twice", "The change holds two rules for one tool.", "Keep one of them.");
        const GrantRule after = normalised(each);
        const GrantRule* const standing = findRule(released, each.tool);
        const bool same = standing != nullptr ? normalised(*standing) == after : after.access == Access::None;
        GrantEdit edit{ruleInForce(released, tightenings, agent, each.tool, now), after, false};
        edit.loosens = policy::loosens(edit.before, edit.after);
        if (!same || edit.loosens)
            edits.push_back(std::move(edit));
    }
    std::ranges::sort(edits, {}, [](const GrantEdit& edit) { return std::string_view(edit.after.tool); });
    return edits;
}

std::vector<GrantRule> mergedGrants(
    std::span<const GrantRule> base, std::span<const GrantEdit> edits, std::span<const std::string> tools)
{
    std::vector<GrantRule> merged;
    std::vector<std::string> names(tools.begin(), tools.end());
    std::ranges::sort(names);
    for (const std::string& tool : names) {
        const auto edit = std::ranges::find_if(edits, [&](const GrantEdit& each) { return each.after.tool == tool; });
        const GrantRule* const rule = edit != edits.end() ? &edit->after : findRule(base, tool);
        if (rule != nullptr && rule->access != Access::None)
            merged.push_back(*rule);
    }
    return merged;
}

std::string inWords(const GrantRule& rule)
{
    std::string words = rule.access == Access::None ? "no grant" : wordOf(rule.access);
    if (rule.access == Access::Ask)
        words += " " + std::to_string(rule.approvals) + " " + wordOf(rule.approver);
    if (rule.expires && (rule.access == Access::Ask || rule.access == Access::Allow))
        words += " until " + formatInstant(*rule.expires);
    for (const GrantCondition& condition : rule.conditions)
        words += ", " + policy::inWords(condition);
    return words;
}

}

#include "core/change/lifecycle/rollback_rule.h"

#include "core/change/lifecycle/budget_limits.h"
#include "core/change/lifecycle/candidate.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/domain/reflect.h"
#include "core/trust/guard/protection_diff.h"
#include "core/trust/policy/grant_conditions.h"
#include "core/trust/policy/grant_order.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

constexpr std::size_t mostConditions = 16; // of GrantRule

GrantRule ruleOrNone(const Release& release, const Name& tool)
{
    if (const GrantRule* const rule = findRule(release.grants, tool))
        return *rule;
    GrantRule none;
    none.agent = release.agent;
    none.tool = tool;
    none.access = Access::None;
    return none;
}

void forbidWholly(GrantRule& rule)
{
    rule.access = Access::Deny;
    rule.conditions.clear();
    rule.expires.reset();
}

void keepGrant(const GrantRule& before, const GrantRule& left, Staying& staying)
{
    GrantRule held = before;
    if (policy::strictness(left.access) > policy::strictness(before.access)) {
        // A tightening asks or denies; where there was no grant it denies, which comes to the same.
        GrantRule tightened;
        tightened.agent = before.agent;
        tightened.tool = before.tool;
        tightened.access = left.access == Access::Ask ? Access::Ask : Access::Deny;
        held.access = tightened.access;
        if (held.access == Access::Deny)
            forbidWholly(held);
        staying.tightened.push_back(std::move(tightened));
    }
    if (policy::loosens(left, held))
        staying.rules.push_back(stricterOf(before, left));
    staying.words.push_back(
        before.tool + " stays at " + inWords(left) + "; the release before had " + inWords(before) + ".");
}

bool asksTwice(const GrantRule& rule, const GrantCondition& condition)
{
    return condition.kind == GrantConditionKind::AskAbove
        && std::ranges::any_of(rule.conditions, [&](const GrantCondition& each) {
               return each.kind == condition.kind && each.argument == condition.argument;
           });
}

// All of both hold together, the stricter of two that say the same of one argument; more than a rule can carry leaves
// nothing but a deny.
void addConditions(GrantRule& rule, const List<GrantCondition, 16>& conditions)
{
    for (const GrantCondition& condition : conditions) {
        const auto covers = [&](const GrantCondition& each) { return policy::implies(each, condition); };
        if (std::ranges::any_of(rule.conditions, covers))
            continue;
        std::erase_if(rule.conditions, [&](const GrantCondition& each) { return policy::implies(condition, each); });
        if (rule.conditions.size() == mostConditions || asksTwice(rule, condition))
            return forbidWholly(rule);
        rule.conditions.push_back(condition);
    }
}

// Two forbids hold where either does, which one form can only say when they have the same conditions.
GrantRule stricterForbid(const GrantRule& left, const GrantRule& right)
{
    GrantRule forbid = left.access == Access::Deny ? left : right;
    const bool both = left.access == right.access;
    if (!both || !(left.conditions == right.conditions))
        forbid.conditions.clear();
    forbid.expires
        = both && left.expires && right.expires ? std::optional(std::max(*left.expires, *right.expires)) : std::nullopt;
    return forbid;
}

// An earlier rollback may have kept another rule of the same number.
std::string freeId(std::span<const PolicyText> held, std::span<const PolicyText> kept, const std::string& wanted)
{
    std::string id = wanted;
    for (std::size_t next = 2; std::ranges::find(held, id, &PolicyText::id) != held.end()
        || std::ranges::find(kept, id, &PolicyText::id) != kept.end();
        ++next)
        id = wanted + "-" + std::to_string(next);
    return id;
}

// "limits/0", and "limit:limits/0" for what the @limit of that permit stands for: a change that moves the policy
// takes both along.
std::string keptIdOf(std::string_view rule)
{
    constexpr std::string_view limit = "limit:";
    const bool limits = rule.starts_with(limit);
    rule.remove_prefix(limits ? limit.size() : 0);
    const std::size_t slash = std::min(rule.find('/'), rule.size());
    const std::string_view rest = rule.substr(std::min(slash + 1, rule.size()));
    return keptId(rule.substr(0, slash), (limits ? "limit-" : "") + std::string(rest));
}

Role stricterRole(Role left, Role right)
{
    return left == Role::Officer || right == Role::Officer ? Role::Officer : left;
}

// Which of the two is stricter may differ from rule to rule; the one that people approved last stays as a whole.
void keepProtection(const ReleaseTerms& baseline, const ReleaseTerms& candidate, Staying& staying)
{
    if (!baseline.protection || !candidate.protection)
        return;
    const auto looser = guard::loosened(*candidate.protection->rules, *baseline.protection->rules);
    if (looser.empty())
        return;
    staying.protection = candidate.protection;
    const std::string which
        = candidate.protection->pin ? "The protection " + candidate.protection->pin->name : "The standard protection";
    staying.words.push_back(which + " stays; the release before would let more through: " + looser.front()
        + (looser.size() > 1 ? ", and " + std::to_string(looser.size() - 1) + " more." : "."));
}

}

GrantRule stricterOf(const GrantRule& left, const GrantRule& right)
{
    if (left.access == Access::Deny || right.access == Access::Deny)
        return stricterForbid(left, right);
    const bool rightIsStricter = policy::strictness(right.access) > policy::strictness(left.access);
    GrantRule stricter = rightIsStricter ? right : left;
    if (policy::asks(left) && policy::asks(right)) {
        stricter.approvals = std::max(left.approvals, right.approvals);
        stricter.approver = stricterRole(left.approver, right.approver);
    } else if (policy::asks(left) || policy::asks(right)) {
        const GrantRule& asking = policy::asks(left) ? left : right;
        stricter.approvals = asking.approvals;
        stricter.approver = asking.approver;
    }
    if (left.expires && right.expires)
        stricter.expires = std::min(*left.expires, *right.expires);
    else
        stricter.expires = left.expires ? left.expires : right.expires;
    for (const GrantRule* const rule : {&left, &right})
        addConditions(stricter, rule->conditions);
    return stricter;
}

Staying staysAfterRollback(const ReleaseTerms& baseline, const ReleaseTerms& candidate)
{
    Staying staying;
    for (const GrantRule& before : baseline.release.grants) {
        if (findPin(candidate.release.pins, DefinitionKind::Tool, before.tool) == nullptr)
            continue;
        const GrantRule left = ruleOrNone(candidate.release, before.tool);
        if (policy::loosens(left, before))
            keepGrant(before, left, staying);
    }
    for (const GrantRule& left : candidate.release.grants) {
        // A forbid where the release before had no rule at all: both deny, but only the forbid outlasts a later grant.
        if (left.access != Access::Deny || findRule(baseline.release.grants, left.tool) != nullptr)
            continue;
        GrantRule tightened;
        tightened.agent = left.agent;
        tightened.tool = left.tool;
        tightened.access = Access::Deny;
        staying.tightened.push_back(std::move(tightened));
        staying.words.push_back(left.tool + " stays at deny; the release before had no grant.");
    }
    for (const PolicyText& left : candidate.forbids) {
        if (std::ranges::find(baseline.forbids, left.text, &PolicyText::text) != baseline.forbids.end())
            continue;
        if (std::ranges::find(baseline.release.policies, left.text, &PolicyText::text)
            != baseline.release.policies.end())
            continue;
        staying.kept.push_back({freeId(baseline.release.policies, staying.kept, keptIdOf(left.id)), left.text});
        staying.words.push_back("The rule " + left.id + " stays; the release before did not have it.");
    }
    keepProtection(baseline, candidate, staying);
    if (const auto raised = raisedLimits(candidate.budget, baseline.budget); !raised.empty()) {
        staying.budget = lowerOf(baseline.budget, candidate.budget);
        for (const std::string& limit : raised)
            staying.words.push_back("The lower limit stays; the release before would have raised " + limit + ".");
    }
    return staying;
}

std::vector<std::string> bringsBack(const ReleaseTerms& baseline, const ReleaseTerms& candidate)
{
    std::vector<std::string> words;
    for (const DefinitionRef& pin : baseline.release.pins) {
        const DefinitionRef* const left = findPin(candidate.release.pins, pin.kind, pin.name);
        const std::string name = wordOf(pin.kind) + " " + pin.name;
        if (left == nullptr)
            words.push_back(name + ": version " + std::to_string(pin.version) + " again");
        else if (left->version != pin.version)
            words.push_back(name + ": version " + std::to_string(left->version) + " → " + std::to_string(pin.version));
    }
    for (const DefinitionRef& pin : candidate.release.pins) {
        if (findPin(baseline.release.pins, pin.kind, pin.name) == nullptr)
            words.push_back(wordOf(pin.kind) + " " + pin.name + ": no longer used");
    }
    for (const GrantRule& left : candidate.release.grants) {
        const GrantRule before = ruleOrNone(baseline.release, left.tool);
        if (policy::loosens(before, left))
            words.push_back(left.tool + ": " + inWords(left) + " → " + inWords(before));
    }
    return words;
}

}

#include "core/change/lifecycle/rollback_rule.h"

#include "core/change/lifecycle/budget_limits.h"
#include "core/change/lifecycle/candidate.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/domain/reflect.h"
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
        staying.tightened.push_back(std::move(tightened));
    }
    if (policy::loosens(left, held))
        staying.rules.push_back(stricterOf(before, left));
    staying.words.push_back(
        before.tool + " stays at " + inWords(left) + "; the release before had " + inWords(before) + ".");
}

// All of both hold together; more than a rule can carry leaves nothing but a deny.
void addConditions(GrantRule& rule, const List<GrantCondition, 16>& conditions)
{
    for (const GrantCondition& condition : conditions) {
        if (std::ranges::find(rule.conditions, condition) != rule.conditions.end())
            continue;
        if (rule.conditions.size() == mostConditions) {
            rule.conditions.clear();
            rule.access = Access::Deny;
            return;
        }
        rule.conditions.push_back(condition);
    }
}

Role stricterRole(Role left, Role right)
{
    return left == Role::Officer || right == Role::Officer ? Role::Officer : left;
}

}

GrantRule stricterOf(const GrantRule& left, const GrantRule& right)
{
    const bool rightIsStricter = policy::strictness(right.access) > policy::strictness(left.access);
    GrantRule stricter = rightIsStricter ? right : left;
    if (left.access == Access::Ask && right.access == Access::Ask) {
        stricter.approvals = std::max(left.approvals, right.approvals);
        stricter.approver = stricterRole(left.approver, right.approver);
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
        const std::size_t slash = std::min(left.id.find('/'), left.id.size());
        staying.kept.push_back(
            {keptId(left.id.substr(0, slash), left.id.substr(std::min(slash + 1, left.id.size()))), left.text});
        staying.words.push_back("The rule " + left.id + " stays; the release before did not have it.");
    }
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

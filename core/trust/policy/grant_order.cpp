#include "core/trust/policy/grant_order.h"

#include "core/trust/policy/grant_conditions.h"
#include "core/trust/policy/obligations.h"

#include <algorithm>

namespace ephor::policy {

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

bool asks(const GrantRule& rule)
{
    return rule.access == Access::Ask
        || (rule.access == Access::Allow
            && std::ranges::find(rule.conditions, GrantConditionKind::AskAbove, &GrantCondition::kind)
                != rule.conditions.end());
}

namespace {

// A forbid says less when it ends sooner or holds under conditions that the one before did not have.
bool forbidsLess(const GrantRule& before, const GrantRule& after)
{
    const bool ends = after.expires && (!before.expires || *after.expires < *before.expires);
    return ends || (!after.conditions.empty() && !(before.conditions == after.conditions));
}

bool isEasier(const GrantRule& before, const GrantRule& after)
{
    return asks(before) && asks(after)
        && (std::max<std::uint64_t>(after.approvals, 1) < std::max<std::uint64_t>(before.approvals, 1)
            || rankOf(after.approver) < rankOf(before.approver));
}

// What asks each time asks above any limit too.
List<GrantCondition, 16> conditionsBeside(const GrantRule& before, Access after)
{
    List<GrantCondition, 16> conditions = before.conditions;
    if (after == Access::Ask)
        std::erase_if(conditions, [](const GrantCondition& each) { return each.kind == GrantConditionKind::AskAbove; });
    return conditions;
}

}

bool loosens(const GrantRule& before, const GrantRule& after)
{
    if (strictness(after.access) < strictness(before.access))
        return true;
    if (after.access == Access::Deny)
        return before.access == Access::Deny && forbidsLess(before, after);
    if (after.access == Access::None)
        return false;
    const bool lasts = before.expires && (!after.expires || *after.expires > *before.expires);
    return lasts || isEasier(before, after) || !isNoLooser(conditionsBeside(before, after.access), after.conditions);
}

}

#include "core/trust/policy/grant_order.h"

#include "core/trust/policy/grant_conditions.h"
#include "core/trust/policy/obligations.h"

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

bool loosens(const GrantRule& before, const GrantRule& after)
{
    if (strictness(after.access) != strictness(before.access))
        return strictness(after.access) < strictness(before.access);
    // A deny with fewer conditions denies more; the words would mislead, so either way round asks for a change.
    if (after.access == Access::Deny)
        return !(before.conditions == after.conditions) && !after.conditions.empty();
    if (after.access != Access::Allow && after.access != Access::Ask)
        return false;
    const bool lasts = before.expires && (!after.expires || *after.expires > *before.expires);
    const bool easier = after.access == Access::Ask
        && (after.approvals < before.approvals || rankOf(after.approver) < rankOf(before.approver));
    return lasts || easier || !isNoLooser(before.conditions, after.conditions);
}

}

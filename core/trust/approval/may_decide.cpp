#include "core/trust/approval/may_decide.h"

#include "core/domain/reflect.h"

#include <algorithm>

namespace ephor::approval {

std::string whyNotDecide(const ApprovalRequest& request, const Call& call, Instant now)
{
    const Principal& principal = call.principal();
    if (request.state != ApprovalState::Waiting)
        return "It is " + wordOf(request.state) + " already.";
    if (request.expiresAt <= now)
        return "Its time is over.";
    if (principal.kind != PrincipalKind::Person)
        return "Only people decide.";
    if (request.requester == principal.id)
        return "You started the run, so somebody else decides.";
    if (!call.holds(Permission::DecideActions, {request.team, {}}))
        return "Your roles do not let you decide for the team of this agent.";
    const bool hasRole = std::ranges::any_of(principal.roles, [&](const RoleGrant& grant) {
        return grant.role == request.approver && (grant.team == "*" || grant.team == request.team);
    });
    if (!hasRole)
        return "It asks for the role " + wordOf(request.approver) + ".";
    const bool decided = std::ranges::any_of(
        request.decisions, [&](const ApprovalDecision& each) { return each.person == principal.id; });
    return decided ? "You have decided; it waits for somebody else." : "";
}

}

#include "core/trust/approval/may_decide.h"

#include "core/domain/reflect.h"
#include "core/trust/approval/approvals.h"

#include <algorithm>

namespace ephor::approval {

namespace {

std::string whyOver(const ApprovalRequest& request, const Principal& principal, Instant now)
{
    if (request.state != ApprovalState::Waiting)
        return "It is " + wordOf(request.state) + " already.";
    if (request.expiresAt <= now)
        return "Its time is over.";
    return principal.kind == PrincipalKind::Person ? "" : "Only people decide.";
}

}

std::string whyNotDecide(const ApprovalRequest& request, const Call& call, Instant now)
{
    const Principal& principal = call.principal();
    if (std::string over = whyOver(request, principal, now); !over.empty())
        return over;
    if (!request.stepUp.empty() && request.confirmer == principal.id)
        return "It is done for you, so you confirm it and somebody else decides.";
    if (request.requester == principal.id)
        return "You started the run, so somebody else decides.";
    if (!call.holds(Permission::DecideActions, {request.team, {}}))
        return "Your roles do not let you decide for the team of this agent.";
    if (request.needed == 0 || approvalsGiven(request) >= request.needed)
        return "It waits for " + request.confirmerName + " alone.";
    const bool hasRole = std::ranges::any_of(principal.roles, [&](const RoleGrant& grant) {
        return grant.role == request.approver && (grant.team == "*" || grant.team == request.team);
    });
    if (!hasRole)
        return "It asks for the role " + wordOf(request.approver) + ".";
    const bool decided = std::ranges::any_of(
        request.decisions, [&](const ApprovalDecision& each) { return each.person == principal.id; });
    return decided ? "You have decided; it waits for somebody else." : "";
}

bool waitsForSignIn(const ApprovalRequest& request, const Call& call, Instant now)
{
    return whyOver(request, call.principal(), now).empty() && !request.stepUp.empty() && !request.confirmed
        && request.confirmer == call.principal().id;
}

std::string whyNotConfirm(const ApprovalRequest& request, const Call& call, Instant now)
{
    const Principal& principal = call.principal();
    if (std::string over = whyOver(request, principal, now); !over.empty())
        return over;
    if (request.stepUp.empty())
        return "It asks for no fresh sign-in.";
    if (request.confirmer != principal.id)
        return "Only " + request.confirmerName + " can confirm it: it is done for them.";
    if (request.confirmed)
        return "You have confirmed; it waits for somebody else.";
    return principal.signedInAt <= request.requestedAt
        ? "Sign in again first: the rule wants a sign-in that is newer than the request."
        : "";
}

}

#include "core/trust/access/role_reach.h"

namespace ephor::access {

namespace {

bool memberReaches(const std::string& granted, const std::string& wanted)
{
    return wanted.empty() || granted == "*" || granted == wanted;
}

}

bool reaches(const RoleGrant& grant, const Scope& scope)
{
    return memberReaches(grant.team, scope.team) && memberReaches(grant.environment, scope.environment);
}

}

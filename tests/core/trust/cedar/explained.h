#pragma once

#include "core/trust/cedar/explain.h"
#include "tests/core/trust/cedar/desk.h"

namespace ephor::cedar::tests {

/// Why these policies decide as they do over the people of the desk.
inline Explanation explained(const std::string& policies, const Json& request = annReadsPlan(), Mode mode = Mode::Ephor)
{
    return explain(*take(PolicySet::fromText(policies)), *take(Entities::fromJson(people())),
        take(Request::fromJson(request)), mode);
}

inline std::vector<std::string> idsOf(const std::vector<PolicyFinding>& findings)
{
    std::vector<std::string> ids;
    for (const PolicyFinding& finding : findings)
        ids.push_back(finding.id);
    return ids;
}

}

#pragma once

#include "core/base/json.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ephor::bench {

/// Rules of a company of `count` policies and the requests asked of them: permits by role and tool with a condition on
/// the arguments, permits by person and suite of tools, forbids by role and kind of operation, and one stop for all.
struct CedarWorkload {
    std::string policies;
    Json entities; ///< everybody and everything
    struct Case {
        Json request;
        Json entities; ///< only those the request needs, as a caller of the official engine hands them over
    };
    std::vector<Case> cases;
    Json rules; ///< for casbin: [role, tool, operation], what of the permits it can say
    Json roles; ///< for casbin: [person, role]
};

/// The same for the same count, on every machine.
CedarWorkload cedarWorkload(std::size_t count);

}

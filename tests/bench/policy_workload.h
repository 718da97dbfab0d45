#pragma once

#include "core/base/json.h"
#include "core/trust/policy/call_verdict.h"
#include "core/trust/policy/tightening_table.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ephor::bench {

/// The release of one agent with as many policies as asked for, and calls of its tools. About as many policies meet a
/// call whatever their number: those of its tool, of its group and of its team.
struct PolicyWorkload {
    std::vector<policy::RuleSource> released;
    std::vector<policy::RuleSource> temporal; ///< to add for a session's sake
    std::vector<policy::Tightening> tightenings;
    std::vector<policy::HouseRule> house;
    std::vector<policy::ToolWords> tools;
    Principal requester;

    struct Call {
        std::size_t tool = 0;
        Json arguments;
        std::string person;
    };
    std::vector<Call> calls;
    Instant now;

    /// The same as one text, with the entities and both requests of each call, for other engines.
    Json forPeers() const;
};

PolicyWorkload policyWorkload(std::size_t count);

}

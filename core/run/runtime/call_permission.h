#pragma once

#include "core/run/runtime/plan.h"
#include "core/trust/policy/call_verdict.h"
#include "core/trust/policy/tightening_table.h"

namespace ephor::runtime {

/// In which circumstances a call is made. Borrowed for the time of a verdict.
struct CallScene {
    const Plan& plan;
    const cedar::Entities& entities; ///< of sceneEntities
    const Principal& requester;
    std::string_view environment;
    std::string_view conversation;
    std::string_view person; ///< or its hash, where that alone is known
    std::string_view run;
    std::uint64_t toolCalls = 0;
    Instant now;
    std::span<const std::string> labels = {}; ///< of all that the run has read
    std::span<const std::string> findings = {}; ///< in the call's arguments
};

/// What the rules of a plan look things up in, for one requester.
Result<std::shared_ptr<const cedar::Entities>> sceneEntities(
    const Plan& plan, const Principal& requester, const std::string& environment);

/// The call as rules see it; borrows from all it is given.
policy::CallFacts factsOf(const CallScene& scene, const PlannedTool& tool, const Json& arguments);

/// What the released and the standing rules say of a call of `tool`, which must be the plan's own, in a session without
/// a past. Thread-safe.
policy::PermissionVerdict permissionOf(
    const CallScene& scene, const PlannedTool& tool, const Json& arguments, const policy::TighteningTable& standing);

}

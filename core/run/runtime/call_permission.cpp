#include "core/run/runtime/call_permission.h"

#include "core/run/runtime/hidden_values.h"
#include "core/trust/policy/call_history.h"

namespace ephor::runtime {

Result<std::shared_ptr<const cedar::Entities>> sceneEntities(
    const Plan& plan, const Principal& requester, const std::string& environment)
{
    return policy::entitiesOf({plan.agentName, plan.team, environment, requester, plan.words});
}

policy::CallFacts factsOf(const CallScene& scene, const PlannedTool& tool, const Json& arguments)
{
    // Of a hash rules could only say that it is nobody's, and a forbid would let pass what it is there for.
    const auto person = guard::Protection::isHiddenName(scene.person)
        ? claimIn(arguments, scene.person, *scene.plan.protection)
        : std::optional(scene.person);
    const policy::ToolWords& words = scene.plan.words[std::size_t(&tool - scene.plan.tools.data())];
    return {scene.entities, scene.plan.agentName, scene.requester, words, tool.shape, arguments, scene.now,
        scene.environment, scene.conversation, person, scene.run, scene.toolCalls, scene.labels, scene.findings};
}

policy::PermissionVerdict permissionOf(
    const CallScene& scene, const PlannedTool& tool, const Json& arguments, const policy::TighteningTable& standing)
{
    policy::CallHistory history;
    return history.judge({*scene.plan.rules, standing.rules()}, factsOf(scene, tool, arguments), {},
        policy::Approved::NotYet, [] { return std::vector<policy::PastEvent>(); });
}

}

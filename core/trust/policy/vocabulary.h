#pragma once

#include "core/base/json.h"
#include "core/domain/definition.h"
#include "core/domain/principal.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/schema.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ephor::policy {

/// The words that rules are written in (docs/formats/policies.md). A call is judged twice, for the agent that makes it
/// and for whoever the agent works for; both must be permitted.
inline constexpr std::string_view agentType = "Agent";
using access::roleType;
using access::serviceType;
using access::teamType;
using access::userType;
inline constexpr std::string_view actionType = "Action"; ///< one for each tool, in the groups below
inline constexpr std::string_view assetType = "Asset"; ///< the data a tool reaches

inline constexpr std::string_view everyAction = "any";
/// "effect:read", "effect:irreversible": the group of the tools with that side effect.
std::string effectGroup(SideEffect effect);

/// `Agent::"refunds"`
std::string agentText(std::string_view agent);
/// `Action::"payments.send"`
std::string actionText(std::string_view tool);

/// What rules may say of a tool.
struct ToolWords {
    std::string name;
    SideEffect effect = SideEffect::Read;
    std::string asset; ///< never empty
    std::string classification; ///< empty: nobody said
    std::string team; ///< that answers for the tool
    Document input; ///< JSON Schema of its arguments
};
ToolWords toolWords(const std::string& name, const std::string& team, const ToolBody& body);

/// Every type, action and attribute that a rule about calls of these tools may use.
/// Codes: policy.reserved-name for a tool named like a group; those of cedar::Schema::fromJson.
Result<std::shared_ptr<const cedar::Schema>> schemaOf(std::span<const ToolWords> tools);

/// Who acts, for whom, and what is reached: what stays the same over a run.
struct Cast {
    std::string agent;
    std::string team;
    std::string environment;
    Principal requester;
    std::span<const ToolWords> tools;
};
/// The entities that verdicts of a run look things up in. Where tools say different things of the classification of one
/// asset it has none. Codes: policy.reserved-name, those of cedar::EntitiesBuilder.
Result<std::shared_ptr<const cedar::Entities>> entitiesOf(const Cast& cast);

/// An agent as rules know it.
struct AgentWords {
    std::string name;
    std::string team;
    std::string environment;
};
/// Everything that rules over calls may name: these agents and tools, their teams, and every role.
Result<std::shared_ptr<const cedar::Entities>> entitiesOf(
    std::span<const AgentWords> agents, std::span<const ToolWords> tools);

/// The type of the requester's entity; its id is the principal's.
std::string_view requesterType(const Principal& requester);

}

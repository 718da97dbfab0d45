#pragma once

#include "core/api/operation.h"
#include "core/base/json.h"
#include "core/trust/cedar/entity_desk.h"
#include "core/trust/cedar/policy.h"
#include "core/trust/cedar/schema.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ephor::access {

/// The words that rules over Ephor's own operations are written in (docs/formats/policies.md, "Operations"). Rules over
/// calls of tools share the types of who acts and where.
inline constexpr std::string_view userType = "User"; ///< a person who signed in, or nobody
inline constexpr std::string_view serviceType = "Service"; ///< a service key, or the system itself
inline constexpr std::string_view roleType = "Role";
inline constexpr std::string_view teamType = "Team";
inline constexpr std::string_view workspaceType = "Workspace"; ///< what all teams are in
inline constexpr std::string_view wholeWorkspace = "whole";
inline constexpr std::string_view operationType = "Ephor::Action"; ///< operations, in the groups below
inline constexpr std::string_view everyOperation = "any";
/// Beside the roles of people, what a key and the system act in.
inline constexpr std::string_view keyRole = "key";
inline constexpr std::string_view systemRole = "system";

/// "effect:read", "effect:write", "effect:disclose": the group of the operations with that effect.
std::string effectGroup(Effect effect);

/// Whether the policy names operations, so that it is over them; one that names no action is over calls of tools.
bool isOverOperations(const cedar::Policy& policy);

/// The entity types that rules of both kinds share, as the `entityTypes` of a schema's empty namespace.
Json sharedTypes();
/// The namespace `Ephor` of a schema: every operation, every permission as the group of the operations that need it.
Json operationNamespace();
/// Both alone: what rules over operations are validated by. Compiled once.
Result<std::shared_ptr<const cedar::Schema>> operationSchema();

/// Adds the operation's action and the groups it is in; of an empty name the permission's group alone.
Result<const cedar::EntityUid*> addAction(
    cedar::EntityDesk& desk, std::string_view operation, Permission permission, Effect effect);
/// Everything that rules over operations may name: each operation and group, these teams and every role.
Result<std::shared_ptr<const cedar::Entities>> operationEntities(std::span<const std::string> teams);

}

#include "core/trust/policy/vocabulary.h"

#include "core/domain/reflect.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/access/role_reach.h"
#include "core/trust/cedar/entity_desk.h"
#include "core/trust/cedar/escape.h"
#include "core/trust/policy/argument_shape.h"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace ephor::policy {

namespace {

constexpr SideEffect everyEffect[]
    = {SideEffect::Read, SideEffect::Write, SideEffect::Irreversible, SideEffect::Egress};

constexpr Role everyRole[] = {Role::Viewer, Role::Admin, Role::Officer, Role::Auditor, Role::Owner};

Json typeNamed(const char* name)
{
    return {{"type", name}};
}

Json recordOf(Json attributes)
{
    return {{"type", "Record"}, {"attributes", std::move(attributes)}};
}

Json optional(Json type)
{
    type["required"] = false;
    return type;
}

Json entityType(std::initializer_list<std::string_view> parents, Json attributes)
{
    Json names = Json::array();
    for (const std::string_view parent : parents)
        names.push_back(parent);
    return {{"memberOfTypes", std::move(names)}, {"shape", recordOf(std::move(attributes))}};
}

Json entityTypes()
{
    const Json text = typeNamed("String");
    Json types = access::sharedTypes();
    types[std::string(agentType)] = entityType({teamType}, {{"name", text}, {"team", text}, {"environment", text}});
    types[std::string(assetType)]
        = entityType({teamType}, {{"name", text}, {"team", text}, {"classification", optional(text)}});
    return types;
}

Json contextOf(const ToolWords& tool)
{
    const Json text = typeNamed("String");
    const Json texts = {{"type", "Set"}, {"element", text}};
    const auto input = parseJson(tool.input.text);
    return recordOf({{"input", ArgumentShape::of(input ? *input : Json()).type()}, {"labels", texts},
        {"findings", texts}, {"session", recordOf({{"conversation", text}, {"person", text}})},
        {"run", recordOf({{"id", text}, {"toolCalls", typeNamed("Long")}})}, {"environment", text},
        {"now", Json{{"type", "Extension"}, {"name", "datetime"}}}});
}

Json parentList(std::initializer_list<std::string> ids)
{
    Json list = Json::array();
    for (const std::string& id : ids)
        list.push_back({{"id", id}});
    return list;
}

// The tool's action would be the group that every rule over all tools names.
Error reservedName(const ToolWords& tool)
{
    return Error(ErrorKind::Invalid, "policy.reserved-name", "A tool cannot be called \"any\": rules mean every tool.",
        "Give the tool another name.")
        .with("tool", tool.name);
}

using cedar::EntityDesk;

Result<void> addAction(EntityDesk& desk, const ToolWords& tool)
{
    if (tool.name == everyAction)
        return fail(reservedName(tool));
    const cedar::EntityUid* const any = desk.uid(actionType, everyAction);
    const cedar::EntityUid* const group = desk.uid(actionType, effectGroup(tool.effect));
    EPHOR_TRY_VOID(desk.add(any, {}, {}));
    EPHOR_TRY_VOID(desk.add(group, {}, {any}));
    return desk.add(desk.uid(actionType, tool.name), {}, {group});
}

/// What several tools say of the data they reach.
struct AssetWords {
    std::string team; ///< of the first tool
    std::set<std::string> teams;
    std::set<std::string> classifications;
};

Result<void> addAsset(EntityDesk& desk, const std::string& name, const AssetWords& asset)
{
    std::vector<const cedar::EntityUid*> teams;
    for (const std::string& team : asset.teams) {
        teams.push_back(desk.uid(teamType, team));
        EPHOR_TRY_VOID(desk.add(teams.back(), {}, {}));
    }
    std::vector<cedar::Field> fields{desk.field("name", name), desk.field("team", asset.team)};
    // Where tools contradict each other nobody knows: a rule that asks errs, and a forbid that errs denies.
    if (asset.classifications.size() == 1)
        fields.push_back(desk.field("classification", *asset.classifications.begin()));
    return desk.add(desk.uid(assetType, name), std::move(fields), std::move(teams));
}

Result<void> addTools(EntityDesk& desk, std::span<const ToolWords> tools)
{
    std::map<std::string, AssetWords> assets;
    for (const ToolWords& tool : tools) {
        EPHOR_TRY_VOID(addAction(desk, tool));
        AssetWords& asset = assets[tool.asset];
        if (asset.teams.empty())
            asset.team = tool.team;
        asset.teams.insert(tool.team);
        if (!tool.classification.empty())
            asset.classifications.insert(tool.classification);
    }
    for (const auto& [name, asset] : assets)
        EPHOR_TRY_VOID(addAsset(desk, name, asset));
    return {};
}

Result<void> addAgent(EntityDesk& desk, const AgentWords& agent)
{
    const cedar::EntityUid* const team = desk.uid(teamType, agent.team);
    EPHOR_TRY_VOID(desk.add(team, {}, {}));
    return desk.add(desk.uid(agentType, agent.name),
        {desk.field("name", agent.name), desk.field("team", agent.team), desk.field("environment", agent.environment)},
        {team});
}

Result<void> addRequester(EntityDesk& desk, const Cast& cast)
{
    std::vector<const cedar::EntityUid*> parents;
    std::set<std::pair<std::string, std::string>> known;
    const Scope scope{cast.team, cast.environment};
    const auto join = [&](std::string_view type, std::string id) -> Result<void> {
        if (!known.emplace(type, id).second)
            return {};
        const cedar::EntityUid* const group = desk.uid(type, id);
        parents.push_back(group);
        return desk.add(group, {}, {});
    };
    for (const RoleGrant& grant : cast.requester.roles) {
        if (access::reaches(grant, scope))
            EPHOR_TRY_VOID(join(roleType, wordOf(grant.role)));
        EPHOR_TRY_VOID(join(teamType, grant.team == "*" ? cast.team : std::string(grant.team)));
    }
    const std::string id = cast.requester.id.empty() ? "nobody" : cast.requester.id;
    return desk.add(desk.uid(requesterType(cast.requester), id), {desk.field("name", cast.requester.name)}, parents);
}

Result<Json> toolNamespace(std::span<const ToolWords> tools)
{
    Json actions = Json::object();
    const std::string any(everyAction);
    actions[any] = Json::object();
    for (const SideEffect effect : everyEffect)
        actions[effectGroup(effect)] = {{"memberOf", parentList({any})}};
    for (const ToolWords& tool : tools) {
        if (tool.name == everyAction)
            return fail(reservedName(tool));
        Json applies = {{"principalTypes", {agentType, userType, serviceType}}, {"resourceTypes", {assetType}},
            {"context", contextOf(tool)}};
        actions[tool.name] = {{"memberOf", parentList({effectGroup(tool.effect)})}, {"appliesTo", std::move(applies)}};
    }
    return Json{{"entityTypes", entityTypes()}, {"actions", std::move(actions)}};
}

}

std::string effectGroup(SideEffect effect)
{
    return "effect:" + wordOf(effect);
}

std::string agentText(std::string_view agent)
{
    return std::string(agentType) + "::" + cedar::quoted(agent);
}

std::string actionText(std::string_view tool)
{
    return std::string(actionType) + "::" + cedar::quoted(tool);
}

std::string_view requesterType(const Principal& requester)
{
    return requester.kind == PrincipalKind::Person ? userType : serviceType;
}

ToolWords toolWords(const std::string& name, const std::string& team, const ToolBody& body)
{
    return {
        name, body.effect, body.asset.empty() ? name : std::string(body.asset), body.classification, team, body.input};
}

Result<std::shared_ptr<const cedar::Schema>> schemaOf(std::span<const ToolWords> tools)
{
    EPHOR_TRY(Json house, toolNamespace(tools));
    return cedar::Schema::fromJson({{"", std::move(house)}});
}

Result<std::shared_ptr<const cedar::Entities>> entitiesOf(const Cast& cast)
{
    EntityDesk desk;
    EPHOR_TRY_VOID(addTools(desk, cast.tools));
    EPHOR_TRY_VOID(addAgent(desk, {cast.agent, cast.team, cast.environment}));
    EPHOR_TRY_VOID(addRequester(desk, cast));
    return desk.build();
}

Result<std::shared_ptr<const cedar::Entities>> entitiesOf(
    std::span<const AgentWords> agents, std::span<const ToolWords> tools)
{
    EntityDesk desk;
    EPHOR_TRY_VOID(addTools(desk, tools));
    for (const AgentWords& agent : agents)
        EPHOR_TRY_VOID(addAgent(desk, agent));
    for (const Role role : everyRole)
        EPHOR_TRY_VOID(desk.add(desk.uid(roleType, wordOf(role)), {}, {}));
    return desk.build();
}

}

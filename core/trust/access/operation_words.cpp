#include "core/trust/access/operation_words.h"

#include "core/api/backend.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::access {

namespace {

Json typeNamed(const char* name)
{
    return {{"type", name}};
}

Json optional(Json type)
{
    type["required"] = false;
    return type;
}

Json recordOf(Json attributes)
{
    return {{"type", "Record"}, {"attributes", std::move(attributes)}};
}

Json datetime()
{
    return {{"type", "Extension"}, {"name", "datetime"}};
}

// What act_case.cpp puts into the context of an act.
Json contextType()
{
    const Json text = typeNamed("String");
    return recordOf({{"permission", text}, {"environment", text}, {"surface", text}, {"now", datetime()},
        {"signedIn", optional(datetime())}, {"agent", optional(text)}});
}

Json groups(std::initializer_list<std::string> names)
{
    Json list = Json::array();
    for (const std::string& name : names)
        list.push_back({{"id", name}});
    return list;
}

Json actionOf(const Json& parents)
{
    return {{"memberOf", parents},
        {"appliesTo",
            {{"principalTypes", {userType, serviceType}}, {"resourceTypes", {teamType, workspaceType}},
                {"context", contextType()}}}};
}

std::span<const std::string> everyPermission()
{
    return typeOf<Permission>().words;
}

template <class Visit> void forEveryOperation(const Visit& visit)
{
    for (const OperationType& type : operationCatalogue())
        visit(*type.operation);
    for (const Operation* const operation : {&StartRun::operation, &followRun, &followEvents})
        visit(*operation);
}

}

std::string effectGroup(Effect effect)
{
    return "effect:" + wordOf(effect);
}

bool isOverOperations(const cedar::Policy& policy)
{
    return !policy.action.entities.empty() && std::ranges::all_of(policy.action.entities, [](const auto* entity) {
        return entity->type.view == operationType;
    });
}

Json sharedTypes()
{
    const Json text = typeNamed("String");
    const Json texts = optional({{"type", "Set"}, {"element", text}});
    const Json parents{roleType, teamType};
    Json types = Json::object();
    types[std::string(userType)] = {{"memberOfTypes", parents}, {"shape", recordOf({{"name", text}})}};
    types[std::string(serviceType)] = {
        {"memberOfTypes", parents}, {"shape", recordOf({{"name", text}, {"permissions", texts}, {"agents", texts}})}};
    types[std::string(roleType)] = Json::object();
    types[std::string(teamType)] = {{"memberOfTypes", {workspaceType}}};
    types[std::string(workspaceType)] = Json::object();
    return types;
}

Json operationNamespace()
{
    Json actions = Json::object();
    const std::string any(everyOperation);
    actions[any] = Json::object();
    for (const Effect effect : {Effect::Read, Effect::Write, Effect::Disclose})
        actions[effectGroup(effect)] = {{"memberOf", groups({any})}};
    // A permission is asked for by itself where an operation needs more than its own.
    for (const std::string& permission : everyPermission())
        actions[permission] = actionOf(groups({any}));
    forEveryOperation([&](const Operation& operation) {
        actions[std::string(operation.name)]
            = actionOf(groups({wordOf(operation.permission), effectGroup(operation.effect)}));
    });
    return {{"entityTypes", Json::object()}, {"actions", std::move(actions)}};
}

Result<std::shared_ptr<const cedar::Schema>> operationSchema()
{
    static const auto compiled = cedar::Schema::fromJson(
        {{"", {{"entityTypes", sharedTypes()}, {"actions", Json::object()}}}, {"Ephor", operationNamespace()}});
    return compiled;
}

Result<const cedar::EntityUid*> addAction(
    cedar::EntityDesk& desk, std::string_view operation, Permission permission, Effect effect)
{
    const cedar::EntityUid* const any = desk.uid(operationType, everyOperation);
    const cedar::EntityUid* const group = desk.uid(operationType, wordOf(permission));
    EPHOR_TRY_VOID(desk.add(any));
    EPHOR_TRY_VOID(desk.add(group, {}, {any}));
    if (operation.empty())
        return group;
    const cedar::EntityUid* const kind = desk.uid(operationType, effectGroup(effect));
    EPHOR_TRY_VOID(desk.add(kind, {}, {any}));
    const cedar::EntityUid* const action = desk.uid(operationType, operation);
    EPHOR_TRY_VOID(desk.add(action, {}, {group, kind}));
    return action;
}

Result<std::shared_ptr<const cedar::Entities>> operationEntities(std::span<const std::string> teams)
{
    cedar::EntityDesk desk;
    Result<void> added;
    forEveryOperation([&](const Operation& operation) {
        auto action = added ? addAction(desk, operation.name, operation.permission, operation.effect)
                            : Result<const cedar::EntityUid*>(nullptr);
        if (!action)
            added = std::unexpected<Error>(std::move(action).error());
    });
    EPHOR_TRY_VOID(added);
    const cedar::EntityUid* const whole = desk.uid(workspaceType, wholeWorkspace);
    EPHOR_TRY_VOID(desk.add(whole));
    for (const std::string& team : teams)
        EPHOR_TRY_VOID(desk.add(desk.uid(teamType, team), {}, {whole}));
    for (const std::string& role : typeOf<Role>().words)
        EPHOR_TRY_VOID(desk.add(desk.uid(roleType, role)));
    for (const std::string_view role : {keyRole, systemRole})
        EPHOR_TRY_VOID(desk.add(desk.uid(roleType, role)));
    return desk.build();
}

}

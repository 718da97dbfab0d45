#include "core/demo/setup.h"

#include "core/api/definitions.h"
#include "core/api/policies.h"
#include "core/api/protection.h"
#include "core/base/bytes.h"
#include "core/trust/identity/setup.h"
#include "core/trust/keys/private_file.h"

namespace ephor::demo {

namespace {

constexpr const char* administrator = "jonas";

Result<void> saveParts(Cast& cast, const DemoPlan& plan)
{
    for (const PlannedModel& model : plan.models) {
        SaveModel::Request save;
        save.name = model.name;
        save.team = "it";
        save.body = model.body;
        save.message = "Simulated, for the demo";
        EPHOR_TRY([[maybe_unused]] const auto saved, cast.call<SaveModel>(administrator, save));
    }
    for (const PlannedTool& tool : plan.tools) {
        SaveTool::Request save;
        save.name = tool.name;
        save.team = tool.team;
        save.body = tool.body;
        save.message = "First version";
        EPHOR_TRY([[maybe_unused]] const auto saved, cast.call<SaveTool>(administrator, save));
    }
    for (const PlannedPolicy& policy : plan.policies) {
        SavePolicy::Request save;
        save.name = policy.name;
        save.team = policy.team;
        save.body = policy.body;
        save.message = "First version";
        EPHOR_TRY([[maybe_unused]] const auto saved, cast.call<SavePolicy>(administrator, save));
    }
    for (const PlannedProtection& protection : plan.protections) {
        SaveProtection::Request save;
        save.name = protection.name;
        save.team = protection.team;
        save.body = protection.body;
        save.message = "First version";
        EPHOR_TRY([[maybe_unused]] const auto saved, cast.call<SaveProtection>(administrator, save));
    }
    return {};
}

Result<void> saveAgent(Cast& cast, const PlannedAgent& agent)
{
    SavePrompt::Request prompt;
    prompt.name = agent.body.prompt;
    prompt.team = agent.team;
    prompt.body.title = agent.promptTitle;
    prompt.body.text = agent.promptText;
    prompt.body.variables = agent.body.inputSchema;
    prompt.message = "First version";
    EPHOR_TRY([[maybe_unused]] const auto savedPrompt, cast.call<SavePrompt>(agent.author, prompt));
    SaveAgent::Request save;
    save.name = agent.name;
    save.team = agent.team;
    save.body = agent.body;
    save.message = "First version";
    EPHOR_TRY([[maybe_unused]] const auto savedAgent, cast.call<SaveAgent>(agent.author, save));
    return {};
}

Result<void> releaseFirst(Cast& cast, const PlannedAgent& agent)
{
    CreateChange::Request request;
    request.agent = agent.name;
    request.title = agent.past.front().title;
    request.description = agent.body.description;
    for (const GrantRule& grant : agent.grants)
        request.grants.push_back(grant);
    EPHOR_TRY(const CreateChange::Response created, cast.call<CreateChange>(agent.author, request));
    EPHOR_TRY_VOID(cast.submit(agent.author, created.change.id));
    EPHOR_TRY_VOID(
        cast.approve(created.change.id, "Reviewed with the owner; grants are the least that does the work."));
    EPHOR_TRY(
        [[maybe_unused]] const auto rollout, cast.startRollout(administrator, created.change.id, "First release."));
    return {};
}

}

Result<std::string> setUpPeople(
    workspace::Workspace& workspace, const DemoPlan& plan, const Clock& clock, Duration keyLasts)
{
    std::string token;
    EPHOR_TRY_VOID(workspace.asSystem("demo.create", "The demo's teams, personas and service key.",
        [&](store::Transaction& transaction) -> Result<void> {
            for (const PlannedTeam& team : plan.teams)
                EPHOR_TRY_VOID(identity::addTeam(transaction, team.name, team.title, clock));
            std::string owner;
            for (const PlannedPersona& persona : plan.personas) {
                EPHOR_TRY(const std::string id,
                    identity::addPersona(
                        transaction, persona.name, persona.login, persona.title, persona.roles, clock));
                if (persona.login == administrator)
                    owner = id;
            }
            identity::NewServiceKey key;
            key.name = "Demo traffic";
            key.team = "*";
            key.environment = plan.environment;
            key.owner = owner;
            key.permissions = {Permission::InvokeAgents, Permission::View};
            key.validFor = keyLasts;
            EPHOR_TRY(token, identity::addServiceKey(transaction, key, clock));
            return {};
        }));
    EPHOR_TRY_VOID(keys::writePrivateFile(workspace.paths().demoKey, bytesOf(token), keys::Replace::Refuse));
    return token;
}

Result<void> setUpAgents(Cast& cast, const DemoPlan& plan)
{
    EPHOR_TRY_VOID(saveParts(cast, plan));
    for (const PlannedAgent& agent : plan.agents) {
        EPHOR_TRY_VOID(saveAgent(cast, agent));
        EPHOR_TRY_VOID(releaseFirst(cast, agent));
    }
    return {};
}

}

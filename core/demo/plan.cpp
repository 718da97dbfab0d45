#include "core/demo/plan.h"

#include "core/demo/resources.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::demo {

namespace {

std::unexpected<Error> badData(const std::string& file, const std::string& what)
{
    return fail(Error(ErrorKind::Internal, "demo.data", "The demo's own data cannot be used: " + what,
        "Report this: the program was built with bad data.")
            .with("file", file));
}

template <class T> Result<T> read(const Json& json, const std::string& file)
{
    auto value = fromJson<T>(json, UnknownMembers::Refuse);
    if (!value)
        return badData(file, describe(value.error()));
    return value;
}

Result<Json> jsonFile(const std::string& name, std::uint16_t port)
{
    std::string text(resource(name));
    constexpr std::string_view mark = "@SERVICES@";
    const std::string place = "http://127.0.0.1:" + std::to_string(port);
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + place.size()))
        text.replace(at, mark.size(), place);
    auto json = parseJson(text);
    if (!json)
        return badData(name, describe(json.error()));
    return json;
}

// The days on which the provider was slow stand in the model itself: they are the same for whoever opens the demo.
void addSlowDays(Json& scenario, const DemoTimes& times)
{
    const auto day = [&](double days) {
        return times.begin
            + Duration(std::int64_t(days * times.scale * double(Duration(std::chrono::days(1)).count())));
    };
    Json& drift = scenario["drift"];
    if (drift.is_null())
        drift = Json::array();
    drift.push_back({{"id", "a slow day of the provider"},
        {"when", {{"after", formatInstant(day(62.2))}, {"before", formatInstant(day(62.9))}}}, {"latency_factor", 2.6},
        {"failures",
            Json::array({{{"status", 503}, {"rate", 0.09}, {"type", "server_error"},
                {"message", "The model is overloaded."}}})}});
}

void addSlowMorning(Json& scenario, const DemoTimes& times)
{
    scenario["drift"].push_back({{"id", "long documents since this morning"},
        {"when",
            {{"after", formatInstant(times.end - std::chrono::minutes(150))},
                {"system_contains", "audit expense reports"}}},
        {"ramp_minutes", 30}, {"latency_factor", 1.9}});
}

Result<std::vector<PlannedModel>> readModels(const DemoTimes& times)
{
    std::vector<PlannedModel> models;
    for (const char* const name : {"large", "small"}) {
        EPHOR_TRY(Json scenario, jsonFile(std::string("models/") + name + ".json", 0));
        addSlowDays(scenario, times);
        if (std::string_view(name) == "large")
            addSlowMorning(scenario, times);
        PlannedModel model;
        model.name = name;
        model.body.title = std::string_view(name) == "large" ? "Large" : "Small";
        model.body.model = scenario.at("model").get<std::string>();
        model.body.scenario = documentOf(scenario);
        models.push_back(std::move(model));
    }
    return models;
}

Result<std::vector<PlannedTool>> readTools(std::uint16_t port)
{
    EPHOR_TRY(const Json json, jsonFile("tools.json", port));
    std::vector<PlannedTool> tools;
    for (const Json& element : json) {
        PlannedTool tool;
        tool.name = element.at("name");
        tool.team = element.at("team");
        EPHOR_TRY(tool.body, read<ToolBody>(element.at("body"), "tools.json: " + tool.name));
        tools.push_back(std::move(tool));
    }
    return tools;
}

Result<std::vector<PlannedPolicy>> readPolicies()
{
    EPHOR_TRY(const Json json, jsonFile("policies.json", 0));
    std::vector<PlannedPolicy> policies;
    for (const Json& element : json) {
        PlannedPolicy policy;
        policy.name = element.at("name");
        policy.team = element.at("team");
        EPHOR_TRY(policy.body, read<PolicyBody>(element.at("body"), "policies.json: " + policy.name));
        policy.body.text = std::string(resource(element.at("file").get<std::string>()));
        policies.push_back(std::move(policy));
    }
    return policies;
}

Result<std::vector<PlannedProtection>> readProtections()
{
    EPHOR_TRY(const Json json, jsonFile("protections.json", 0));
    std::vector<PlannedProtection> protections;
    for (const Json& element : json) {
        PlannedProtection protection;
        protection.name = element.at("name");
        protection.team = element.at("team");
        EPHOR_TRY(protection.body, read<ProtectionBody>(element.at("body"), "protections.json: " + protection.name));
        protections.push_back(std::move(protection));
    }
    return protections;
}

Result<void> readBank(DemoPlan& plan)
{
    EPHOR_TRY(const Json bank, jsonFile("bank.json", 0));
    plan.bankName = bank.at("name");
    plan.environment = bank.at("environment");
    for (const Json& team : bank.at("teams"))
        plan.teams.push_back({team.at("name"), team.at("title")});
    for (const Json& json : bank.at("personas")) {
        PlannedPersona persona{json.at("login"), json.at("name"), json.at("title"), {}};
        for (const Json& role : json.at("roles")) {
            EPHOR_TRY(RoleGrant grant, read<RoleGrant>(role, "bank.json: " + persona.login));
            persona.roles.push_back(std::move(grant));
        }
        plan.personas.push_back(std::move(persona));
    }
    return {};
}

PastChange pastChange(const Json& json)
{
    PastChange change;
    change.day = json.contains("day") ? json.at("day").get<double>() : json.value("before", 0.0);
    change.title = json.at("title");
    change.by = json.at("by");
    change.description = json.value("description", "");
    change.why = json.value("why", "");
    const std::string end = json.value("end", "live");
    change.end = end == "rolled-back" ? PastEnd::RolledBack : end == "rejected" ? PastEnd::Rejected : PastEnd::Live;
    for (const Json& pair : json.value("replace", Json::array()))
        change.replace.emplace_back(pair.at(0), pair.at(1));
    return change;
}

Result<PlannedAgent> readAgent(const Json& json)
{
    PlannedAgent agent;
    agent.name = json.at("name");
    agent.team = json.at("team");
    agent.author = json.at("author");
    Json body = json.at("body");
    body["prompt"] = json.at("prompt");
    EPHOR_TRY(agent.body, read<AgentBody>(body, "agents.json: " + agent.name));
    agent.promptTitle = agent.body.title + ", system prompt";
    agent.promptText = resource("prompts/" + agent.body.prompt + ".md");
    for (Json rule : json.at("grants")) {
        rule["agent"] = agent.name;
        EPHOR_TRY(GrantRule grant, read<GrantRule>(rule, "agents.json: grants of " + agent.name));
        agent.grants.push_back(std::move(grant));
    }
    for (const Json& change : json.at("releases"))
        agent.past.push_back(pastChange(change));
    if (json.contains("canary"))
        agent.canary.push_back(pastChange(json.at("canary")));
    if (json.contains("pending"))
        agent.pending.push_back(pastChange(json.at("pending")));
    if (json.contains("draft"))
        agent.drafts.push_back(pastChange(json.at("draft")));
    return agent;
}

}

Result<DemoPlan> readPlan(std::uint16_t port, const DemoTimes& times)
{
    try {
        DemoPlan plan;
        EPHOR_TRY_VOID(readBank(plan));
        EPHOR_TRY(plan.models, readModels(times));
        EPHOR_TRY(plan.tools, readTools(port));
        EPHOR_TRY(plan.policies, readPolicies());
        EPHOR_TRY(plan.protections, readProtections());
        EPHOR_TRY(const Json agents, jsonFile("agents.json", port));
        for (const Json& json : agents) {
            EPHOR_TRY(PlannedAgent agent, readAgent(json));
            plan.agents.push_back(std::move(agent));
        }
        return plan;
    } catch (const Json::exception& problem) {
        return badData("resources/demo", problem.what());
    }
}

Result<std::string> replaced(std::string text, const PastChange& change)
{
    for (const auto& [before, after] : change.replace) {
        const std::size_t at = text.find(before);
        if (at == std::string::npos)
            return badData(
                "agents.json", "the passage \"" + before + "\" of \"" + change.title + "\" is not in the prompt.");
        text.replace(at, before.size(), after);
    }
    return text;
}

}

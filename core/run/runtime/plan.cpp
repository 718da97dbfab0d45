#include "core/run/runtime/plan.h"

#include "core/base/hash.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

Error named(Error error, std::string_view kind, const std::string& name)
{
    error.fields.emplace_back(std::string(kind), name);
    return error;
}

const DefinitionRef* pinOf(const Release& release, DefinitionKind kind, const std::string& name)
{
    const auto found = std::ranges::find_if(
        release.pins, [&](const DefinitionRef& pin) { return pin.kind == kind && pin.name == name; });
    return found == release.pins.end() ? nullptr : &*found;
}

Result<std::string> pinnedBytes(
    const store::Snapshot& snapshot, const Release& release, DefinitionKind kind, const std::string& name)
{
    const DefinitionRef* const pin = pinOf(release, kind, name);
    if (pin == nullptr)
        return fail(Error(ErrorKind::CheckFailed, "release.incomplete",
            "A release does not pin everything its agent names.", "Draft a change that adds it.")
                .with("release", release.id)
                .with(wordOf(kind), name));
    EPHOR_TRY(auto version, definition::verifiedBytes(snapshot, kind, name, pin->version));
    return std::move(version.body);
}

Result<std::optional<contract::Schema>> compileOptional(const Document& document)
{
    const Json json = jsonOf(document);
    if (json.is_null())
        return std::nullopt;
    EPHOR_TRY(auto schema, contract::Schema::compile(json));
    return schema;
}

// Draft 2020-12 leaves `default` to whoever reads the schema; here it is what a caller who does not say means.
std::map<std::string, Document> defaultsOf(const Document& schema)
{
    std::map<std::string, Document> defaults;
    const Json json = jsonOf(schema);
    if (!json.is_object() || !json.contains("properties") || !json["properties"].is_object())
        return defaults;
    for (const auto& [name, property] : json["properties"].items()) {
        if (property.is_object() && property.contains("default"))
            defaults.emplace(name, documentOf(property["default"]));
    }
    return defaults;
}

Result<PlannedTool> planTool(const std::string& name, ToolBody body, const PlanParts& parts)
{
    const Json input = jsonOf(body.input);
    auto schema = contract::Schema::compile(input);
    if (!schema)
        return fail(named(std::move(schema).error(), "tool", name));
    EPHOR_TRY(auto output, compileOptional(body.output));
    const auto outputShape = policy::ArgumentShape::of(jsonOf(body.output));
    EPHOR_TRY(auto connector, parts.connector(name, body));
    EPHOR_TRY(const std::string canonical, canonicalJson(input));
    provider::ToolDeclaration declaration{name, body.description, input};
    return PlannedTool{name, std::move(body), "sha256:" + toHex(sha256(canonical)), std::move(*schema),
        std::move(output), std::move(connector), std::move(declaration), policy::ArgumentShape::of(input), outputShape};
}

Result<std::optional<PlannedJudge>> planJudge(const PlanSources& sources, const PlanParts& parts)
{
    if (!sources.judge)
        return std::nullopt;
    const std::string name = sources.protection->judge;
    auto client = parts.client(name, *sources.judge);
    if (!client)
        return fail(named(std::move(client).error(), "model", name));
    return PlannedJudge{name, *sources.judge, std::move(*client),
        parts.prices != nullptr ? parts.prices->find(sources.judge->model) : std::nullopt};
}

}

const PlannedTool* Plan::findTool(std::string_view name) const
{
    const auto found = std::ranges::find_if(tools, [&](const PlannedTool& tool) { return tool.name == name; });
    return found == tools.end() ? nullptr : &*found;
}

Result<PlanSources> readSources(const store::Snapshot& snapshot, const Release& release)
{
    PlanSources sources;
    sources.release = release;
    EPHOR_TRY(const auto summary, definition::get(snapshot, DefinitionKind::Agent, release.agent));
    sources.team = summary.team;
    EPHOR_TRY(const std::string agent, pinnedBytes(snapshot, release, DefinitionKind::Agent, release.agent));
    EPHOR_TRY(sources.agent, definition::agentFrom(agent));
    EPHOR_TRY(const std::string prompt, pinnedBytes(snapshot, release, DefinitionKind::Prompt, sources.agent.prompt));
    EPHOR_TRY(sources.prompt, definition::promptFrom(prompt));
    sources.promptVersion = pinOf(release, DefinitionKind::Prompt, sources.agent.prompt)->version;
    EPHOR_TRY(const std::string model, pinnedBytes(snapshot, release, DefinitionKind::Model, sources.agent.model));
    EPHOR_TRY(sources.model, definition::modelFrom(model));
    for (const std::string& tool : sources.agent.tools) {
        EPHOR_TRY(const std::string body, pinnedBytes(snapshot, release, DefinitionKind::Tool, tool));
        EPHOR_TRY(auto read, definition::toolFrom(body));
        EPHOR_TRY(auto known, definition::get(snapshot, DefinitionKind::Tool, tool));
        sources.tools.emplace_back(tool, std::move(read));
        sources.toolTeams.push_back(std::move(known.team));
    }
    if (!sources.agent.protection.empty()) {
        EPHOR_TRY(const std::string body,
            pinnedBytes(snapshot, release, DefinitionKind::Protection, sources.agent.protection));
        EPHOR_TRY(sources.protection, definition::protectionFrom(body));
        if (!sources.protection->judge.empty()) {
            EPHOR_TRY(const std::string judge,
                pinnedBytes(snapshot, release, DefinitionKind::Model, sources.protection->judge));
            EPHOR_TRY(sources.judge, definition::modelFrom(judge));
        }
    }
    for (const DefinitionRef& pin : release.pins) {
        if (pin.kind != DefinitionKind::Policy)
            continue;
        EPHOR_TRY(const std::string body, pinnedBytes(snapshot, release, DefinitionKind::Policy, pin.name));
        EPHOR_TRY(auto read, definition::policyFrom(body));
        sources.policies.emplace_back(pin.name, std::move(read));
    }
    return sources;
}

Result<std::shared_ptr<const policy::RuleSet>> releasedRules(
    const Release& release, std::span<const std::pair<std::string, PolicyBody>> policies)
{
    std::vector<policy::RuleSource> sources;
    for (const PolicyText& policy : release.policies)
        sources.push_back({policy.id, policy.text, RuleMode::Enforce});
    for (const auto& [name, body] : policies) {
        auto rules = policy::rulesIn(body.text, name, body.mode);
        if (!rules)
            return fail(named(std::move(rules).error(), "policy", name));
        std::ranges::move(*rules, std::back_inserter(sources));
    }
    return policy::RuleSet::compile(sources);
}

Result<std::shared_ptr<const Plan>> compilePlan(PlanSources sources, const PlanParts& parts)
{
    auto prompt = contract::Template::parse(sources.prompt.text);
    if (!prompt)
        return fail(named(std::move(prompt).error(), "prompt", sources.agent.prompt));
    auto partials = std::make_shared<contract::Partials>();
    for (const auto& [name, text] : sources.prompt.partials) {
        auto partial = contract::Template::parse(text);
        if (!partial)
            return fail(named(std::move(partial).error(), "partial", name));
        partials->emplace(name, std::move(*partial));
    }
    EPHOR_TRY(auto input, compileOptional(sources.agent.inputSchema));
    EPHOR_TRY(auto output, compileOptional(sources.agent.outputSchema));
    EPHOR_TRY(auto client, parts.client(sources.agent.model, sources.model));
    std::vector<PlannedTool> tools;
    std::vector<policy::ToolWords> words;
    for (std::size_t i = 0; i < sources.tools.size(); ++i) {
        auto& [name, body] = sources.tools[i];
        words.push_back(policy::toolWords(name, sources.toolTeams[i], body));
        EPHOR_TRY(auto tool, planTool(name, std::move(body), parts));
        tools.push_back(std::move(tool));
    }
    EPHOR_TRY(auto rules, releasedRules(sources.release, sources.policies));
    auto protection = parts.protection(sources.agent.protection, sources.protection ? &*sources.protection : nullptr);
    if (!protection)
        return fail(named(std::move(protection).error(), "protection", sources.agent.protection));
    std::vector<std::shared_ptr<const guard::Guard>> guards = parts.guards;
    guards.push_back((*protection)->guard());
    EPHOR_TRY(auto judge, planJudge(sources, parts));
    const auto price = parts.prices != nullptr ? parts.prices->find(sources.model.model) : std::nullopt;
    return std::make_shared<const Plan>(
        Plan{sources.release, sources.release.agent, sources.team, sources.agent, sources.agent.prompt,
            sources.promptVersion, std::make_shared<const contract::Template>(std::move(*prompt)), std::move(partials),
            std::move(input), defaultsOf(sources.agent.inputSchema), std::move(output), sources.agent.model,
            sources.model, std::move(client), price, std::move(tools), std::move(words), std::move(rules),
            std::move(*protection), std::make_shared<const guard::GuardChain>(std::move(guards)), std::move(judge)});
}

Json completeVariables(const Plan& plan, Json variables)
{
    if (variables.is_null())
        variables = Json::object();
    if (!variables.is_object())
        return variables;
    for (const auto& [name, value] : plan.defaults) {
        if (!variables.contains(name))
            variables[name] = jsonOf(value);
    }
    return variables;
}

Result<std::string> renderPrompt(const Plan& plan, Json variables)
{
    return plan.prompt->render(completeVariables(plan, std::move(variables)), *plan.partials);
}

}

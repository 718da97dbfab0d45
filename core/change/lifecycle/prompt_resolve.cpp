#include "core/api/resolve.h"
#include "core/change/lifecycle/candidate.h"
#include "core/change/lifecycle/operation_parts.h"
#include "core/definition/definitions.h"
#include "core/run/route/assignment.h"
#include "core/run/route/releases.h"

namespace ephor::lifecycle {

namespace {

// An agent whose release pins the prompt, with both sides of its traffic.
struct PromptServing {
    route::Serving serving;
    std::optional<Release> production;
    std::optional<Release> canary;
};

bool pinsPrompt(const std::optional<Release>& release, const std::string& prompt)
{
    return release && findPin(release->pins, DefinitionKind::Prompt, prompt) != nullptr;
}

Result<bool> mayInvokeAgent(
    const store::Snapshot& snapshot, const Services& services, const Call& call, const std::string& agent)
{
    EPHOR_TRY(const auto found, definition::find(snapshot, DefinitionKind::Agent, agent));
    return found && call.holds(Permission::InvokeAgents, {found->team, services.environment, agent});
}

// Those that the caller may invoke: nobody learns from a refusal which other agents use a prompt.
Result<std::vector<PromptServing>> servingPrompt(
    const store::Snapshot& snapshot, const Services& services, const Call& call, const ResolvePrompt::Request& request)
{
    EPHOR_TRY(auto all, route::serving(snapshot));
    std::vector<PromptServing> found;
    for (route::Serving& each : all) {
        if (each.environment != services.environment || (!request.agent.empty() && each.agent != request.agent))
            continue;
        EPHOR_TRY(const bool permitted, mayInvokeAgent(snapshot, services, call, each.agent));
        if (!permitted)
            continue;
        PromptServing candidate;
        if (!each.production.empty()) {
            EPHOR_TRY(candidate.production, route::release(snapshot, each.production));
        }
        if (each.rollout) {
            EPHOR_TRY(candidate.canary, route::release(snapshot, each.rollout->candidate));
        }
        candidate.serving = std::move(each);
        if (pinsPrompt(candidate.production, request.name) || pinsPrompt(candidate.canary, request.name))
            found.push_back(std::move(candidate));
    }
    return found;
}

std::unexpected<Error> notReleased(const ResolvePrompt::Request& request)
{
    return fail(Error(ErrorKind::NotFound, "resolve.not-released",
        "No release that this caller may use pins the prompt.", "Release an agent that uses it, or check the names.")
            .with("name", request.name)
            .with("agent", request.agent));
}

Result<PromptServing> theServing(
    const store::Snapshot& snapshot, const Services& services, const Call& call, const ResolvePrompt::Request& request)
{
    EPHOR_TRY(auto found, servingPrompt(snapshot, services, call, request));
    if (found.empty())
        return notReleased(request);
    if (found.size() == 1)
        return std::move(found.front());
    std::string agents;
    for (const PromptServing& each : found)
        agents += (agents.empty() ? "" : ", ") + each.serving.agent;
    return fail(Error(ErrorKind::Invalid, "resolve.ambiguous", "Several agents use this prompt.",
        "Name the agent whose release decides.")
            .with("agents", agents));
}

Result<ResolvePrompt::Response> resolvePrompt(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const ResolvePrompt::Request& request)
{
    if (request.tag != "production")
        return fail(Error(ErrorKind::NotFound, "resolve.unknown-tag", "There is no such line of releases.",
            "Ask for the tag production.")
                .with("tag", request.tag));
    EPHOR_TRY(const PromptServing chosen, theServing(snapshot, services, call, request));
    ResolvePrompt::Response response;
    if (chosen.canary && chosen.production)
        response.variant = route::assign(chosen.serving.rollout->seed, request.unit, chosen.serving.rollout->share);
    else if (chosen.canary)
        response.variant = Variant::Canary;
    const Release& release = response.variant == Variant::Canary ? *chosen.canary : *chosen.production;
    const DefinitionRef* const pin = findPin(release.pins, DefinitionKind::Prompt, request.name);
    if (pin == nullptr)
        return notReleased(request);
    response.release = release.id;
    EPHOR_TRY(response.prompt.definition, definition::get(snapshot, DefinitionKind::Prompt, request.name));
    EPHOR_TRY(auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Prompt, request.name, pin->version));
    EPHOR_TRY(const auto infos, definition::versions(snapshot, DefinitionKind::Prompt, request.name));
    for (const VersionInfo& info : infos) {
        if (info.number == bytes.number)
            response.prompt.version = info;
    }
    response.prompt.body = Document{std::move(bytes.body)};
    return response;
}

}

void addResolveHandler(HandlerTable& table, const ServicesPointer& services)
{
    table.read<ResolvePrompt>(
        [services](const store::Snapshot& snapshot, const Call& call, const ResolvePrompt::Request& request) {
            return resolvePrompt(*services, snapshot, call, request);
        });
}

}

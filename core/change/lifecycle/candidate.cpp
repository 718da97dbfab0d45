#include "core/change/lifecycle/candidate.h"

#include "core/change/lifecycle/grant_edits.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>
#include <tuple>

namespace ephor::lifecycle {

namespace {

Error itemError(ErrorKind kind, std::string code, std::string message, std::string hint, const ChangeItem& item)
{
    return Error(kind, std::move(code), std::move(message), std::move(hint))
        .with("kind", wordOf(item.kind))
        .with("name", item.name);
}

const ChangeItem* findItem(std::span<const ChangeItem> items, DefinitionKind kind, std::string_view name)
{
    const auto found
        = std::ranges::find_if(items, [&](const ChangeItem& item) { return item.kind == kind && item.name == name; });
    return found == items.end() ? nullptr : &*found;
}

std::uint64_t pinnedVersion(const CandidateParts& parts, DefinitionKind kind, std::string_view name)
{
    const DefinitionRef* const pin = parts.base ? findPin(parts.base->pins, kind, name) : nullptr;
    return pin != nullptr ? pin->version : 0;
}

}

const DefinitionRef* findPin(std::span<const DefinitionRef> pins, DefinitionKind kind, std::string_view name)
{
    const auto found
        = std::ranges::find_if(pins, [&](const DefinitionRef& pin) { return pin.kind == kind && pin.name == name; });
    return found == pins.end() ? nullptr : &*found;
}

std::vector<DefinitionRef> needsOf(const std::string& agent, const AgentBody& body)
{
    std::vector<DefinitionRef> needs{{DefinitionKind::Agent, agent, 0}, {DefinitionKind::Prompt, body.prompt, 0},
        {DefinitionKind::Model, body.model, 0}};
    for (const std::string& tool : body.tools)
        needs.push_back({DefinitionKind::Tool, tool, 0});
    for (const std::string& policy : body.policies)
        needs.push_back({DefinitionKind::Policy, policy, 0});
    if (!body.protection.empty())
        needs.push_back({DefinitionKind::Protection, body.protection, 0});
    return needs;
}

std::vector<PolicyText> keptRules(std::span<const PolicyText> policies, std::span<const ChangeItem> items)
{
    std::vector<PolicyText> kept;
    for (const PolicyText& policy : policies) {
        const bool moved = std::ranges::any_of(items, [&](const ChangeItem& item) {
            return item.kind == DefinitionKind::Policy && policy.id.starts_with(keptId(item.name, ""));
        });
        if (!policy::isGrant(policy.id) && !moved)
            kept.push_back(policy);
    }
    return kept;
}

std::string keptId(std::string_view definition, std::string_view rule)
{
    return "kept:" + std::string(definition) + "/" + std::string(rule);
}

std::vector<DefinitionRef> versionsOf(std::span<const ChangeItem> items)
{
    std::vector<DefinitionRef> versions;
    for (const ChangeItem& item : items)
        versions.push_back({item.kind, item.name, item.to});
    return versions;
}

Result<std::vector<ChangeItem>> completedItems(std::span<const ChangeItem> items, const CandidateParts& parts)
{
    std::vector<ChangeItem> completed;
    for (std::size_t i = 0; i < items.size(); ++i) {
        ChangeItem item = items[i];
        const DefinitionRef* const need = findPin(parts.needs, item.kind, item.name);
        if (need == nullptr)
            return fail(itemError(ErrorKind::Invalid, "change.foreign-item",
                "A change carries one agent and what that agent names.",
                "Leave it out, or name it in the agent in the same change.", item));
        if (findItem(items.first(i), item.kind, item.name) != nullptr)
            return fail(itemError(ErrorKind::Invalid, "change.item-twice", "The change holds a definition twice.",
                "Keep one of the two versions.", item));
        const std::uint64_t from = pinnedVersion(parts, item.kind, item.name);
        if (item.from != 0 && item.from != from)
            return fail(itemError(ErrorKind::Conflict, "change.moved-on",
                "Production moved on since the change was drafted.", "Draft it again on top of what is live.", item)
                    .with("expected", std::to_string(item.from))
                    .with("production", std::to_string(from)));
        item.from = from;
        if (item.to == 0)
            item.to = need->version;
        if (item.to != item.from)
            completed.push_back(std::move(item));
    }
    for (const DefinitionRef& need : parts.needs) {
        if (pinnedVersion(parts, need.kind, need.name) == 0 && findItem(completed, need.kind, need.name) == nullptr)
            completed.push_back({need.kind, need.name, 0, need.version});
    }
    std::ranges::sort(
        completed, {}, [](const ChangeItem& item) { return std::tuple(item.kind, std::string_view(item.name)); });
    return completed;
}

Result<Release> candidateRelease(
    const CandidateParts& parts, std::span<const ChangeItem> items, std::span<const GrantEdit> edits)
{
    Release release;
    release.agent = parts.agent;
    for (const DefinitionRef& need : parts.needs) {
        const ChangeItem* const item = findItem(items, need.kind, need.name);
        const std::uint64_t version = item != nullptr ? item->to : pinnedVersion(parts, need.kind, need.name);
        if (version == 0)
            return fail(Error(ErrorKind::Conflict, "release.incomplete",
                "Neither the change nor production says which version the agent gets.",
                "Draft the change again on top of what is live.")
                    .with("kind", wordOf(need.kind))
                    .with("name", need.name));
        release.pins.push_back({need.kind, need.name, version});
    }
    std::ranges::sort(
        release.pins, {}, [](const DefinitionRef& pin) { return std::tuple(pin.kind, std::string_view(pin.name)); });
    const std::vector<GrantRule> none;
    release.grants = mergedGrants(parts.base ? parts.base->grants : none, edits, parts.tools);
    if (parts.base)
        release.policies = keptRules(parts.base->policies, items);
    EPHOR_TRY(release.policies, route::policiesOf(release));
    return release;
}

}

#include "core/change/lifecycle/basis.h"

#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/trust/identity/service_keys.h"
#include "core/trust/policy/rule_set.h"

#include <algorithm>

namespace ephor::lifecycle {

namespace {

Result<AgentBody> agentBodyOf(const store::Snapshot& snapshot, const std::string& agent, std::uint64_t version)
{
    EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Agent, agent, version));
    return definition::agentFrom(bytes.body);
}

Result<SideEffect> effectOf(const store::Snapshot& snapshot, const std::string& tool, std::uint64_t version)
{
    EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Tool, tool, version));
    EPHOR_TRY(const ToolBody body, definition::toolFrom(bytes.body));
    return body.effect;
}

Result<DefinitionRef> newestOf(const store::Snapshot& snapshot, const DefinitionRef& need)
{
    EPHOR_TRY(const DefinitionSummary summary, definition::get(snapshot, need.kind, need.name));
    if (summary.retired)
        return fail(Error(ErrorKind::Conflict, "definition.retired", "The agent names a definition that is retired.",
            "Let the agent name another.")
                .with("name", need.name));
    return DefinitionRef{need.kind, need.name, summary.newest};
}

// The model that the protection of a release names: the version of the change, else of production, else the newest.
Result<std::optional<DefinitionRef>> judgeOf(
    const store::Snapshot& snapshot, const CandidateParts& parts, std::span<const ChangeItem> items)
{
    const auto need = std::ranges::find(parts.needs, DefinitionKind::Protection, &DefinitionRef::kind);
    if (need == parts.needs.end())
        return std::nullopt;
    const DefinitionRef* const pin
        = parts.base ? findPin(parts.base->pins, DefinitionKind::Protection, need->name) : nullptr;
    const auto item = std::ranges::find_if(items, [&](const ChangeItem& each) {
        return each.kind == DefinitionKind::Protection && each.name == need->name && each.to != 0;
    });
    const std::uint64_t version = item != items.end() ? item->to : pin != nullptr ? pin->version : need->version;
    EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Protection, need->name, version));
    EPHOR_TRY(const ProtectionBody body, definition::protectionFrom(bytes.body));
    const std::string judge = body.judge;
    if (judge.empty() || findPin(parts.needs, DefinitionKind::Model, judge) != nullptr)
        return std::nullopt;
    return newestOf(snapshot, {DefinitionKind::Model, judge, 0});
}

Result<void> addForbids(const store::Snapshot& snapshot, const DefinitionRef& pin, std::vector<PolicyText>& forbids)
{
    EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, pin.kind, pin.name, pin.version));
    EPHOR_TRY(const PolicyBody body, definition::policyFrom(bytes.body));
    if (body.mode == RuleMode::Observe)
        return {};
    EPHOR_TRY(const auto sources, policy::rulesIn(body.text, pin.name, body.mode));
    EPHOR_TRY(const auto rules, policy::RuleSet::compile(sources));
    for (const cedar::Policy& policy : rules->policies().policies()) {
        if (policy.effect == cedar::Effect::Forbid)
            forbids.push_back({std::string(policy.id), std::string(policy.text())});
    }
    return {};
}

Result<ReleaseTerms> termsOf(const store::Snapshot& snapshot, const std::string& releaseId)
{
    ReleaseTerms terms;
    EPHOR_TRY(terms.release, route::release(snapshot, releaseId));
    const DefinitionRef* const pin = findPin(terms.release.pins, DefinitionKind::Agent, terms.release.agent);
    if (pin == nullptr)
        return fail(Error(ErrorKind::Internal, "release.incomplete", "A release does not pin its own agent.",
            "Verify the workspace with \"ephor audit verify\".")
                .with("release", releaseId));
    EPHOR_TRY(const AgentBody body, agentBodyOf(snapshot, terms.release.agent, pin->version));
    terms.budget = body.budget;
    for (const DefinitionRef& each : terms.release.pins) {
        if (each.kind == DefinitionKind::Policy)
            EPHOR_TRY_VOID(addForbids(snapshot, each, terms.forbids));
    }
    return terms;
}

// A key may have been made with another key.
Result<void> addOwners(const store::Snapshot& snapshot, const std::string& author, std::set<std::string>& authors)
{
    std::string principal = author;
    while (true) {
        EPHOR_TRY(const auto key, identity::findServiceKey(snapshot, principal));
        if (!key || key->owner.empty() || !authors.insert(key->owner).second)
            return {};
        principal = key->owner;
    }
}

}

Result<Basis> readBasis(const store::Snapshot& snapshot, const std::string& agent, const std::string& environment,
    std::span<const ChangeItem> items)
{
    Basis basis;
    EPHOR_TRY(basis.agent, definition::get(snapshot, DefinitionKind::Agent, agent));
    EPHOR_TRY(basis.serving, route::servingOf(snapshot, agent, environment));
    basis.parts.agent = agent;
    std::uint64_t version = 0;
    if (basis.serving && !basis.serving->production.empty()) {
        EPHOR_TRY(basis.parts.base, route::release(snapshot, basis.serving->production));
        if (const DefinitionRef* const pin = findPin(basis.parts.base->pins, DefinitionKind::Agent, agent)) {
            version = pin->version;
            EPHOR_TRY(basis.before, agentBodyOf(snapshot, agent, version));
        }
    }
    for (const ChangeItem& item : items) {
        if (item.kind == DefinitionKind::Agent && item.name == agent)
            version = item.to;
    }
    EPHOR_TRY(basis.body, agentBodyOf(snapshot, agent, version));
    basis.parts.tools.assign(basis.body.tools.begin(), basis.body.tools.end());
    for (const DefinitionRef& need : needsOf(agent, basis.body)) {
        EPHOR_TRY(DefinitionRef newest, newestOf(snapshot, need));
        basis.parts.needs.push_back(std::move(newest));
    }
    EPHOR_TRY(auto judge, judgeOf(snapshot, basis.parts, items));
    if (judge)
        basis.parts.needs.push_back(std::move(*judge));
    return basis;
}

Result<ChangeRisk> readRisk(const store::Snapshot& snapshot, const Basis& basis, std::span<const ChangeItem> items,
    std::span<const GrantEdit> grants)
{
    ChangeRisk risk;
    risk.grants = grants;
    for (const std::string& tool : basis.parts.tools) {
        const DefinitionRef* const pin
            = basis.parts.base ? findPin(basis.parts.base->pins, DefinitionKind::Tool, tool) : nullptr;
        const auto item = std::ranges::find_if(
            items, [&](const ChangeItem& each) { return each.kind == DefinitionKind::Tool && each.name == tool; });
        const std::uint64_t version = item != items.end() ? item->to : pin != nullptr ? pin->version : 0;
        EPHOR_TRY(SideEffect effect, effectOf(snapshot, tool, version));
        if (pin != nullptr && pin->version != version) {
            EPHOR_TRY(const SideEffect before, effectOf(snapshot, tool, pin->version));
            risk.understatesTool = risk.understatesTool || (isGrave(before) && !isGrave(effect));
            effect = isGrave(before) ? before : effect;
        }
        risk.effects.emplace(tool, effect);
    }
    return risk;
}

Result<std::set<std::string>> authorsOf(
    const store::Snapshot& snapshot, std::span<const ChangeItem> items, const std::string& drafter)
{
    std::set<std::string> authors{drafter};
    for (const ChangeItem& item : items) {
        EPHOR_TRY(const auto versions, definition::versions(snapshot, item.kind, item.name));
        if (std::ranges::find(versions, item.to, &VersionInfo::number) == versions.end())
            return fail(Error(ErrorKind::NotFound, "definition.unknown-version", "The definition has no such version.",
                "List its versions.")
                    .with("name", item.name)
                    .with("version", std::to_string(item.to)));
        // The content of a version rests on those between it and production.
        for (const VersionInfo& version : versions) {
            if (version.number == item.to || (version.number > item.from && version.number < item.to))
                authors.insert(version.author);
        }
    }
    const std::set<std::string> named = authors;
    for (const std::string& author : named)
        EPHOR_TRY_VOID(addOwners(snapshot, author, authors));
    return authors;
}

Result<RollbackTerms> readTerms(const store::Snapshot& snapshot, const Rollout& rollout)
{
    RollbackTerms terms;
    EPHOR_TRY(terms.baseline, termsOf(snapshot, rollout.baseline));
    EPHOR_TRY(terms.candidate, termsOf(snapshot, rollout.candidate));
    if (protectionPin(terms.baseline.release) != protectionPin(terms.candidate.release)) {
        EPHOR_TRY(terms.baseline.protection, protectionOf(snapshot, terms.baseline.release));
        EPHOR_TRY(terms.candidate.protection, protectionOf(snapshot, terms.candidate.release));
    }
    return terms;
}

}

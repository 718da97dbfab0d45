#include "core/change/lifecycle/go_live.h"

#include "core/change/lifecycle/basis.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/rollout_steps.h"
#include "core/definition/definitions.h"
#include "core/definition/tags.h"

#include <algorithm>
#include <tuple>

namespace ephor::lifecycle {

namespace {

Result<void> requireStillServing(const store::Snapshot& snapshot, const Rollout& rollout)
{
    EPHOR_TRY(const auto serving, route::servingOf(snapshot, rollout.agent, rollout.environment));
    if (serving && serving->rollout)
        return fail(Error(ErrorKind::Conflict, "rollout.another", "A later rollout stands on this release.",
            "Roll that one back first.")
                .with("rollout", serving->rollout->id));
    if (!serving || serving->production != rollout.candidate)
        return fail(Error(ErrorKind::Conflict, "rollout.superseded", "Something newer was released since.",
            "Roll back what is live now.")
                .with("release", rollout.candidate));
    return {};
}

// Adds the tightening unless one stands there that is as strict.
Result<void> tightenTo(store::Transaction& transaction, const Services& services, const policy::Tightening& tightening)
{
    EPHOR_TRY(const auto standing, readTightenings(transaction));
    const policy::Tightening* const over = standing.find(tightening.agent, tightening.tool);
    if (over != nullptr && policy::strictness(over->access) >= policy::strictness(tightening.access))
        return {};
    return services.tightenings.add(transaction, tightening);
}

constexpr std::string_view everyTool = "*";

bool undoes(const GrantEdit& edit, Access tightened)
{
    return edit.loosens && policy::strictness(tightened) > policy::strictness(edit.after.access);
}

Result<void> lift(store::Transaction& transaction, const Services& services, const Change& change,
    const Release& release, const LiftedTightening& lifted)
{
    EPHOR_TRY_VOID(services.tightenings.remove(transaction, change.summary.agent, lifted.tool));
    if (lifted.tool != everyTool)
        return {};
    for (const DefinitionRef& pin : release.pins) {
        const bool isLoosened = std::ranges::any_of(change.grants,
            [&](const GrantEdit& edit) { return edit.after.tool == pin.name && undoes(edit, lifted.access); });
        if (pin.kind == DefinitionKind::Tool && !isLoosened)
            EPHOR_TRY_VOID(tightenTo(transaction, services,
                {change.summary.agent, pin.name, lifted.access, lifted.by, lifted.reason, lifted.at}));
    }
    return {};
}

// A version of the agent that is the baseline's but for the lower limits and the protection that stays.
Result<std::uint64_t> agentHeldTo(store::Transaction& transaction, const std::string& agent, std::uint64_t version,
    const Staying& staying, Instant at)
{
    EPHOR_TRY(const auto bytes, definition::verifiedBytes(transaction, DefinitionKind::Agent, agent, version));
    EPHOR_TRY(AgentBody body, definition::agentFrom(bytes.body));
    if (staying.budget)
        body.budget = *staying.budget;
    if (staying.protection)
        body.protection = staying.protection->pin ? std::string(staying.protection->pin->name) : std::string();
    EPHOR_TRY(definition::StoredBody held, definition::storedBody(body));
    if (bytes.digest == held.digest)
        return version;
    EPHOR_TRY(const auto newest, definition::bodyBytes(transaction, DefinitionKind::Agent, agent, 0));
    if (newest.digest == held.digest)
        return newest.number;
    EPHOR_TRY(const DefinitionRef saved,
        definition::save(transaction,
            {agent, {}, std::move(held), "system", "Rolled back; what was tighter stays.", newest.number, at}));
    return saved.version;
}

// The pins of the release before, with the protection that stays and the model it asks.
std::vector<DefinitionRef> pinsHeldTo(std::vector<DefinitionRef> pins, const ReleaseProtection& protection)
{
    std::erase_if(pins, [](const DefinitionRef& pin) { return pin.kind == DefinitionKind::Protection; });
    if (protection.pin)
        pins.push_back(*protection.pin);
    if (protection.judge && findPin(pins, DefinitionKind::Model, protection.judge->name) == nullptr)
        pins.push_back(*protection.judge);
    std::ranges::sort(
        pins, {}, [](const DefinitionRef& pin) { return std::tuple(pin.kind, std::string_view(pin.name)); });
    return pins;
}

Result<Release> heldBaseline(store::Transaction& transaction, const StoredChange& stored, const Release& baseline,
    const Staying& staying, Instant at)
{
    Release held = baseline;
    held.at = at;
    held.change = stored.change.summary.id;
    for (GrantRule& grant : held.grants) {
        if (const GrantRule* const rule = findRule(staying.rules, grant.tool))
            grant = *rule;
    }
    held.policies.insert(held.policies.end(), staying.kept.begin(), staying.kept.end());
    if (staying.protection)
        held.pins = pinsHeldTo(std::move(held.pins), *staying.protection);
    for (DefinitionRef& pin : held.pins) {
        if (pin.kind == DefinitionKind::Agent) {
            EPHOR_TRY(pin.version, agentHeldTo(transaction, held.agent, pin.version, staying, at));
        }
    }
    return route::addRelease(transaction, std::move(held));
}

Result<void> keepTight(store::Transaction& transaction, const Services& services, const StoredChange& stored,
    const Staying& staying, const std::string& by, Instant at)
{
    const ChangeSummary& summary = stored.change.summary;
    for (const GrantRule& rule : staying.tightened) {
        EPHOR_TRY_VOID(tightenTo(transaction, services,
            {rule.agent, rule.tool, rule.access, by, "Stays after " + summary.id + " was rolled back.", at}));
    }
    for (const LiftedTightening& lifted : stored.lifted) {
        EPHOR_TRY_VOID(tightenTo(
            transaction, services, {summary.agent, lifted.tool, lifted.access, lifted.by, lifted.reason, lifted.at}));
    }
    return {};
}

Result<void> serveAgain(store::Transaction& transaction, const Rollout& rollout, const Release& release, Instant at)
{
    EPHOR_TRY_VOID(route::setProduction(transaction, rollout.agent, rollout.environment, release.id));
    return definition::setTag(
        transaction, {rollout.environment, rollout.agent}, definition::Tag::Production, release.pins, release.id, at);
}

}

Result<std::vector<LiftedTightening>> liftedBy(const store::Snapshot& snapshot, const StoredChange& stored)
{
    EPHOR_TRY(const auto standing, policy::Tightenings::list(snapshot));
    std::vector<LiftedTightening> lifted;
    for (const policy::Tightening& each : standing) {
        const bool isLoosened = std::ranges::any_of(stored.change.grants, [&](const GrantEdit& edit) {
            return (each.tool == everyTool || each.tool == edit.after.tool) && undoes(edit, each.access);
        });
        if (each.agent == stored.change.summary.agent && isLoosened && each.at <= stored.submittedAt)
            lifted.push_back({each.tool, each.access, each.by, each.reason, each.at});
    }
    return lifted;
}

Result<void> goLive(store::Transaction& transaction, const ServicesPointer& services, StoredChange& stored,
    const Release& release, Instant at)
{
    ChangeSummary& summary = stored.change.summary;
    const definition::TagPlace place{summary.environment, summary.agent};
    EPHOR_TRY_VOID(route::setProduction(transaction, summary.agent, summary.environment, release.id));
    EPHOR_TRY_VOID(definition::setTag(transaction, place, definition::Tag::Production, release.pins, release.id, at));
    EPHOR_TRY_VOID(definition::clearTags(transaction, place, definition::Tag::Canary, at));
    EPHOR_TRY(stored.lifted, liftedBy(transaction, stored));
    for (const LiftedTightening& lifted : stored.lifted)
        EPHOR_TRY_VOID(lift(transaction, *services, stored.change, release, lifted));
    summary.share.reset();
    EPHOR_TRY_VOID(moveChange(transaction, stored, ChangeAct::GoLive, at));
    announceRoutes(transaction, services);
    return {};
}

Result<Staying> goBack(store::Transaction& transaction, const ServicesPointer& services, StoredChange& stored,
    const Rollout& rollout, const std::string& by, Instant at)
{
    const definition::TagPlace place{rollout.environment, rollout.agent};
    const bool wasLive = !isOpen(rollout);
    if (wasLive)
        EPHOR_TRY_VOID(requireStillServing(transaction, rollout));
    Staying staying;
    if (rollout.baseline.empty()) {
        EPHOR_TRY_VOID(route::setProduction(transaction, rollout.agent, rollout.environment, {}));
        EPHOR_TRY_VOID(definition::clearTags(transaction, place, definition::Tag::Production, at));
    } else {
        EPHOR_TRY(const RollbackTerms terms, readTerms(transaction, rollout));
        staying = staysAfterRollback(terms.baseline, terms.candidate);
        const bool isHeld = !staying.rules.empty() || !staying.kept.empty() || staying.budget || staying.protection;
        Release back = terms.baseline.release;
        if (isHeld) {
            EPHOR_TRY(back, heldBaseline(transaction, stored, terms.baseline.release, staying, at));
        }
        if (wasLive || isHeld)
            EPHOR_TRY_VOID(serveAgain(transaction, rollout, back, at));
    }
    EPHOR_TRY_VOID(keepTight(transaction, *services, stored, staying, by, at));
    EPHOR_TRY_VOID(definition::clearTags(transaction, place, definition::Tag::Canary, at));
    stored.lifted.clear();
    stored.change.summary.share.reset();
    EPHOR_TRY_VOID(moveChange(transaction, stored, ChangeAct::RollBack, at));
    announceRoutes(transaction, services);
    return staying;
}

}

#include "core/trust/policy/operations.h"

#include "core/api/grants.h"
#include "core/api/handlers.h"
#include "core/api/policies.h"
#include "core/api/runs.h"
#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/domain/reflect.h"
#include "core/trust/policy/grant_order.h"
#include "core/trust/policy/retirements.h"
#include "core/trust/policy/rule_info.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightenings.h"

#include <algorithm>

namespace ephor::policy {

namespace {

// The team of a definition decides where the act is allowed; an unknown name is refused rather than guessed at.
Result<std::string> teamOf(const store::Snapshot& snapshot, std::string_view kind, const std::string& name)
{
    EPHOR_TRY(const auto team,
        snapshot.text("SELECT team FROM definition WHERE kind = ? AND name = ?", {kind, std::string_view(name)}));
    if (!team)
        return fail(Error(ErrorKind::NotFound, "definition.unknown",
            "There is no " + std::string(kind) + " of that name.", "Check the name in the library.")
                .with("name", name));
    return *team;
}

Result<TightenGrant::Response> tighten(const Services& services, store::Transaction& transaction, const Call& call,
    const TightenGrant::Request& request, Note& note)
{
    if (request.access != Access::Deny && request.access != Access::Ask)
        return fail(
            ErrorKind::Invalid, "grant.loosens", "A tightening asks or denies.", "To allow more, draft a change.");
    EPHOR_TRY(const std::string team, teamOf(transaction, "agent", request.agent));
    EPHOR_TRY_VOID(call.allow({team, {}}));
    EPHOR_TRY_VOID(teamOf(transaction, "tool", request.tool));
    const auto standing = services.tightenings.table()->find(request.agent, request.tool);
    if (standing != nullptr && strictness(standing->access) >= strictness(request.access))
        return fail(Error(ErrorKind::Conflict, "grant.already-tight",
            "A tightening at least as strict is in force already.", "To loosen it, draft a change.")
                .with("by", standing->by));
    EPHOR_TRY_VOID(services.tightenings.add(transaction,
        {request.agent, request.tool, request.access, call.principal().name, request.reason, services.clock.now()}));
    TightenGrant::Response response;
    response.rule = {.agent = request.agent, .tool = request.tool, .access = request.access};
    note.subject = "grant:" + request.agent + "/" + request.tool;
    note.reason = request.reason;
    note.refs = {{"agent", request.agent}, {"tool", request.tool}, {"access", wordOf(request.access)}};
    return response;
}

Result<SetStop::Response> setStop(const Services& services, store::Transaction& transaction, const Call& call,
    const SetStop::Request& request, Note& note)
{
    Scope scope;
    if (!request.agent.empty()) {
        EPHOR_TRY(scope.team, teamOf(transaction, "agent", request.agent));
    } else {
        scope.team = "*";
    }
    EPHOR_TRY_VOID(call.allow(scope));
    StopOrder order{newId(services.clock), request.mode, request.agent, request.tool, call.principal().name,
        request.reason, services.clock.now()};
    EPHOR_TRY_VOID(services.stops.set(transaction, order));
    note.subject = "stop:" + order.id;
    note.reason = request.reason;
    note.refs = {{"mode", wordOf(order.mode)}, {"agent", order.agent}, {"tool", order.tool}};
    return SetStop::Response{std::move(order)};
}

Result<LiftStop::Response> liftStop(const Services& services, store::Transaction& transaction, const Call& call,
    const LiftStop::Request& request, Note& note)
{
    EPHOR_TRY(const StopOrder lifted, services.stops.lift(transaction, request.id));
    Scope scope{"*", {}};
    if (!lifted.agent.empty()) {
        EPHOR_TRY(scope.team, teamOf(transaction, "agent", lifted.agent));
    }
    EPHOR_TRY_VOID(call.allow(scope));
    note.subject = "stop:" + lifted.id;
    note.reason = request.reason;
    return LiftStop::Response{};
}

// A house rule binds every team, so that whoever sets one must reach them all.
const Scope everywhere{"*", {}};

Result<ForbidByRule::Response> forbidByRule(const Services& services, store::Transaction& transaction, const Call& call,
    const ForbidByRule::Request& request, Note& note)
{
    EPHOR_TRY_VOID(call.allow(everywhere));
    HouseRule rule{
        request.name, request.text, request.mode, call.principal().name, request.reason, services.clock.now()};
    EPHOR_TRY(const auto standing, Tightenings::listRules(transaction));
    const auto known = std::ranges::find(standing, rule.name, &HouseRule::name);
    if (rule.text.empty() && known != standing.end())
        rule.text = known->text;
    EPHOR_TRY(const HouseRuleParts parts, newHouseRulesIn(rule));
    const bool binds = known != standing.end() && known->text == rule.text && known->mode == RuleMode::Observe
        && rule.mode == RuleMode::Enforce;
    if (known != standing.end() && !binds)
        return fail(Error(ErrorKind::Conflict, "policy.rule-exists",
            "A rule of this name is in force already, and replacing it could loosen it.",
            "Choose another name, or have the old one retired.")
                .with("name", rule.name)
                .with("by", known->by));
    EPHOR_TRY_VOID(services.tightenings.addRule(transaction, rule));
    ForbidByRule::Response response;
    EPHOR_TRY(response.rules, infosOf(parts));
    note.subject = "rule:" + rule.name;
    note.reason = request.reason;
    note.refs = {{"mode", wordOf(rule.mode)}, {"text", toHex(sha256(rule.text))}};
    return response;
}

Result<Empty> proposeRetirement(const Services& services, store::Transaction& transaction, const Call& call,
    const ProposeRetirement::Request& request, Note& note)
{
    EPHOR_TRY_VOID(call.allow(everywhere));
    EPHOR_TRY(const auto standing, Tightenings::listRules(transaction));
    if (std::ranges::find(standing, std::string(request.name), &HouseRule::name) == standing.end())
        return fail(Error(ErrorKind::NotFound, "policy.unknown-rule", "There is no house rule of that name.",
            "See the list of rules.")
                .with("name", request.name));
    EPHOR_TRY_VOID(propose(
        transaction, {request.name, call.principal().id, call.principal().name, request.reason, services.clock.now()}));
    note.subject = "rule:" + request.name;
    note.reason = request.reason;
    return Empty{};
}

Result<Empty> decideRetirement(const Services& services, store::Transaction& transaction, const Call& call,
    const DecideRetirement::Request& request, Note& note)
{
    EPHOR_TRY_VOID(call.allow(everywhere));
    EPHOR_TRY(const auto proposed, findRetirement(transaction, request.name));
    if (!proposed)
        return fail(Error(ErrorKind::Conflict, "policy.not-proposed", "Nobody proposed to take this rule back.",
            "Propose it first; somebody else then decides.")
                .with("name", request.name));
    if (request.approve && proposed->by == call.principal().id)
        return fail(Error(ErrorKind::Forbidden, "policy.own-proposal",
            "Whoever proposed to take a rule back does not decide about it.", "Ask another officer.")
                .with("name", request.name));
    EPHOR_TRY_VOID(dropRetirement(transaction, request.name));
    if (request.approve)
        EPHOR_TRY_VOID(services.tightenings.removeRule(transaction, request.name));
    note.subject = "rule:" + request.name;
    note.reason = request.reason;
    note.refs = {{"proposed-by", proposed->by}, {"approved", request.approve ? "yes" : "no"}};
    return Empty{};
}

void addRuleHandlers(HandlerTable& table, const Services& services)
{
    table.write<ForbidByRule>(
        [services](store::Transaction& transaction, const Call& call, const ForbidByRule::Request& request,
            Note& note) { return forbidByRule(services, transaction, call, request, note); });
    table.write<ProposeRetirement>(
        [services](store::Transaction& transaction, const Call& call, const ProposeRetirement::Request& request,
            Note& note) { return proposeRetirement(services, transaction, call, request, note); });
    table.write<DecideRetirement>(
        [services](store::Transaction& transaction, const Call& call, const DecideRetirement::Request& request,
            Note& note) { return decideRetirement(services, transaction, call, request, note); });
}

}

void addHandlers(HandlerTable& table, const Services& services)
{
    addRuleHandlers(table, services);
    table.write<TightenGrant>(
        [services](store::Transaction& transaction, const Call& call, const TightenGrant::Request& request,
            Note& note) { return tighten(services, transaction, call, request, note); });
    table.write<SetStop>([services](store::Transaction& transaction, const Call& call, const SetStop::Request& request,
                             Note& note) { return setStop(services, transaction, call, request, note); });
    table.write<LiftStop>(
        [services](store::Transaction& transaction, const Call& call, const LiftStop::Request& request, Note& note) {
            return liftStop(services, transaction, call, request, note);
        });
    table.read<ListStops>(
        [](const store::Snapshot& snapshot, const Call&, const ListStops::Request&) -> Result<ListStops::Response> {
            EPHOR_TRY(auto stops, StopOrders::list(snapshot));
            return ListStops::Response{std::move(stops)};
        });
}

}

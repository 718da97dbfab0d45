#include "core/trust/policy/operations.h"

#include "core/api/grants.h"
#include "core/api/handlers.h"
#include "core/api/runs.h"
#include "core/base/id.h"
#include "core/domain/reflect.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightenings.h"

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

}

void addHandlers(HandlerTable& table, const Services& services)
{
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

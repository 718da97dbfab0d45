#include "core/change/lifecycle/basis.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/rollout_record.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"

namespace ephor::lifecycle {

namespace {

// What a rollback would do now, or did, in words.
Result<void> sayRollback(const store::Snapshot& snapshot, const Rollout& rollout, CompareRollout::Response& response)
{
    Staying staying;
    if (rollout.baseline.empty()) {
        response.bringsBack.emplace_back("Nothing serves the agent until another release goes live.");
    } else {
        EPHOR_TRY(const RollbackTerms terms, readTerms(snapshot, rollout));
        response.bringsBack = bringsBack(terms.baseline, terms.candidate);
        staying = staysAfterRollback(terms.baseline, terms.candidate);
        response.stays = staying.words;
    }
    EPHOR_TRY(const auto standing, policy::Tightenings::list(snapshot));
    for (const policy::Tightening& each : standing) {
        const bool isSaid = findRule(staying.tightened, each.tool) != nullptr;
        if ((each.agent == rollout.agent || each.agent == "*") && !isSaid)
            response.stays.push_back((each.tool == "*" ? std::string("Every tool") : each.tool) + " stays tightened to "
                + wordOf(each.access) + " by " + each.by + ".");
    }
    EPHOR_TRY(const StoredChange stored, findChange(snapshot, rollout.change));
    for (const LiftedTightening& lifted : stored.lifted)
        response.bringsBack.push_back(
            lifted.tool + ": tightened to " + wordOf(lifted.access) + " by " + lifted.by + " again");
    return {};
}

Result<CompareRollout::Response> compareRollout(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const CompareRollout::Request& request)
{
    CompareRollout::Response response;
    EPHOR_TRY(response.rollout, route::rollout(snapshot, request.id));
    EPHOR_TRY_VOID(openChange(snapshot, call, response.rollout.change));
    response.window = windowOf(response.rollout, services.clock.now());
    EPHOR_TRY(response.variants, numbersNow(services, snapshot, response.rollout, response.window));
    EPHOR_TRY_VOID(sayRollback(snapshot, response.rollout, response));
    return response;
}

Result<ListReleases::Response> showReleases(
    const store::Snapshot& snapshot, const Call& call, const ListReleases::Request& request)
{
    EPHOR_TRY(const DefinitionSummary agent, definition::get(snapshot, DefinitionKind::Agent, request.agent));
    EPHOR_TRY_VOID(call.allow({agent.team, {}}));
    EPHOR_TRY(auto releases, route::releases(snapshot, request.agent));
    return ListReleases::Response{std::move(releases)};
}

}

void addRolloutReads(HandlerTable& table, const ServicesPointer& services)
{
    table.read<CompareRollout>(
        [services](const store::Snapshot& snapshot, const Call& call, const CompareRollout::Request& request) {
            return compareRollout(*services, snapshot, call, request);
        });
    table.read<ListReleases>(showReleases);
}

}

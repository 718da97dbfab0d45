#include "core/api/grants.h"
#include "core/change/lifecycle/call_counts.h"
#include "core/change/lifecycle/grant_edits.h"
#include "core/change/lifecycle/operation_parts.h"
#include "core/definition/definitions.h"
#include "core/run/route/releases.h"

namespace ephor::lifecycle {

namespace {

// Calls that would have been answered with another word than they were.
std::uint64_t otherThan(Access access, const CallCounts& calls)
{
    switch (access) {
    case Access::Allow:
        return calls.total() - calls.allowed;
    case Access::Ask:
        return calls.total() - calls.asked;
    case Access::None:
    case Access::Deny:
        return calls.total() - calls.denied;
    }
    return calls.total();
}

bool sameWord(Access left, Access right)
{
    const auto word = [](Access access) { return access == Access::None ? Access::Deny : access; };
    return word(left) == word(right);
}

Result<PreviewGrants::Response> previewGrants(
    const Services& services, const store::Snapshot& snapshot, const Call& call, const PreviewGrants::Request& request)
{
    const Instant now = services.clock.now();
    EPHOR_TRY(const auto tightenings, readTightenings(snapshot));
    EPHOR_TRY(const CallTable calls, recentCalls(snapshot, now));
    PreviewGrants::Response response;
    for (const GrantRule& after : request.edits) {
        EPHOR_TRY(const DefinitionSummary agent, definition::get(snapshot, DefinitionKind::Agent, after.agent));
        EPHOR_TRY_VOID(call.allow({agent.team, services.environment}));
        EPHOR_TRY(const auto serving, route::servingOf(snapshot, after.agent, services.environment));
        Release release;
        if (serving && !serving->production.empty()) {
            EPHOR_TRY(release, route::release(snapshot, serving->production));
        }
        const GrantRule before = ruleInForce(release.grants, tightenings, after.agent, after.tool, now);
        if (policy::loosens(before, after))
            ++response.loosens;
        else if (policy::loosens(after, before))
            ++response.tightens;
        const auto counted = calls.find({after.agent, after.tool});
        if (counted == calls.end())
            continue;
        response.callsSeen += counted->second.total();
        // Where the word stays, what differed was decided by other gates and would be again.
        if (!sameWord(before.access, after.access))
            response.callsChanged += otherThan(after.access, counted->second);
    }
    return response;
}

}

void addPreviewHandler(HandlerTable& table, const ServicesPointer& services)
{
    table.read<PreviewGrants>(
        [services](const store::Snapshot& snapshot, const Call& call, const PreviewGrants::Request& request) {
            return previewGrants(*services, snapshot, call, request);
        });
}

}

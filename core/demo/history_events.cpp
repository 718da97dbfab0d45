#include "core/api/grants.h"
#include "core/api/policies.h"
#include "core/api/runs.h"
#include "core/demo/history.h"

namespace ephor::demo {

namespace {

using std::chrono::minutes;

}

void History::scheduleStop(double day, const std::string& agent, const std::string& reason)
{
    const Instant begins = dayOf(day);
    const auto stop = std::make_shared<std::string>();
    at(begins, [this, agent, reason, stop]() -> Result<void> {
        SetStop::Request request;
        request.mode = StopMode::NoWrites;
        request.agent = agent;
        request.reason = reason;
        EPHOR_TRY(const SetStop::Response set, m_cast.call<SetStop>("ines", request));
        *stop = set.stop.id;
        return {};
    });
    at(begins + minutes(38), [this, stop]() -> Result<void> {
        LiftStop::Request request;
        request.id = *stop;
        request.reason = "Looked into; the tool behaves again.";
        EPHOR_TRY([[maybe_unused]] const auto lifted, m_cast.call<LiftStop>("ines", request));
        return {};
    });
}

Result<void> History::tighten()
{
    TightenGrant::Request request;
    request.agent = "customer-refunds";
    request.tool = "mail.send";
    request.access = Access::Ask;
    request.reason = "A confirmation went to the wrong customer: until we know why, a person reads each one.";
    EPHOR_TRY([[maybe_unused]] const auto tightened, m_cast.call<TightenGrant>("priya", request));
    return {};
}

Result<void> History::observeNights()
{
    ForbidByRule::Request request;
    request.name = "nights";
    request.text = "@explain(\"Nobody is there at night to take back what cannot be undone.\")\n"
                   "forbid (\n    principal is Agent,\n    action in Action::\"effect:irreversible\",\n    resource\n"
                   ") when {\n    context.now.toTime() < duration(\"05h00m\")\n};";
    request.mode = RuleMode::Observe;
    request.reason = "To see how many payments leave at night before we forbid it.";
    EPHOR_TRY([[maybe_unused]] const auto observed, m_cast.call<ForbidByRule>("ines", request));
    return {};
}

void History::scheduleEvents()
{
    at(dayOf(71.2), [this] { return observeNights(); });
    scheduleStop(22.4, "customer-refunds", "Refunds were booked twice in the card system.");
    scheduleStop(66.3, "access-provisioning", "The directory is restored from a backup.");
    at(dayOf(83.5), [this] { return tighten(); });
}

void History::scheduleEnding()
{
    const Instant end = m_options.times.end;
    at(end - minutes(41), [this, end]() -> Result<void> {
        std::shared_ptr<RunWatch> watch;
        EPHOR_TRY(const WatchedRun waiting, run(ledgerAccess(), watch));
        if (waiting.ended != WatchedRun::Ended::Waiting)
            return fail(ErrorKind::Internal, "demo.data", "The access that was to wait for officers did not wait.",
                "Report this: the demo's data and its rules do not fit together.");
        at(end - minutes(36), [this, id = waiting.approval]() -> Result<void> {
            EPHOR_TRY([[maybe_unused]] const auto decided,
                m_cast.decide("priya", id, Cast::Word::Approve, "Her manager confirmed it; ends with the quarter."));
            return {};
        });
        return {};
    });
    at(end - minutes(28), [this]() -> Result<void> {
        std::shared_ptr<RunWatch> watch;
        EPHOR_TRY([[maybe_unused]] const auto ended, run(poisonedInvoice(), watch));
        return {};
    });
}

}

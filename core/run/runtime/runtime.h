#pragma once

#include "core/api/backend.h"
#include "core/api/runs.h"
#include "core/domain/run.h"
#include "core/store/database.h"

#include <functional>
#include <memory>
#include <string>

namespace ephor {
class Clock;
}
namespace ephor::access {
class Authority;
}
namespace ephor::insight {
class RunReports;
}
namespace ephor::ledger {
class Ledger;
}
namespace ephor::net {
class EventLoop;
}
namespace ephor::policy {
class StopOrders;
class Tightenings;
}

namespace ephor::runtime {

class Routing;

/// What the runtime works with. Everything outlives it.
struct RuntimeServices {
    store::Database& database;
    ledger::Ledger& ledger;
    const Clock& clock;
    const access::Authority& authority; ///< who may start runs and follow them
    net::EventLoop& loop;
    Routing& routing;
    policy::Tightenings& tightenings;
    policy::StopOrders& stops;
    insight::RunReports& reports;
    std::function<void(Event)> publish; ///< hints to the screens
    Duration approvalTime = std::chrono::hours(4); ///< how long a call waits for people before it is denied
};

/// Runs agents. A run is prepared on the caller's thread; once its first entry is durable, a coroutine on the event
/// loop carries it from gate to gate. Waiting for a person ends the coroutine: the journal brings the run back
/// when the person has decided, or after a restart. Thread-safe.
class Runtime {
public:
    explicit Runtime(const RuntimeServices& services);
    /// Waits until no coroutine is under way; runs that are stay in the journal and go on at the next opening.
    ~Runtime();

    /// Codes: agent.unknown, agent.unreleased, stop.in-force, identity.forbidden, contract.input, the codes of messages
    /// and templates. Blocks until the first entry is durable; never call it on a loop thread.
    Result<std::unique_ptr<RunHandle>> start(
        const StartRun::Request& request, const Principal& principal, std::function<void(const RunEvent&)> onEvent);
    /// The same without blocking: `onStarted` hears the outcome once, on the caller's thread when the run is refused,
    /// else on the loop's.
    void begin(const StartRun::Request& request, const Principal& principal,
        std::function<void(const RunEvent&)> onEvent, const Backend::OnStarted& onStarted);
    Result<std::unique_ptr<Subscription>> follow(const std::string& run, std::uint64_t after,
        const Principal& principal, std::function<void(const RunEvent&)> onEvent);

    /// Ends a run at its next gate, cancelling what it waits for; one that waits for people ends at once, and nobody
    /// is asked any more. Unknown and ended runs are left alone. Any thread.
    void cancel(const std::string& run, const std::string& by, const std::string& reason);
    /// A person has decided about a call, or its time is over: the run goes on. Any thread.
    void decided(const ApprovalRequest& request);
    /// Cancels what runs against a stop that was set. Called when stops change.
    void enforceStops();
    /// What is to be done after rules were set that stand over the releases: calls that wait for people and are
    /// forbidden now are refused at once, and their runs go on. It reads and writes the database, so that it is not for
    /// a loop's or the writer's thread; it may outlive this, and then does nothing.
    std::function<void()> rulesCheck() const;
    /// Lets go of what is still in memory of runs that have ended: their events, and the calls that rules counted.
    void forget(const std::vector<RunSummary>& runs);
    /// Takes up the runs that were under way when the workspace closed. Called once, after opening.
    Result<void> recover();
    /// Takes up the runs that had to end because nothing could be recorded, once something can.
    void goOnAfterHalt();
    /// Runs with a coroutine at this moment.
    std::size_t active() const;

private:
    class Engine;
    std::shared_ptr<Engine> m_engine;
};

}

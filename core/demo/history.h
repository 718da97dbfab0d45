#pragma once

#include "core/demo/plan.h"
#include "core/demo/requests.h"
#include "core/demo/run_watch.h"

#include <functional>
#include <map>

namespace ephor::demo {

struct HistoryOptions {
    DemoTimes times;
    std::uint64_t runs = 0;
    std::uint64_t seed = 0;
    std::string key; ///< the service key that starts the runs
    std::function<bool(double fraction)> progress; ///< false gives up
};

/// Plays the past of the demo: runs and people's acts in the order of their time, through the workspace's own door, on
/// a clock that it moves. Used by one thread.
class History {
public:
    History(workspace::Workspace& workspace, Cast& cast, ManualClock& clock, const DemoPlan& plan, const Bank& bank,
        HistoryOptions options);

    /// Codes: demo.cancelled, and those of runs and changes.
    Result<void> play();

private:
    using Act = std::function<Result<void>()>;
    struct Moving {
        std::string change;
        std::string rollout;
    };

    // history_changes.cpp
    void scheduleChanges();
    void schedulePast(const PlannedAgent& agent);
    void scheduleOpen(const PlannedAgent& agent);
    void scheduleRollout(
        const PlannedAgent& agent, const PastChange& change, Instant start, const std::shared_ptr<Moving>& moving);
    Result<PromptMove> moveFor(const PlannedAgent& agent, const PastChange& change);
    Instant dayOf(double days) const;

    // history_events.cpp
    void scheduleEvents();
    void scheduleStop(double day, const std::string& agent, const std::string& reason);
    void scheduleEnding();
    Result<void> tighten();
    Result<void> observeNights();

    void at(Instant when, Act act) { m_acts.emplace(when, std::move(act)); }
    Result<void> actsUntil(Instant when);
    void moveTo(Instant when);
    Result<WatchedRun> run(const StartRun::Request& request, std::shared_ptr<RunWatch>& watch);
    Result<void> play(const StartRun::Request& request);
    Result<void> scheduleDecision(const std::string& approval, std::shared_ptr<RunWatch> watch);
    Result<void> decideOn(const ApprovalRequest& request, const std::string& login, Cast::Word word,
        const std::shared_ptr<RunWatch>& watch);
    Result<void> expire(const std::shared_ptr<RunWatch>& watch);

    workspace::Workspace& m_workspace;
    Cast& m_cast;
    ManualClock& m_clock;
    const DemoPlan& m_plan;
    HistoryOptions m_options;
    Chance m_chance;
    RequestMaker m_requests;
    std::multimap<Instant, Act> m_acts;
    std::map<std::string, std::string> m_inProduction; ///< text of each agent's prompt
};

}

#pragma once

#include "core/run/route/releases.h"
#include "core/run/runtime/plan.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace ephor::runtime {

/// How requests for one agent are split. Immutable.
struct Route {
    std::shared_ptr<const Plan> production; ///< null: nothing is released yet
    std::shared_ptr<const Plan> canary; ///< null: no rollout
    std::string seed;
    double share = 0;
    std::string fault; ///< why a plan could not be compiled; the agent then answers with it

    struct Choice {
        std::shared_ptr<const Plan> plan;
        Variant variant = Variant::Only;
    };
    /// The plan for a unit; null when there is none.
    Choice choose(std::string_view unit) const;
};

/// Every agent's route, rebuilt off the hot path when a release or rollout moves, read by runs as one shared table.
class Routing {
public:
    Routing(const store::Database& database, PlanParts parts, std::string environment);

    /// Reads what serves now and compiles what is new. Plans of releases that serve no more are kept while runs hold
    /// them.
    Result<void> refresh();
    /// Null when nobody knows the agent.
    std::shared_ptr<const Route> find(std::string_view agent) const;
    /// The plan of any release, compiled on demand: for runs that go on after a restart.
    Result<std::shared_ptr<const Plan>> planOf(const std::string& releaseId);
    const std::string& environment() const { return m_environment; }
    const PlanParts& parts() const { return m_parts; }

private:
    using Table = std::map<std::string, std::shared_ptr<const Route>, std::less<>>;

    const store::Database& m_database;
    PlanParts m_parts;
    std::string m_environment;
    mutable std::mutex m_mutex;
    std::shared_ptr<const Table> m_table = std::make_shared<const Table>();
    std::map<std::string, std::weak_ptr<const Plan>> m_plans;
    std::mutex m_refreshing;
};

}

#include "core/run/runtime/routing.h"

#include "core/run/route/assignment.h"

namespace ephor::runtime {

Route::Choice Route::choose(std::string_view unit) const
{
    if (!canary)
        return {production, Variant::Only};
    const Variant variant = production ? route::assign(seed, unit, share) : Variant::Canary;
    return {variant == Variant::Canary ? canary : production, variant};
}

Routing::Routing(const store::Database& database, PlanParts parts, std::string environment)
    : m_database(database)
    , m_parts(std::move(parts))
    , m_environment(std::move(environment))
{
}

Result<std::shared_ptr<const Plan>> Routing::planOf(const std::string& releaseId)
{
    {
        const std::lock_guard lock(m_mutex);
        if (auto known = m_plans[releaseId].lock())
            return known;
    }
    std::optional<PlanSources> sources;
    EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const Release release, route::release(snapshot, releaseId));
        EPHOR_TRY(sources, readSources(snapshot, release));
        return {};
    }));
    EPHOR_TRY(auto plan, compilePlan(std::move(*sources), m_parts));
    const std::lock_guard lock(m_mutex);
    m_plans[releaseId] = plan;
    return plan;
}

Result<void> Routing::refresh()
{
    const std::lock_guard refreshing(m_refreshing);
    std::vector<route::Serving> serving;
    EPHOR_TRY_VOID(m_database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(serving, route::serving(snapshot));
        return {};
    }));
    auto table = std::make_shared<Table>();
    for (const route::Serving& each : serving) {
        if (each.environment != m_environment)
            continue;
        auto next = std::make_shared<Route>();
        const auto compile = [&](const std::string& id) -> std::shared_ptr<const Plan> {
            if (id.empty())
                return nullptr;
            auto plan = planOf(id);
            if (!plan)
                next->fault = describe(plan.error());
            return plan ? *plan : nullptr;
        };
        next->production = compile(each.production);
        if (each.rollout) {
            next->canary = compile(each.rollout->candidate);
            next->seed = each.rollout->seed;
            next->share = each.rollout->share;
        }
        table->emplace(each.agent, std::move(next));
    }
    const std::lock_guard lock(m_mutex);
    m_table = std::move(table);
    std::erase_if(m_plans, [](const auto& entry) { return entry.second.expired(); });
    return {};
}

std::shared_ptr<const Route> Routing::find(std::string_view agent) const
{
    std::shared_ptr<const Table> table;
    {
        const std::lock_guard lock(m_mutex);
        table = m_table;
    }
    const auto found = table->find(agent);
    return found == table->end() ? nullptr : found->second;
}

}

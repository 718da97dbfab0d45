#include "core/trust/temporal/plan.h"

#include "core/trust/cedar/shape_table.h"
#include "core/trust/cedar/where_parts.h"

#include <algorithm>

namespace ephor::temporal {

namespace {

std::uint64_t actionKey(cedar::EventKind kind, const cedar::EntityUid& action)
{
    return cedar::mixed(action.hash, std::uint64_t(kind) + 1);
}

Watch watchFor(const cedar::EventPattern& pattern, const cedar::Node* of)
{
    Watch watch;
    watch.actions = pattern.actions;
    watch.kind = pattern.kind;
    watch.of = of;
    if (pattern.where == nullptr)
        return watch;
    cedar::WhereParts parts = partsOf(*pattern.where);
    watch.request = std::move(parts.request);
    watch.event = std::move(parts.event);
    watch.rest = std::move(parts.rest);
    for (const cedar::Node* equality : parts.equalities) {
        const cedar::EqualitySides sides = sidesOf(*equality);
        watch.keys.push_back({sides.event, sides.request});
    }
    return watch;
}

}

/// Gives every operation its watches.
class PlanCompiler {
public:
    std::shared_ptr<const Plan> compile(std::shared_ptr<const cedar::PolicySet> policies)
    {
        for (const cedar::TemporalOperation* operation : policies->temporalOperations()) {
            PlannedOperation planned{operation, place(operation->event, operation->of), 0};
            if (operation->kind == cedar::TemporalOperator::Since)
                planned.ever = place(operation->ever, nullptr);
            m_plan->m_operations.push_back(planned);
        }
        m_plan->m_policies = std::move(policies);
        return m_plan;
    }

private:
    std::uint32_t place(const cedar::EventPattern& pattern, const cedar::Node* of)
    {
        const std::uint64_t shape = cedar::mixed(m_shapes.ofPattern(pattern), of == nullptr ? 0 : m_shapes.of(*of));
        const auto [known, isNew] = m_places.try_emplace(shape, std::uint32_t(m_plan->m_watches.size()));
        if (!isNew)
            return known->second;
        m_plan->m_watches.push_back(watchFor(pattern, of));
        for (const cedar::EntityUid* action : pattern.actions)
            m_plan->m_byAction[actionKey(pattern.kind, *action)].push_back(known->second);
        if (pattern.actions.empty())
            m_plan->m_byKind[std::size_t(pattern.kind)].push_back(known->second);
        return known->second;
    }

    std::shared_ptr<Plan> m_plan{new Plan};
    cedar::ShapeTable m_shapes;
    std::unordered_map<std::uint64_t, std::uint32_t> m_places;
};

bool Watch::concerns(const cedar::EntityUid& action, const cedar::Entity* entity) const
{
    return actions.empty() || std::ranges::any_of(actions, [&](const cedar::EntityUid* uid) {
        return action == *uid || (entity != nullptr && entity->isIn(*uid));
    });
}

std::shared_ptr<const Plan> Plan::compile(std::shared_ptr<const cedar::PolicySet> policies)
{
    return PlanCompiler().compile(std::move(policies));
}

const PlannedOperation* Plan::find(const cedar::TemporalOperation& operation) const
{
    if (operation.number >= m_operations.size() || m_operations[operation.number].operation != &operation)
        return nullptr;
    return &m_operations[operation.number];
}

std::vector<std::uint32_t> Plan::concerned(
    cedar::EventKind kind, const cedar::EntityUid& action, const cedar::Entity* entity) const
{
    std::vector<std::uint32_t> places = m_byKind[std::size_t(kind)];
    const auto add = [&](const cedar::EntityUid& uid) {
        if (const auto found = m_byAction.find(actionKey(kind, uid)); found != m_byAction.end())
            places.insert(places.end(), found->second.begin(), found->second.end());
    };
    add(action);
    if (entity != nullptr) {
        for (const cedar::EntityUid* group : entity->ancestors)
            add(*group);
    }
    std::ranges::sort(places);
    places.erase(std::ranges::unique(places).begin(), places.end());
    std::erase_if(places, [&](std::uint32_t place) { return !m_watches[place].concerns(action, entity); });
    return places;
}

}

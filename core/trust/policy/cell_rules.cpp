#include "core/trust/policy/cell_rules.h"

#include "core/trust/cedar/value_builder.h"

#include <algorithm>

namespace ephor::policy {

namespace {

using Form = cedar::ScopeConstraint::Form;

/// One side of the call, with all it is in.
struct CellSide {
    const cedar::EntityUid& uid;
    const cedar::Entity* entity;

    bool isIn(const cedar::EntityUid& group) const
    {
        return uid == group || (entity != nullptr && entity->isIn(group));
    }

    bool fits(const cedar::ScopeConstraint& constraint) const
    {
        const bool isTyped = constraint.form == Form::Is || constraint.form == Form::IsIn;
        if (isTyped && uid.type != constraint.type)
            return false;
        if (constraint.form == Form::Equal)
            return uid == *constraint.entity;
        return (constraint.form != Form::In && constraint.form != Form::IsIn) || isIn(*constraint.entity);
    }

    bool fits(const cedar::ActionConstraint& constraint) const
    {
        return constraint.form == cedar::ActionConstraint::Form::Any
            || std::ranges::any_of(constraint.entities, [this](const cedar::EntityUid* group) { return isIn(*group); });
    }
};

// Nobody knows yet whom the agent will work for.
bool mayMeanRequester(const cedar::ScopeConstraint& constraint)
{
    switch (constraint.form) {
    case Form::Any:
        return true;
    case Form::Equal:
    case Form::In:
        return constraint.entity->type.view != agentType;
    case Form::Is:
    case Form::IsIn:
        return constraint.type.view == userType || constraint.type.view == serviceType;
    }
    return true;
}

}

bool couldBind(
    const cedar::Policy& policy, const cedar::Entities& entities, std::string_view agent, const ToolWords& tool)
{
    cedar::Arena arena;
    const auto side = [&](std::string_view type, std::string_view id) {
        const cedar::EntityUid* const uid = cedar::makeUid(arena, type, id);
        return CellSide{*uid, entities.find(*uid)};
    };
    return (mayMeanRequester(policy.principal) || side(agentType, agent).fits(policy.principal))
        && side(actionType, tool.name).fits(policy.action) && side(assetType, tool.asset).fits(policy.resource);
}

}

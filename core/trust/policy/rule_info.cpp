#include "core/trust/policy/rule_info.h"

#include "core/domain/reflect.h"

#include <algorithm>

namespace ephor::policy {

namespace {

constexpr std::string_view tightenedPrefix = "tightened:";
constexpr std::string_view houseIds = "house:";

std::string nameOf(const cedar::EntityUid& uid)
{
    return std::string(uid.id.view);
}

/// Whom the sentence is about: those who may, or those who may not.
enum class Voice { May, MayNot };

std::string who(const cedar::ScopeConstraint& constraint, Voice voice)
{
    using Form = cedar::ScopeConstraint::Form;
    const bool refused = voice == Voice::MayNot;
    const std::string every = refused ? "No " : "Every ";
    switch (constraint.form) {
    case Form::Any:
        return refused ? "Nobody may" : "Anybody may";
    case Form::Equal:
        return nameOf(*constraint.entity) + (refused ? " may not" : " may");
    case Form::In:
        return (refused ? "Nobody in " : "Everybody in ") + nameOf(*constraint.entity) + " may";
    case Form::Is:
        return every + std::string(constraint.type.view) + " may";
    case Form::IsIn:
        return every + std::string(constraint.type.view) + " in " + nameOf(*constraint.entity) + " may";
    }
    return {};
}

std::string which(const cedar::ActionConstraint& action)
{
    if (action.entities.empty())
        return "do anything";
    std::string names;
    for (const cedar::EntityUid* const entity : action.entities) {
        const std::string name = nameOf(*entity);
        const bool effect = name.starts_with("effect:");
        names += (names.empty() ? "" : ", ")
            + (name == "any" ? std::string("any tool")
                    : effect ? "any tool that is " + name.substr(7)
                             : name);
    }
    return "call " + names;
}

}

RuleInfo infoOf(const RuleSet& rules, const cedar::Policy& policy)
{
    const Obligations& obligations = rules.obligations(policy);
    RuleInfo info;
    info.id = std::string(policy.id);
    const bool forbids = policy.effect == cedar::Effect::Forbid;
    info.effect = forbids ? "forbid" : "permit";
    info.mode = rules.mode(policy);
    info.text = std::string(policy.text());
    info.asks = obligations.approval ? whoOf(*obligations.approval) : std::string();
    const bool lifted = forbids && obligations.approval;
    info.says = who(policy.principal, forbids && !lifted ? Voice::MayNot : Voice::May) + " " + which(policy.action)
        + (policy.conditions.empty() ? "" : ", under conditions")
        + (obligations.approval ? ", after the word of " + info.asks : "") + ".";
    if (!obligations.explain.empty())
        info.says += " " + obligations.explain;
    return info;
}

std::vector<RuleInfo> standingRules(const TighteningTable& table, std::span<const Tightening> tightenings)
{
    std::vector<RuleInfo> list;
    for (const cedar::Policy& policy : table.rules().policies().policies()) {
        RuleInfo info = infoOf(table.rules(), policy);
        info.origin = "built-in";
        const auto act = std::ranges::find_if(
            tightenings, [&](const Tightening& each) { return tighteningId(each.agent, each.tool) == info.id; });
        const auto house = std::ranges::find_if(table.houseRules(),
            [&](const HouseRule& each) { return info.id.starts_with(std::string(houseIds) + each.name + "/"); });
        if (info.id.starts_with(tightenedPrefix) && act != tightenings.end()) {
            info.origin = "tightening";
            info.agent = act->agent == "*" ? std::string() : act->agent;
            info.by = act->by;
            info.reason = act->reason;
            info.at = act->at;
        } else if (house != table.houseRules().end()) {
            info.origin = "house";
            info.definition = house->name;
            info.by = house->by;
            info.reason = house->reason;
            info.at = house->at;
        }
        list.push_back(std::move(info));
    }
    return list;
}

}

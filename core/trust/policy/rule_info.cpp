#include "core/trust/policy/rule_info.h"

#include "core/domain/reflect.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/policy/vocabulary.h"

#include <algorithm>
#include <functional>
#include <map>

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

// "an officer", "a viewer", "the system".
std::string roleWords(const std::string& role)
{
    if (role == access::systemRole)
        return "the system";
    if (role == access::keyRole)
        return "a service key";
    return (std::string_view("aeiou").find(role.front()) == std::string_view::npos ? "a " : "an ") + role;
}

// "agent", "person": what the language calls by a type's name.
std::string typeWords(std::string_view type)
{
    if (type == agentType)
        return "agent";
    if (type == userType)
        return "person";
    return type == serviceType ? "service" : std::string(type);
}

bool namesRole(const cedar::ScopeConstraint& constraint)
{
    return constraint.entity != nullptr && constraint.entity->type.view == access::roleType
        && !constraint.entity->id.view.empty();
}

std::string who(const cedar::ScopeConstraint& constraint, Voice voice)
{
    using Form = cedar::ScopeConstraint::Form;
    const bool refused = voice == Voice::MayNot;
    const std::string every = refused ? "No " : "Every ";
    if (namesRole(constraint) && constraint.form != Form::Equal)
        return (refused ? "Nobody who is " : "Whoever is ") + roleWords(nameOf(*constraint.entity)) + " may";
    switch (constraint.form) {
    case Form::Any:
        return refused ? "Nobody may" : "Anybody may";
    case Form::Equal:
        return nameOf(*constraint.entity) + (refused ? " may not" : " may");
    case Form::In:
        return (refused ? "Nobody in " : "Everybody in ") + nameOf(*constraint.entity) + " may";
    case Form::Is:
        return every + typeWords(constraint.type.view) + " may";
    case Form::IsIn:
        return every + typeWords(constraint.type.view) + " in " + nameOf(*constraint.entity) + " may";
    }
    return {};
}

std::string which(const cedar::ActionConstraint& action)
{
    if (action.entities.empty())
        return "call any tool";
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

// What somebody who holds the permission may do; empty for the name of an operation.
std::string_view permissionWords(std::string_view name)
{
    static const std::map<std::string, std::string_view, std::less<>> words{
        {wordOf(Permission::View), "view"},
        {wordOf(Permission::EditDefinitions), "edit definitions"},
        {wordOf(Permission::ApproveChanges), "approve changes"},
        {wordOf(Permission::OperateRollouts), "operate rollouts"},
        {wordOf(Permission::Tighten), "tighten rules"},
        {wordOf(Permission::Stop), "stop agents"},
        {wordOf(Permission::DecideActions), "decide about calls"},
        {wordOf(Permission::ReadRecord), "read the record"},
        {wordOf(Permission::OpenSealed), "open sealed content"},
        {wordOf(Permission::ManagePeople), "manage people"},
        {wordOf(Permission::ManageKeys), "manage keys and secrets"},
        {wordOf(Permission::InvokeAgents), "start runs"},
    };
    const auto found = words.find(name);
    return found == words.end() ? std::string_view() : found->second;
}

// "approve changes", "do anything that writes", "use changes.approve".
std::string operationWords(std::string_view name, Voice voice)
{
    const std::string every = voice == Voice::MayNot ? "do anything" : "do everything";
    if (name == access::everyOperation)
        return every;
    for (const Effect effect : {Effect::Read, Effect::Write, Effect::Disclose}) {
        if (name == access::effectGroup(effect))
            return every + " that " + std::string(wordOf(effect)) + "s";
    }
    const std::string_view permitted = permissionWords(name);
    return permitted.empty() ? "use " + std::string(name) : std::string(permitted);
}

// "view, approve changes and read the record"; of what is refused, "or" joins.
std::string operationsOf(const cedar::ActionConstraint& action, Voice voice)
{
    if (action.entities.empty())
        return operationWords(access::everyOperation, voice);
    std::string names;
    for (std::size_t at = 0; at < action.entities.size(); ++at) {
        if (at > 0)
            names += at + 1 < action.entities.size() ? ", " : voice == Voice::MayNot ? " or " : " and ";
        names += operationWords(nameOf(*action.entities[at]), voice);
    }
    return names;
}

RuleInfo plainInfoOf(const cedar::Policy& policy, RuleMode mode)
{
    RuleInfo info;
    info.id = std::string(policy.id);
    info.effect = policy.effect == cedar::Effect::Forbid ? "forbid" : "permit";
    info.mode = mode;
    info.text = std::string(policy.text());
    return info;
}

std::string conditionWords(const cedar::Policy& policy)
{
    return policy.conditions.empty() ? "" : ", under conditions";
}

void addOrigin(RuleInfo& info, const TighteningTable& table, std::span<const Tightening> tightenings)
{
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
}

}

RuleInfo infoOf(const RuleSet& rules, const cedar::Policy& policy)
{
    const Obligations& obligations = rules.obligations(policy);
    RuleInfo info = plainInfoOf(policy, rules.mode(policy));
    info.over = "calls";
    const bool forbids = policy.effect == cedar::Effect::Forbid;
    info.asks = obligations.approval ? whoOf(*obligations.approval) : std::string();
    const bool lifted = forbids && obligations.approval;
    info.says = who(policy.principal, forbids && !lifted ? Voice::MayNot : Voice::May) + " " + which(policy.action)
        + conditionWords(policy) + (obligations.approval ? ", after the word of " + info.asks : "") + ".";
    if (!obligations.explain.empty())
        info.says += " " + obligations.explain;
    return info;
}

RuleInfo infoOf(const access::OperationRules& rules, const cedar::Policy& policy)
{
    RuleInfo info = plainInfoOf(policy, rules.mode(policy));
    info.over = "operations";
    const bool forbids = policy.effect == cedar::Effect::Forbid;
    const Voice voice = forbids ? Voice::MayNot : Voice::May;
    info.says = who(policy.principal, voice) + " " + operationsOf(policy.action, voice) + conditionWords(policy) + ".";
    const std::string_view explained = access::explanationOf(policy);
    if (!explained.empty())
        info.says += " " + std::string(explained);
    return info;
}

Result<std::vector<RuleInfo>> infosOf(const HouseRuleParts& parts)
{
    EPHOR_TRY(const auto calls, RuleSet::compile(parts.calls));
    EPHOR_TRY(const auto operations, access::OperationRules::compile(parts.operations));
    std::vector<RuleInfo> infos;
    for (const cedar::Policy& policy : calls->policies().policies())
        infos.push_back(infoOf(*calls, policy));
    for (const cedar::Policy& policy : operations->policies().policies())
        infos.push_back(infoOf(*operations, policy));
    return infos;
}

std::vector<RuleInfo> standingRules(const TighteningTable& table, std::span<const Tightening> tightenings)
{
    std::vector<RuleInfo> list;
    for (const cedar::Policy& policy : table.rules().policies().policies())
        list.push_back(infoOf(table.rules(), policy));
    const access::OperationRules& operations = *table.operationRules();
    for (const cedar::Policy& policy : operations.policies().policies())
        list.push_back(infoOf(operations, policy));
    for (RuleInfo& info : list)
        addOrigin(info, table, tightenings);
    return list;
}

}

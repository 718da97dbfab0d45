#include "core/trust/policy/grant_policy.h"

#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/policy_set.h"
#include "core/trust/policy/grant_conditions.h"
#include "core/trust/policy/obligations.h"
#include "core/trust/policy/vocabulary.h"

#include <algorithm>

namespace ephor::policy {

namespace {

constexpr std::string_view grantPrefix = "grant:";
constexpr std::string_view askInfix = "#ask-";
constexpr std::string_view lineBreak = " &&\n    ";
constexpr std::string_view expiryHead = "context.now < datetime(\"";
constexpr std::string_view expiryTail = "\")";

Instant wholeMilliseconds(Instant instant)
{
    return std::chrono::floor<std::chrono::milliseconds>(instant);
}

// The language writes three digits behind the point, always.
std::string datetimeText(Instant instant)
{
    std::string text = formatInstant(wholeMilliseconds(instant));
    const std::size_t point = text.find('.');
    const std::string digits
        = point == std::string::npos ? std::string() : text.substr(point + 1, text.size() - point - 2);
    return text.substr(0, std::min(text.size() - 1, point)) + "." + (digits + "000").substr(0, 3) + "Z";
}

std::string annotation(std::string_view name, std::string_view value)
{
    return "@" + std::string(name) + "(" + cedar::quoted(value) + ")\n";
}

std::string head(const std::string& id, const GrantRule& rule, const std::optional<ApprovalDemand>& approval)
{
    std::string text = annotation("id", id);
    if (!rule.reason.empty())
        text += annotation("reason", rule.reason);
    if (approval)
        text += annotation("approve", approvalText(*approval));
    return text;
}

ApprovalDemand demandOf(const GrantRule& rule)
{
    return {rule.approver, std::max<std::uint64_t>(rule.approvals, 1)};
}

Result<PolicyText> mainPolicy(const GrantRule& rule)
{
    const std::string id = grantId(rule.agent, rule.tool);
    const bool denies = rule.access == Access::Deny;
    std::vector<std::string> lines;
    if (rule.expires)
        lines.push_back(std::string(expiryHead) + datetimeText(*rule.expires) + std::string(expiryTail));
    for (const GrantCondition& condition : rule.conditions) {
        if (condition.kind == GrantConditionKind::AskAbove)
            continue;
        EPHOR_TRY(lines.emplace_back(), expressionOf(condition));
    }
    std::string text = head(id, rule, rule.access == Access::Ask ? std::optional(demandOf(rule)) : std::nullopt)
        + scopeText(denies ? "forbid" : "permit", rule.agent, rule.tool);
    for (std::size_t i = 0; i < lines.size(); ++i)
        text += (i == 0 ? std::string(" when {\n    ") : std::string(lineBreak)) + lines[i];
    text += lines.empty() ? ";" : "\n};";
    return PolicyText{id, text};
}

Result<PolicyText> askPolicy(const GrantRule& rule, const GrantCondition& condition)
{
    const std::string id = grantId(rule.agent, rule.tool) + std::string(askInfix) + condition.argument;
    EPHOR_TRY(const std::string below, expressionOf(condition));
    return PolicyText{id,
        head(id, rule, demandOf(rule)) + scopeText("forbid", rule.agent, rule.tool) + " unless {\n    " + below
            + "\n};"};
}

std::string textOf(const cedar::EntityUid* uid, std::string_view type)
{
    return uid != nullptr && uid->type.view == type ? std::string(uid->id.view) : std::string();
}

// The expressions of a condition block that this file wrote, one a line.
std::vector<std::string> linesOf(std::string_view text)
{
    std::vector<std::string> lines;
    const std::size_t open = text.rfind(" {\n    ");
    const std::size_t close = text.rfind("\n};");
    if (open == std::string_view::npos || close == std::string_view::npos || close < open)
        return lines;
    std::string_view rest = text.substr(open + 7, close - open - 7);
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(lineBreak), rest.size());
        lines.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + lineBreak.size(), rest.size()));
    }
    return lines;
}

void readApproval(const cedar::Policy& policy, GrantRule& rule)
{
    const cedar::Annotation* const approve = policy.annotation("approve");
    const auto demand = approve != nullptr ? approvalFrom(approve->value) : fail(ErrorKind::Invalid, "", "");
    if (!demand)
        return;
    rule.approver = demand->role;
    rule.approvals = demand->count;
}

// The form of the main policy as far as it can be read; whoever asks writes it again to see whether it is one.
std::optional<GrantRule> guess(const cedar::Policy& policy)
{
    GrantRule rule;
    rule.agent = textOf(policy.principal.entity, agentType);
    rule.tool = policy.action.entities.size() == 1 ? textOf(policy.action.entities.front(), actionType) : std::string();
    if (rule.agent.empty() || rule.tool.empty())
        return std::nullopt;
    const bool asks = policy.annotation("approve") != nullptr;
    rule.access = policy.effect == cedar::Effect::Forbid ? Access::Deny : asks ? Access::Ask : Access::Allow;
    readApproval(policy, rule);
    if (const cedar::Annotation* const reason = policy.annotation("reason"))
        rule.reason = std::string(reason->value);
    for (const std::string& line : linesOf(policy.text())) {
        if (line.starts_with(expiryHead) && line.ends_with(expiryTail)) {
            const auto instant
                = parseInstant(line.substr(expiryHead.size(), line.size() - expiryHead.size() - expiryTail.size()));
            if (!instant)
                return std::nullopt;
            rule.expires = *instant;
            continue;
        }
        auto condition = conditionFrom(line);
        if (!condition || rule.conditions.size() == 16)
            return std::nullopt;
        rule.conditions.push_back(std::move(*condition));
    }
    return rule;
}

// The condition that an ask policy adds to its grant, and whom it asks.
std::optional<GrantCondition> askCondition(const cedar::Policy& policy, GrantRule& rule)
{
    const std::vector<std::string> lines = linesOf(policy.text());
    auto condition = lines.size() == 1 ? conditionFrom(lines.front()) : std::nullopt;
    if (!condition || condition->kind != GrantConditionKind::AtMost)
        return std::nullopt;
    condition->kind = GrantConditionKind::AskAbove;
    readApproval(policy, rule);
    return condition;
}

std::shared_ptr<const cedar::PolicySet> parsed(const PolicyText& policy)
{
    const cedar::PolicySource source{policy.id, policy.text};
    auto set = cedar::PolicySet::fromPolicies(std::span(&source, 1));
    return set && (*set)->policies().size() == 1 ? *set : nullptr;
}

}

std::string grantId(std::string_view agent, std::string_view tool)
{
    return std::string(grantPrefix) + std::string(agent) + "/" + std::string(tool);
}

bool isGrant(std::string_view id)
{
    return id.starts_with(grantPrefix);
}

std::optional<Instant> expiryOf(std::string_view text)
{
    // Within quotes a line break is written as \n, so that nothing else looks like the first condition.
    const std::string first = " when {\n    " + std::string(expiryHead);
    const std::size_t at = text.find(first);
    if (at == std::string_view::npos)
        return std::nullopt;
    text.remove_prefix(at + first.size());
    const auto read = parseInstant(text.substr(0, text.find('"')));
    return read ? std::optional(*read) : std::nullopt;
}

std::string scopeText(std::string_view effect, std::string_view agent, std::string_view tool)
{
    const std::string principal
        = agent == "*" ? "principal is " + std::string(agentType) : "principal == " + agentText(agent);
    const std::string action = tool == "*" ? "action in " + actionText(everyAction) : "action == " + actionText(tool);
    return std::string(effect) + " (\n    " + principal + ",\n    " + action + ",\n    resource\n)";
}

Result<std::vector<PolicyText>> policiesOf(const GrantRule& rule)
{
    std::vector<PolicyText> policies;
    if (rule.access == Access::None)
        return policies;
    EPHOR_TRY(policies.emplace_back(), mainPolicy(rule));
    for (const GrantCondition& condition : rule.conditions) {
        if (condition.kind != GrantConditionKind::AskAbove)
            continue;
        EPHOR_TRY(PolicyText asking, askPolicy(rule, condition));
        if (std::ranges::find(policies, asking.id, &PolicyText::id) != policies.end())
            return fail(Error(ErrorKind::Invalid, "grant.condition",
                "A grant asks twice above a limit of one argument.", "Keep the lower limit.")
                    .with("argument", condition.argument));
        policies.push_back(std::move(asking));
    }
    return policies;
}

Result<std::vector<PolicyText>> policiesOf(std::span<const GrantRule> rules)
{
    std::vector<PolicyText> policies;
    for (const GrantRule& rule : rules) {
        EPHOR_TRY(auto own, policiesOf(rule));
        std::ranges::move(own, std::back_inserter(policies));
    }
    return policies;
}

std::vector<GrantRule> grantsOf(std::span<const PolicyText> policies)
{
    std::vector<GrantRule> rules;
    for (std::size_t i = 0; i < policies.size(); ++i) {
        const auto set = isGrant(policies[i].id) ? parsed(policies[i]) : nullptr;
        auto rule = set ? guess(set->policies().front()) : std::nullopt;
        if (!rule)
            continue;
        std::size_t end = i + 1;
        for (; end < policies.size() && policies[end].id.starts_with(policies[i].id + std::string(askInfix)); ++end) {
            const auto asking = parsed(policies[end]);
            auto condition = asking ? askCondition(asking->policies().front(), *rule) : std::nullopt;
            if (!condition || rule->conditions.size() == 16)
                break;
            rule->conditions.push_back(std::move(*condition));
        }
        const auto written = policiesOf(*rule);
        if (written && std::ranges::equal(*written, policies.subspan(i, end - i)))
            rules.push_back(std::move(*rule));
    }
    return rules;
}

}

#include "core/trust/access/authority.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/cedar/parser.h"
#include "core/trust/cedar/validator.h"
#include "core/trust/policy/tightening_table.h"

#include <algorithm>

namespace ephor::policy {

namespace {

constexpr std::string_view houseOrigin = "house:";

Error at(const cedar::Policy& policy, std::string code, std::string message, std::string hint)
{
    return cedar::sourceError(policy.source, policy.offset, std::move(code), std::move(message), std::move(hint))
        .with("policy", std::string(policy.id));
}

Result<void> refuseMixture(const cedar::Policy& policy)
{
    const bool names = std::ranges::any_of(policy.action.entities,
        [](const cedar::EntityUid* entity) { return entity->type.view == access::operationType; });
    if (!names || access::isOverOperations(policy))
        return {};
    return fail(at(policy, "policy.mixed-actions", "One rule is over calls of tools and over operations at once.",
        "Write a rule for each."));
}

// Nobody could look at such a rule or take it back.
Result<void> refuseLock(const cedar::Policy& policy)
{
    for (const cedar::EntityUid* const entity : policy.action.entities) {
        if (access::isAlwaysOpen(entity->id.view))
            return fail(at(policy, "policy.always-open",
                "No rule forbids " + std::string(entity->id.view)
                    + ": by it rules are looked at and taken back, or agents are stopped.",
                "Take it out of the rule."));
    }
    return {};
}

Result<void> checkOperationRule(const cedar::Policy& policy)
{
    EPHOR_TRY_VOID(refuseLock(policy));
    if (std::ranges::any_of(policy.conditions, &cedar::Condition::temporal))
        return fail(at(policy, "policy.operation-history", "Operations have no session to ask what happened in.",
            "Ask context.now or context.signedIn."));
    return {};
}

}

Result<HouseRuleParts> houseRulesIn(const HouseRule& rule)
{
    EPHOR_TRY(const auto rules, rulesIn(rule.text, std::string(houseOrigin) + rule.name, rule.mode));
    if (rules.empty())
        return fail(ErrorKind::Invalid, "policy.empty", "There is no rule in the text.", "Write a forbid.");
    EPHOR_TRY(const auto set, RuleSet::compile(rules));
    HouseRuleParts parts;
    for (const RuleSource& source : rules) {
        const cedar::Policy& policy = *set->find(source.id);
        if (policy.effect == cedar::Effect::Permit)
            return fail(Error(ErrorKind::Invalid, "policy.permits", "A rule that binds at once can only forbid.",
                "Write forbid, or grant it by a change of the agent.")
                    .with("policy", source.id));
        EPHOR_TRY_VOID(refuseMixture(policy));
        if (!access::isOverOperations(policy)) {
            parts.calls.push_back(source);
            continue;
        }
        EPHOR_TRY_VOID(checkOperationRule(policy));
        parts.operations.push_back({source.id, source.text, source.mode});
    }
    EPHOR_TRY([[maybe_unused]] const auto operations, access::OperationRules::compile(parts.operations));
    return parts;
}

Result<HouseRuleParts> newHouseRulesIn(const HouseRule& rule)
{
    EPHOR_TRY(HouseRuleParts parts, houseRulesIn(rule));
    EPHOR_TRY(const auto rules, access::OperationRules::compile(parts.operations));
    EPHOR_TRY(const auto schema, access::operationSchema());
    const cedar::Validation validation = cedar::validate(rules->policies(), *schema);
    if (validation.valid())
        return parts;
    const cedar::Finding& first = validation.errors.front();
    return fail(cedar::sourceError(first.policy->source, first.offset, first.code, first.message)
            .with("policy", std::string(first.policy->id)));
}

}

#include "core/trust/policy/rule_set.h"

#include "core/trust/access/operation_words.h"
#include "core/trust/cedar/parser.h"
#include "core/trust/policy/grant_policy.h"
#include "core/trust/temporal/limit_rule.h"
#include "core/trust/temporal/plan.h"

#include <atomic>
#include <unordered_set>

namespace ephor::policy {

namespace {

Result<void> refuseTemplates(const cedar::Policy& policy)
{
    if (!policy.isTemplate())
        return {};
    return fail(cedar::sourceError(policy.source, policy.offset, "cedar.template",
        "A template decides nothing until it is linked.", "Write out who or what is meant instead of the slot."));
}

}

RuleSet::RuleSet()
{
    static std::atomic<std::uint64_t> compiled = 0;
    m_number = ++compiled;
}

Result<std::shared_ptr<const RuleSet>> RuleSet::compile(std::span<const RuleSource> sources)
{
    std::vector<cedar::PolicySource> texts;
    texts.reserve(sources.size());
    for (const RuleSource& source : sources)
        texts.push_back({source.id, source.text});
    const std::shared_ptr<RuleSet> set(new RuleSet);
    EPHOR_TRY(set->m_policies, cedar::PolicySet::fromPolicies(texts, {}, cedar::Grammar::Temporal));
    std::vector<RuleMode> modes;
    for (const RuleSource& source : sources)
        modes.push_back(source.mode);
    for (const cedar::Policy& policy : set->m_policies->policies()) {
        EPHOR_TRY(auto limit, temporal::limitRule(policy));
        if (!limit)
            continue;
        texts.push_back(std::move(*limit));
        modes.push_back(modes[policy.order]);
    }
    if (texts.size() > sources.size()) {
        EPHOR_TRY(set->m_policies, cedar::PolicySet::fromPolicies(texts, {}, cedar::Grammar::Temporal));
    }
    if (!set->m_policies->templates().empty())
        EPHOR_TRY_VOID(refuseTemplates(set->m_policies->templates().front()));
    set->m_obligations.reserve(texts.size());
    for (const cedar::Policy& policy : set->m_policies->policies()) {
        auto obligations = obligationsOf(policy);
        if (!obligations)
            return fail(std::move(obligations.error()).with("policy", std::string(policy.id)));
        set->m_marks.push_back(
            std::uint8_t((modes[policy.order] == RuleMode::Observe ? observes : 0) | (obligations->approval ? asks : 0)
                | (obligations->approval || obligations->stepUp || !obligations->redact.empty() ? obliges : 0)));
        set->m_obligations.push_back(std::move(*obligations));
        const auto expiry = isGrant(policy.id) ? expiryOf(policy.text()) : std::nullopt;
        if (expiry)
            set->m_expiries.emplace(policy.id, *expiry);
        set->m_places.emplace(policy.id, policy.order);
    }
    if (!set->m_policies->temporalOperations().empty())
        set->m_temporal = temporal::Plan::compile(set->m_policies);
    return std::shared_ptr<const RuleSet>(set);
}

const cedar::Policy* RuleSet::find(std::string_view id) const
{
    const auto found = m_places.find(id);
    return found == m_places.end() ? nullptr : &m_policies->policies()[found->second];
}

std::optional<Instant> RuleSet::expiry(std::string_view grant) const
{
    const auto found = m_expiries.find(grant);
    return found == m_expiries.end() ? std::nullopt : std::optional(found->second);
}

Result<void> refuseOperations(std::span<const RuleSource> rules)
{
    EPHOR_TRY(const auto set, RuleSet::compile(rules));
    for (const cedar::Policy& policy : set->policies().policies()) {
        if (access::isOverOperations(policy))
            return fail(cedar::sourceError(policy.source, policy.offset, "policy.operation-rule",
                "A policy that agents name is over their calls, not over Ephor's operations.",
                "Add it as a house rule."));
    }
    return {};
}

Result<std::vector<RuleSource>> rulesIn(std::string_view text, const std::string& name, RuleMode mode)
{
    cedar::Arena arena;
    cedar::TemporalOperations operations;
    EPHOR_TRY(const auto policies, cedar::readPolicies(text, arena, &operations));
    std::vector<RuleSource> rules;
    std::unordered_set<std::string> ids;
    for (const cedar::Policy& policy : policies) {
        EPHOR_TRY_VOID(refuseTemplates(policy));
        EPHOR_TRY([[maybe_unused]] const auto obligations, obligationsOf(policy));
        const cedar::Annotation* const given = policy.annotation("id");
        const std::string id = name + "/"
            + (given != nullptr && !given->value.empty() ? std::string(given->value) : std::to_string(rules.size()));
        if (!ids.insert(id).second)
            return fail(cedar::sourceError(policy.source, policy.offset, "cedar.duplicate-id",
                "Two policies have the same @id.", "Give each policy an @id of its own."));
        rules.push_back({id, std::string(policy.text()), mode});
    }
    return rules;
}

}

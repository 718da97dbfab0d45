#include "core/trust/cedar/policy_set.h"

#include "core/trust/cedar/deciding_compiler.h"
#include "core/trust/cedar/expression_reader.h"
#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/parser.h"

#include <algorithm>
#include <unordered_set>

namespace ephor::cedar {

namespace {

std::unexpected<Error> linkFault(const TemplateLink& link, std::string message)
{
    return fail(Error(ErrorKind::Invalid, "cedar.link", std::move(message))
            .with("policy", link.id)
            .with("template", link.templateId));
}

Result<void> fillSlot(ScopeConstraint& constraint, const std::string& value, const TemplateLink& link, Arena& arena)
{
    if (constraint.slot == value.empty())
        return linkFault(
            link, value.empty() ? "A slot of the template is left open." : "The template has no such slot.");
    if (!constraint.slot)
        return {};
    TokenReader reader(value, Dialect::Policies);
    ExpressionReader expressions(reader, arena);
    constraint.entity = expressions.readEntity();
    if (constraint.entity == nullptr || reader.token().kind != TokenKind::End)
        return linkFault(link, "A slot's value names no entity.");
    constraint.slot = false;
    return {};
}

}

void PolicySet::keep(Policy policy, std::string_view id)
{
    policy.id = m_arena.copy(id);
    std::vector<Policy>& list = policy.isTemplate() ? m_templates : m_policies;
    policy.order = std::uint32_t(list.size());
    list.push_back(policy);
}

Result<void> PolicySet::link(const TemplateLink& link)
{
    const auto found = std::ranges::find(m_templates, link.templateId, &Policy::id);
    if (found == m_templates.end())
        return linkFault(link, "There is no template of that id.");
    Policy policy = *found;
    EPHOR_TRY_VOID(fillSlot(policy.principal, link.principal, link, m_arena));
    EPHOR_TRY_VOID(fillSlot(policy.resource, link.resource, link, m_arena));
    keep(policy, link.id);
    return {};
}

Result<void> PolicySet::finish(std::span<const TemplateLink> links)
{
    for (const TemplateLink& wanted : links)
        EPHOR_TRY_VOID(link(wanted));
    if (m_policies.size() > maximumPolicies)
        return fail(ErrorKind::TooLarge, "cedar.too-large", "There are more than 200,000 policies.");
    std::unordered_set<std::string_view> ids;
    for (const std::vector<Policy>* list : {&m_policies, &m_templates}) {
        for (const Policy& policy : *list) {
            if (!ids.insert(policy.id).second)
                return fail(Error(ErrorKind::Invalid, "cedar.duplicate-id", "Two policies have the same id.")
                        .with("policy", std::string(policy.id)));
        }
    }
    m_index = ScopeIndex(m_policies);
    DecidingCompiler compiler(m_deciding);
    for (const std::uint32_t order : m_index.arrange())
        compiler.add(m_policies[order]);
    return {};
}

Result<std::shared_ptr<const PolicySet>> PolicySet::fromText(
    std::string_view text, std::span<const TemplateLink> links, Grammar grammar)
{
    std::shared_ptr<PolicySet> set(new PolicySet);
    TemporalOperations* const operations = grammar == Grammar::Temporal ? &set->m_operations : nullptr;
    EPHOR_TRY(const std::vector<Policy> policies, readPolicies(set->m_arena.copy(text), set->m_arena, operations));
    for (std::size_t i = 0; i < policies.size(); ++i)
        set->keep(policies[i], "policy" + std::to_string(i));
    EPHOR_TRY_VOID(set->finish(links));
    return set;
}

Result<std::shared_ptr<const PolicySet>> PolicySet::fromPolicies(
    std::span<const PolicySource> sources, std::span<const TemplateLink> links, Grammar grammar)
{
    std::shared_ptr<PolicySet> set(new PolicySet);
    TemporalOperations* const operations = grammar == Grammar::Temporal ? &set->m_operations : nullptr;
    if (sources.size() > maximumPolicies)
        return fail(ErrorKind::TooLarge, "cedar.too-large", "There are more than 200,000 policies.");
    for (const PolicySource& source : sources) {
        auto policies = readPolicies(set->m_arena.copy(source.text), set->m_arena, operations);
        if (!policies)
            return fail(std::move(policies.error()).with("policy", source.id));
        if (policies->size() != 1)
            return fail(Error(ErrorKind::Invalid, "cedar.syntax", "A policy with an id of its own must be one policy.")
                    .with("policy", source.id));
        set->keep(policies->front(), source.id);
    }
    EPHOR_TRY_VOID(set->finish(links));
    return set;
}

const Policy* PolicySet::find(std::string_view id) const
{
    const auto found = std::ranges::find(m_policies, id, &Policy::id);
    return found == m_policies.end() ? nullptr : &*found;
}

}

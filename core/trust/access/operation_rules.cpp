#include "core/trust/access/operation_rules.h"

#include "core/trust/cedar/parser.h"

#include <array>

namespace ephor::access {

namespace {

// An operation is done or refused there and then; what waits for people is a change or an approval of its own.
constexpr std::array<std::string_view, 4> notOfOperations{"approve", "redact", "stepup", "limit"};

Result<void> refuseObligations(const cedar::Policy& policy)
{
    for (const std::string_view name : notOfOperations) {
        if (policy.annotation(name) != nullptr)
            return fail(cedar::sourceError(policy.source, policy.offset, "policy.operation-obligation",
                "A rule over operations cannot carry @" + std::string(name) + ".",
                "Write under which conditions it forbids; context.signedIn tells when the person signed in.")
                    .with("policy", std::string(policy.id)));
    }
    return {};
}

}

Result<std::shared_ptr<const OperationRules>> OperationRules::compile(std::span<const OperationRule> rules)
{
    std::vector<cedar::PolicySource> sources;
    std::vector<cedar::PolicySource> enforced;
    const std::shared_ptr<OperationRules> compiled(new OperationRules);
    for (const OperationRule& rule : rules) {
        sources.push_back({rule.id, rule.text});
        if (rule.mode == RuleMode::Enforce)
            enforced.push_back(sources.back());
        compiled->m_modes.push_back(rule.mode);
    }
    EPHOR_TRY(compiled->m_policies, cedar::PolicySet::fromPolicies(sources));
    for (const cedar::Policy& policy : compiled->m_policies->policies())
        EPHOR_TRY_VOID(refuseObligations(policy));
    compiled->m_enforced = compiled->m_policies;
    if (enforced.size() < sources.size()) {
        EPHOR_TRY(compiled->m_enforced, cedar::PolicySet::fromPolicies(enforced));
    }
    return std::shared_ptr<const OperationRules>(compiled);
}

std::string_view explanationOf(const cedar::Policy& policy)
{
    for (const char* const name : {"explain", "reason"}) {
        const cedar::Annotation* const given = policy.annotation(name);
        if (given != nullptr && !given->value.empty())
            return given->value;
    }
    return {};
}

}

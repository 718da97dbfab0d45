#include "core/trust/temporal/limit_rule.h"

#include "core/base/text.h"
#include "core/trust/cedar/digits.h"
#include "core/trust/cedar/format.h"
#include "core/trust/temporal/rule_text.h"
#include "core/trust/temporal/window_text.h"

namespace ephor::temporal {

namespace {

constexpr std::string_view between = " per ";

std::unexpected<Error> limitFault(std::string message)
{
    return fail(ErrorKind::Invalid, "temporal.limit", std::move(message), "Write @limit(\"5 per 1h\") on a permit.");
}

Result<std::optional<cedar::PolicySource>> ruleFor(const cedar::Policy& policy, const cedar::Annotation& annotation)
{
    if (policy.effect == cedar::Effect::Forbid)
        return limitFault("A forbid has nothing to limit.");
    if (policy.isTemplate())
        return limitFault("A template has no limit until it is linked.");
    EPHOR_TRY(const CallLimit limit, readLimit(annotation.value));
    return cedar::PolicySource{"limit:" + std::string(policy.id),
        "forbid(" + cedar::formatted("principal", policy.principal) + ", " + cedar::formatted(policy.action) + ", "
            + cedar::formatted("resource", policy.resource) + ") when temporal { count within "
            + windowText(limit.window) + " " + actionsText(policy.action.entities)
            + "::request >= " + std::to_string(limit.calls) + " };"};
}

}

Result<CallLimit> readLimit(std::string_view text)
{
    const std::size_t at = text.find(between);
    if (at == std::string_view::npos)
        return limitFault("A limit is a number of calls per window.");
    const auto calls = cedar::readDigits(text.substr(0, at), cedar::Sign::Positive);
    if (!calls || *calls < 1)
        return limitFault("A limit's number of calls is 1 or more.");
    const auto window = readWindow(text.substr(at + between.size()));
    if (!window)
        return limitFault(window.error().message);
    return CallLimit{*calls, *window};
}

Result<std::optional<cedar::PolicySource>> limitRule(const cedar::Policy& policy)
{
    const cedar::Annotation* const annotation = policy.annotation("limit");
    // An action list that is empty permits nothing, so that nothing is to be limited.
    const bool nothing = policy.action.form == cedar::ActionConstraint::Form::InAny && policy.action.entities.empty();
    if (annotation == nullptr || nothing)
        return std::nullopt;
    auto rule = ruleFor(policy, *annotation);
    if (rule)
        return rule;
    const TextPosition position = positionAt(policy.source, policy.offset);
    return fail(std::move(rule.error())
            .with("policy", std::string(policy.id))
            .with("line", std::to_string(position.line))
            .with("column", std::to_string(position.column)));
}

Result<std::vector<cedar::PolicySource>> limitRules(const cedar::PolicySet& policies)
{
    std::vector<cedar::PolicySource> rules;
    for (const std::span<const cedar::Policy> list : {policies.policies(), policies.templates()}) {
        for (const cedar::Policy& policy : list) {
            EPHOR_TRY(auto rule, limitRule(policy));
            if (rule)
                rules.push_back(std::move(*rule));
        }
    }
    return rules;
}

}

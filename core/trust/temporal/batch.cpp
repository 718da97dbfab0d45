#include "core/trust/temporal/batch.h"

#include "core/trust/cedar/batch.h"
#include "core/trust/cedar/batch_item.h"
#include "core/trust/cedar/explain.h"
#include "core/trust/cedar/policy_diff.h"
#include "core/trust/temporal/limit_rule.h"
#include "core/trust/temporal/trace.h"

#include <nlohmann/json.hpp>

namespace ephor::temporal {

namespace {

namespace items = cedar::batch;

/// With the rules that annotations @limit stand for.
Result<std::shared_ptr<const cedar::PolicySet>> withLimits(std::shared_ptr<const cedar::PolicySet> policies)
{
    EPHOR_TRY(std::vector<cedar::PolicySource> rules, limitRules(*policies));
    if (rules.empty())
        return policies;
    std::vector<cedar::PolicySource> sources;
    for (const cedar::Policy& policy : policies->policies())
        sources.push_back({std::string(policy.id), std::string(policy.text())});
    sources.insert(sources.end(), std::make_move_iterator(rules.begin()), std::make_move_iterator(rules.end()));
    return cedar::PolicySet::fromPolicies(sources, {}, cedar::Grammar::Temporal);
}

Result<Json> traceItem(const Json& item)
{
    if (!item.is_object())
        return items::itemFault("An item is a JSON object.");
    EPHOR_TRY(auto policies, items::policiesOf(item, "policies", cedar::Grammar::Temporal));
    EPHOR_TRY(policies, withLimits(std::move(policies)));
    EPHOR_TRY(auto entities, items::entitiesOf(item, nullptr));
    EPHOR_TRY(const cedar::Mode mode, items::modeOf(item));
    const auto events = item.find("events");
    if (events == item.end() || !events->is_array())
        return items::itemFault("The item has no list \"events\".");
    Trace trace(std::move(policies), std::move(entities), mode);
    for (std::size_t i = 0; i < events->size(); ++i) {
        const auto added = trace.add(i, (*events)[i]);
        if (added)
            continue;
        Json answer = items::errorAnswer(added.error());
        answer["error"]["event"] = i;
        answer["verdicts"] = trace.verdicts();
        return answer;
    }
    return Json{{"verdicts", trace.verdicts()}};
}

/// The events of an item, gone through.
class TracedEvents : public cedar::SessionEvents {
public:
    explicit TracedEvents(Trace trace)
        : m_trace(std::move(trace))
    {
    }
    Result<std::unique_ptr<const cedar::History>> before(const Json& request) const override
    {
        return m_trace.before(request);
    }

private:
    Trace m_trace;
};

Result<std::unique_ptr<const cedar::SessionEvents>> readEvents(std::shared_ptr<const cedar::PolicySet> policies,
    std::shared_ptr<const cedar::Entities> entities, cedar::Mode mode, const Json& events)
{
    Trace trace(std::move(policies), std::move(entities), mode);
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (auto added = trace.add(i, events[i]); !added)
            return fail(std::move(added.error()).with("event", std::to_string(i)));
    }
    return std::make_unique<const TracedEvents>(std::move(trace));
}

constexpr cedar::SessionDialect dialect{withLimits, readEvents};

}

Json tracePolicyItem(const Json& item)
{
    return items::answered(traceItem, item);
}

Json checkPolicyItem(const Json& item)
{
    return cedar::checkPolicyItem(item, &dialect);
}

Json explainPolicyItem(const Json& item)
{
    return cedar::explainPolicyItem(item, &dialect);
}

Json diffPolicyItem(const Json& item)
{
    return cedar::diffPolicyItem(item, &dialect);
}

}

#include "core/trust/temporal/batch.h"

#include "core/trust/cedar/batch_item.h"
#include "core/trust/cedar/datetime.h"
#include "core/trust/temporal/limit_rule.h"
#include "core/trust/temporal/session_history.h"

#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace ephor::temporal {

namespace {

namespace items = cedar::batch;

Result<std::string> textMember(const Json& event, const char* name)
{
    const auto found = event.find(name);
    if (found == event.end())
        return std::string();
    if (!found->is_string())
        return items::itemFault("The member \"" + std::string(name) + "\" of an event is a text.");
    return found->get<std::string>();
}

Result<std::int64_t> timeOf(const Json& event)
{
    const auto found = event.find("at");
    if (found != event.end() && found->is_number_integer()) {
        const bool fits = !found->is_number_unsigned()
            || found->get<std::uint64_t>() <= std::uint64_t(std::numeric_limits<std::int64_t>::max());
        if (fits)
            return found->get<std::int64_t>();
    }
    if (found != event.end() && found->is_string()) {
        if (const auto read = cedar::readDatetime(found->get_ref<const std::string&>()))
            return *read;
    }
    return items::itemFault(
        "An event's member \"at\" is a time such as \"2026-11-22T09:00:00Z\", or milliseconds since 1970.");
}

Result<cedar::EventKind> kindOf(const Json& event)
{
    EPHOR_TRY(const std::string name, textMember(event, "kind"));
    for (const cedar::EventKind kind :
        {cedar::EventKind::Request, cedar::EventKind::Response, cedar::EventKind::Error}) {
        if (name == nameOf(kind))
            return kind;
    }
    return items::itemFault("An event's member \"kind\" is \"request\", \"response\" or \"error\".");
}

Result<bool> wasDenied(const Json& event)
{
    const auto found = event.find("denied");
    if (found == event.end())
        return false;
    if (!found->is_boolean())
        return items::itemFault("An event's member \"denied\" is true or false.");
    return found->get<bool>();
}

/// A request of the trace that later events name.
struct TracedCall {
    Moment moment;
    std::shared_ptr<const cedar::Request> request;
    bool denied = false;
};

struct TracedSession {
    SessionState state;
    std::map<std::string, TracedCall, std::less<>> calls;
};

/// Goes through the events of an item.
class Trace {
public:
    Trace(std::shared_ptr<const cedar::PolicySet> policies, std::shared_ptr<const cedar::Entities> entities,
        cedar::Mode mode)
        : m_policies(std::move(policies))
        , m_entities(std::move(entities))
        , m_plan(Plan::compile(m_policies))
        , m_mode(mode)
    {
    }

    Result<void> add(std::size_t index, const Json& json)
    {
        if (!json.is_object())
            return items::itemFault("An event is a JSON object.");
        EPHOR_TRY(const cedar::EventKind kind, kindOf(json));
        EPHOR_TRY(const std::int64_t at, timeOf(json));
        EPHOR_TRY(const std::string session, textMember(json, "session"));
        EPHOR_TRY(const std::string id, textMember(json, "id"));
        EPHOR_TRY(const bool denied, wasDenied(json));
        EPHOR_TRY(cedar::Request read, cedar::Request::fromJson(json));
        const auto request = std::make_shared<const cedar::Request>(std::move(read));
        TracedSession& traced
            = m_sessions.try_emplace(session, SessionState(m_plan), decltype(TracedSession::calls)()).first->second;
        const Event event{kind, at, request.get()};
        if (kind == cedar::EventKind::Request)
            return addRequest(index, event, id, request, traced);
        return addOutcome(event, id, denied, traced);
    }

    Json verdicts() && { return std::move(m_verdicts); }

private:
    Result<void> addRequest(std::size_t index, const Event& event, const std::string& id,
        const std::shared_ptr<const cedar::Request>& request, TracedSession& traced)
    {
        if (!id.empty() && traced.calls.contains(id))
            return items::itemFault("Two requests of one session have the same id.");
        EPHOR_TRY(const Moment moment, traced.state.record(event, *m_entities));
        const cedar::Verdict verdict
            = decide(*m_policies, *m_entities, *request, m_mode, SessionHistory(traced.state, moment));
        const bool denied = verdict.decision == cedar::Decision::Deny;
        if (denied)
            traced.state.deny(moment, *request, *m_entities);
        if (!id.empty())
            traced.calls.emplace(id, TracedCall{moment, request, denied});
        Json answer = items::verdictJson(verdict);
        answer["event"] = index;
        m_verdicts.push_back(std::move(answer));
        return {};
    }

    // A denied request is the error event itself, and what came of its call did not come under these policies.
    Result<void> addOutcome(const Event& event, const std::string& id, bool denied, TracedSession& traced)
    {
        const auto call = traced.calls.find(id);
        if (call == traced.calls.end() || (!call->second.denied && !denied)) {
            EPHOR_TRY_VOID(traced.state.record(event, *m_entities));
            return {};
        }
        EPHOR_TRY_VOID(traced.state.checkOrder(event.at));
        if (!call->second.denied)
            traced.state.deny(call->second.moment, *call->second.request, *m_entities);
        call->second.denied = true;
        return {};
    }

    std::shared_ptr<const cedar::PolicySet> m_policies;
    std::shared_ptr<const cedar::Entities> m_entities;
    std::shared_ptr<const Plan> m_plan;
    cedar::Mode m_mode;
    std::map<std::string, TracedSession, std::less<>> m_sessions;
    Json m_verdicts = Json::array();
};

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
        answer["verdicts"] = std::move(trace).verdicts();
        return answer;
    }
    return Json{{"verdicts", std::move(trace).verdicts()}};
}

}

Json tracePolicyItem(const Json& item)
{
    return items::answered(traceItem, item);
}

}

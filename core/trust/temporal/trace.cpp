#include "core/trust/temporal/trace.h"

#include "core/trust/cedar/batch_item.h"
#include "core/trust/cedar/datetime.h"
#include "core/trust/temporal/session_history.h"

#include <nlohmann/json.hpp>

namespace ephor::temporal {

namespace {

namespace items = cedar::batch;

Result<std::string> textMember(const Json& event, const char* name)
{
    const auto found = event.find(name);
    if (found == event.end())
        return std::string();
    if (!found->is_string())
        return items::itemFault("The member \"" + std::string(name) + "\" is a text.");
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

}

Trace::Trace(
    std::shared_ptr<const cedar::PolicySet> policies, std::shared_ptr<const cedar::Entities> entities, cedar::Mode mode)
    : m_policies(std::move(policies))
    , m_entities(std::move(entities))
    , m_plan(Plan::compile(m_policies))
    , m_mode(mode)
    , m_unknown(m_plan)
    , m_verdicts(std::make_shared<Json>(Json::array()))
{
}

Result<void> Trace::add(std::size_t index, const Json& json)
{
    if (!json.is_object())
        return items::itemFault("An event is a JSON object.");
    EPHOR_TRY(const cedar::EventKind kind, kindOf(json));
    EPHOR_TRY(const std::int64_t at, timeOf(json));
    EPHOR_TRY(const std::string name, textMember(json, "session"));
    EPHOR_TRY(const std::string id, textMember(json, "id"));
    EPHOR_TRY(const bool denied, wasDenied(json));
    EPHOR_TRY(cedar::Request read, cedar::Request::fromJson(json));
    const auto request = std::make_shared<const cedar::Request>(std::move(read));
    Session& session = m_sessions.try_emplace(name, SessionState(m_plan), decltype(Session::calls)()).first->second;
    const Event event{kind, at, request.get()};
    if (kind == cedar::EventKind::Request)
        return addRequest(index, event, id, request, session);
    return addOutcome(event, id, denied, session);
}

Result<void> Trace::addRequest(std::size_t index, const Event& event, const std::string& id,
    const std::shared_ptr<const cedar::Request>& request, Session& session)
{
    if (!id.empty() && session.calls.contains(id))
        return items::itemFault("Two requests of one session have the same id.");
    EPHOR_TRY(const Moment moment, session.state.record(event, *m_entities));
    const cedar::Verdict verdict
        = decide(*m_policies, *m_entities, *request, m_mode, SessionHistory(session.state, moment));
    const bool denied = verdict.decision == cedar::Decision::Deny;
    if (denied)
        session.state.deny(moment, *request, *m_entities);
    if (!id.empty())
        session.calls.emplace(id, Call{moment, request, denied});
    Json answer = items::verdictJson(verdict);
    answer["event"] = index;
    m_verdicts->push_back(std::move(answer));
    return {};
}

// A denied request is the error event itself, and what came of its call did not come under these policies.
Result<void> Trace::addOutcome(const Event& event, const std::string& id, bool denied, Session& session)
{
    const auto call = session.calls.find(id);
    if (call == session.calls.end() || (!call->second.denied && !denied)) {
        EPHOR_TRY_VOID(session.state.record(event, *m_entities));
        return {};
    }
    EPHOR_TRY_VOID(session.state.checkOrder(event.at));
    if (!call->second.denied)
        session.state.deny(call->second.moment, *call->second.request, *m_entities);
    call->second.denied = true;
    return {};
}

Result<std::unique_ptr<const cedar::History>> Trace::before(const Json& request) const
{
    EPHOR_TRY(const std::string name, textMember(request, "session"));
    const auto found = m_sessions.find(name);
    const SessionState& state = found == m_sessions.end() ? m_unknown : found->second.state;
    Moment moment = state.next(std::numeric_limits<std::int64_t>::min());
    if (request.contains("at")) {
        EPHOR_TRY(const std::int64_t at, timeOf(request));
        EPHOR_TRY_VOID(state.checkOrder(at));
        moment = state.next(at);
    }
    return std::make_unique<const SessionHistory>(state, moment);
}

}

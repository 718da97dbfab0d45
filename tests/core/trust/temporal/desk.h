#pragma once

#include "core/trust/cedar/authorizer.h"
#include "core/trust/temporal/session_history.h"
#include "tests/core/trust/cedar/desk.h"

#include <list>
#include <string>

namespace ephor::temporal::tests {

using cedar::tests::fieldOf;
using cedar::tests::take;

constexpr std::int64_t second = 1'000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;

/// Actions with their groups: pay and refund move money.
inline std::shared_ptr<const cedar::Entities> actions()
{
    static const auto made = take(cedar::Entities::fromJson(take(parseJson(R"([
        {"uid":{"type":"Action","id":"pay"},"parents":[{"type":"Action","id":"money"}],"attrs":{}},
        {"uid":{"type":"Action","id":"refund"},"parents":[{"type":"Action","id":"money"}],"attrs":{}},
        {"uid":{"type":"Action","id":"approve"},"parents":[],"attrs":{}}])"))));
    return made;
}

inline std::shared_ptr<const cedar::PolicySet> policiesOf(const std::string& text)
{
    return take(cedar::PolicySet::fromText(text, {}, cedar::Grammar::Temporal));
}

/// A call of `action` with this input, and an answer where there is one.
inline cedar::Request callOf(const std::string& action, const Json& input, const Json& output = nullptr)
{
    Json context = {{"input", input}};
    if (!output.is_null())
        context["output"] = output;
    return take(cedar::Request::fromJson({{"principal", "Agent::\"till\""},
        {"action", {{"type", "Action"}, {"id", action}}}, {"resource", "Asset::\"books\""}, {"context", context}}));
}

/// A session under some policies, one call after the other.
class Session {
public:
    explicit Session(const std::string& policies)
        : m_policies(policiesOf(policies))
        , m_state(Plan::compile(m_policies))
    {
    }

    Moment happened(cedar::EventKind kind, std::int64_t at, const std::string& action,
        const Json& input = Json::object(), const Json& output = nullptr)
    {
        m_requests.push_back(callOf(action, input, output));
        return take(m_state.record({kind, at, &m_requests.back()}, *actions()));
    }

    Moment asks(std::int64_t at, const std::string& action, const Json& input = Json::object())
    {
        return happened(cedar::EventKind::Request, at, action, input);
    }

    cedar::Verdict verdictAt(
        const Moment& moment, const cedar::Request& request, cedar::Mode mode = cedar::Mode::Ephor) const
    {
        return decide(*m_policies, *actions(), request, mode, SessionHistory(m_state, moment));
    }

    /// Records the request and tells its verdict; one that is denied becomes an error.
    cedar::Verdict verdictOn(std::int64_t at, const std::string& action, const Json& input = Json::object())
    {
        const Moment moment = asks(at, action, input);
        const cedar::Request& request = m_requests.back();
        cedar::Verdict verdict = verdictAt(moment, request);
        if (verdict.decision == cedar::Decision::Deny)
            m_state.deny(moment, request, *actions());
        return verdict;
    }

    bool allows(std::int64_t at, const std::string& action, const Json& input = Json::object())
    {
        return verdictOn(at, action, input).decision == cedar::Decision::Allow;
    }

    const cedar::Request& latest() const { return m_requests.back(); }
    SessionState& state() { return m_state; }

private:
    std::shared_ptr<const cedar::PolicySet> m_policies;
    std::list<cedar::Request> m_requests;
    SessionState m_state;
};

}

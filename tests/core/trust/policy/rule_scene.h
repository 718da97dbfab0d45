#pragma once

#include "core/trust/policy/call_history.h"
#include "core/trust/policy/call_verdict.h"
#include "core/trust/policy/grant_policy.h"
#include "core/trust/policy/tightening_table.h"

#include <QtGlobal>
#include <nlohmann/json.hpp>

namespace ephor::test {

template <class T> T take(Result<T> result)
{
    if (!result)
        qFatal("%s", describe(result.error()).c_str());
    return std::move(*result);
}

/// An agent "clerk" of team "care" with the tools pay (irreversible, data "payments", confidential), look (read) and
/// send (egress), and a person who asks it.
class RuleScene {
public:
    RuleScene()
    {
        ToolBody pay;
        pay.effect = SideEffect::Irreversible;
        pay.asset = "payments";
        pay.classification = "confidential";
        pay.input.text = "{\"type\":\"object\",\"required\":[\"customer\"],\"properties\":{"
                         "\"amount\":{\"type\":\"integer\"},\"rate\":{\"type\":\"number\"},"
                         "\"customer\":{\"type\":\"string\"},\"order id\":{\"type\":\"string\"},"
                         "\"urgent\":{\"type\":\"boolean\"},"
                         "\"tags\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}}}";
        ToolBody look;
        look.effect = SideEffect::Read;
        ToolBody send;
        send.effect = SideEffect::Egress;
        words = {policy::toolWords("pay", "care", pay), policy::toolWords("look", "care", look),
            policy::toolWords("send", "it", send)};
        for (const ToolBody* const body : {&pay, &look, &send})
            shapes.push_back(policy::ArgumentShape::of(jsonOf(body->input)));
        requester.kind = PrincipalKind::Person;
        requester.id = "person:1";
        requester.name = "Priya";
        requester.roles = {{"care", "*", Role::Viewer}};
        release({"permit(principal == Agent::\"clerk\", action, resource);"});
        cast();
    }

    static Json jsonOf(const Document& document) { return parseJson(document.text).value_or(Json()); }

    void cast() { entities = take(policy::entitiesOf({"clerk", "care", "production", requester, words})); }

    /// Each text is a policy "r0", "r1", …
    void release(const std::vector<std::string>& texts, RuleMode mode = RuleMode::Enforce)
    {
        std::vector<policy::RuleSource> sources;
        for (const std::string& text : texts)
            sources.push_back({"r" + std::to_string(sources.size()), text, mode});
        released = take(policy::RuleSet::compile(sources));
    }
    void releaseSources(const std::vector<policy::RuleSource>& sources)
    {
        released = take(policy::RuleSet::compile(sources));
    }
    void releaseGrant(const GrantRule& grant)
    {
        std::vector<policy::RuleSource> sources;
        for (const PolicyText& text : take(policy::policiesOf(grant)))
            sources.push_back({text.id, text.text, RuleMode::Enforce});
        releaseSources(sources);
    }
    void house(const std::string& text, RuleMode mode = RuleMode::Enforce)
    {
        const policy::HouseRule rule{"test", text, mode, "Olga", "for the test", now};
        standing = policy::TighteningTable({}, std::span(&rule, 1));
    }

    policy::CallFacts facts(const Json& arguments, std::size_t tool = 0) const
    {
        return {*entities, "clerk", requester, words[tool], shapes[tool], arguments, now, "production", conversation,
            person, "run-1", 0};
    }
    policy::PermissionVerdict judge(const Json& arguments = Json::object(), std::size_t tool = 0) const
    {
        return policy::judge({*released, standing.rules()}, facts(arguments, tool));
    }

    Instant now = parseInstant("2026-03-16T12:00:00Z").value();
    std::vector<policy::ToolWords> words;
    std::vector<policy::ArgumentShape> shapes;
    Principal requester;
    std::string conversation = "talk-1";
    std::string person = "c-7";
    std::shared_ptr<const cedar::Entities> entities;
    std::shared_ptr<const policy::RuleSet> released;
    policy::TighteningTable standing;
};

}

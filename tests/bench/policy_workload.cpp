#include "tests/bench/policy_workload.h"

#include "core/trust/policy/grant_policy.h"
#include "tests/bench/bench_desk.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

namespace ephor::bench {

namespace {

constexpr std::size_t callCount = 1'000;
constexpr std::size_t temporalCount = 400;
constexpr const char* schema
    = R"({"type":"object","required":["currency"],"properties":{"amount":{"type":"integer"},"currency":{"type":"string"},
"customer":{"type":"string"},"urgent":{"type":"boolean"}}})";

class WorkloadMaker {
public:
    explicit WorkloadMaker(std::size_t count)
        : m_count(count)
        , m_tools(std::max<std::size_t>(5, count / 20))
        , m_groups(std::max<std::size_t>(3, count / 40))
    {
    }

    PolicyWorkload make()
    {
        m_work.now = parseInstant("2026-03-16T12:00:00Z").value();
        m_work.requester.kind = PrincipalKind::Person;
        m_work.requester.id = "person:1";
        m_work.requester.name = "Priya";
        for (std::size_t i = 0; i < 3; ++i)
            m_work.requester.roles.push_back({"team" + number(m_groups), "*", Role::Viewer});
        for (std::size_t i = 0; i < m_tools; ++i)
            addTool(i);
        while (m_work.released.size() < m_count)
            addPolicy();
        for (std::size_t i = 0; i < temporalCount; ++i)
            addTemporal(i);
        m_work.tightenings.push_back({"clerk", "tool1", Access::Ask, "Olga", "watch it", m_work.now});
        m_work.tightenings.push_back({"other", "*", Access::Deny, "Olga", "stopped", m_work.now});
        m_work.house.push_back({"secrets",
            "forbid(principal, action, resource) when { resource has classification && resource.classification == "
            "\"secret\" && context.environment != \"vault\" };",
            RuleMode::Enforce, "Olga", "secrets stay", m_work.now});
        for (std::size_t i = 0; i < callCount; ++i)
            addCall();
        return std::move(m_work);
    }

private:
    std::size_t below(std::size_t limit) { return m_chance() % limit; }
    std::string number(std::size_t limit) { return std::to_string(below(limit)); }

    void addTool(std::size_t index)
    {
        static const char* const classes[] = {"public", "internal", "confidential", "secret"};
        ToolBody body;
        body.effect = SideEffect(below(4));
        body.asset = "asset" + std::to_string(index);
        body.classification = classes[below(10) < 9 ? below(3) : 3];
        body.input.text = schema;
        m_work.tools.push_back(policy::toolWords("tool" + std::to_string(index), "team" + number(m_groups), body));
    }

    void add(std::string id, std::string text)
    {
        m_work.released.push_back({std::move(id), std::move(text), RuleMode::Enforce});
    }

    void addPolicy()
    {
        const std::size_t place = m_work.released.size();
        const std::string id = "rules/" + std::to_string(place);
        if (place < m_tools && place < m_count / 2) {
            GrantRule grant;
            grant.agent = "clerk";
            grant.tool = "tool" + std::to_string(place);
            grant.access = below(5) == 0 ? Access::Ask : Access::Allow;
            grant.conditions = {{GrantConditionKind::AtMost, "amount", {number(2'000)}}};
            auto texts = take(policy::policiesOf(grant));
            return add(texts.front().id, texts.front().text);
        }
        const std::string tool = "Action::\"tool" + number(m_tools) + "\"";
        const std::string team = "Team::\"team" + number(m_groups) + "\"";
        const std::size_t kind = below(10);
        if (kind < 6)
            add(id,
                "permit(principal == Agent::\"clerk\", action == " + tool
                    + ", resource) when { context.input has amount && context.input.amount <= " + number(1'000)
                    + " && context.input.currency != \"XXX\" };");
        else if (kind < 8)
            add(id,
                "forbid(principal in " + team + ", action == " + tool
                    + ", resource is Asset) when { context.input has amount && context.input.amount > 900 };");
        else
            add(id,
                "forbid(principal, action in Action::\"effect:irreversible\", resource in " + team
                    + ") when { resource.classification == \"secret\" || context.session.person == \"c-0\" } unless { "
                      "context.input has urgent && context.input.urgent };");
    }

    void addTemporal(std::size_t index)
    {
        const std::string tool = "Action::\"tool" + std::to_string(index % m_tools) + "\"";
        static const char* const conditions[] = {"count within 1h any::request where { event.principal == principal && "
                                                 "event.resource == resource } >= 400",
            "formerly within 30m any::error where { event.resource == resource && event.context.input.amount == 7 }",
            "count within 10m any::request where { event.context.input.customer == context.input.customer } >= 900",
            "sum within 1h any::request of event.context.input.amount > 100000000"};
        const std::string condition = conditions[index % std::size(conditions)];
        m_work.temporal.push_back({"session/" + std::to_string(index),
            "forbid(principal == Agent::\"clerk\", action == " + tool + ", resource) when temporal { " + condition
                + " };",
            RuleMode::Enforce});
    }

    void addCall()
    {
        static const char* const currencies[] = {"EUR", "USD", "CHF"};
        PolicyWorkload::Call call;
        call.tool = below(m_tools);
        call.arguments = {{"amount", below(1'200)}, {"currency", currencies[below(3)]}, {"customer", "c-" + number(50)},
            {"urgent", below(4) == 0}};
        call.person = call.arguments["customer"].get<std::string>();
        m_work.calls.push_back(std::move(call));
    }

    std::mt19937_64 m_chance{3};
    std::size_t m_count;
    std::size_t m_tools;
    std::size_t m_groups;
    PolicyWorkload m_work;
};

Json reference(std::string_view type, const std::string& id)
{
    return {{"type", type}, {"id", id}};
}

Json contextFor(const PolicyWorkload::Call& call)
{
    return {{"input", call.arguments}, {"labels", Json::array()}, {"findings", Json::array()},
        {"session", {{"conversation", "talk-1"}, {"person", call.person}}},
        {"run", {{"id", "run-1"}, {"toolCalls", 0}}}, {"environment", "production"},
        {"now", {{"__extn", {{"fn", "datetime"}, {"arg", "2026-03-16T12:00:00.000Z"}}}}}};
}

// Those that the request names, since the official engine reads them with each.
Json entitiesFor(const PolicyWorkload& work, const policy::ToolWords& tool)
{
    const Json team = reference("Team", tool.team);
    Json teams = Json::array();
    for (const RoleGrant& grant : work.requester.roles)
        teams.push_back(reference("Team", grant.team));
    const Json group = reference("Action", policy::effectGroup(tool.effect));
    const Json any = reference("Action", "any");
    return Json::array({{{"uid", reference("Agent", "clerk")},
                            {"attrs", {{"name", "clerk"}, {"team", "team0"}, {"environment", "production"}}},
                            {"parents", Json::array({reference("Team", "team0")})}},
        {{"uid", reference("User", work.requester.id)}, {"attrs", {{"name", work.requester.name}}}, {"parents", teams}},
        {{"uid", reference("Action", tool.name)}, {"attrs", Json::object()}, {"parents", Json::array({group})}},
        {{"uid", group}, {"attrs", Json::object()}, {"parents", Json::array({any})}},
        {{"uid", reference("Asset", tool.asset)},
            {"attrs", {{"name", tool.asset}, {"team", tool.team}, {"classification", tool.classification}}},
            {"parents", Json::array({team})}}});
}

}

Json PolicyWorkload::forPeers() const
{
    std::string text
        = "permit(principal is User, action, resource);\npermit(principal is Service, action, resource);\n";
    for (const policy::Tightening& each : tightenings)
        text += policy::policyTextOf(each) + "\n";
    for (const policy::HouseRule& each : house)
        text += each.text + "\n";
    Json rules = Json::array();
    for (const policy::RuleSource& each : released) {
        text += each.text + "\n";
        rules.push_back({"clerk", tools[rules.size() % tools.size()].asset, tools[rules.size() % tools.size()].name});
    }
    Json cases = Json::array();
    for (const Call& call : calls) {
        const policy::ToolWords& tool = tools[call.tool];
        for (const Json& principal : {reference("Agent", "clerk"), reference("User", requester.id)}) {
            cases.push_back({{"request",
                                 {{"principal", principal}, {"action", reference("Action", tool.name)},
                                     {"resource", reference("Asset", tool.asset)}, {"context", contextFor(call)}}},
                {"entities", entitiesFor(*this, tool)}});
        }
    }
    return {{"policies", text}, {"cases", cases}, {"rules", rules},
        {"roles", Json::array({Json::array({requester.id, "viewer"})})}};
}

PolicyWorkload policyWorkload(std::size_t count)
{
    return WorkloadMaker(count).make();
}

}

#include "tests/bench/cedar_workload.h"

#include <algorithm>
#include <random>

namespace ephor::bench {

namespace {

constexpr std::size_t caseCount = 1'000;

Json reference(const std::string& type, const std::string& id)
{
    return {{"type", type}, {"id", id}};
}

/// Makes a workload step by step from one source of chance.
class WorkloadMaker {
public:
    explicit WorkloadMaker(std::size_t count)
        : m_count(count)
        , m_people(std::max<std::size_t>(5, count / 20))
        , m_tools(std::max<std::size_t>(5, count / 20))
        , m_roles(std::max<std::size_t>(3, count / 40))
    {
    }

    CedarWorkload make()
    {
        m_work.rules = Json::array();
        m_work.roles = Json::array();
        for (std::size_t i = 0; i < m_count; ++i)
            addPolicy();
        m_work.policies += "forbid(principal, action, resource) when { context has stopped && context.stopped };\n";
        m_work.entities = Json::array();
        for (std::size_t i = 0; i < m_people; ++i)
            m_work.entities.push_back(person(i));
        for (std::size_t i = 0; i < m_tools; ++i)
            m_work.entities.push_back(tool(i));
        for (std::size_t i = 0; i < caseCount; ++i)
            addCase();
        return std::move(m_work);
    }

private:
    std::size_t below(std::size_t limit) { return m_chance() % limit; }
    std::string number(std::size_t limit) { return std::to_string(below(limit)); }

    void addPolicy()
    {
        const std::string role = "role" + number(m_roles);
        const std::string toolId = "tool" + number(m_tools);
        const std::size_t kind = below(10);
        if (kind < 6) {
            m_work.policies += "permit(principal in Role::\"" + role
                + "\", action in [Action::\"read\", Action::\"write\"], "
                  "resource == Tool::\""
                + toolId + "\") when { context.amount <= " + number(1'000)
                + " && context.classification != \"secret\" };\n";
            m_work.rules.push_back({role, toolId, "read"});
            m_work.rules.push_back({role, toolId, "write"});
        } else if (kind < 8) {
            m_work.policies += "permit(principal == Person::\"person" + number(m_people)
                + "\", action, resource in Suite::\"suite" + number(m_roles)
                + "\") when { principal.clearance >= resource.level };\n";
        } else {
            m_work.policies += "forbid(principal in Role::\"" + role
                + "\", action == Action::\"write\", resource is Tool) when { context.amount > 900 || "
                  "resource.labels.contains(\"pii\") } unless { context.mfa };\n";
        }
    }

    Json person(std::size_t index)
    {
        const std::string id = "person" + std::to_string(index);
        Json parents = Json::array();
        for (int i = 0; i < 3; ++i) {
            const std::string role = "role" + number(m_roles);
            parents.push_back(reference("Role", role));
            m_work.roles.push_back({id, role});
        }
        return {
            {"uid", reference("Person", id)}, {"attrs", {{"clearance", below(5)}}}, {"parents", std::move(parents)}};
    }

    Json tool(std::size_t index)
    {
        return {{"uid", reference("Tool", "tool" + std::to_string(index))},
            {"attrs", {{"level", below(5)}, {"labels", {"pii", "internal"}}}},
            {"parents", Json::array({reference("Suite", "suite" + number(m_roles))})}};
    }

    void addCase()
    {
        const Json& who = m_work.entities[below(m_people)];
        const Json& what = m_work.entities[m_people + below(m_tools)];
        CedarWorkload::Case made;
        made.request = {{"principal", who["uid"]}, {"action", reference("Action", below(2) == 0 ? "read" : "write")},
            {"resource", what["uid"]},
            {"context", {{"amount", below(1'000)}, {"classification", "internal"}, {"mfa", below(2) == 0}}}};
        made.entities = Json::array({who, what});
        m_work.cases.push_back(std::move(made));
    }

    std::mt19937 m_chance{2026};
    std::size_t m_count;
    std::size_t m_people;
    std::size_t m_tools;
    std::size_t m_roles;
    CedarWorkload m_work;
};

}

CedarWorkload cedarWorkload(std::size_t count)
{
    return WorkloadMaker(count).make();
}

}

#include "core/definition/check_parts.h"
#include "core/trust/policy/rule_set.h"

#include <charconv>
#include <set>

namespace ephor::definition {

Problem policyProblem(const Error& error)
{
    Problem problem = problemAt("/text", error.code, error.message, error.hint);
    const auto number = [&](std::string_view name) {
        std::uint64_t value = 0;
        for (const auto& [field, text] : error.fields) {
            if (field == name)
                std::from_chars(text.data(), text.data() + text.size(), value);
        }
        return value;
    };
    problem.line = number("line");
    problem.column = number("column");
    problem.length = problem.line == 0 ? 0 : 1;
    return problem;
}

std::vector<Problem> problemsOf(const PolicyBody& body)
{
    std::vector<Problem> problems;
    const auto rules = policy::rulesIn(body.text, "policy", body.mode);
    const auto over = rules ? policy::refuseOperations(*rules) : Result<void>();
    if (!rules)
        problems.push_back(policyProblem(rules.error()));
    else if (!over)
        problems.push_back(policyProblem(over.error()));
    else if (rules->empty())
        problems.push_back(problemAt("/text", "policy.empty", "There is no rule in the text.",
            "Write a permit or a forbid, as in: forbid (principal, action in Action::\"effect:egress\", resource);"));
    std::set<std::string> names;
    for (std::size_t i = 0; i < body.cases.size(); ++i) {
        const PolicyCase& each = body.cases[i];
        const std::string at = "/cases/" + std::to_string(i);
        if (each.name.empty() || !names.insert(each.name).second)
            problems.push_back(problemAt(at + "/name", "policy.case-name", "A case has no name, or another's.",
                "Give each case a name of its own."));
        if (each.expect != "allow" && each.expect != "ask" && each.expect != "deny")
            problems.push_back(
                problemAt(at + "/expect", "policy.case-expect", "This is no verdict.", "Expect allow, ask or deny."));
    }
    return problems;
}

}

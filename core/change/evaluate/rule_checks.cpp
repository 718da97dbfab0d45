#include "core/change/evaluate/rule_checks.h"

#include "core/base/text.h"
#include "core/definition/body.h"
#include "core/definition/checks.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/trust/access/operation_words.h"
#include "core/trust/cedar/validator.h"

#include <nlohmann/json.hpp>

namespace ephor::evaluate {

namespace {

Problem problemOf(const cedar::Finding& finding, std::string_view text, bool warning)
{
    Problem problem;
    problem.code = finding.code;
    problem.message = finding.message;
    problem.at = "/text";
    const TextPosition position = positionAt(text, finding.offset);
    problem.line = position.line;
    problem.column = position.column;
    problem.length = 1;
    problem.warning = warning;
    return problem;
}

/// What a rule is over, and with that which schema holds its words.
enum class RuleKind { Call, Operation };

void addFindings(std::string_view text, const cedar::Schema& schema, RuleKind kind, std::vector<Problem>& problems)
{
    const auto set = cedar::PolicySet::fromText(text, {}, cedar::Grammar::Temporal);
    if (!set)
        return;
    const cedar::Validation validation = cedar::validate(**set, schema);
    const auto add = [&](const std::vector<cedar::Finding>& findings, bool warning) {
        for (const cedar::Finding& finding : findings) {
            if (access::isOverOperations(*finding.policy) == (kind == RuleKind::Operation))
                problems.push_back(problemOf(finding, text, warning));
        }
    };
    add(validation.errors, false);
    add(validation.warnings, true);
}

}

Result<std::vector<policy::ToolWords>> everyTool(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const auto tools, definition::list(snapshot, DefinitionKind::Tool, definition::Retired::Hide));
    std::vector<policy::ToolWords> words;
    for (const DefinitionSummary& tool : tools) {
        EPHOR_TRY(const auto bytes, definition::verifiedBytes(snapshot, DefinitionKind::Tool, tool.name, 0));
        EPHOR_TRY(const ToolBody body, definition::toolFrom(bytes.body));
        words.push_back(policy::toolWords(tool.name, tool.team, body));
    }
    return words;
}

std::vector<Problem> problemsOf(const PolicyBody& body, const cedar::Schema& schema)
{
    std::vector<Problem> problems = definition::problemsOf(body);
    addFindings(body.text, schema, RuleKind::Call, problems);
    return problems;
}

std::vector<Problem> problemsOf(const policy::HouseRule& rule, const cedar::Schema& schema)
{
    std::vector<Problem> problems;
    if (const auto parts = policy::houseRulesIn(rule); !parts)
        problems.push_back(definition::policyProblem(parts.error()));
    addFindings(rule.text, schema, RuleKind::Call, problems);
    if (const auto operations = access::operationSchema())
        addFindings(rule.text, **operations, RuleKind::Operation, problems);
    return problems;
}

Principal somebody(
    const std::string& id, std::span<const std::string> roles, const std::string& team, const std::string& environment)
{
    Principal principal;
    principal.kind = id.starts_with("key:") ? PrincipalKind::Service : PrincipalKind::Person;
    principal.id = id.empty() ? "person:nobody" : id;
    principal.name = id.empty() ? "somebody" : id;
    for (const std::string& word : roles) {
        for (const Role role : {Role::Viewer, Role::Admin, Role::Officer, Role::Auditor, Role::Owner}) {
            if (ephor::wordOf(role) == word)
                principal.roles.push_back({team, environment, role});
        }
    }
    return principal;
}

std::string wordOf(const policy::PermissionVerdict& verdict)
{
    return ephor::wordOf(verdict.waits() ? VerdictWord::Ask : verdict.word);
}

std::vector<PolicyCaseResult> runCases(std::span<const PolicyCase> cases, const RulesFor& rulesFor, Instant now)
{
    std::vector<PolicyCaseResult> results;
    for (const PolicyCase& each : cases) {
        PolicyCaseResult& result = results.emplace_back();
        result.name = each.name;
        result.expect = each.expect;
        auto rules = rulesFor(each.agent);
        if (!rules) {
            result.reason = rules.error().message;
            continue;
        }
        AgentRules::Question question;
        question.tool = each.tool;
        question.arguments = std::make_shared<const Json>(jsonOf(each.input));
        question.at = each.at.value_or(now);
        question.person = each.person;
        const auto verdict
            = rules->judge(question, somebody(each.person, each.roles, rules->team(), rules->environment()));
        if (!verdict) {
            result.reason = "The agent has no tool \"" + each.tool + "\".";
            continue;
        }
        result.word = wordOf(*verdict);
        result.reason = verdict->reason;
        result.passed = result.word == result.expect;
    }
    return results;
}

}

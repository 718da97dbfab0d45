#include "core/definition/checks.h"

#include "core/definition/check_parts.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace ephor::definition {

namespace {

// A person waits for the run; a tool that needs longer belongs behind a job of its own.
constexpr std::uint64_t longestToolMs = 120'000;
constexpr std::uint64_t longestModelSeconds = 600;
// More would only be cut off again before it reaches a model's context.
constexpr std::uint64_t largestToolResult = 4 << 20;
constexpr std::uint64_t largestToolRows = 10'000;
// Above any context window there is.
constexpr std::uint64_t largestOutputTokens = 1'000'000;

void checkHeaders(const ToolBody& body, std::vector<Problem>& problems)
{
    for (const auto& [name, value] : body.http.headers) {
        const std::string at = "/http/headers/" + name;
        constexpr std::string_view token
            = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
        if (name.empty() || name.find_first_not_of(token) != std::string::npos
            || value.find_first_of("\r\n") != std::string::npos)
            problems.push_back(problemAt(at, "definition.header", "This cannot be sent as a header.",
                "Use letters, digits and dashes in the name, and one line as the value."));
        if (value.starts_with("secret:") && !isSecretReference(value))
            problems.push_back(problemAt(at, "definition.secret-name", "This cannot be the name of a secret.",
                "Use up to 64 of a to z, digits and . _ - after \"secret:\"."));
        else if (!isSecretReference(value) && looksLikeSecret(value))
            problems.push_back(problemAt(at, "definition.secret-value", "A header holds what looks like a secret.",
                "Store it with \"ephor secrets set\" and write secret:name here."));
    }
}

void checkArguments(
    const std::vector<std::string>& names, const ToolBody& body, const std::string& at, std::vector<Problem>& problems)
{
    const auto schema = parseJson(body.input.text);
    for (const std::string& name : names) {
        if (schema && !declares(*schema, name))
            problems.push_back(problemAt(at, "definition.unknown-argument",
                "It uses the argument " + name + ", which the input schema does not have.",
                "Declare the argument under properties of the input schema."));
    }
}

void checkHttpTool(const ToolBody& body, std::vector<Problem>& problems)
{
    constexpr std::array<std::string_view, 5> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};
    if (std::ranges::find(methods, body.http.method) == methods.end())
        problems.push_back(problemAt("/http/method", "definition.method", "This method is not one a tool may use.",
            "Use GET, POST, PUT, PATCH or DELETE."));
    checkUrl(body.http.url, "/http/url", problems);
    checkArguments(urlArguments(body.http.url), body, "/http/url", problems);
    checkHeaders(body, problems);
}

void checkSqlTool(const ToolBody& body, std::vector<Problem>& problems)
{
    const std::string& database = body.sql.database;
    if (database.empty() || database.find('\0') != std::string::npos || database.starts_with("file:"))
        problems.push_back(problemAt("/sql/database", "definition.database", "The tool names no database file.",
            "Give a file path; a relative one begins at the workspace."));
    const std::size_t statements = countStatements(body.sql.statement);
    if (statements != 1)
        problems.push_back(problemAt("/sql/statement", "definition.one-statement",
            statements == 0 ? "The tool has no statement." : "The tool has more than one statement.",
            "Write exactly one; make another tool for the next."));
    checkArguments(statementArguments(body.sql.statement), body, "/sql/statement", problems);
    if (body.sql.maxRows < 1 || body.sql.maxRows > largestToolRows)
        problems.push_back(problemAt("/sql/maxRows", "definition.limit", "A tool returns between 1 and 10,000 rows.",
            "Choose a number in between."));
}

}

std::vector<Problem> problemsOf(const AgentBody& body)
{
    std::vector<Problem> problems;
    if (body.prompt == "-")
        problems.push_back(problemAt("/prompt", "definition.no-prompt", "The agent has no prompt.", "Name one."));
    if (body.model == "-")
        problems.push_back(problemAt("/model", "definition.no-model", "The agent has no model.", "Name one."));
    for (std::size_t i = 0; i < body.tools.size(); ++i) {
        const auto first = std::ranges::find(body.tools, body.tools[i]);
        if (std::size_t(first - body.tools.begin()) != i || body.tools[i].empty())
            problems.push_back(problemAt("/tools/" + std::to_string(i), "definition.tool-twice",
                "The agent names a tool twice, or an empty one.", "Name each tool once."));
    }
    for (std::size_t i = 0; i < body.policies.size(); ++i) {
        const auto first = std::ranges::find(body.policies, body.policies[i]);
        if (std::size_t(first - body.policies.begin()) != i || body.policies[i].empty())
            problems.push_back(problemAt("/policies/" + std::to_string(i), "definition.policy-twice",
                "The agent names a policy twice, or an empty one.", "Name each policy once."));
    }
    const std::string& outcomeTool = body.decision.outcomeTool;
    if (outcomeTool != "-" && std::ranges::find(body.tools, outcomeTool) == body.tools.end())
        problems.push_back(problemAt("/decision/outcomeTool", "definition.outcome-tool",
            "The outcome is read from a tool that the agent does not have.", "Add the tool, or name another."));
    const std::string& pointer = body.decision.amountPointer;
    if (!pointer.empty() && pointer.front() != '/')
        problems.push_back(problemAt(
            "/decision/amountPointer", "definition.pointer", "This is not a JSON pointer.", "Write it like /amount."));
    checkSchema(body.inputSchema, "/inputSchema", problems);
    checkSchema(body.outputSchema, "/outputSchema", problems);
    if (body.temperature && !(*body.temperature >= 0 && *body.temperature <= 2))
        problems.push_back(problemAt("/temperature", "definition.limit", "A temperature lies between 0 and 2.",
            "Leave it out for the model's own."));
    if (body.budget.money && body.budget.money->nanos < 0)
        problems.push_back(
            problemAt("/budget/money", "definition.limit", "A budget cannot be negative.", "Leave it out for none."));
    return problems;
}

std::vector<Problem> problemsOf(const ModelBody& body)
{
    std::vector<Problem> problems;
    if (!body.secret.empty() && !isSecretReference(body.secret))
        problems.push_back(
            problemAt("/secret", "definition.secret-value", "A model names its secret and never holds it.",
                "Store it with \"ephor secrets set\" and write secret:name here."));
    if (body.provider == ProviderKind::OpenAi) {
        checkUrl(body.baseUrl, "/baseUrl", problems);
        if (body.model.empty())
            problems.push_back(problemAt("/model", "definition.no-model", "The provider's model is not named.",
                "Write the name as the provider spells it."));
    }
    if (!body.scenario.text.empty()) {
        if (const auto scenario = parseJson(body.scenario.text); !scenario)
            problems.push_back(
                problemAt("/scenario", scenario.error().code, scenario.error().message, scenario.error().hint));
    }
    if (body.timeoutSeconds < 1 || body.timeoutSeconds > longestModelSeconds)
        problems.push_back(problemAt("/timeoutSeconds", "definition.limit", "A model answers within 1 to 600 seconds.",
            "Choose a number in between."));
    if (body.maxOutputTokens < 1 || body.maxOutputTokens > largestOutputTokens)
        problems.push_back(problemAt("/maxOutputTokens", "definition.limit",
            "A model answers with 1 to 1,000,000 tokens.", "Choose a number in between."));
    return problems;
}

std::vector<Problem> problemsOf(const ToolBody& body)
{
    std::vector<Problem> problems;
    checkSchema(body.input, "/input", problems);
    checkSchema(body.output, "/output", problems);
    const auto input = parseJson(body.input.text);
    if (!input || !input->is_object() || input->value("type", Json()) != "object")
        problems.push_back(problemAt("/input", "definition.input-object", "A tool's input is an object.",
            "Begin the input schema with {\"type\":\"object\"}."));
    if (body.timeoutMs < 1 || body.timeoutMs > longestToolMs)
        problems.push_back(problemAt("/timeoutMs", "definition.limit", "A tool ends within 120 seconds.",
            "Choose between 1 and 120000 milliseconds."));
    if (body.maxResultBytes < 1 || body.maxResultBytes > largestToolResult)
        problems.push_back(problemAt("/maxResultBytes", "definition.limit", "A tool returns between 1 byte and 4 MiB.",
            "Choose a number in between."));
    if (body.kind == ToolKind::Http)
        checkHttpTool(body, problems);
    else
        checkSqlTool(body, problems);
    return problems;
}

Result<void> refuseProblems(const std::vector<Problem>& problems)
{
    const auto found = std::ranges::find(problems, false, &Problem::warning);
    if (found == problems.end())
        return {};
    Error error(ErrorKind::Invalid, found->code, found->message, found->hint);
    if (!found->at.empty())
        error.fields.emplace_back("at", found->at);
    if (found->line != 0) {
        error.fields.emplace_back("line", std::to_string(found->line));
        error.fields.emplace_back("column", std::to_string(found->column));
    }
    return fail(std::move(error));
}

}

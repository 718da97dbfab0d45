#pragma once

#include "core/api/definitions.h"

namespace ephor::definition {

/// Everything wrong with a body, worst first by place: what can be told from the body alone, without a database or a
/// network. Warnings do not keep it from being saved.
std::vector<Problem> problemsOf(const AgentBody& body);
std::vector<Problem> problemsOf(const PromptBody& body);
std::vector<Problem> problemsOf(const ModelBody& body);
std::vector<Problem> problemsOf(const ToolBody& body);
/// The language and the obligations alone: whether the words mean anything is told against the tools there are.
std::vector<Problem> problemsOf(const PolicyBody& body);
/// What an error about a policy's text is, shown at its place.
Problem policyProblem(const Error& error);
std::vector<Problem> problemsOf(const ProtectionBody& body);

/// The names of the variables that the prompt's text and partials use, dotted paths, sorted; empty where it does not
/// parse.
std::vector<std::string> variablesOf(const PromptBody& body);

/// Warnings for variables that `agent`'s input schema does not declare; where it has none, for those that the prompt's
/// own schema does not declare: nobody would know to send them, and each run would be refused.
std::vector<Problem> undeclaredBy(const PromptBody& body, const std::string& agent, const AgentBody& agentBody);

/// The first problem that is not a warning, as the error that a save answers.
Result<void> refuseProblems(const std::vector<Problem>& problems);

/// True for "secret:name" with a name of a-z 0-9 . _ -; false for anything that could be a value.
bool isSecretReference(std::string_view text);

/// Counts the statements of SQL text: strings, quoted names and comments may hold semicolons. A light check that
/// refuses the obvious; what runs is decided by the connector, which lets the database itself compile it.
std::size_t countStatements(std::string_view sql);

/// The names after ":" in a statement, or between braces in a URL, in order, once each.
std::vector<std::string> statementArguments(std::string_view sql);
std::vector<std::string> urlArguments(std::string_view url);

}

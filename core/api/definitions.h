#pragma once

#include "core/api/operation.h"
#include "core/domain/definition.h"

namespace ephor {

/// What is wrong with a body, before it is saved.
struct Problem {
    std::string code;
    std::string message;
    std::string hint;
    std::string at; ///< JSON pointer, or a variable's name
    std::uint64_t line = 0; ///< in a template; 0: nowhere
    std::uint64_t column = 0;
    std::uint64_t length = 0;
    bool warning = false;
    bool operator==(const Problem&) const = default;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (code, message, hint, at, line, column, length, warning))

/// One place that names a definition.
struct Use {
    DefinitionRef by;
    std::string title;
    bool production = false;
    bool operator==(const Use&) const = default;
};
BOOST_DESCRIBE_STRUCT(Use, (), (by, title, production))

/// One line of a diff.
struct DiffLine {
    std::string kind; ///< "same", "removed", "added"
    std::uint64_t before = 0; ///< line number there; 0: none
    std::uint64_t after = 0;
    std::string text;
    std::vector<std::uint64_t> marks; ///< pairs of byte offsets that changed inside the line
    bool operator==(const DiffLine&) const = default;
};
BOOST_DESCRIBE_STRUCT(DiffLine, (), (kind, before, after, text, marks))

struct ListDefinitions {
    static constexpr Operation operation{
        "definitions.list", Permission::View, Effect::Read, "List definitions of one kind"};
    struct Request {
        DefinitionKind kind = DefinitionKind::Prompt;
        bool retired = false; ///< also retired ones
    };
    struct Response {
        std::vector<DefinitionSummary> definitions;
    };
};
BOOST_DESCRIBE_STRUCT(ListDefinitions::Request, (), (kind, retired))
BOOST_DESCRIBE_STRUCT(ListDefinitions::Response, (), (definitions))

/// Version 0: the newest.
struct GetDefinition {
    static constexpr Operation operation{
        "definitions.get", Permission::View, Effect::Read, "Show one version of a definition"};
    struct Request {
        DefinitionKind kind = DefinitionKind::Prompt;
        Name name;
        std::uint64_t version = 0;
    };
    using Response = DefinitionVersion;
};
BOOST_DESCRIBE_STRUCT(GetDefinition::Request, (), (kind, name, version))

struct ListVersions {
    static constexpr Operation operation{
        "definitions.versions", Permission::View, Effect::Read, "List the versions of a definition, newest first"};
    struct Request {
        DefinitionKind kind = DefinitionKind::Prompt;
        Name name;
    };
    struct Response {
        std::vector<VersionInfo> versions;
    };
};
BOOST_DESCRIBE_STRUCT(ListVersions::Request, (), (kind, name))
BOOST_DESCRIBE_STRUCT(ListVersions::Response, (), (versions))

/// A prompt compares its text; anything else its indented JSON.
struct DiffVersions {
    static constexpr Operation operation{
        "definitions.diff", Permission::View, Effect::Read, "Compare two versions by line and word"};
    struct Request {
        DefinitionKind kind = DefinitionKind::Prompt;
        Name name;
        std::uint64_t from = 0;
        std::uint64_t to = 0;
    };
    struct Response {
        std::vector<DiffLine> lines;
        std::uint64_t added = 0;
        std::uint64_t removed = 0;
    };
};
BOOST_DESCRIBE_STRUCT(DiffVersions::Request, (), (kind, name, from, to))
BOOST_DESCRIBE_STRUCT(DiffVersions::Response, (), (lines, added, removed))

struct WhereUsed {
    static constexpr Operation operation{
        "definitions.uses", Permission::View, Effect::Read, "List what uses a definition"};
    struct Request {
        DefinitionKind kind = DefinitionKind::Prompt;
        Name name;
    };
    struct Response {
        std::vector<Use> uses;
    };
};
BOOST_DESCRIBE_STRUCT(WhereUsed::Request, (), (kind, name))
BOOST_DESCRIBE_STRUCT(WhereUsed::Response, (), (uses))

/// Variables are checked against the schema of the prompt and of the agents that use it.
struct CheckPrompt {
    static constexpr Operation operation{
        "prompts.check", Permission::View, Effect::Read, "Check a prompt's text without saving it"};
    struct Request {
        Name name;
        PromptBody body;
    };
    struct Response {
        std::vector<Problem> problems;
        std::vector<std::string> variables;
    };
};
BOOST_DESCRIBE_STRUCT(CheckPrompt::Request, (), (name, body))
BOOST_DESCRIBE_STRUCT(CheckPrompt::Response, (), (problems, variables))

/// Version 0 makes a new definition; another expectedVersion must be the newest (definition.moved-on).
struct SavePrompt {
    static constexpr Operation operation{
        "prompts.save", Permission::EditDefinitions, Effect::Write, "Save a new version of a prompt"};
    struct Request {
        Name name;
        Text<128> team; ///< needed for a new definition
        PromptBody body;
        Line message;
        std::uint64_t expectedVersion = 0;
    };
    struct Response {
        DefinitionRef saved;
    };
};
BOOST_DESCRIBE_STRUCT(SavePrompt::Request, (), (name, team, body, message, expectedVersion))
BOOST_DESCRIBE_STRUCT(SavePrompt::Response, (), (saved))

/// Version 0 makes a new definition; another expectedVersion must be the newest (definition.moved-on).
struct SaveAgent {
    static constexpr Operation operation{
        "agents.save", Permission::EditDefinitions, Effect::Write, "Save a new version of an agent"};
    struct Request {
        Name name;
        Text<128> team; ///< needed for a new definition
        AgentBody body;
        Line message;
        std::uint64_t expectedVersion = 0;
    };
    struct Response {
        DefinitionRef saved;
    };
};
BOOST_DESCRIBE_STRUCT(SaveAgent::Request, (), (name, team, body, message, expectedVersion))
BOOST_DESCRIBE_STRUCT(SaveAgent::Response, (), (saved))

/// Version 0 makes a new definition; another expectedVersion must be the newest (definition.moved-on).
struct SaveModel {
    static constexpr Operation operation{
        "models.save", Permission::EditDefinitions, Effect::Write, "Save a new version of a model"};
    struct Request {
        Name name;
        Text<128> team; ///< needed for a new definition
        ModelBody body;
        Line message;
        std::uint64_t expectedVersion = 0;
    };
    struct Response {
        DefinitionRef saved;
    };
};
BOOST_DESCRIBE_STRUCT(SaveModel::Request, (), (name, team, body, message, expectedVersion))
BOOST_DESCRIBE_STRUCT(SaveModel::Response, (), (saved))

/// Version 0 makes a new definition; another expectedVersion must be the newest (definition.moved-on).
struct SaveTool {
    static constexpr Operation operation{
        "tools.save", Permission::EditDefinitions, Effect::Write, "Save a new version of a tool"};
    struct Request {
        Name name;
        Text<128> team; ///< needed for a new definition
        ToolBody body;
        Line message;
        std::uint64_t expectedVersion = 0;
    };
    struct Response {
        DefinitionRef saved;
    };
};
BOOST_DESCRIBE_STRUCT(SaveTool::Request, (), (name, team, body, message, expectedVersion))
BOOST_DESCRIBE_STRUCT(SaveTool::Response, (), (saved))

struct RetireDefinition {
    static constexpr Operation operation{
        "definitions.retire", Permission::EditDefinitions, Effect::Write, "Retire a definition that nothing uses"};
    struct Request {
        DefinitionKind kind = DefinitionKind::Prompt;
        Name name;
        Reason reason;
    };
    using Response = Empty;
};
BOOST_DESCRIBE_STRUCT(RetireDefinition::Request, (), (kind, name, reason))

/// Costs what the answer says; recorded.
struct TestModel {
    static constexpr Operation operation{
        "models.test", Permission::EditDefinitions, Effect::Write, "Call a model once with a short question"};
    struct Request {
        Name name;
        std::uint64_t version = 0;
    };
    struct Response {
        bool ok = false;
        std::string answer;
        std::uint64_t latencyMicros = 0;
        std::optional<std::uint64_t> tokens;
        std::optional<Money> cost;
        bool simulated = false;
        std::string problem;
    };
};
BOOST_DESCRIBE_STRUCT(TestModel::Request, (), (name, version))
BOOST_DESCRIBE_STRUCT(TestModel::Response, (), (ok, answer, latencyMicros, tokens, cost, simulated, problem))

/// Never calls a tool that writes: such calls are answered \"not called in a try\". With dryRun only the price is told.
/// A text is never sent with its tags: names without a value are refused (try.variables-missing, field `names`).
struct TryPrompt {
    static constexpr Operation operation{
        "prompts.try", Permission::EditDefinitions, Effect::Write, "Run a prompt's text once on a recorded input"};
    struct Request {
        Name agent;
        PromptBody body;
        Text<96> run; ///< whose recorded input; empty: `message`
        Text<65'536> message;
        Document variables; ///< an object; names left out take the defaults of the agent's contract and of the body
        bool dryRun = false;
    };
    struct Response {
        std::string text;
        std::uint64_t estimatedInputTokens = 0;
        std::optional<Money> estimatedCost;
        std::optional<Money> cost;
        std::uint64_t latencyMicros = 0;
        std::vector<std::string> withheldCalls; ///< tools that would have been called
        bool simulated = false;
    };
};
BOOST_DESCRIBE_STRUCT(TryPrompt::Request, (), (agent, body, run, message, variables, dryRun))
BOOST_DESCRIBE_STRUCT(
    TryPrompt::Response, (), (text, estimatedInputTokens, estimatedCost, cost, latencyMicros, withheldCalls, simulated))

}

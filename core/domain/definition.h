#pragma once

#include "core/domain/limits.h"
#include "core/domain/protection.h"

#include <boost/describe.hpp>
#include <map>

namespace ephor {

enum class DefinitionKind { Agent, Prompt, Model, Tool, Policy, Protection };
BOOST_DESCRIBE_ENUM(DefinitionKind, Agent, Prompt, Model, Tool, Policy, Protection)

/// Names one immutable version of one definition. Version 0 means the newest.
struct DefinitionRef {
    DefinitionKind kind = DefinitionKind::Prompt;
    Name name;
    std::uint64_t version = 0;
    bool operator==(const DefinitionRef&) const = default;
};
BOOST_DESCRIBE_STRUCT(DefinitionRef, (), (kind, name, version))

/// What a run may use before it is ended. Zero or empty: no limit of this kind.
struct Budget {
    std::uint64_t steps = 12; ///< model calls
    std::uint64_t toolCalls = 24;
    std::uint64_t tokens = 60'000;
    std::optional<Money> money;
    std::uint64_t wallClockSeconds = 120;
    bool operator==(const Budget&) const = default;
};
BOOST_DESCRIBE_STRUCT(Budget, (), (steps, toolCalls, tokens, money, wallClockSeconds))

/// How the business outcome of a run is read from what the agent answered: JSON pointers into the last tool call that
/// marks the outcome, else the words of the answer. All may be empty.
struct DecisionRule {
    Line subject; ///< "refund of an order"
    Name outcomeTool = "-"; ///< a tool whose success is the outcome; "-" for none
    Line doneWord = "answered";
    Line deniedWord = "declined";
    Line amountPointer; ///< JSON pointer into that tool's arguments
    Line riskClass = "limited";
    bool operator==(const DecisionRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(DecisionRule, (), (subject, outcomeTool, doneWord, deniedWord, amountPointer, riskClass))

struct AgentBody {
    Line title;
    Prose description;
    Name prompt = "-"; ///< name of a prompt definition
    Name model = "-"; ///< name of a model definition
    List<std::string, 64> tools; ///< names of tool definitions
    Budget budget;
    Document inputSchema; ///< JSON Schema of the request's variables; null: none
    Document outputSchema; ///< JSON Schema of a JSON answer; null: text
    DecisionRule decision;
    std::optional<double> temperature;
    List<std::string, 64> policies; ///< names of policy definitions whose rules its calls keep to
    Line protection; ///< name of the protection its texts pass through; empty: the standard one
    bool operator==(const AgentBody&) const = default;
};
BOOST_DESCRIBE_STRUCT(AgentBody, (),
    (title, description, prompt, model, tools, budget, inputSchema, outputSchema, decision, temperature, policies,
        protection))

struct PromptBody {
    Line title;
    Text<65'536> text; ///< a template (core/contract/template.h)
    Document variables; ///< JSON Schema of the variables; null: any
    std::map<std::string, std::string> partials;
    bool operator==(const PromptBody&) const = default;
};
BOOST_DESCRIBE_STRUCT(PromptBody, (), (title, text, variables, partials))

enum class ProviderKind {
    Simulated, ///< a seeded scenario; always labelled simulated
    OpenAi, ///< any OpenAI-compatible Chat Completions endpoint, Ollama's among them
};
BOOST_DESCRIBE_ENUM(ProviderKind, Simulated, OpenAi)

struct ModelBody {
    Line title;
    ProviderKind provider = ProviderKind::Simulated;
    Text<2'048> baseUrl; ///< "https://api.example.com/v1"
    Line model; ///< the provider's own name
    Line secret; ///< a reference like "secret:openai"; never a value
    Document scenario; ///< of a simulated model (docs/formats/scenario.md)
    std::uint64_t timeoutSeconds = 60;
    std::uint64_t maxOutputTokens = 1'024;
    bool allowLoopback = false; ///< may the base URL point at this machine
    bool operator==(const ModelBody&) const = default;
};
BOOST_DESCRIBE_STRUCT(
    ModelBody, (), (title, provider, baseUrl, model, secret, scenario, timeoutSeconds, maxOutputTokens, allowLoopback))

enum class SideEffect {
    Read,
    Write, ///< can be undone
    Irreversible,
    Egress, ///< sends something out of the company
};
BOOST_DESCRIBE_ENUM(SideEffect, Read, Write, Irreversible, Egress)

enum class ToolKind { Http, Sql };
BOOST_DESCRIBE_ENUM(ToolKind, Http, Sql)

struct HttpTool {
    Text<8> method = "POST";
    Text<2'048> url; ///< {name} in the path stands for an argument, percent-encoded
    std::map<std::string, std::string> headers; ///< a value may be a reference "secret:name"
    bool allowLoopback = false;
    bool operator==(const HttpTool&) const = default;
};
BOOST_DESCRIBE_STRUCT(HttpTool, (), (method, url, headers, allowLoopback))

struct SqlTool {
    Text<1'024> database; ///< a file path, relative to the workspace folder
    Text<16'384> statement; ///< one statement; :name stands for an argument, always bound
    std::uint64_t maxRows = 200;
    bool operator==(const SqlTool&) const = default;
};
BOOST_DESCRIBE_STRUCT(SqlTool, (), (database, statement, maxRows))

struct ToolBody {
    Line title;
    Prose description; ///< what the model reads
    ToolKind kind = ToolKind::Http;
    SideEffect effect = SideEffect::Read;
    bool idempotent = false; ///< may be repeated after an interruption
    Document input = {R"({"type":"object"})"};
    Document output; ///< JSON Schema of the result; null: any
    std::uint64_t timeoutMs = 10'000;
    std::uint64_t maxResultBytes = 262'144;
    HttpTool http;
    SqlTool sql;
    Line asset; ///< the data it reaches, as rules name it; empty: the tool's own name
    Line classification; ///< of that data, in the company's own words: "public", "confidential"; empty: nobody said
    std::optional<Integrity> resultIntegrity; ///< of what it answers; nothing: untrusted
    std::optional<Confidentiality> clearance; ///< what its arguments may carry at most; nothing: public where it sends
                                              ///< something out of the company, else anything
    bool operator==(const ToolBody&) const = default;
};
BOOST_DESCRIBE_STRUCT(ToolBody, (),
    (title, description, kind, effect, idempotent, input, output, timeoutMs, maxResultBytes, http, sql, asset,
        classification, resultIntegrity, clearance))

enum class RuleMode {
    Enforce,
    Observe, ///< its verdicts are recorded and bind nobody
};
BOOST_DESCRIBE_ENUM(RuleMode, Enforce, Observe)

/// A call with the verdict it must get: a rule that is edited is held to it.
struct PolicyCase {
    Line name;
    Name agent = "-";
    Name tool = "-";
    Line person; ///< principal id; empty: somebody without a role
    List<std::string, 16> roles; ///< of that person, in the agent's team
    Document input; ///< the call's arguments
    std::optional<Instant> at; ///< nothing: the moment of checking
    Line expect = "deny"; ///< "allow", "ask", "deny"
    bool operator==(const PolicyCase&) const = default;
};
BOOST_DESCRIBE_STRUCT(PolicyCase, (), (name, agent, tool, person, roles, input, at, expect))

/// Rules as text, in the policy language (docs/formats/policies.md).
struct PolicyBody {
    Line title;
    Prose description;
    Text<65'536> text;
    RuleMode mode = RuleMode::Enforce;
    List<PolicyCase, 64> cases;
    bool operator==(const PolicyBody&) const = default;
};
BOOST_DESCRIBE_STRUCT(PolicyBody, (), (title, description, text, mode, cases))

/// One line of a list of definitions.
struct DefinitionSummary {
    DefinitionKind kind = DefinitionKind::Prompt;
    std::string name;
    std::string title;
    std::string team;
    std::string owner; ///< principal id
    std::string ownerName;
    std::uint64_t newest = 0; ///< version number
    std::optional<std::uint64_t> production; ///< version in production somewhere; nothing: none
    Instant changedAt;
    std::string changedBy; ///< name
    std::uint64_t usedBy = 0; ///< agents that name it
    std::string detail; ///< effect of a tool, provider of a model: one word
    bool retired = false;
    bool operator==(const DefinitionSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(DefinitionSummary, (),
    (kind, name, title, team, owner, ownerName, newest, production, changedAt, changedBy, usedBy, detail, retired))

/// One line of a definition's history.
struct VersionInfo {
    std::uint64_t number = 0;
    std::string digest; ///< "sha256:…" over the stored canonical bytes
    std::string author; ///< principal id
    std::string authorName;
    Instant at;
    std::string message;
    std::string state; ///< "draft", "in-review", "production", "canary", "previous"
    std::string change; ///< CH-… that carries it, or empty
    bool operator==(const VersionInfo&) const = default;
};
BOOST_DESCRIBE_STRUCT(VersionInfo, (), (number, digest, author, authorName, at, message, state, change))

/// One whole version.
struct DefinitionVersion {
    DefinitionSummary definition;
    VersionInfo version;
    Document body;
    bool operator==(const DefinitionVersion&) const = default;
};
BOOST_DESCRIBE_STRUCT(DefinitionVersion, (), (definition, version, body))

}

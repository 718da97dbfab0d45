#pragma once

#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/people.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "tests/ui/support/ui_support.h"

#include <nlohmann/json.hpp>

/// A library of Northwind Bank, as a backend would answer it.
namespace ephor::ui::test {

inline Instant ago(std::int64_t minutes)
{
    return fixedInstant() - std::chrono::minutes(minutes);
}

inline const char* productionText = "{{! System prompt of Customer refunds. Owner: team Payments. }}\n"
                                    "You handle refund requests from customers of Northwind Bank.\n"
                                    "You are talking to {{customer.name}}, a customer since {{customer.since}}.\n"
                                    "\n"
                                    "{{#order}}\n"
                                    "The order in question is {{order.id}}, paid {{order.paid_at}}.\n"
                                    "{{/order}}\n"
                                    "{{^order}}\n"
                                    "Ask for the order number before you say anything.\n"
                                    "{{/order}}\n"
                                    "\n"
                                    "Explain the decision in one friendly paragraph.\n"
                                    "If the amount is above the limit, use your judgement.\n"
                                    "Answer in the language the customer wrote in.\n";

inline const char* draftText = "{{! System prompt of Customer refunds. Owner: team Payments. }}\n"
                               "You handle refund requests from customers of Northwind Bank.\n"
                               "You are talking to {{customer.name}}, a customer since {{customer.since}}.\n"
                               "\n"
                               "{{#order}}\n"
                               "The order in question is {{order.id}}, paid {{order.paid_at}}.\n"
                               "Its bank reference is {{order.reference}}.\n"
                               "{{/order}}\n"
                               "{{^order}}\n"
                               "Ask for the order number before you say anything about money.\n"
                               "{{/order}}\n"
                               "\n"
                               "Explain the decision and cite the clause it rests on, for example\n"
                               "\"Card terms, clause 7.3\". If no clause fits, say so.\n"
                               "If the amount is above {{limits.refund}}, refuse to pay it yourself.\n"
                               "Answer in the language the customer wrote in.\n";

inline const char* variablesSchema
    = R"({"type":"object","properties":{"customer":{"type":"object","properties":{"name":{"type":"string"},)"
      R"("since":{"type":"integer"}}},"order":{"type":"object","properties":{"id":{"type":"string"},)"
      R"("paid_at":{"type":"string","format":"date"}}},"limits":{"type":"object","properties":{)"
      R"("refund":{"type":"string"}}}}})";

inline Problem unknownReference()
{
    Problem problem;
    problem.code = "prompt.unknown-variable";
    problem.message = "The variable \"order.reference\" is not declared.";
    problem.hint = "Declare it in the schema of the variables, or correct its name.";
    problem.at = "order.reference";
    problem.line = 7;
    problem.column = 25;
    problem.length = 15;
    return problem;
}

inline DefinitionSummary summaryOf(DefinitionKind kind, const std::string& name, const std::string& title,
    std::uint64_t newest, std::optional<std::uint64_t> production, const std::string& detail = {})
{
    DefinitionSummary summary;
    summary.kind = kind;
    summary.name = name;
    summary.title = title;
    summary.team = "payments";
    summary.ownerName = "Amara Okafor";
    summary.newest = newest;
    summary.production = production;
    summary.changedAt = ago(60 * 26);
    summary.changedBy = "Jonas Weber";
    summary.usedBy = 1;
    summary.detail = detail;
    return summary;
}

inline std::vector<VersionInfo> promptVersions(std::uint64_t newest)
{
    const char* messages[]{"cite the clause", "shorter greeting", "card terms 2026", "disputes rose",
        "holiday notice out", "holiday notice in", "answer language", "limits as a variable", "fewer apologies"};
    std::vector<VersionInfo> versions;
    for (std::uint64_t number = newest; number >= 1; --number) {
        const std::uint64_t age = newest - number;
        VersionInfo version;
        version.number = number;
        version.author = "person:Jonas Weber";
        version.authorName = "Jonas Weber";
        version.at = ago(std::int64_t(age * age) * 1'700 + 2);
        version.message = messages[std::min<std::uint64_t>(age, 8)];
        version.state = age == 0 ? "draft" : age == 1 ? "production" : "previous";
        version.change = age == 0 ? "" : "CH-" + std::to_string(400 + number);
        versions.push_back(version);
    }
    return versions;
}

template <class Body>
DefinitionVersion versionOf(const DefinitionSummary& summary, const Body& body, std::uint64_t number)
{
    DefinitionVersion version;
    version.definition = summary;
    version.version.number = number;
    version.version.authorName = "Jonas Weber";
    version.version.at = ago(40);
    version.body = documentOf(toJson(body));
    return version;
}

inline PromptBody promptOf(const char* text)
{
    PromptBody body;
    body.title = "Customer refunds, system prompt";
    body.text = text;
    body.variables.text = variablesSchema;
    return body;
}

inline ToolBody ordersTool()
{
    ToolBody tool;
    tool.title = "Look an order up";
    tool.description = "Finds one order by its number and tells what was paid, when and with which card.";
    tool.idempotent = true;
    tool.http.method = "GET";
    tool.http.url = "http://127.0.0.1:9311/orders/{id}";
    tool.http.headers["authorization"] = "secret:orders";
    tool.http.allowLoopback = true;
    tool.input.text
        = R"({"type":"object","properties":{"id":{"type":"string","pattern":"^[0-9-]+$"}},"required":["id"]})";
    tool.output.text = R"({"type":"object"})";
    return tool;
}

inline ModelBody largeModel()
{
    ModelBody model;
    model.title = "Large";
    model.provider = ProviderKind::OpenAi;
    model.baseUrl = "https://models.example.com/v1";
    model.model = "large-2026-02";
    model.secret = "secret:models";
    return model;
}

inline void answerLibraryDefinitions(ScriptedBackend& backend)
{
    backend.answer<ListDefinitions>([](const ListDefinitions::Request& ask) {
        ListDefinitions::Response response;
        const auto add = [&](const char* name, const char* title, std::uint64_t newest,
                             std::optional<std::uint64_t> production, const char* detail = "") {
            response.definitions.push_back(summaryOf(ask.kind, name, title, newest, production, detail));
        };
        if (ask.kind == DefinitionKind::Prompt) {
            add("refunds.system", "Customer refunds, system prompt", 9, 8);
            add("hr.system", "HR helper, system prompt", 4, 4);
            add("tone.bank", "Plain bank tone", 2, std::nullopt);
        } else if (ask.kind == DefinitionKind::Tool) {
            add("orders.lookup", "Look an order up", 3, 3, "read");
            add("payments.send", "Pay money back", 5, 4, "irreversible");
        } else {
            add("large", "Large", 2, 2, "openai");
        }
        return response;
    });
    backend.answer<ListVersions>([](const ListVersions::Request& ask) {
        return ListVersions::Response{promptVersions(ask.kind == DefinitionKind::Prompt ? 9 : 3)};
    });
    backend.answer<GetDefinition>([](const GetDefinition::Request& ask) -> Result<DefinitionVersion> {
        if (ask.name == "nobody")
            return fail(ErrorKind::NotFound, "definition.unknown", "There is no such definition.", "Check the name.");
        const DefinitionSummary summary = summaryOf(ask.kind, ask.name, "A title", 9, 8);
        if (ask.kind == DefinitionKind::Tool)
            return versionOf(summary, ordersTool(), ask.version);
        if (ask.kind == DefinitionKind::Model)
            return versionOf(summary, largeModel(), ask.version);
        return versionOf(summary, promptOf(ask.version == 8 ? productionText : draftText), ask.version);
    });
    backend.answer<DiffVersions>([](const DiffVersions::Request&) {
        DiffVersions::Response response;
        response.lines = {{"same", 1, 1, "You handle refund requests from customers of Northwind Bank.", {}},
            {"removed", 2, 0, "Explain the decision in one friendly paragraph.", {21, 47}},
            {"added", 0, 2, "Explain the decision and cite the clause it rests on.", {21, 53}},
            {"same", 3, 3, "Answer in the language the customer wrote in.", {}}};
        response.added = response.removed = 1;
        return response;
    });
}

inline void answerLibrary(ScriptedBackend& backend)
{
    answerLibraryDefinitions(backend);
    Use agent;
    agent.by = {DefinitionKind::Agent, "refunds", 6};
    agent.title = "Customer refunds";
    agent.production = true;
    backend.give<WhereUsed>({{agent}});
    backend.answer<CheckPrompt>([](const CheckPrompt::Request& ask) {
        CheckPrompt::Response response;
        response.variables = {"customer.name", "customer.since", "order", "order.id", "order.paid_at", "limits.refund"};
        if (ask.body.text.find("{{order.reference}}") != std::string::npos) {
            response.problems = {unknownReference()};
            response.variables.push_back("order.reference");
        }
        return response;
    });
    RunSummary run;
    run.id = "8f3a21c0-77aa";
    run.startedAt = ago(28);
    run.decision.reference = "Case 4711";
    backend.give<ListRuns>({{run}, {}});
    backend.answer<TryPrompt>([](const TryPrompt::Request& ask) {
        TryPrompt::Response response;
        response.estimatedInputTokens = 1'204;
        response.estimatedCost = Money{14'200'000};
        response.simulated = true;
        if (ask.dryRun)
            return response;
        response.text = "I cannot pay this to the new account in the invoice. Card terms, clause 7.3, returns money "
                        "only to the account that paid.";
        response.cost = Money{13'800'000};
        response.latencyMicros = 2'400'000;
        response.withheldCalls = {"payments.send"};
        return response;
    });
    backend.give<ListTeams>({{{"payments", "Payments", 4, 2}}});
    backend.give<ListSecrets>({{"models", "orders"}});
    TestModel::Response tested;
    tested.ok = true;
    tested.answer = "ready";
    tested.latencyMicros = 412'000;
    tested.tokens = 31;
    tested.cost = Money{210'000};
    backend.give<TestModel>(tested);
}

}

#pragma once

#include "core/api/policies.h"
#include "core/domain/reflect.h"
#include "tests/ui/support/ui_support.h"

#include <nlohmann/json.hpp>

/// Definitions that policies are written beside.
namespace ephor::ui::test {

inline DefinitionSummary summaryOf(DefinitionKind kind, const char* name, const char* title)
{
    DefinitionSummary one;
    one.kind = kind;
    one.name = name;
    one.title = title;
    one.team = "finance";
    one.ownerName = "Tom Becker";
    one.newest = 4;
    one.production = 3;
    one.changedAt = fixedInstant();
    one.changedBy = "Tom Becker";
    return one;
}

inline PolicyBody limitsBody()
{
    PolicyBody body;
    body.title = "Payment limits";
    body.text = "@explain(\"Never more than 5,000 at once.\")\nforbid(principal, action == Action::\"payments.send\", "
                "resource)\nwhen { context.input.amount > 5000 };\n";
    PolicyCase one;
    one.name = "No payment over 5,000";
    one.agent = "customer-refunds";
    one.tool = "payments.send";
    one.input = {"{\"amount\":6200}"};
    body.cases.push_back(one);
    return body;
}

inline Result<DefinitionVersion> definitionFor(const GetDefinition::Request& ask)
{
    DefinitionVersion version;
    version.version.number = ask.version == 0 ? 4 : ask.version;
    if (ask.kind == DefinitionKind::Policy) {
        version.definition = summaryOf(ask.kind, "limits", "Payment limits");
        version.body = documentOf(toJson(limitsBody()));
    } else if (ask.kind == DefinitionKind::Tool) {
        ToolBody tool;
        tool.title = "Send a payment";
        tool.input
            = {"{\"type\":\"object\",\"required\":[\"amount\"],\"properties\":{\"amount\":{\"type\":\"integer\","
               "\"description\":\"In euros\"},\"account\":{\"type\":\"string\"},\"currency\":{\"type\":\"string\","
               "\"enum\":[\"EUR\",\"USD\"]}}}"};
        version.definition = summaryOf(ask.kind, "payments.send", "Send a payment");
        version.body = documentOf(toJson(tool));
    } else {
        AgentBody agent;
        agent.title = "Customer refunds";
        agent.tools = {"orders.lookup", "payments.send"};
        version.definition = summaryOf(ask.kind, "customer-refunds", "Customer refunds");
        version.body = documentOf(toJson(agent));
    }
    return version;
}

inline ListDefinitions::Response definitionsOf(const ListDefinitions::Request& ask)
{
    switch (ask.kind) {
    case DefinitionKind::Policy:
        return {{summaryOf(ask.kind, "limits", "Payment limits"), summaryOf(ask.kind, "mail", "What leaves by mail")}};
    case DefinitionKind::Tool:
        return {
            {summaryOf(ask.kind, "payments.send", "Send a payment"), summaryOf(ask.kind, "orders.lookup", "Orders")}};
    default:
        return {{summaryOf(DefinitionKind::Agent, "customer-refunds", "Customer refunds"),
            summaryOf(DefinitionKind::Agent, "expense-audit", "Expense audit")}};
    }
}

/// Version 4 is a draft over version 3, which serves.
inline std::vector<VersionInfo> versionsOfBank()
{
    VersionInfo newest;
    newest.number = 4;
    newest.authorName = "Tom Becker";
    newest.at = fixedInstant();
    newest.state = "draft";
    newest.message = "Lower the limit";
    VersionInfo production = newest;
    production.number = 3;
    production.state = "production";
    return {newest, production};
}

}

#pragma once

#include "core/api/policies.h"
#include "tests/ui/support/ui_support.h"

/// Rules in force at Northwind Bank, about as its demo has them.
namespace ephor::ui::test {

inline std::vector<RuleInfo> rulesOfBank()
{
    RuleInfo people;
    people.id = "people";
    people.origin = "built-in";
    people.effect = "permit";
    people.says = "Every person may call any tool.";
    people.text = "permit(principal is User, action, resource);";
    RuleInfo night;
    night.id = "house:nights/0";
    night.origin = "house";
    night.definition = "nights";
    night.effect = "forbid";
    night.says = "No agent may call any tool that is irreversible, under conditions. "
                 "Nobody is there at night to take back what cannot be undone.";
    night.mode = RuleMode::Observe;
    night.by = "Ines Marchetti";
    night.reason = "To see how many payments leave at night before we forbid it.";
    night.at = fixedInstant() - std::chrono::hours(70);
    night.text
        = "forbid (\n    principal is Agent,\n    action in Action::\"effect:irreversible\",\n    resource\n) when "
          "{\n    context.now.toTime() < duration(\"05h00m\")\n};";
    RuleInfo mail = night;
    mail.id = "house:no-confidential-mail/0";
    mail.definition = "no-confidential-mail";
    mail.says = "No agent may call any tool that is egress, under conditions.";
    mail.mode = RuleMode::Enforce;
    mail.by = "Priya Raman";
    mail.reason = "Salary sheets left the company";
    mail.retiring = "Priya Raman";
    mail.retiringReason = "The gateway filters it now";
    RuleInfo tightened;
    tightened.id = "tightened:hr-helper/documents.share";
    tightened.origin = "tightening";
    tightened.agent = "hr-helper";
    tightened.agentTitle = "HR helper";
    tightened.effect = "forbid";
    tightened.says = "hr-helper may not call documents.share.";
    tightened.by = "Ines Marchetti";
    tightened.at = fixedInstant() - std::chrono::hours(3);
    tightened.text = "forbid(principal == Agent::\"hr-helper\", action == Action::\"documents.share\", resource);";
    RuleInfo ask;
    ask.id = "grant:customer-refunds/payments.send";
    ask.origin = "grant";
    ask.agent = "customer-refunds";
    ask.agentTitle = "Customer refunds";
    ask.team = "customer-care";
    ask.release = 41;
    ask.effect = "permit";
    ask.says = "customer-refunds may call payments.send, after the word of a governance officer.";
    ask.asks = "a governance officer";
    ask.text = "@id(\"grant:customer-refunds/payments.send\")\n@approve(\"officer\")\npermit (\n    principal == "
               "Agent::\"customer-refunds\",\n    action == Action::\"payments.send\",\n    resource\n);";
    RuleInfo limit = ask;
    limit.id = "limits/0";
    limit.origin = "policy";
    limit.definition = "limits";
    limit.effect = "forbid";
    limit.asks.clear();
    limit.says = "customer-refunds may not call payments.send, under conditions. Never more than 5,000 an hour.";
    limit.text = "forbid(principal, action == Action::\"payments.send\", resource)\nwhen temporal { sum within 1h "
                 "Action::\"payments.send\"::request of event.input.amount + context.input.amount > 5000 };";
    return {people, night, mail, tightened, ask, limit};
}

inline Backtest::Response backtestOfBank()
{
    Backtest::Response found;
    found.runs = 3'204;
    found.calls = 12'480;
    found.unjudged = 12;
    found.flips = 3;
    found.tightened = 2;
    found.loosened = 1;
    found.judgingMicros = 140'000;
    found.tookMicros = 2'400'000;
    VerdictFlip stricter;
    stricter.run = "8f3a21c0";
    stricter.agent = "customer-refunds";
    stricter.tool = "payments.send";
    stricter.at = fixedInstant() - std::chrono::hours(20);
    stricter.person = "grace";
    stricter.before = "allow";
    stricter.after = "deny";
    stricter.recorded = "allow";
    stricter.rule = "limits/0";
    stricter.reason = "Never more than 5,000 an hour.";
    VerdictFlip asks = stricter;
    asks.run = "8f3a21c1";
    asks.after = "ask";
    asks.recorded.clear();
    VerdictFlip looser = stricter;
    looser.run = "8f3a21c2";
    looser.tool = "=mail.send";
    looser.before = "deny";
    looser.after = "allow";
    looser.recorded = "deny";
    looser.reason = "Allowed, for \"this\"";
    found.first = {stricter, asks, looser};
    return found;
}

/// As cedar::Explanation writes it.
inline Document explanationOfDeny()
{
    return {
        "{\"decision\":\"deny\",\"sentence\":\"Denied: limits/0 forbids it, and context.input.amount is 6200.\","
        "\"determining\":[{\"id\":\"limits/0\",\"effect\":\"forbid\",\"standing\":\"satisfied\",\"text\":\"forbid("
        "principal, action, resource) when { context.input.amount > 5000 };\",\"line\":1,\"scope\":[{\"part\":"
        "\"principal\",\"wanted\":\"principal in Role::\\\"officer\\\"\",\"entity\":\"User::\\\"ines\\\"\",\"holds\":"
        "true,\"path\":[\"User::\\\"ines\\\"\",\"Role::\\\"officer\\\"\"]}],\"reason\":\"Never more than 5,000.\","
        "\"values\":[{\"text\":\"context.input.amount\",\"value\":\"6200\"}]}],\"near\":[{\"id\":"
        "\"grant:customer-refunds/payments.send\",\"effect\":\"permit\",\"standing\":\"condition\",\"text\":\"permit"
        "(principal, action, resource);\",\"line\":1,\"scope\":[],\"condition\":{\"text\":\"when { x }\",\"atom\":"
        "\"context.input.amount <= 1000\",\"values\":[{\"text\":\"context.input.amount\",\"value\":\"6200\"}],"
        "\"line\":3,\"column\":5,\"held\":false}}],\"errors\":[],\"flip\":{\"decision\":\"allow\",\"changes\":[],"
        "\"sentence\":\"It would be allowed if context.input.amount were 5000 instead of 6200.\"}}"};
}

}

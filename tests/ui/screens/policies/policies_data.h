#pragma once

#include "core/api/grants.h"
#include "tests/ui/support/ui_support.h"

#include <array>

/// The access matrix of Northwind Bank, about as the mock shows it.
namespace ephor::ui::test {

inline ephor::Access accessOf(char letter)
{
    switch (letter) {
    case 'A':
        return ephor::Access::Allow;
    case 'K':
        return ephor::Access::Ask;
    case 'D':
        return ephor::Access::Deny;
    default:
        return ephor::Access::None;
    }
}

inline ReadMatrix::Response matrixOfBank()
{
    ReadMatrix::Response matrix;
    matrix.tools = {{"orders.lookup", "Look an order up", "customer-care", SideEffect::Read},
        {"orders.cancel", "Cancel an order", "customer-care", SideEffect::Write},
        {"orders.refund", "Refund an order", "customer-care", SideEffect::Write},
        {"payments.lookup", "Look a payment up", "finance", SideEffect::Read},
        {"payments.send", "Send a payment", "finance", SideEffect::Irreversible},
        {"payments.reverse", "Reverse a payment", "finance", SideEffect::Irreversible},
        {"ledger.read", "Read the ledger", "finance", SideEffect::Read},
        {"ledger.post", "Post to the ledger", "finance", SideEffect::Write},
        {"ledger.close", "Close a period", "finance", SideEffect::Write},
        {"mail.read", "Read mail", "it", SideEffect::Read}, {"mail.send", "Send mail", "it", SideEffect::Egress},
        {"directory.find", "Find a person", "it", SideEffect::Read},
        {"directory.grant", "Grant access", "it", SideEffect::Write},
        {"directory.revoke", "Revoke access", "it", SideEffect::Write},
        {"documents.read", "Read a document", "legal", SideEffect::Read},
        {"documents.share", "Share a document", "legal", SideEffect::Egress}};
    struct Line {
        const char* agent;
        const char* title;
        const char* team;
        std::uint64_t release;
        const char* cells;
    };
    static constexpr std::array lines{
        Line{"customer-refunds", "Customer refunds", "customer-care", 41, "AKKAKD...AAA..A."},
        Line{"order-status", "Order status", "customer-care", 6, "ADDADD...AKA..A."},
        Line{"complaints", "Complaints", "customer-care", 3, "AKKADD...AKA..AK"},
        Line{"expense-audit", "Expense audit", "finance", 12, "A..ADDADDAAA..AD"},
        Line{"invoice-intake", "Invoice intake", "finance", 4, "A..ADDADDAKA..AD"},
        Line{"month-end-close", "Month-end close", "finance", 2, "...ADDAKKAKA..AK"},
        Line{"hr-helper", "HR helper", "people", 27, ".........AKADDAD"},
        Line{"it-triage", "IT triage", "it", 18, ".........AKADDAD"},
        Line{"access-provisioning", "Access provisioning", "it", 9, ".........AKAKAAD"},
        Line{"contract-review", "Contract review", "legal", 15, "......A..AKA..AK"}};
    for (const Line& line : lines) {
        ephor::MatrixRow row{line.agent, line.title, line.team, line.release, {}};
        for (std::size_t at = 0; at < matrix.tools.size(); ++at) {
            if (line.cells[at] != '.')
                row.cells.push_back({matrix.tools[at].name, accessOf(line.cells[at]), false, 100 + at});
        }
        matrix.rows.push_back(std::move(row));
    }
    // One tightening stands over a release: HR helper may not share documents.
    matrix.rows[6].cells.back().tightened = true;
    return matrix;
}

inline ExplainGrant::Response explainedAsk()
{
    ExplainGrant::Response explained;
    explained.verdict.word = VerdictWord::Ask;
    explained.verdict.reason = "Each call of payments.send by customer-refunds needs the word of an officer.";
    explained.verdict.rule = "grant:customer-refunds/payments.send";
    GrantRule rule;
    rule.agent = "customer-refunds";
    rule.tool = "payments.send";
    rule.access = ephor::Access::Ask;
    explained.released = rule;
    explained.releaseNumber = 41;
    explained.allowed = 431;
    explained.asked = 74;
    explained.denied = 7;
    return explained;
}

inline ExplainGrant::Response explainedTightened()
{
    ExplainGrant::Response explained = explainedAsk();
    explained.verdict.word = VerdictWord::Deny;
    explained.verdict.rule = "tightened:hr-helper/documents.share";
    explained.verdict.reason = "Tightened by Ines Marchetti.";
    explained.tightening = explained.released;
    explained.tightening->access = ephor::Access::Deny;
    explained.tightening->reason = "Salary sheets left the company";
    explained.tightenedBy = "Ines Marchetti";
    return explained;
}

inline std::vector<StandingTightening> standingTightenings()
{
    StandingTightening one;
    one.agent = "hr-helper";
    one.agentTitle = "HR helper";
    one.team = "people";
    one.tool = "documents.share";
    one.access = ephor::Access::Deny;
    one.by = "Ines Marchetti";
    one.reason = "Salary sheets left the company";
    one.at = fixedInstant() - std::chrono::hours(3);
    one.releaseNumber = 27;
    one.calls = 115;
    GrantRule released;
    released.agent = one.agent;
    released.tool = one.tool;
    released.access = ephor::Access::Ask;
    one.released = released;
    StandingTightening all;
    all.agent = "*";
    all.tool = "payments.send";
    all.access = ephor::Access::Ask;
    all.by = "Priya Raman";
    all.reason = "Until the audit is through";
    all.at = fixedInstant() - std::chrono::hours(50);
    return {one, all};
}

}

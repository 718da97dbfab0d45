#pragma once

#include "core/api/changes.h"
#include "core/api/insight.h"
#include "core/api/runs.h"
#include "tests/ui/support/ui_support.h"

/// What waits for Ines Marchetti on a Monday.
namespace ephor::ui::test {

inline ReadInbox::Response mondayInbox()
{
    using std::chrono::hours;
    using std::chrono::minutes;
    const Instant now = fixedInstant();
    ReadInbox::Response inbox;
    inbox.items = {{"action", "ap-1", "Ledger write for Leila Haddad", "Access provisioning · 1 of 2 approvals",
                       now - minutes(20), now + minutes(41), "inbox/ap-1"},
        {"action", "ap-2", "Send a payment for 7731-118", "Customer refunds · 1 of 2 approvals", now - minutes(33),
            now + minutes(72), "inbox/ap-2"},
        {"change", "CH-18", "CH-18, cite the clause number", "Contract review · 6 of 6 checks · 0 of 1 approval",
            now - hours(5), {}, "changes/CH-18"},
        {"ratify", "CH-2", "CH-2, first release of HR helper", "HR helper · self-approved by Jonas Weber",
            now - hours(60), {}, "changes/CH-2"}};
    inbox.doneByMe = {{"action", "ap-0", "Send a payment for 7729-004", "Denied: Evidence is missing", now - hours(3),
                          {}, "inbox/ap-0"},
        {"change", "CH-17", "CH-17, shorter answers", "Approved: Evidence supports it", now - hours(26), {},
            "changes/CH-17"}};
    return inbox;
}

inline GetApproval::Response waitingApproval(const std::string& id = "ap-2")
{
    using std::chrono::minutes;
    const Instant now = fixedInstant();
    GetApproval::Response answer;
    ApprovalRequest& request = answer.request;
    request.id = id;
    request.run = "8f3b0712-77aa-7c1e-8000-0242ac120002";
    request.call = "3";
    request.agent = "refunds";
    request.agentTitle = "Customer refunds";
    request.team = "retail";
    request.tool = "payments.send";
    request.effect = SideEffect::Irreversible;
    request.digest = "sha256:9a3c41e07b1ce74b5f771b7be2f4d0c81e5a6b9d3f20417c88aa5512ee90ab34";
    request.why = "Customer refunds may use payments.send only when two governance officers approve: large refunds are "
                  "hard to get back once paid, and the segregation of duties asks that nobody pays alone what he has "
                  "asked for.";
    request.rule = "grant:refunds/payments.send";
    request.needed = 2;
    request.decisions = {{"person:priya", "Priya Raman", true, "Evidence supports it", now - minutes(22)}};
    request.requestedAt = now - minutes(33);
    request.expiresAt = now + minutes(72);
    request.requester = "key:nils";
    request.requesterName = "Nils Okafor";
    request.reference = "7731-118";
    answer.argumentsText
        = "{\n  \"order\": \"7731-118\",\n  \"amount\": \"2480.00\",\n  \"currency\": \"EUR\",\n"
          "  \"to_account\": \"DE89 3704 0044 0532 0130 00\",\n  \"reason_code\": \"DUPLICATE_CHARGE\",\n"
          "  \"clause\": \"7.3\",\n  \"idempotency_key\": \"8f3b07-3\"\n}";
    answer.similarApproved = 7;
    answer.similarDenied = 2;
    answer.effectInWords = "Cannot be undone.";
    answer.mayDecide = true;
    return answer;
}

/// Taken for Ines herself, who must sign in again.
inline GetApproval::Response waitingSignIn()
{
    GetApproval::Response answer = waitingApproval("ap-1");
    ApprovalRequest& request = answer.request;
    request.needed = 0;
    request.decisions.clear();
    request.stepUp = "The rule wants a fresh sign-in: money leaves the bank.";
    request.confirmer = officerSession().principal.id;
    request.confirmerName = "Ines Marchetti";
    answer.mayDecide = false;
    answer.whyNot = "It is done for you, so you confirm it and somebody else decides.";
    answer.awaitsMe = true;
    answer.whyNotConfirm = "Sign in again first: the rule wants a sign-in that is newer than the request.";
    return answer;
}

inline GetChange::Response waitingChange(const std::string& id)
{
    GetChange::Response answer;
    ChangeSummary& summary = answer.change.summary;
    summary.id = id;
    summary.title = "cite the clause number";
    summary.agent = "contracts";
    summary.agentTitle = "Contract review";
    summary.state = ChangeState::Approval;
    summary.authorName = "Nils Okafor";
    summary.movedAt = fixedInstant() - std::chrono::hours(5);
    summary.checksPassed = 3;
    summary.checksTotal = 3;
    summary.approvalsNeeded = 1;
    answer.change.description = "Answers name the clause they rest on, so that a customer can look it up.";
    ChangeItem item;
    item.name = "contracts-system";
    item.from = 14;
    item.to = 15;
    answer.change.items = {item};
    answer.change.checks = {{"Lint", true, true, "Every variable is in the contract", 1'200},
        {"Contract", true, true, "Answers keep their schema", 2'400},
        {"Permissions", true, true, "No right is loosened", 300}};
    answer.change.digest = "sha256:11";
    return answer;
}

}

#pragma once

#include "core/api/changes.h"
#include "tests/ui/support/ui_support.h"

/// Changes of Northwind Bank as the mock shows them.
namespace ephor::ui::test {

inline Instant ago(std::chrono::minutes minutes)
{
    return fixedInstant() - minutes;
}

inline ChangeSummary summaryOf(const std::string& id, const std::string& title, ChangeState state)
{
    ChangeSummary change;
    change.id = id;
    change.title = title;
    change.agent = "customer-refunds";
    change.agentTitle = "Customer refunds";
    change.team = "customer-care";
    change.environment = "production";
    change.state = state;
    change.author = "person:Jonas Weber";
    change.authorName = "Jonas Weber";
    change.createdAt = ago(std::chrono::hours(24 * 10));
    change.movedAt = ago(std::chrono::hours(6));
    change.checksPassed = 5;
    change.checksTotal = 5;
    change.approvalsNeeded = 2;
    return change;
}

inline std::vector<ChangeSummary> boardOfChanges()
{
    std::vector<ChangeSummary> all;
    all.push_back(summaryOf("CH-421", "HR helper: answer leave questions from the new handbook", ChangeState::Draft));
    all.back().agent = "hr-helper";
    all.back().agentTitle = "HR helper";
    all.back().author = "person:Ines Marchetti";
    all.back().authorName = "Ines Marchetti";
    all.push_back(summaryOf("CH-420", "IT triage: small model for password resets", ChangeState::Checks));
    all.back().agentTitle = "IT triage";
    all.back().agent = "it-triage";
    all.back().checksPassed = 3;
    all.push_back(summaryOf("CH-419", "Expense audit: ask before posting", ChangeState::Approval));
    all.back().agentTitle = "Expense audit";
    all.back().agent = "expense-audit";
    all.back().approvalsGiven = 1;
    all.push_back(summaryOf("CH-418", "Cite the clause, refuse above limit", ChangeState::RollingOut));
    all.back().share = 0.05;
    all.back().releaseNumber = 42;
    all.push_back(summaryOf("CH-417", "Contract review: share documents with counsel", ChangeState::Approved));
    all.back().agentTitle = "Contract review";
    all.back().agent = "contract-review";
    for (int at = 0; at < 6; ++at) {
        all.push_back(summaryOf("CH-41" + std::to_string(6 - at), "Customer refunds: wording", ChangeState::Live));
        all.back().releaseNumber = std::uint64_t(41 - at);
        all.back().movedAt = ago(std::chrono::hours(30 * (at + 2)));
        all.back().selfApproved = at == 5;
    }
    all.push_back(summaryOf("CH-409", "Access provisioning: grant without asking", ChangeState::RolledBack));
    all.back().agentTitle = "Access provisioning";
    all.push_back(summaryOf("CH-408", "Pay without asking below 5,000", ChangeState::Rejected));
    return all;
}

inline DiffLine lineOf(const char* kind, std::uint64_t before, std::uint64_t after, const char* words,
    std::vector<std::uint64_t> marks = {})
{
    return {kind, before, after, words, std::move(marks)};
}

inline Rollout rolloutOfChange()
{
    Rollout rollout;
    rollout.id = "ro-1";
    rollout.change = "CH-418";
    rollout.agent = "customer-refunds";
    rollout.environment = "production";
    rollout.baseline = "sha256:aaaa";
    rollout.baselineNumber = 41;
    rollout.candidate = "sha256:bbbb";
    rollout.candidateNumber = 42;
    rollout.steps = {0.05, 0.25, 0.5, 1.0};
    rollout.share = 0.05;
    rollout.startedAt = ago(std::chrono::hours(149));
    rollout.stepAt = rollout.startedAt;
    rollout.history = {{rollout.startedAt, "Ines Marchetti", "start", 0.05, "As planned"}};
    return rollout;
}

inline GetChange::Response changeShown(ChangeState state = ChangeState::RollingOut)
{
    GetChange::Response shown;
    Change& change = shown.change;
    change.summary = summaryOf("CH-418", "Customer refunds: cite the clause, refuse above limit", state);
    change.description = "Customers asked which rule a refusal rests on; amounts above the limit go to a person.";
    change.digest = "sha256:1f2e3d4c5b6a";
    change.items.push_back({DefinitionKind::Prompt, "customer-refunds.system", 41, 42});
    change.checks = {{"Lint", true, true, "Every part reads and compiles.", 2'100'000},
        {"Contract", true, true, "What the prompt uses is declared.", 410'000},
        {"Permissions", true, false, "Loosens nothing.", 12'000}, {"Limits", true, true, "No limit is raised.", 9'000},
        {"Budget", true, true, "As before.", 4'000}};
    ChangeApproval first;
    first.person = "person:Priya Raman";
    first.name = "Priya Raman";
    first.approved = true;
    first.reason = "Read and understood";
    first.at = ago(std::chrono::hours(165));
    first.digest = change.digest;
    ChangeApproval second = first;
    second.person = "person:Ines Marchetti";
    second.name = "Ines Marchetti";
    second.at = ago(std::chrono::hours(150));
    const bool isPast = state != ChangeState::Draft && state != ChangeState::Checks && state != ChangeState::Approval;
    if (isPast)
        change.approvals = {first, second};
    else if (state == ChangeState::Approval)
        change.approvals = {first};
    change.summary.approvalsGiven = change.approvals.size();
    DiffVersions::Response diff;
    diff.lines = {lineOf("same", 14, 14, "You handle refund requests from customers of Northwind Bank."),
        lineOf("removed", 15, 0, "Explain the decision in one friendly paragraph.", {21, 47}),
        lineOf("added", 0, 15, "Explain the decision and cite the clause it rests on, for example", {21, 65}),
        lineOf("added", 0, 16, "\"Card terms, clause 7.3\". If no clause fits, say so."),
        lineOf("same", 16, 17, "Never promise a date that the ledger has not confirmed."),
        lineOf("removed", 17, 0, "If the amount is above the limit, use your judgement.", {23, 53}),
        lineOf("added", 0, 18, "If the amount is above EUR 1,000.00, refuse to pay it yourself and", {23, 66}),
        lineOf("added", 0, 19, "hand it to a person with the clause, the amount and the evidence."),
        lineOf("same", 18, 20, "Answer in the language the customer wrote in.")};
    diff.added = 4;
    diff.removed = 2;
    shown.diffs = {diff};
    if (state == ChangeState::RollingOut || state == ChangeState::Live || state == ChangeState::RolledBack) {
        shown.rollout = rolloutOfChange();
        change.rollout = shown.rollout->id;
        change.summary.releaseNumber = 42;
        change.summary.share = 0.05;
    }
    return shown;
}

inline VariantNumbers sideOf(Variant variant, std::uint64_t number, Proportion success, Proportion denials)
{
    VariantNumbers side;
    side.variant = variant;
    side.number = number;
    side.release = variant == Variant::Baseline ? "sha256:aaaa" : "sha256:bbbb";
    side.units = success.total;
    side.runs = success.total;
    side.success = success;
    side.denials = denials;
    return side;
}

inline CompareRollout::Response comparedSides()
{
    CompareRollout::Response compared;
    compared.rollout = rolloutOfChange();
    compared.variants = {sideOf(Variant::Baseline, 41, {3'943, 4'028, 0.974, 0.983}, {81, 31'418, 0.0021, 0.0032}),
        sideOf(Variant::Canary, 42, {206, 212, 0.940, 0.987}, {4, 1'655, 0.0009, 0.0062})};
    compared.variants[0].p95 = 2.9;
    compared.variants[1].p95 = 2.8;
    compared.variants[0].cost = Money{571'980'000'000};
    compared.variants[1].cost = Money{27'770'000'000};
    compared.window = {compared.rollout.startedAt, fixedInstant()};
    compared.bringsBack = {"prompt customer-refunds.system: version 42 \u2192 41"};
    compared.stays = {"payments.send stays at ask; the release before had allow."};
    return compared;
}

}

#include "tests/crash/work_lines.h"

#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/grants.h"
#include "core/api/runs.h"
#include "tests/contract/desk.h"
#include "tests/crash/awaited_run.h"

namespace ephor::crash_tests {

namespace {

constexpr int fullStock = 12;

std::unexpected<Error> wrong(const std::string& what)
{
    return fail(ErrorKind::Internal, "test.wrong", what);
}

/// The workspace as it is after recovery, and who asks it.
struct Left {
    Backend& backend;
    contract_tests::DeskTokens tokens;
    std::string base;
};

Result<void> checkRecord(const Left& left, const Acknowledged& acknowledged)
{
    EPHOR_TRY(const RecordStatus status, left.backend.call<VerifyRecord>({}, left.tokens.officer));
    if (status.verified != status.size)
        return wrong("the record is not verified whole");
    return status.size < acknowledged.entries ? wrong("entries are missing from the record") : Result<void>();
}

Result<void> checkDefinitions(const Left& left, const Acknowledged& acknowledged)
{
    EPHOR_TRY([[maybe_unused]] const auto prompt,
        left.backend.call<GetDefinition>(
            {DefinitionKind::Prompt, "clerk-prompt", acknowledged.promptVersion}, left.tokens.admin));
    if (!acknowledged.change.empty()) {
        EPHOR_TRY(
            [[maybe_unused]] const auto change, left.backend.call<GetChange>({acknowledged.change}, left.tokens.admin));
    }
    EPHOR_TRY(const auto cell, left.backend.call<ExplainGrant>({"clerk", "stock.look"}, left.tokens.admin));
    return acknowledged.tightened && !cell.tightening ? wrong("the tightening is missing") : Result<void>();
}

Result<void> checkAnswer(const Left& left, const std::string& run)
{
    EPHOR_TRY(const auto shown, left.backend.call<GetRun>({run}, left.tokens.officer));
    if (shown.run.state != RunState::Done)
        return wrong("a run that had answered is not done");
    EPHOR_TRY(const auto opened, left.backend.call<OpenRun>({run}, left.tokens.officer));
    const bool answered
        = std::ranges::any_of(opened.parts, [](const TranscriptPart& part) { return part.text == "That is done."; });
    return answered ? Result<void>() : wrong("the answer of a run is missing");
}

// The run goes on from where it rested, in a process that did not begin it.
Result<void> approve(const Left& left, const ApprovalRequest& request)
{
    AwaitedRun run;
    EPHOR_TRY_VOID(run.follow(left.backend, request.run, left.tokens.officer));
    DecideApproval::Request decision;
    decision.id = request.id;
    decision.digest = request.digest;
    decision.approve = true;
    decision.reason = "They still need pens";
    EPHOR_TRY_VOID(left.backend.call<DecideApproval>(decision, left.tokens.officer));
    EPHOR_TRY_VOID(run.waitFor(RunEventKind::Finished));
    return checkAnswer(left, request.run);
}

Result<void> checkTaking(const Left& left, const Acknowledged& acknowledged)
{
    EPHOR_TRY(int stock, contract_tests::stockOf(left.base));
    if (stock != fullStock && stock != fullStock - 2)
        return wrong("one approval took pens more than once: " + std::to_string(stock) + " are left");
    if (acknowledged.taken && stock != fullStock - 2)
        return wrong("pens were acknowledged as taken and are still there");
    ListApprovals::Request all;
    all.all = true;
    EPHOR_TRY(const auto approvals, left.backend.call<ListApprovals>(all, left.tokens.officer));
    bool found = acknowledged.approval.empty();
    for (const ApprovalRequest& request : approvals.requests) {
        const bool asked = request.id == acknowledged.approval;
        found = found || asked;
        if (asked && acknowledged.decided && (request.decisions.size() != 1 || !request.decisions.front().approved))
            return wrong("a decision is missing");
        if (request.state == ApprovalState::Approved)
            return wrong("an approved call was not taken up again");
        // Of a call that was interrupted nobody knows; only a person may repeat it, and here nobody does.
        if (request.state != ApprovalState::Waiting || request.why.find("nobody knows") != std::string::npos)
            continue;
        if (acknowledged.decided)
            return wrong("a decided request waits again");
        EPHOR_TRY_VOID(approve(left, request));
        EPHOR_TRY(stock, contract_tests::stockOf(left.base));
        if (stock != fullStock - 2)
            return wrong("a call that was approved after the restart did not happen once");
    }
    return found ? Result<void>() : wrong("a request that was acknowledged is missing");
}

Result<void> checkRuns(const Left& left, const Acknowledged& acknowledged)
{
    EPHOR_TRY(const auto listed, left.backend.call<ListRuns>({}, left.tokens.officer));
    for (const RunSummary& run : listed.runs) {
        if (run.state == RunState::Running)
            return wrong("a run was not taken up again");
        if (run.state != RunState::Done && run.state != RunState::Waiting)
            return wrong("a run ended by the restart alone: " + run.reason);
    }
    for (const std::string& run : {acknowledged.answeredRun, acknowledged.taken ? acknowledged.askingRun : ""}) {
        if (!run.empty())
            EPHOR_TRY_VOID(checkAnswer(left, run));
    }
    if (!acknowledged.askingRun.empty())
        EPHOR_TRY_VOID(left.backend.call<GetRun>({acknowledged.askingRun}, left.tokens.officer));
    return {};
}

}

Acknowledged readLines(std::istream& lines)
{
    Acknowledged all;
    std::string word;
    std::string value;
    while (lines >> word >> value) {
        if (word == "entries")
            all.entries = std::stoull(value);
        else if (word == "prompt")
            all.promptVersion = std::stoull(value);
        else if (word == "answered")
            all.answeredRun = value;
        else if (word == "started")
            all.askingRun = value;
        else if (word == "asked")
            all.approval = value;
        else if (word == "change")
            all.change = value;
        all.decided = all.decided || word == "decided";
        all.taken = all.taken || word == "taken";
        all.tightened = all.tightened || word == "tightened";
    }
    return all;
}

Result<void> checkWhatIsLeft(const std::string& base, const Acknowledged& acknowledged)
{
    // Closing waits for the runs that were taken up again.
    EPHOR_TRY_VOID(contract_tests::openDesk(base));
    EPHOR_TRY(const auto workspace, contract_tests::openDesk(base));
    EPHOR_TRY(auto tokens, contract_tests::readTokens(base));
    const Left left{workspace->backend(), std::move(tokens), base};
    EPHOR_TRY_VOID(checkRecord(left, acknowledged));
    EPHOR_TRY_VOID(checkDefinitions(left, acknowledged));
    EPHOR_TRY_VOID(checkRuns(left, acknowledged));
    return checkTaking(left, acknowledged);
}

}

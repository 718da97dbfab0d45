#include "core/api/audit.h"
#include "core/api/changes.h"
#include "core/api/definitions.h"
#include "core/api/grants.h"
#include "core/api/runs.h"
#include "core/domain/reflect.h"
#include "tests/contract/desk.h"
#include "tests/crash/awaited_run.h"
#include "tests/crash/work_lines.h"

#include <cstdio>
#include <cstring>
#include <iostream>
#include <nlohmann/json.hpp>

// work DESK: works in a prepared desk and prints a line after each acknowledgement; what the sweep runs and kills.
// check DESK: reads such lines and says what of them is no longer so.
using namespace ephor;
using namespace ephor::crash_tests;
using contract_tests::DeskTokens;

namespace {

void acknowledge(const std::string& line)
{
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

Result<void> sayHowLong(Backend& backend, const CallContext& admin)
{
    EPHOR_TRY(const RecordState::Response state, backend.call<RecordState>({}, admin));
    acknowledge("entries " + std::to_string(state.size));
    return {};
}

Result<void> savePrompt(Backend& backend, const CallContext& admin)
{
    SavePrompt::Request prompt;
    prompt.name = "clerk-prompt";
    prompt.body.text = "You keep the stock of the desk, and you are brief.";
    prompt.expectedVersion = 1;
    EPHOR_TRY(const auto saved, backend.call<SavePrompt>(prompt, admin));
    acknowledge("prompt " + std::to_string(saved.saved.version));
    return {};
}

Result<void> askForStock(Backend& backend, const CallContext& key)
{
    AwaitedRun run;
    EPHOR_TRY_VOID(run.start(backend, "How is the stock?", key));
    EPHOR_TRY_VOID(run.waitFor(RunEventKind::Finished));
    acknowledge("answered " + run.id());
    return {};
}

Result<void> takeWithApproval(Backend& backend, const DeskTokens& tokens)
{
    AwaitedRun run;
    EPHOR_TRY_VOID(run.start(backend, "Please take two pens.", tokens.key));
    acknowledge("started " + run.id());
    EPHOR_TRY_VOID(run.waitFor(RunEventKind::Waiting));
    EPHOR_TRY(const auto waiting, backend.call<ListApprovals>({}, tokens.officer));
    const ApprovalRequest& request = waiting.requests.at(0);
    acknowledge("asked " + request.id);
    DecideApproval::Request decision;
    decision.id = request.id;
    decision.digest = request.digest;
    decision.approve = true;
    decision.reason = "They need pens";
    EPHOR_TRY_VOID(backend.call<DecideApproval>(decision, tokens.officer));
    acknowledge("decided " + request.id);
    EPHOR_TRY_VOID(run.waitFor(RunEventKind::Finished));
    acknowledge("taken " + run.id());
    return {};
}

Result<void> changeGrants(Backend& backend, const DeskTokens& tokens)
{
    TightenGrant::Request tighten;
    tighten.agent = "clerk";
    tighten.tool = "stock.look";
    tighten.access = Access::Ask;
    tighten.reason = "Somebody should look too";
    EPHOR_TRY_VOID(backend.call<TightenGrant>(tighten, tokens.officer));
    acknowledge("tightened stock.look");
    CreateChange::Request change;
    change.agent = "clerk";
    change.title = "Be brief";
    change.items = {{DefinitionKind::Prompt, "clerk-prompt", 1, 2}};
    EPHOR_TRY(const auto created, backend.call<CreateChange>(change, tokens.admin));
    acknowledge("change " + created.change.id);
    return {};
}

Result<void> work(const std::string& base)
{
    EPHOR_TRY(const DeskTokens tokens, contract_tests::readTokens(base));
    EPHOR_TRY(const auto workspace, contract_tests::openDesk(base));
    Backend& backend = workspace->backend();
    EPHOR_TRY_VOID(sayHowLong(backend, tokens.admin));
    EPHOR_TRY_VOID(savePrompt(backend, tokens.admin));
    EPHOR_TRY_VOID(askForStock(backend, tokens.key));
    EPHOR_TRY_VOID(takeWithApproval(backend, tokens));
    EPHOR_TRY_VOID(changeGrants(backend, tokens));
    return sayHowLong(backend, tokens.admin);
}

}

int main(int argc, char** argv)
{
    if (argc != 3)
        return 2;
    const bool works = std::strcmp(argv[1], "work") == 0;
    const auto done = works ? work(argv[2]) : checkWhatIsLeft(argv[2], readLines(std::cin));
    if (!done)
        std::fprintf(stderr, "%s\n", describe(done.error()).c_str());
    return done ? 0 : 1;
}

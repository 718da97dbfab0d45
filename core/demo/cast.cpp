#include "core/demo/cast.h"

#include "core/api/definitions.h"
#include "core/api/runs.h"
#include "core/api/session.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::demo {

namespace {

// Shorter than a session lasts, so that nobody is thrown out in the middle of an act.
constexpr auto signInAgainAfter = std::chrono::hours(6);

CallContext contextOf(std::string token)
{
    CallContext context;
    context.credential = std::move(token);
    context.surface = Surface::Console;
    context.localPeer = true;
    return context;
}

}

Result<CallContext> Cast::as(const std::string& login)
{
    const std::lock_guard lock(m_mutex);
    Signed& known = m_signed[login];
    const Instant now = m_clock.now();
    if (known.token.empty() || now - known.at > signInAgainAfter) {
        SignInAs::Request request;
        request.login = login;
        EPHOR_TRY(const SignIn::Response answer, m_workspace.backend().call<SignInAs>(request, contextOf({})));
        known = {answer.token, now};
    }
    return contextOf(known.token);
}

Result<std::string> Cast::draft(const PromptMove& move)
{
    GetDefinition::Request newest;
    newest.kind = DefinitionKind::Prompt;
    newest.name = move.prompt;
    EPHOR_TRY(const DefinitionVersion version, call<GetDefinition>(move.by, newest));
    SavePrompt::Request save;
    save.name = move.prompt;
    EPHOR_TRY(save.body, fromJson<PromptBody>(jsonOf(version.body), UnknownMembers::Ignore));
    save.body.text = move.text;
    save.message = move.title;
    save.expectedVersion = version.version.number;
    EPHOR_TRY(const SavePrompt::Response saved, call<SavePrompt>(move.by, save));
    CreateChange::Request request;
    request.agent = move.agent;
    request.title = move.title;
    request.description = move.description;
    ChangeItem item;
    item.kind = DefinitionKind::Prompt;
    item.name = move.prompt;
    item.to = saved.saved.version;
    request.items.push_back(item);
    EPHOR_TRY(const CreateChange::Response created, call<CreateChange>(move.by, request));
    return created.change.id;
}

Result<void> Cast::submit(const std::string& login, const std::string& change)
{
    SubmitChange::Request request;
    request.id = change;
    EPHOR_TRY([[maybe_unused]] const auto submitted, call<SubmitChange>(login, request));
    return {};
}

Result<void> Cast::approve(const std::string& change, const std::string& reason)
{
    for (const char* const officer : {"priya", "ines"}) {
        GetChange::Request get;
        get.id = change;
        EPHOR_TRY(const GetChange::Response seen, call<GetChange>(officer, get));
        if (seen.change.summary.state != ChangeState::Approval)
            return {};
        ApproveChange::Request request;
        request.id = change;
        request.digest = seen.change.digest;
        request.reason = reason;
        EPHOR_TRY(const ApproveChange::Response approved, call<ApproveChange>(officer, request));
        if (approved.change.state == ChangeState::Approved)
            return {};
    }
    return fail(Error(ErrorKind::Internal, "demo.data", "The demo has too few officers for a change.",
        "Report this: the demo's data and its rules do not fit together.")
            .with("change", change));
}

Result<std::string> Cast::startRollout(const std::string& login, const std::string& change, const std::string& reason)
{
    StartRollout::Request request;
    request.change = change;
    request.reason = reason;
    EPHOR_TRY(const StartRollout::Response started, call<StartRollout>(login, request));
    EPHOR_TRY_VOID(m_workspace.refreshRoutes());
    return started.rollout.id;
}

Result<void> Cast::promote(const std::string& login, const std::string& rollout, const std::string& reason)
{
    PromoteRollout::Request request;
    request.id = rollout;
    request.reason = reason;
    EPHOR_TRY([[maybe_unused]] const auto promoted, call<PromoteRollout>(login, request));
    return m_workspace.refreshRoutes();
}

Result<void> Cast::rollBack(const std::string& login, const std::string& rollout, const std::string& reason)
{
    RollBack::Request request;
    request.id = rollout;
    request.reason = reason;
    EPHOR_TRY([[maybe_unused]] const auto done, call<RollBack>(login, request));
    return m_workspace.refreshRoutes();
}

Result<ApprovalRequest> Cast::decide(
    const std::string& login, const std::string& approval, Word word, const std::string& reason)
{
    GetApproval::Request get;
    get.id = approval;
    EPHOR_TRY(const GetApproval::Response seen, call<GetApproval>(login, get));
    DecideApproval::Request request;
    request.id = approval;
    request.digest = seen.request.digest;
    request.approve = word == Word::Approve;
    request.reason = reason;
    EPHOR_TRY(DecideApproval::Response decided, call<DecideApproval>(login, request));
    return std::move(decided.request);
}

}

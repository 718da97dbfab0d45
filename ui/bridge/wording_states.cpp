#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"

namespace ephor::ui {

namespace {

struct StateWording {
    Q_DECLARE_TR_FUNCTIONS(StateWording)
};

}

StateWords stateOf(RunState state)
{
    switch (state) {
    case RunState::Running:
        return {State::running, StateWording::tr("Running")};
    case RunState::Waiting:
        return {State::waiting, StateWording::tr("Waiting for a person")};
    case RunState::Done:
        return {State::ok, StateWording::tr("Completed")};
    case RunState::Denied:
        return {State::denied, StateWording::tr("Denied")};
    case RunState::Failed:
        return {State::failed, StateWording::tr("Failed")};
    case RunState::Stopped:
        return {State::paused, StateWording::tr("Stopped")};
    }
    return {};
}

StateWords stateOf(ChangeState state)
{
    switch (state) {
    case ChangeState::Draft:
        return {State::draft, StateWording::tr("Draft")};
    case ChangeState::Checks:
        return {State::running, StateWording::tr("Checks")};
    case ChangeState::Approval:
        return {State::waiting, StateWording::tr("Approval")};
    case ChangeState::Approved:
        return {State::ok, StateWording::tr("Approved")};
    case ChangeState::RollingOut:
        return {State::running, StateWording::tr("Rolling out")};
    case ChangeState::Live:
        return {State::ok, StateWording::tr("Live")};
    case ChangeState::RolledBack:
        return {State::warning, StateWording::tr("Rolled back")};
    case ChangeState::Rejected:
        return {State::denied, StateWording::tr("Rejected")};
    case ChangeState::Withdrawn:
        return {State::paused, StateWording::tr("Withdrawn")};
    }
    return {};
}

StateWords stateOf(RolloutState state)
{
    switch (state) {
    case RolloutState::Running:
        return {State::running, StateWording::tr("Rolling out")};
    case RolloutState::Paused:
        return {State::paused, StateWording::tr("Held")};
    case RolloutState::Completed:
        return {State::ok, StateWording::tr("Completed")};
    case RolloutState::RolledBack:
        return {State::warning, StateWording::tr("Rolled back")};
    }
    return {};
}

StateWords stateOf(ApprovalState state)
{
    switch (state) {
    case ApprovalState::Waiting:
        return {State::waiting, StateWording::tr("Waiting")};
    case ApprovalState::Approved:
        return {State::ok, StateWording::tr("Approved")};
    case ApprovalState::Denied:
        return {State::denied, StateWording::tr("Denied")};
    case ApprovalState::Expired:
        return {State::warning, StateWording::tr("Expired, so denied")};
    case ApprovalState::Consumed:
        return {State::ok, StateWording::tr("Approved and carried out")};
    case ApprovalState::Void:
        return {State::paused, StateWording::tr("No longer needed")};
    }
    return {};
}

StateWords stateOf(AgentHealth health)
{
    switch (health) {
    case AgentHealth::Healthy:
        return {State::ok, StateWording::tr("Healthy")};
    case AgentHealth::Slow:
        return {State::warning, StateWording::tr("Slow")};
    case AgentHealth::Failing:
        return {State::failed, StateWording::tr("Failing")};
    case AgentHealth::RollingOut:
        return {State::running, StateWording::tr("Rolling out")};
    case AgentHealth::Waiting:
        return {State::waiting, StateWording::tr("Waiting for a person")};
    case AgentHealth::Stopped:
        return {State::paused, StateWording::tr("Stopped")};
    case AgentHealth::Quiet:
        return {State::unknown, StateWording::tr("No traffic")};
    }
    return {};
}

StateWords stateOf(VerdictWord verdict)
{
    switch (verdict) {
    case VerdictWord::Allow:
        return {State::ok, StateWording::tr("Allow")};
    case VerdictWord::Deny:
        return {State::denied, StateWording::tr("Deny")};
    case VerdictWord::Transform:
        return {State::warning, StateWording::tr("Changed")};
    case VerdictWord::Ask:
        return {State::waiting, StateWording::tr("Ask")};
    }
    return {};
}

StateWords stateOf(ephor::Access access)
{
    switch (access) {
    case ephor::Access::None:
        return {State::neutral, StateWording::tr("No rule, so denied")};
    case ephor::Access::Allow:
        return {State::ok, StateWording::tr("Allow")};
    case ephor::Access::Ask:
        return {State::waiting, StateWording::tr("Ask")};
    case ephor::Access::Deny:
        return {State::denied, StateWording::tr("Deny")};
    }
    return {};
}

StateWords stateOf(const CheckResult& check)
{
    if (check.passed)
        return {State::ok, StateWording::tr("Passed")};
    if (!check.required)
        return {State::warning, StateWording::tr("Did not pass, not required")};
    return {State::failed, StateWording::tr("Failed")};
}

StateWords healthOf(const AgentRow& row)
{
    StateWords words = stateOf(row.health);
    if (!row.healthDetail.empty())
        words.words = text(row.healthDetail);
    return words;
}

StateWords versionStateOf(const std::string& state)
{
    if (state == "draft")
        return {State::draft, StateWording::tr("Draft")};
    if (state == "in-review")
        return {State::waiting, StateWording::tr("In review")};
    if (state == "production")
        return {State::ok, StateWording::tr("Production")};
    if (state == "canary")
        return {State::running, StateWording::tr("Canary")};
    if (state == "previous")
        return {State::neutral, StateWording::tr("Previous")};
    return {State::unknown, text(state)};
}

StateWords outcomeOf(std::string_view outcome)
{
    if (outcome == "done" || outcome == "allow" || outcome == "approved")
        return {State::ok, outcome == "allow" ? StateWording::tr("Allowed") : StateWording::tr("Done")};
    if (outcome == "denied" || outcome == "deny")
        return {State::denied, StateWording::tr("Denied")};
    if (outcome == "ask" || outcome == "waiting")
        return {State::waiting, StateWording::tr("Asked")};
    if (outcome == "failed")
        return {State::failed, StateWording::tr("Failed")};
    if (outcome == "expired")
        return {State::warning, StateWording::tr("Expired")};
    if (outcome == "stopped" || outcome == "cancelled")
        return {State::paused, StateWording::tr("Stopped")};
    QString words = text(outcome);
    words.replace(QLatin1Char('-'), QLatin1Char(' '));
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return {State::neutral, words};
}

}

#include "ui/screens/changes/next_act.h"

#include "ui/bridge/values.h"
#include "ui/screens/changes/compare_rows.h"
#include "ui/screens/changes/pipeline_steps.h"

#include <QCoreApplication>

namespace ephor::ui::changes {

namespace {

struct ActWords {
    Q_DECLARE_TR_FUNCTIONS(ActWords)
};

ActOffer offerOf(Act act, const GetChange::Response& shown)
{
    switch (act) {
    case Act::submit:
        return {act, ActWords::tr("Run checks and ask for approval"), Icon::play, Permission::EditDefinitions, {},
            Button::Role::primary};
    case Act::withdraw:
        return {act, ActWords::tr("Withdraw"), Icon::cross, Permission::EditDefinitions};
    case Act::approve:
        return {act, ActWords::tr("Approve"), Icon::check, Permission::ApproveChanges,
            shown.mayApprove ? QString() : text(shown.whyNot)};
    case Act::reject:
        return {act, ActWords::tr("Reject"), Icon::cross, Permission::ApproveChanges};
    case Act::ratify:
        return {act, ActWords::tr("Ratify"), Icon::seal, Permission::ApproveChanges};
    case Act::start:
        return {
            act, ActWords::tr("Start rollout"), Icon::promote, Permission::OperateRollouts, {}, Button::Role::primary};
    case Act::promote: {
        const auto ahead = shown.rollout ? sharesAhead(*shown.rollout) : std::vector<double>{};
        return {act, ActWords::tr("Promote to %1").arg(shareText(ahead.empty() ? 1.0 : ahead.front())), Icon::promote,
            Permission::OperateRollouts};
    }
    case Act::hold:
        return {act, ActWords::tr("Hold"), Icon::pause, Permission::OperateRollouts};
    case Act::resume:
        return {act, ActWords::tr("Resume"), Icon::play, Permission::OperateRollouts};
    case Act::rollBack:
        return {act, ActWords::tr("Roll back"), Icon::rollBack, Permission::OperateRollouts};
    }
    return {};
}

void offer(NextWords& words, const GetChange::Response& shown, std::initializer_list<Act> acts)
{
    for (const Act act : acts)
        words.offers.push_back(offerOf(act, shown));
}

QString previewNote()
{
    return ActWords::tr("Each shows a preview first.");
}

void sayDraft(NextWords& words, const GetChange::Response& shown, FourEyes eyes)
{
    words.state = State::draft;
    words.headline = ActWords::tr("A draft: nobody is asked yet");
    words.text = eyes == FourEyes::notYet
        ? ActWords::tr("Submitting runs the checks. Nobody else can approve yet, so it is marked as self-approved "
                       "(setup) and waits to be ratified; nothing reaches traffic by that.")
        : ActWords::tr("Submitting runs the checks and asks others to approve (needed: %1); nothing reaches traffic "
                       "by that.")
              .arg(numberText(shown.change.summary.approvalsNeeded));
    words.note = previewNote();
    offer(words, shown, {Act::submit, Act::withdraw});
}

void sayApproval(NextWords& words, const GetChange::Response& shown)
{
    const ChangeSummary& change = shown.change.summary;
    const auto missing
        = change.approvalsNeeded > change.approvalsGiven ? change.approvalsNeeded - change.approvalsGiven : 0;
    words.state = State::waiting;
    words.headline = missing == 1 ? ActWords::tr("Waits for one more approval")
                                  : ActWords::tr("Waits for %1 more approvals").arg(numberText(missing));
    words.text = shown.mayApprove
        ? ActWords::tr("You may decide. Read what moves below; nothing reaches traffic before somebody starts the "
                       "rollout.")
        : text(shown.whyNot);
    words.note = previewNote();
    offer(words, shown, {Act::approve, Act::reject, Act::withdraw});
}

void sayApproved(NextWords& words, const GetChange::Response& shown)
{
    words.state = State::ok;
    words.headline = ActWords::tr("Approved; waits for somebody to start it");
    words.text
        = ActWords::tr("The rollout begins with the first share of traffic, or with all of it when the agent has "
                       "no earlier release.");
    words.note = previewNote();
    offer(words, shown, {Act::start, Act::reject, Act::withdraw});
}

void sayRollout(NextWords& words, const GetChange::Response& shown, const CompareRollout::Response* compared)
{
    const Rollout& rollout = *shown.rollout;
    const bool held = rollout.state == RolloutState::Paused;
    const Comparison comparison = compared ? comparisonOf(*compared) : Comparison{};
    words.state = held ? State::paused : comparison.tone;
    words.headline = !comparison.verdict.isEmpty() ? comparison.verdict
        : held                                     ? ActWords::tr("Held at %1").arg(shareText(rollout.share))
                                                   : ActWords::tr("At %1 of traffic").arg(shareText(rollout.share));
    words.text = held
        ? ActWords::tr("Held at %1: the share stays until somebody resumes or rolls back.")
              .arg(shareText(rollout.share))
        : ActWords::tr("%1 of traffic meets %2 since %3; nothing moves without you.")
              .arg(shareText(rollout.share), versionText(rollout.candidateNumber), momentText(rollout.stepAt));
    const auto ahead = sharesAhead(rollout);
    QString next;
    if (ahead.size() > 1)
        next = ActWords::tr("then %1").arg(shareText(ahead.front()));
    words.progress = ShareProgress{
        rollout.share, ActWords::tr("%1 now").arg(shareText(rollout.share)), next, ActWords::tr("all traffic")};
    words.note = previewNote();
    if (held)
        offer(words, shown, {Act::resume, Act::rollBack});
    else
        offer(words, shown, {Act::promote, Act::hold, Act::rollBack});
}

void sayEnd(NextWords& words, const GetChange::Response& shown)
{
    const ChangeSummary& change = shown.change.summary;
    const auto rejected = [&]() -> const ChangeApproval* {
        for (const ChangeApproval& approval : shown.change.approvals) {
            if (!approval.approved)
                return &approval;
        }
        return nullptr;
    }();
    switch (change.state) {
    case ChangeState::RolledBack:
        words.state = State::warning;
        words.headline = ActWords::tr("Rolled back %1").arg(momentText(change.movedAt));
        words.text = shown.rollout && !shown.rollout->history.empty()
            ? ActWords::tr("By %1: %2")
                  .arg(text(shown.rollout->history.back().by), text(shown.rollout->history.back().reason))
            : ActWords::tr("All traffic is on the release before.");
        break;
    case ChangeState::Rejected:
        words.state = State::denied;
        words.headline = rejected ? ActWords::tr("Rejected by %1").arg(text(rejected->name)) : ActWords::tr("Rejected");
        words.text = rejected ? text(rejected->reason) : QString();
        break;
    default:
        words.state = State::paused;
        words.headline = ActWords::tr("Withdrawn %1").arg(momentText(change.movedAt));
        words.text = ActWords::tr("Nothing of it reached traffic.");
        break;
    }
    words.note = ActWords::tr("What is tried again is a new change with approvals of its own.");
}

void sayLive(NextWords& words, const GetChange::Response& shown)
{
    words.state = State::ok;
    words.headline = ActWords::tr("Live since %1").arg(momentText(shown.change.summary.movedAt));
    words.text
        = ActWords::tr("%1 takes all traffic of the agent.").arg(versionText(shown.change.summary.releaseNumber));
    words.note = previewNote();
    if (shown.rollout)
        offer(words, shown, {Act::rollBack});
}

}

NextWords nextWords(const GetChange::Response& shown, const CompareRollout::Response* compared, FourEyes eyes)
{
    NextWords words;
    switch (shown.change.summary.state) {
    case ChangeState::Draft:
        sayDraft(words, shown, eyes);
        break;
    case ChangeState::Checks:
        words.state = State::running;
        words.headline = ActWords::tr("The checks run");
        words.text = ActWords::tr("Approval is asked for when the required ones have passed.");
        break;
    case ChangeState::Approval:
        sayApproval(words, shown);
        break;
    case ChangeState::Approved:
        sayApproved(words, shown);
        break;
    case ChangeState::RollingOut:
        if (shown.rollout) {
            sayRollout(words, shown, compared);
        } else {
            words.state = State::unknown;
            words.headline = ActWords::tr("Rolling out; its numbers are not known now");
        }
        break;
    case ChangeState::Live:
        sayLive(words, shown);
        break;
    case ChangeState::RolledBack:
    case ChangeState::Rejected:
    case ChangeState::Withdrawn:
        sayEnd(words, shown);
        break;
    }
    return words;
}

QString actId(Act act)
{
    switch (act) {
    case Act::submit:
        return QStringLiteral("submit");
    case Act::withdraw:
        return QStringLiteral("withdraw");
    case Act::approve:
        return QStringLiteral("approve");
    case Act::reject:
        return QStringLiteral("reject");
    case Act::ratify:
        return QStringLiteral("ratify");
    case Act::start:
        return QStringLiteral("start");
    case Act::promote:
        return QStringLiteral("promote");
    case Act::hold:
        return QStringLiteral("hold");
    case Act::resume:
        return QStringLiteral("resume");
    case Act::rollBack:
        return QStringLiteral("roll-back");
    }
    return {};
}

}

#include "ui/screens/changes/pipeline_steps.h"

#include "ui/bridge/values.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace ephor::ui::changes {

namespace {

struct StepWords {
    Q_DECLARE_TR_FUNCTIONS(StepWords)
};

using Place = PipelineStep::Place;

PipelineStep draftStep(const ChangeSummary& change)
{
    PipelineStep step{StepWords::tr("Draft"),
        StepWords::tr("%1, %2").arg(text(change.authorName), dayText(change.createdAt)), State::ok, Place::past};
    if (change.state == ChangeState::Draft) {
        step.state = State::draft;
        step.place = Place::current;
    } else if (change.state == ChangeState::Withdrawn) {
        step = {StepWords::tr("Withdrawn"), momentText(change.movedAt), State::paused, Place::current};
    }
    return step;
}

PipelineStep checksStep(const ChangeSummary& change)
{
    const QString passed
        = StepWords::tr("%1 of %2 passed").arg(numberText(change.checksPassed), numberText(change.checksTotal));
    if (change.state == ChangeState::Checks)
        return {StepWords::tr("Checks"), passed, State::running, Place::current};
    if (change.checksTotal == 0)
        return {StepWords::tr("Checks"), StepWords::tr("Run when it is submitted"), State::draft, Place::next};
    const bool all = change.checksPassed == change.checksTotal;
    return {StepWords::tr("Checks"), passed, all ? State::ok : State::warning, Place::past};
}

PipelineStep approvalStep(const Change& whole)
{
    const ChangeSummary& change = whole.summary;
    const QString given
        = StepWords::tr("%1 of %2").arg(numberText(change.approvalsGiven), numberText(change.approvalsNeeded));
    const auto last = std::ranges::max_element(whole.approvals, {}, &ChangeApproval::at);
    const QString when = last == whole.approvals.end() ? QString() : QStringLiteral(", ") + momentText(last->at);
    switch (change.state) {
    case ChangeState::Draft:
    case ChangeState::Checks:
        return {StepWords::tr("Approval"), StepWords::tr("%1 needed").arg(numberText(change.approvalsNeeded)),
            State::draft, Place::next};
    case ChangeState::Approval:
        return {StepWords::tr("Approval"), StepWords::tr("%1, since %2").arg(given, dayText(change.movedAt)),
            State::waiting, Place::current};
    case ChangeState::Rejected:
        return {StepWords::tr("Rejected"),
            last == whole.approvals.end() ? momentText(change.movedAt) : text(last->name) + when, State::denied,
            Place::current};
    case ChangeState::Withdrawn:
        return {StepWords::tr("Approval"), given, State::draft, Place::next};
    default:
        break;
    }
    if (change.selfApproved)
        return {StepWords::tr("Approval"), StepWords::tr("Self-approved (setup)"), State::warning, Place::past};
    return {StepWords::tr("Approval"), given + when, State::ok,
        change.state == ChangeState::Approved ? Place::current : Place::past};
}

PipelineStep rolloutStep(const ChangeSummary& change, const std::optional<Rollout>& rollout)
{
    const QString title = StepWords::tr("Rolling out");
    if (!rollout) {
        return {title,
            change.state == ChangeState::Approved ? StepWords::tr("Starts when you say so")
                                                  : StepWords::tr("After approval"),
            State::draft, Place::next};
    }
    if (change.state != ChangeState::RollingOut)
        return {title, StepWords::tr("Started %1").arg(momentText(rollout->startedAt)), State::ok, Place::past};
    const bool held = rollout->state == RolloutState::Paused;
    return {held ? StepWords::tr("Held at %1").arg(shareText(rollout->share))
                 : StepWords::tr("Rolling out %1").arg(shareText(rollout->share)),
        StepWords::tr("Now, since %1").arg(momentText(rollout->stepAt)), held ? State::paused : State::running,
        Place::current};
}

PipelineStep lastStep(const ChangeSummary& change, const std::optional<Rollout>& rollout)
{
    if (change.state == ChangeState::Live)
        return {StepWords::tr("Live as %1").arg(versionText(change.releaseNumber)),
            StepWords::tr("Since %1").arg(momentText(change.movedAt)), State::ok, Place::current};
    if (change.state == ChangeState::RolledBack)
        return {StepWords::tr("Rolled back"), momentText(change.movedAt), State::warning, Place::current};
    QStringList ahead;
    if (rollout && change.state == ChangeState::RollingOut) {
        for (const double share : sharesAhead(*rollout))
            ahead << shareText(share);
    }
    return {StepWords::tr("Live"),
        ahead.isEmpty() ? QString() : StepWords::tr("Then %1").arg(ahead.join(QStringLiteral(", "))), State::draft,
        Place::next};
}

}

std::vector<PipelineStep> pipelineSteps(const GetChange::Response& shown)
{
    const ChangeSummary& change = shown.change.summary;
    return {draftStep(change), checksStep(change), approvalStep(shown.change), rolloutStep(change, shown.rollout),
        lastStep(change, shown.rollout)};
}

PagePart partOfStep(int step)
{
    switch (step) {
    case 0:
        return PagePart::items;
    case 1:
        return PagePart::checks;
    case 2:
        return PagePart::approvals;
    default:
        return PagePart::comparison;
    }
}

QString momentText(Instant at)
{
    const QDateTime when = dateTime(at);
    return when.isValid() ? QLocale::c().toString(when, QStringLiteral("ddd d MMM HH:mm")) : format::unknown();
}

QString dayText(Instant at)
{
    const QDateTime when = dateTime(at);
    return when.isValid() ? QLocale::c().toString(when, QStringLiteral("ddd d MMM")) : format::unknown();
}

QString shareText(double share)
{
    return format::percent(share, 0);
}

std::vector<double> sharesAhead(const Rollout& rollout)
{
    std::vector<double> ahead;
    std::ranges::copy_if(rollout.steps, std::back_inserter(ahead), [&](double step) { return step > rollout.share; });
    return ahead;
}

}

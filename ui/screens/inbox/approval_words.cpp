#include "ui/screens/inbox/approval_words.h"

#include "ui/bridge/values.h"
#include "ui/bridge/wording.h"
#include "ui/kit/format.h"

#include <QCoreApplication>
#include <QTimeZone>
#include <algorithm>

namespace ephor::ui::inbox {

namespace {

struct ApprovalWording {
    Q_DECLARE_TR_FUNCTIONS(ApprovalWording)
};

constexpr qint64 soonSeconds = 3'600;
constexpr qint64 hourSeconds = 3'600;

QString shortClock(Instant at)
{
    return dateTime(at).toString(QStringLiteral("HH:mm"));
}

bool isConfirmer(const ApprovalRequest& request, const std::string& person)
{
    return !request.stepUp.empty() && request.confirmer == person;
}

// As the core counts: whoever confirms does not approve.
std::uint64_t approvalsGiven(const ApprovalRequest& request)
{
    return std::uint64_t(std::ranges::count_if(request.decisions,
        [&](const ApprovalDecision& decision) { return decision.approved && !isConfirmer(request, decision.person); }));
}

/// "41 min", "1 h 12 min": a deadline needs no seconds until the last minute.
QString leftWords(qint64 seconds)
{
    if (seconds < 60)
        return ApprovalWording::tr("%1 s left").arg(seconds);
    if (seconds < hourSeconds)
        return ApprovalWording::tr("%1 m left").arg(seconds / 60);
    if (seconds < 48 * hourSeconds)
        return ApprovalWording::tr("%1 h %2 m left").arg(seconds / hourSeconds).arg(seconds % hourSeconds / 60);
    return ApprovalWording::tr("%1 days left").arg(seconds / (24 * hourSeconds));
}

}

QString askTitle(const ApprovalRequest& request)
{
    return request.reference.empty()
        ? text(request.tool)
        : ApprovalWording::tr("%1 for %2").arg(text(request.tool), text(request.reference));
}

QString askSubtitle(const ApprovalRequest& request, const QDateTime& now)
{
    QStringList parts{text(request.agentTitle.empty() ? request.agent : request.agentTitle),
        ApprovalWording::tr("run %1").arg(shortId(request.run)),
        ApprovalWording::tr("asked %1, %2")
            .arg(shortClock(request.requestedAt), relativeTime(request.requestedAt, now))};
    if (request.state == ApprovalState::Waiting)
        parts << ApprovalWording::tr("the run waits here");
    return parts.join(QStringLiteral(" · "));
}

DeadlineWords deadlineWords(const ApprovalRequest& request, const QDateTime& now)
{
    const StateWords words = stateOf(request.state);
    const QDateTime deadline = dateTime(request.expiresAt);
    if (request.state != ApprovalState::Waiting)
        return {words.words, request.decisions.empty() ? QString() : absoluteTime(request.decisions.back().at),
            words.state};
    if (!deadline.isValid())
        return {ApprovalWording::tr("No deadline"), {}, State::waiting};
    const qint64 seconds = now.secsTo(deadline);
    if (seconds <= 0)
        return {
            ApprovalWording::tr("Time is over"), ApprovalWording::tr("Denied, since nobody decided"), State::denied};
    const bool today = deadline.date() == now.toTimeZone(deadline.timeZone()).date();
    const QString at = deadline.toString(today ? QStringLiteral("HH:mm") : QStringLiteral("d MMM HH:mm"));
    return {leftWords(seconds), ApprovalWording::tr("At %1: denied if nobody decides").arg(at),
        seconds < 2 * soonSeconds ? State::warning : State::waiting};
}

std::vector<PersonWords> approvalPeople(
    const GetApproval::Response& approval, const Principal& me, const QDateTime& now)
{
    const ApprovalRequest& request = approval.request;
    std::vector<PersonWords> people;
    for (const ApprovalDecision& decision : request.decisions) {
        StateWords words = stateOf(decision.approved ? ApprovalState::Approved : ApprovalState::Denied);
        if (decision.approved && isConfirmer(request, decision.person))
            words.words = ApprovalWording::tr("Confirmed");
        const QString name = decision.person == me.id ? ApprovalWording::tr("You") : text(decision.name);
        people.push_back(
            {name, {}, ApprovalWording::tr("%1, %2").arg(relativeTime(decision.at, now), text(decision.reason)),
                words.state, words.words});
    }
    if (request.state == ApprovalState::Waiting && !request.stepUp.empty() && !request.confirmed)
        people.push_back({approval.awaitsMe ? ApprovalWording::tr("You") : text(request.confirmerName),
            approval.awaitsMe ? ApprovalWording::tr("The call is done for you")
                              : ApprovalWording::tr("The call is done for them"),
            ApprovalWording::tr("Confirms with a fresh sign-in"), State::waiting, ApprovalWording::tr("Open")});
    const bool asksApprovers = request.state == ApprovalState::Waiting && approvalsGiven(request) < request.needed;
    if (approval.mayDecide)
        people.push_back({ApprovalWording::tr("You"), word(request.approver), ApprovalWording::tr("Your decision"),
            State::waiting, ApprovalWording::tr("Open")});
    else if (asksApprovers)
        people.push_back({word(request.approver), {}, ApprovalWording::tr("Anyone with this role, except who asked"),
            State::waiting, ApprovalWording::tr("Open")});
    if (!request.requesterName.empty())
        people.push_back({text(request.requesterName), ApprovalWording::tr("Started the run"),
            ApprovalWording::tr("Cannot decide about a run of their own"), State::neutral,
            ApprovalWording::tr("Cannot")});
    return people;
}

std::optional<SignInWords> signInWords(const GetApproval::Response& approval)
{
    const ApprovalRequest& request = approval.request;
    if (request.stepUp.empty())
        return {};
    const QString name = text(request.confirmerName);
    if (request.confirmed)
        return SignInWords{State::ok, ApprovalWording::tr("%1 confirmed it after a fresh sign-in.").arg(name), {}};
    if (request.state != ApprovalState::Waiting)
        return {};
    if (!approval.awaitsMe)
        return SignInWords{State::waiting, ApprovalWording::tr("%1 must confirm with a fresh sign-in.").arg(name),
            text(request.stepUp)};
    return SignInWords{State::waiting, ApprovalWording::tr("It is done for you: confirm it with a fresh sign-in."),
        text(request.stepUp)};
}

QString progressWords(const ApprovalRequest& request)
{
    if (request.needed == 0)
        return request.confirmed ? ApprovalWording::tr("confirmed") : ApprovalWording::tr("a sign-in");
    return ApprovalWording::tr("%1 of %2").arg(approvalsGiven(request)).arg(request.needed);
}

QString similarWords(const GetApproval::Response& approval)
{
    const std::uint64_t all = approval.similarApproved + approval.similarDenied;
    if (all == 0)
        return ApprovalWording::tr("None in 90 days: this is the first of its kind.");
    return ApprovalWording::tr("%1 in 90 days: %2 approved, %3 denied")
        .arg(numberText(all), numberText(approval.similarApproved), numberText(approval.similarDenied));
}

State effectState(SideEffect effect)
{
    switch (effect) {
    case SideEffect::Read:
        return State::neutral;
    case SideEffect::Write:
        return State::info;
    case SideEffect::Irreversible:
    case SideEffect::Egress:
        return State::warning;
    }
    return State::unknown;
}

QStringList usualReasons()
{
    return {ApprovalWording::tr("Evidence supports it"), ApprovalWording::tr("Evidence is missing"),
        ApprovalWording::tr("Wrong values"), ApprovalWording::tr("Not wanted now")};
}

}

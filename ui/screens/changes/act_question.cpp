#include "ui/bridge/values.h"
#include "ui/screens/changes/compare_rows.h"
#include "ui/screens/changes/next_act.h"
#include "ui/screens/changes/pipeline_steps.h"

#include <QCoreApplication>

namespace ephor::ui::changes {

namespace {

struct QuestionWords {
    Q_DECLARE_TR_FUNCTIONS(QuestionWords)
};

/// More lines than this do not fit a dialog; the page behind it lists all.
constexpr std::size_t mostLines = 5;

/// What keeps meeting the same side, whatever it asks next.
std::pair<QString, QString> assignmentFact()
{
    return {QuestionWords::tr("Assigned by"), QuestionWords::tr("person, else conversation: each meets one side")};
}

void addNumbers(ActQuestion& question, const CompareRollout::Response* compared)
{
    if (!compared)
        return;
    const Comparison comparison = comparisonOf(*compared);
    for (const CompareLine& line : comparison.lines) {
        if (line.weight == CompareLine::Weight::detail)
            continue;
        QString words = line.canary.value;
        if (comparison.hasBaseline)
            words = QuestionWords::tr("%1 against %2").arg(line.canary.value, line.baseline.value);
        if (!line.reading.isEmpty() && comparison.hasBaseline)
            words += QStringLiteral(" \u00B7 ") + line.reading;
        question.facts.emplace_back(line.measure, words);
    }
}

QString listed(const std::vector<std::string>& phrases)
{
    QStringList lines;
    for (std::size_t at = 0; at < phrases.size() && at < mostLines; ++at)
        lines << text(phrases[at]);
    if (phrases.size() > mostLines)
        lines << QuestionWords::tr("and %1 more").arg(numberText(phrases.size() - mostLines));
    return lines.join(u'\n');
}

QString idAndTitle(const GetChange::Response& shown)
{
    return text(shown.change.summary.id) + u' ' + text(shown.change.summary.title);
}

ActQuestion reviewQuestion(Act act, const GetChange::Response& shown)
{
    const ChangeSummary& change = shown.change.summary;
    ActQuestion question;
    if (act == Act::approve) {
        const bool last = change.approvalsGiven + 1 >= change.approvalsNeeded;
        question.title = QuestionWords::tr("Approve %1").arg(idAndTitle(shown));
        question.text = last
            ? QuestionWords::tr("Yours is the last approval needed. The change can then be released; nothing reaches "
                                "traffic until somebody starts the rollout.")
            : QuestionWords::tr("Another person has to approve it too. Nothing reaches traffic by this.");
        question.reasons = {QuestionWords::tr("Read and understood"), QuestionWords::tr("Agreed with the owner"),
            QuestionWords::tr("Checks suffice")};
        question.accept = QuestionWords::tr("Approve");
    } else if (act == Act::reject) {
        question.title = QuestionWords::tr("Reject %1").arg(idAndTitle(shown));
        question.text = QuestionWords::tr("The change ends here. What is tried again is a new change with approvals of "
                                          "its own.");
        question.accept = QuestionWords::tr("Reject");
    } else {
        question.title = QuestionWords::tr("Ratify %1").arg(idAndTitle(shown));
        question.text = QuestionWords::tr("It was published when nobody else could approve. Ratifying says that you "
                                          "have read it and stand behind it; it moves no traffic.");
        question.accept = QuestionWords::tr("Ratify");
    }
    question.facts = {{QuestionWords::tr("Author"), text(change.authorName)},
        {QuestionWords::tr("Checks"),
            QuestionWords::tr("%1 of %2 passed").arg(numberText(change.checksPassed), numberText(change.checksTotal))},
        {QuestionWords::tr("What you saw"), shortId(shown.change.digest)}};
    return question;
}

ActQuestion draftQuestion(Act act, const GetChange::Response& shown, FourEyes eyes)
{
    ActQuestion question;
    if (act == Act::submit) {
        question.title = QuestionWords::tr("Submit %1").arg(idAndTitle(shown));
        question.text = eyes == FourEyes::notYet
            ? QuestionWords::tr("The checks run now. Nobody else can approve yet: when the required ones pass, the "
                                "change is marked as self-approved (setup), and the first governance officer is asked "
                                "to ratify it. No traffic moves.")
            : QuestionWords::tr("The checks run now. When the required ones pass, others than the author are asked to "
                                "approve (needed: %1). No traffic moves.")
                  .arg(numberText(shown.change.summary.approvalsNeeded));
        question.accept = eyes == FourEyes::notYet ? QuestionWords::tr("Run checks")
                                                   : QuestionWords::tr("Run checks and ask for approval");
        question.reason = ActQuestion::Reason::none;
        return question;
    }
    question.title = QuestionWords::tr("Withdraw %1").arg(idAndTitle(shown));
    question.text = QuestionWords::tr("The change ends here and nobody is asked any more. Its versions stay in the "
                                      "library.");
    question.reasons = {QuestionWords::tr("No longer wanted"), QuestionWords::tr("Replaced by another change")};
    question.accept = QuestionWords::tr("Withdraw");
    return question;
}

ActQuestion rollBackQuestion(const GetChange::Response& shown, const CompareRollout::Response* compared)
{
    const Rollout& rollout = *shown.rollout;
    ActQuestion question;
    question.title = rollout.baselineNumber > 0
        ? QuestionWords::tr("Roll back to %1").arg(versionText(rollout.baselineNumber))
        : QuestionWords::tr("Roll back to nothing");
    question.text = rollout.baselineNumber > 0
        ? QuestionWords::tr(
              "All traffic goes back to %1 at once. Runs that have begun end on %2. Answers and acts that "
              "were sent stay sent.")
              .arg(versionText(rollout.baselineNumber), versionText(rollout.candidateNumber))
        : QuestionWords::tr("There is no earlier release: the agent stops answering until another one goes live.");
    if (compared) {
        if (!compared->bringsBack.empty())
            question.facts.emplace_back(QuestionWords::tr("Brings back"), listed(compared->bringsBack));
        if (!compared->stays.empty())
            question.facts.emplace_back(QuestionWords::tr("Stays"), listed(compared->stays));
    }
    question.reasons = {QuestionWords::tr("Numbers got worse"), QuestionWords::tr("Wrong answers seen"),
        QuestionWords::tr("Asked by the owner")};
    question.accept = question.title;
    return question;
}

ActQuestion moveQuestion(Act act, const GetChange::Response& shown, const CompareRollout::Response* compared)
{
    const Rollout& rollout = *shown.rollout;
    const QString share = shareText(rollout.share);
    ActQuestion question;
    if (act == Act::promote) {
        const auto ahead = sharesAhead(rollout);
        const QString next = shareText(ahead.empty() ? 1.0 : ahead.front());
        question.title = QuestionWords::tr("Promote %1 to %2").arg(versionText(rollout.candidateNumber), next);
        question.text = ahead.size() <= 1
            ? QuestionWords::tr("All traffic goes to %1, and the change is live. Rolling back stays possible.")
                  .arg(versionText(rollout.candidateNumber))
            : QuestionWords::tr(
                  "The share goes from %1 to %2. Whoever meets %3 now keeps meeting it. The numbers below "
                  "go into the record with your reason.")
                  .arg(share, next, versionText(rollout.candidateNumber));
        question.reasons = {QuestionWords::tr("Numbers hold up"), QuestionWords::tr("Agreed with the owner")};
        question.accept = QuestionWords::tr("Promote to %1").arg(next);
        question.facts.emplace_back(
            QuestionWords::tr("Share of traffic"), QuestionWords::tr("%1 now, %2 then").arg(share, next));
        question.facts.push_back(assignmentFact());
        addNumbers(question, compared);
    } else if (act == Act::hold) {
        question.title = QuestionWords::tr("Hold at %1").arg(share);
        question.text
            = QuestionWords::tr("The share stays at %1 and cannot be promoted until somebody resumes.").arg(share);
        question.reasons = {QuestionWords::tr("Looking into the numbers"), QuestionWords::tr("Outside working hours")};
        question.accept = QuestionWords::tr("Hold at %1").arg(share);
    } else {
        question.title = QuestionWords::tr("Resume at %1").arg(share);
        question.text = QuestionWords::tr("The share stays at %1; promoting is possible again.").arg(share);
        question.reasons = {QuestionWords::tr("Looked into it")};
        question.accept = QuestionWords::tr("Resume");
    }
    return question;
}

}

ActQuestion questionFor(
    Act act, const GetChange::Response& shown, const CompareRollout::Response* compared, FourEyes eyes)
{
    switch (act) {
    case Act::submit:
    case Act::withdraw:
        return draftQuestion(act, shown, eyes);
    case Act::approve:
    case Act::reject:
    case Act::ratify:
        return reviewQuestion(act, shown);
    case Act::start: {
        ActQuestion question;
        question.title = QuestionWords::tr("Start rolling out %1").arg(idAndTitle(shown));
        question.text = QuestionWords::tr("A release is made and takes the first share of traffic, or all of it when "
                                          "the agent has no earlier one. Each further step is yours to take.");
        question.facts = {{QuestionWords::tr("First share"),
                              QuestionWords::tr("%1 of the traffic of %2")
                                  .arg(shareText(rolloutShares.front()), text(shown.change.summary.agentTitle))},
            assignmentFact()};
        question.reasons = {QuestionWords::tr("As planned"), QuestionWords::tr("Agreed with the owner")};
        question.accept = QuestionWords::tr("Start rollout");
        return question;
    }
    case Act::promote:
    case Act::hold:
    case Act::resume:
        return shown.rollout ? moveQuestion(act, shown, compared) : ActQuestion{};
    case Act::rollBack:
        return shown.rollout ? rollBackQuestion(shown, compared) : ActQuestion{};
    }
    return {};
}

std::vector<std::pair<QString, QString>> whatHappensNext(const GetChange::Response& shown)
{
    const ChangeSummary& change = shown.change.summary;
    switch (change.state) {
    case ChangeState::Draft:
        return {{QuestionWords::tr("Now"), QuestionWords::tr("Nothing: a draft asks nobody")},
            {QuestionWords::tr("Submit"), QuestionWords::tr("Checks run, then approval is asked for")},
            {QuestionWords::tr("Then"), QuestionWords::tr("Somebody starts the rollout, step by step")}};
    case ChangeState::Checks:
    case ChangeState::Approval:
        return {{QuestionWords::tr("Now"), QuestionWords::tr("It waits in the inbox of everybody who may approve")},
            {QuestionWords::tr("Approved"), QuestionWords::tr("It can be released; no traffic moves by that")},
            {QuestionWords::tr("Rejected"), QuestionWords::tr("It ends; a new change may be drafted")}};
    case ChangeState::Approved:
        return {{QuestionWords::tr("Now"), QuestionWords::tr("Nothing moves until somebody starts it")},
            {QuestionWords::tr("Start"), QuestionWords::tr("The first share of traffic meets it")},
            {QuestionWords::tr("Your step"), QuestionWords::tr("Each further share is yours to take")}};
    case ChangeState::RollingOut: {
        if (!shown.rollout)
            return {};
        if (shown.rollout->state == RolloutState::Paused)
            return {{QuestionWords::tr("Now"),
                        QuestionWords::tr("Held: the share stays at %1, and nobody can promote it")
                            .arg(shareText(shown.rollout->share))},
                {QuestionWords::tr("Resume"), QuestionWords::tr("The share stays; promoting is possible again")},
                {QuestionWords::tr("If harmed"), QuestionWords::tr("Roll back; it takes seconds")},
                {QuestionWords::tr("Tighten"),
                    QuestionWords::tr("A stop or a tightening binds in both variants at once")}};
        QStringList ahead;
        for (const double share : sharesAhead(*shown.rollout))
            ahead << shareText(share);
        return {{QuestionWords::tr("Now"),
                    QuestionWords::tr("The share stays at %1 and %2 keeps counting")
                        .arg(shareText(shown.rollout->share), versionText(shown.rollout->candidateNumber))},
            {QuestionWords::tr("Your step"),
                QuestionWords::tr("%1: each one is yours to take").arg(ahead.join(QuestionWords::tr(", then ")))},
            {QuestionWords::tr("If harmed"), QuestionWords::tr("Hold keeps the share; rolling back takes seconds")},
            {QuestionWords::tr("Tighten"), QuestionWords::tr("A stop or a tightening binds in both variants at once")}};
    }
    case ChangeState::Live:
        return {{QuestionWords::tr("Now"),
                    QuestionWords::tr("%1 takes all traffic").arg(versionText(change.releaseNumber))},
            {QuestionWords::tr("If harmed"), QuestionWords::tr("Roll back; it takes seconds")}};
    case ChangeState::RolledBack:
    case ChangeState::Rejected:
    case ChangeState::Withdrawn:
        break;
    }
    return {{QuestionWords::tr("Now"), QuestionWords::tr("It has ended and stays in the record")},
        {QuestionWords::tr("Again"), QuestionWords::tr("Draft a new change with approvals of its own")}};
}

}

#pragma once

#include "core/api/runs.h"
#include "ui/kit/state.h"

#include <QDateTime>
#include <QStringList>
#include <optional>

namespace ephor::ui::inbox {

/// Words of a request that waits for people. Pure.
QString askTitle(const ApprovalRequest& request); ///< "payments.send for 7731-118"
/// "Customer refunds · run 8f3b0712 · asked 13:47, 33 m ago · the run waits here"
QString askSubtitle(const ApprovalRequest& request, const QDateTime& now);

struct DeadlineWords {
    QString left; ///< "1 h 12 m left"
    QString then; ///< "At 15:32: denied if nobody decides"
    State state = State::neutral;
};
DeadlineWords deadlineWords(const ApprovalRequest& request, const QDateTime& now);

/// One line of the approvals: somebody who decided, may decide or cannot.
struct PersonWords {
    QString name;
    QString role;
    QString detail;
    State state = State::neutral;
    QString word;
};
std::vector<PersonWords> approvalPeople(
    const GetApproval::Response& approval, const Principal& me, const QDateTime& now);

/// Of a call that wants a fresh sign-in of the person it is done for: what that person must do, or did. Nothing where
/// none is wanted, or the request is over without it.
struct SignInWords {
    State state = State::waiting;
    QString strong; ///< "Wanda Nowak must confirm with a fresh sign-in."
    QString why;
};
std::optional<SignInWords> signInWords(const GetApproval::Response& approval);

/// Without the confirmation of whoever the call is done for, which is no approval.
QString progressWords(const ApprovalRequest& request); ///< "1 of 2"
QString similarWords(const GetApproval::Response& approval); ///< "9 in 90 days: 7 approved, 2 denied"
/// Loud where it cannot be taken back or leaves the company.
State effectState(SideEffect effect);
/// What the reason may be, at a press.
QStringList usualReasons();

}

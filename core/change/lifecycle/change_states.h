#pragma once

#include "core/base/result.h"
#include "core/domain/change.h"

namespace ephor::lifecycle {

/// What moves a change from one state to the next.
enum class ChangeAct {
    Submit, ///< its checks held: it waits for approval
    SelfApprove, ///< its checks held, and nobody but its authors could approve it
    Approve, ///< enough people approved
    Reject,
    Withdraw,
    Start, ///< takes its first share of traffic
    GoLive, ///< takes all of it
    RollBack,
};
BOOST_DESCRIBE_ENUM(ChangeAct, Submit, SelfApprove, Approve, Reject, Withdraw, Start, GoLive, RollBack)

/// Where the act leads from here. Pure. Code change.state, with state and act in the fields.
Result<ChangeState> nextState(ChangeState from, ChangeAct act);

}

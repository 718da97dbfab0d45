#include "core/change/lifecycle/change_states.h"

#include "core/domain/reflect.h"

#include <array>

namespace ephor::lifecycle {

namespace {

struct ChangeMove {
    ChangeState from;
    ChangeAct act;
    ChangeState to;
};

// Rejected, Withdrawn and RolledBack are ends: what is tried again is a new change with approvals of its own.
constexpr std::array changeMoves{
    ChangeMove{ChangeState::Draft, ChangeAct::Submit, ChangeState::Approval},
    ChangeMove{ChangeState::Draft, ChangeAct::SelfApprove, ChangeState::Approved},
    ChangeMove{ChangeState::Draft, ChangeAct::Withdraw, ChangeState::Withdrawn},
    ChangeMove{ChangeState::Approval, ChangeAct::Approve, ChangeState::Approved},
    ChangeMove{ChangeState::Approval, ChangeAct::Reject, ChangeState::Rejected},
    ChangeMove{ChangeState::Approval, ChangeAct::Withdraw, ChangeState::Withdrawn},
    ChangeMove{ChangeState::Approved, ChangeAct::Reject, ChangeState::Rejected},
    ChangeMove{ChangeState::Approved, ChangeAct::Withdraw, ChangeState::Withdrawn},
    ChangeMove{ChangeState::Approved, ChangeAct::Start, ChangeState::RollingOut},
    ChangeMove{ChangeState::Approved, ChangeAct::GoLive, ChangeState::Live},
    ChangeMove{ChangeState::RollingOut, ChangeAct::GoLive, ChangeState::Live},
    ChangeMove{ChangeState::RollingOut, ChangeAct::RollBack, ChangeState::RolledBack},
    ChangeMove{ChangeState::Live, ChangeAct::RollBack, ChangeState::RolledBack},
};

std::string hintFor(ChangeState from, ChangeAct act)
{
    if (from == ChangeState::RollingOut && act == ChangeAct::Withdraw)
        return "Roll it back first.";
    if (act == ChangeAct::Start && (from == ChangeState::Draft || from == ChangeState::Approval))
        return "It needs its checks and approvals first.";
    return "Look at the change as it is now.";
}

}

Result<ChangeState> nextState(ChangeState from, ChangeAct act)
{
    for (const ChangeMove& move : changeMoves) {
        if (move.from == from && move.act == act)
            return move.to;
    }
    return fail(Error(ErrorKind::Conflict, "change.state",
        "A change that is \"" + wordOf(from) + "\" cannot be moved by \"" + wordOf(act) + "\".", hintFor(from, act))
            .with("state", wordOf(from))
            .with("act", wordOf(act)));
}

}

#pragma once

#include "core/base/result.h"
#include "core/domain/change.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace ephor::lifecycle {

/// What decides how many people a change needs.
struct ChangeRisk {
    std::span<const GrantEdit> grants;
    /// By tool: the graver of what production and the candidate declare, so that no change talks its own risk down.
    std::map<std::string, SideEffect> effects;
    bool understatesTool = false; ///< a tool that could not be undone is declared as one that can
};

/// How many people must approve, the authors not counted:
///
/// | what the change does                                        | people |
/// |-------------------------------------------------------------|--------|
/// | anything                                                    | 1      |
/// | loosens the grant of an irreversible or egress tool         | 2      |
/// | declares an irreversible or egress tool as read or write    | 2      |
///
/// Pure.
std::uint64_t approvalsNeeded(const ChangeRisk& risk);

/// True for what cannot be taken back once it happened.
bool isGrave(SideEffect effect);

/// Different people, none of them an author, who approved exactly this digest. Pure.
std::uint64_t approvalsGiven(
    std::span<const ChangeApproval> approvals, std::span<const std::string> authors, const std::string& digest);

/// True when the authors' own word stands for an approval of exactly this digest, since nobody else could give one.
bool isSetupApproved(std::span<const ChangeApproval> approvals, const std::string& digest);

/// Why `person` may not approve the change that was seen as `digest`; nothing when they may. Whether they hold the
/// permission is the caller's question. Codes: change.author, change.moved-on, change.approved-already. Pure.
Result<void> mayCount(
    const Change& change, std::span<const std::string> authors, const std::string& person, const std::string& digest);

}

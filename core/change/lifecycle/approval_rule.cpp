#include "core/change/lifecycle/approval_rule.h"

#include <algorithm>
#include <set>

namespace ephor::lifecycle {

bool isGrave(SideEffect effect)
{
    return effect == SideEffect::Irreversible || effect == SideEffect::Egress;
}

std::uint64_t approvalsNeeded(const ChangeRisk& risk)
{
    constexpr std::uint64_t one = 1;
    constexpr std::uint64_t two = 2;
    const bool loosensGrave = std::ranges::any_of(risk.grants, [&](const GrantEdit& edit) {
        const auto effect = risk.effects.find(edit.after.tool);
        // A tool that nobody can classify counts as a grave one.
        return edit.loosens && (effect == risk.effects.end() || isGrave(effect->second));
    });
    return loosensGrave || risk.understatesTool ? two : one;
}

std::uint64_t approvalsGiven(
    std::span<const ChangeApproval> approvals, std::span<const std::string> authors, const std::string& digest)
{
    std::set<std::string> people;
    for (const ChangeApproval& approval : approvals) {
        const bool counts = approval.approved && !approval.setup && approval.digest == digest
            && std::ranges::find(authors, approval.person) == authors.end();
        if (counts)
            people.insert(approval.person);
    }
    return people.size();
}

bool isSetupApproved(std::span<const ChangeApproval> approvals, const std::string& digest)
{
    return std::ranges::any_of(approvals, [&](const ChangeApproval& approval) {
        return approval.setup && approval.approved && approval.digest == digest;
    });
}

Result<void> mayCount(
    const Change& change, std::span<const std::string> authors, const std::string& person, const std::string& digest)
{
    if (std::ranges::find(authors, person) != authors.end())
        return fail(Error(ErrorKind::Forbidden, "change.author",
            "Who drafted a change or wrote one of its versions never counts among those who approve it.",
            "Ask another governance officer of the team.")
                .with("change", change.summary.id));
    if (digest != change.digest)
        return fail(Error(ErrorKind::Conflict, "change.moved-on", "The change is not the one that was looked at.",
            "Look at it again, then decide.")
                .with("change", change.summary.id)
                .with("digest", change.digest));
    const auto before = std::ranges::find_if(change.approvals, [&](const ChangeApproval& approval) {
        return approval.person == person && approval.approved && !approval.setup && approval.digest == digest;
    });
    if (before != change.approvals.end())
        return fail(Error(ErrorKind::Conflict, "change.approved-already",
            "This person has approved the change already.", "Another person is needed.")
                .with("change", change.summary.id));
    return {};
}

}

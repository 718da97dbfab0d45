#include "core/insight/inbox.h"

#include "core/api/erasure.h"
#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/insight/change_record.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/approval/may_decide.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>

namespace ephor::insight {

namespace {

constexpr std::int64_t mostWaitingRequests = 1'000; // decided one by one; the rest comes up as these go
constexpr std::size_t mostDecisionsShown = 50;
// How many of a person's own entries are looked through for decisions.
constexpr std::int64_t mostOwnEntries = 5'000;

Result<ApprovalRequest> requestFrom(std::string_view body)
{
    EPHOR_TRY(const Json json, parseJson(body));
    return fromJson<ApprovalRequest>(json, UnknownMembers::Ignore);
}

bool mayReview(const Call& call, const ChangeRecord& record)
{
    const Change& change = record.change;
    const Principal& principal = call.principal();
    const bool approved = std::ranges::any_of(change.approvals, [&](const ChangeApproval& each) {
        return each.person == principal.id && each.approved && !each.setup && each.digest == change.digest;
    });
    return principal.kind == PrincipalKind::Person && !approved && change.summary.author != principal.id
        && std::ranges::find(record.authors, principal.id) == record.authors.end()
        && call.holds(Permission::ApproveChanges, {change.summary.team, change.summary.environment});
}

std::string callWords(const ApprovalRequest& request, const std::map<std::string, std::string>& toolTitles)
{
    const auto title = toolTitles.find(request.tool);
    const std::string what = title == toolTitles.end() ? request.tool : title->second;
    return request.reference.empty() ? what : what + " for " + request.reference;
}

std::string progressWords(std::uint64_t given, std::uint64_t needed)
{
    return std::to_string(given) + " of " + countWords(needed, "approval");
}

std::string titleOf(const ChangeSummary& change)
{
    return change.title.empty() ? change.id : change.id + ", " + change.title;
}

Result<std::map<std::string, std::string>> toolTitles(const store::Snapshot& snapshot)
{
    std::map<std::string, std::string> titles;
    EPHOR_TRY_VOID(snapshot.query("SELECT name, title FROM definition WHERE kind = 'tool' AND title <> ''", {},
        [&](const store::Row& row) -> Result<void> {
            titles.emplace(row.string(0), row.string(1));
            return {};
        }));
    return titles;
}

using TitlesOfTools = std::map<std::string, std::string>;

Result<void> addActions(const store::Snapshot& snapshot, const Call& call, Instant now, const TitlesOfTools& titles,
    std::vector<InboxItem>& items)
{
    return snapshot.query("SELECT body FROM approval WHERE state = 0 AND expires_at > ? ORDER BY expires_at LIMIT ?",
        {std::int64_t(now.time_since_epoch().count()), mostWaitingRequests},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const ApprovalRequest request, requestFrom(row.text(0)));
            const bool confirms = approval::waitsForSignIn(request, call, now);
            if (!confirms && !approval::whyNotDecide(request, call, now).empty())
                return {};
            const std::string agent = request.agentTitle.empty() ? request.agent : request.agentTitle;
            items.push_back({"action", request.id, callWords(request, titles),
                agent + " · "
                    + (confirms ? std::string("your fresh sign-in")
                                : progressWords(approval::approvalsGiven(request), request.needed)),
                request.requestedAt, request.expiresAt, "inbox/" + request.id});
            return {};
        });
}

Result<void> addChanges(const store::Snapshot& snapshot, const Call& call, std::vector<InboxItem>& items)
{
    const auto agentOf
        = [](const ChangeSummary& change) { return change.agentTitle.empty() ? change.agent : change.agentTitle; };
    EPHOR_TRY(const auto waiting, changesForApproval(snapshot));
    for (const ChangeRecord& record : waiting) {
        const ChangeSummary& change = record.change.summary;
        if (mayReview(call, record))
            items.push_back({"change", change.id, titleOf(change),
                agentOf(change) + " · " + std::to_string(change.checksPassed) + " of "
                    + countWords(change.checksTotal, "check")
                    // Of one approval none was given: that is why it waits.
                    + (change.approvalsNeeded > 1 ? " · " + progressWords(change.approvalsGiven, change.approvalsNeeded)
                                                  : std::string()),
                change.movedAt, {}, "changes/" + change.id});
    }
    EPHOR_TRY(const auto selfApproved, changesToRatify(snapshot));
    for (const ChangeRecord& record : selfApproved) {
        const ChangeSummary& change = record.change.summary;
        if (mayReview(call, record))
            items.push_back(
                {"ratify", change.id, titleOf(change), agentOf(change) + " · self-approved by " + change.authorName,
                    change.movedAt, {}, "changes/" + change.id});
    }
    return {};
}

// Of the person's digest, with or without the kinds before it.
std::string erasureId(const std::string& digest)
{
    return "erasure-" + digest.substr(digest.rfind(':') + 1);
}

// Of whom, nobody has written down: whoever confirms names the person.
Result<void> addErasures(const store::Snapshot& snapshot, const Call& call, Instant now, std::vector<InboxItem>& items)
{
    const Principal& principal = call.principal();
    if (principal.kind != PrincipalKind::Person || !call.holds(Permission::ApproveChanges, {"*", "*"}))
        return {};
    const auto holds = std::chrono::duration_cast<Duration>(erasureWishHolds);
    return snapshot.query("SELECT person, asked_by_name, asked_at, reason FROM erasure_wish WHERE asked_at >= ?"
                          " AND asked_by <> ? ORDER BY asked_at LIMIT ?",
        {std::int64_t((now - holds).time_since_epoch().count()), std::string_view(principal.id), mostWaitingRequests},
        [&](const store::Row& row) -> Result<void> {
            const std::string digest = row.string(0);
            const std::string id = erasureId(digest);
            const Instant asked{Duration(row.integer(2))};
            items.push_back({"erasure", id, "Erase a person for good", row.string(1) + " asked · " + row.string(3),
                asked, asked + holds, "inbox/" + id});
            return {};
        });
}

struct OwnDecision {
    std::string operation;
    std::string outcome;
    std::string reason;
    Instant at;
    std::string approval;
    std::string change;
    std::string subject;
};

// The scan is bounded, then filtered: an index by actor alone serves it.
Result<std::vector<OwnDecision>> ownDecisions(const store::Snapshot& snapshot, const std::string& person)
{
    std::vector<OwnDecision> decisions;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT operation, outcome, reason, at, coalesce(ref_approval, ''), coalesce(ref_change, ''),"
        " coalesce(subject, '') FROM leaf WHERE "
        "idx"
        " IN (SELECT idx FROM entry WHERE actor = ? ORDER BY idx DESC LIMIT ?) AND operation IN ('approvals.decide', "
        "'approvals.confirm',"
        " 'changes.approve', 'changes.reject', 'changes.ratify', 'people.erase-confirm') AND NOT (kind = 'operation' "
        "AND outcome = 'denied')"
        " ORDER BY idx DESC LIMIT ?",
        {std::string_view(person), mostOwnEntries, std::int64_t(mostDecisionsShown)},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Instant at, parseInstant(row.text(3)));
            decisions.push_back(
                {row.string(0), row.string(1), row.string(2), at, row.string(4), row.string(5), row.string(6)});
            return {};
        }));
    return decisions;
}

std::string withReason(std::string word, const std::string& reason)
{
    return reason.empty() ? word : word + ": " + reason;
}

Result<std::optional<InboxItem>> doneItem(
    const store::Snapshot& snapshot, const OwnDecision& decision, const TitlesOfTools& titles)
{
    if (decision.operation == "approvals.decide" || decision.operation == "approvals.confirm") {
        EPHOR_TRY(const auto body,
            snapshot.text("SELECT body FROM approval WHERE id = ?", {std::string_view(decision.approval)}));
        if (!body)
            return std::nullopt;
        EPHOR_TRY(const ApprovalRequest request, requestFrom(*body));
        const std::string word = decision.outcome == "approved" ? "Approved"
            : decision.outcome == "confirmed"                   ? "Confirmed"
                                                                : "Denied";
        return InboxItem{"action", request.id, callWords(request, titles), withReason(word, decision.reason),
            decision.at, {}, "inbox/" + request.id};
    }
    if (decision.operation == "people.erase-confirm") {
        const std::string id = erasureId(decision.subject);
        return InboxItem{"erasure", id, "Erased a person for good", withReason("Confirmed", decision.reason),
            decision.at, {}, "inbox/" + id};
    }
    EPHOR_TRY(const auto record, findChangeRecord(snapshot, decision.change));
    if (!record)
        return std::nullopt;
    const bool ratified = decision.operation == "changes.ratify";
    const std::string word = ratified ? "Ratified" : decision.operation == "changes.reject" ? "Rejected" : "Approved";
    return InboxItem{ratified ? "ratify" : "change", decision.change, titleOf(record->change.summary),
        withReason(word, decision.reason), decision.at, {}, "changes/" + decision.change};
}

}

Result<ReadInbox::Response> readInbox(const Services& services, const store::Snapshot& snapshot, const Call& call)
{
    ReadInbox::Response response;
    EPHOR_TRY(const TitlesOfTools titles, toolTitles(snapshot));
    EPHOR_TRY_VOID(addActions(snapshot, call, services.clock.now(), titles, response.items));
    EPHOR_TRY_VOID(addChanges(snapshot, call, response.items));
    EPHOR_TRY_VOID(addErasures(snapshot, call, services.clock.now(), response.items));
    std::ranges::sort(response.items, {}, [](const InboxItem& item) {
        return std::tuple(item.deadline.value_or(Instant::max()), item.since, std::string_view(item.id));
    });
    EPHOR_TRY(const auto decisions, ownDecisions(snapshot, call.principal().id));
    for (const OwnDecision& decision : decisions) {
        EPHOR_TRY(auto item, doneItem(snapshot, decision, titles));
        if (item)
            response.doneByMe.push_back(std::move(*item));
    }
    return response;
}

}

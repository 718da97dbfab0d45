#include "core/trust/approval/approvals.h"

#include "core/base/hash.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::approval {

namespace {

constexpr store::Migration approvalMigrations[] = {
    {"trust/approval", 1, "requests",
        "CREATE TABLE approval(id TEXT PRIMARY KEY, run TEXT NOT NULL, agent TEXT NOT NULL, tool TEXT NOT NULL, digest "
        "TEXT NOT NULL,"
        " state INTEGER NOT NULL, requested_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, entry INTEGER NOT NULL,"
        " body TEXT NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE INDEX approval_waiting ON approval(state, expires_at);"
        "CREATE INDEX approval_run ON approval(run);"
        "CREATE INDEX approval_alike ON approval(agent, tool, requested_at);"
        "CREATE INDEX approval_recent ON approval(requested_at, id);"},
};

std::int64_t micros(Instant instant)
{
    return instant.time_since_epoch().count();
}

Result<ApprovalRequest> requestOf(const store::Row& row, int column)
{
    EPHOR_TRY(const Json body, parseJson(row.text(column)));
    return fromJson<ApprovalRequest>(body, UnknownMembers::Ignore);
}

Result<void> update(store::Transaction& transaction, const ApprovalRequest& request)
{
    const std::string body = compactJson(toJson(request));
    EPHOR_TRY([[maybe_unused]] auto changed,
        transaction.run("UPDATE approval SET state = ?, body = ? WHERE id = ?",
            {std::int64_t(request.state), std::string_view(body), std::string_view(request.id)}));
    return {};
}

std::unexpected<Error> movedOn()
{
    return fail(ErrorKind::Conflict, "approval.moved-on", "The call is not the one that was shown.",
        "Open the request again and read it.");
}

std::unexpected<Error> notWaiting(const ApprovalRequest& request)
{
    if (request.state == ApprovalState::Expired)
        return fail(ErrorKind::Conflict, "approval.expired", "The request expired: the call was denied.",
            "The agent must ask again.");
    const std::string by = request.decisions.empty() ? "the system" : request.decisions.back().name;
    return fail(Error(ErrorKind::Conflict, "approval.decided", "The request was already decided by " + by + ".",
        "Nothing is left to do.")
            .with("state", wordOf(request.state)));
}

}

std::span<const store::Migration> migrations()
{
    return approvalMigrations;
}

Result<std::string> digestOf(const CallBinding& binding)
{
    const Json call{{"tool", binding.tool}, {"schema", binding.schemaDigest}, {"arguments", jsonOf(binding.arguments)},
        {"principal", binding.principal}, {"policy", binding.policy}, {"expires", formatInstant(binding.expiresAt)}};
    EPHOR_TRY(const std::string canonical, canonicalJson(call));
    return "sha256:" + toHex(sha256(canonical));
}

Result<void> add(store::Transaction& transaction, const ApprovalRequest& request, std::uint64_t argumentsEntry)
{
    const std::string body = compactJson(toJson(request));
    EPHOR_TRY([[maybe_unused]] auto added,
        transaction.run(
            "INSERT INTO approval(id, run, agent, tool, digest, state, requested_at, expires_at, entry, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {std::string_view(request.id), std::string_view(request.run), std::string_view(request.agent),
                std::string_view(request.tool), std::string_view(request.digest), std::int64_t(request.state),
                micros(request.requestedAt), micros(request.expiresAt), std::int64_t(argumentsEntry),
                std::string_view(body)}));
    return {};
}

Result<ApprovalRequest> get(const store::Snapshot& snapshot, const std::string& id)
{
    std::optional<ApprovalRequest> request;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT body FROM approval WHERE id = ?", {std::string_view(id)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(request, requestOf(row, 0));
            return {};
        }));
    if (!request)
        return fail(Error(ErrorKind::NotFound, "approval.unknown", "There is no such request.", "See the inbox.")
                .with("id", id));
    return std::move(*request);
}

Result<std::uint64_t> argumentsEntry(const store::Snapshot& snapshot, const std::string& id)
{
    EPHOR_TRY(const auto entry, snapshot.integer("SELECT entry FROM approval WHERE id = ?", {std::string_view(id)}));
    if (!entry)
        return fail(Error(ErrorKind::NotFound, "approval.unknown", "There is no such request.", "See the inbox.")
                .with("id", id));
    return std::uint64_t(*entry);
}

Result<std::vector<ApprovalRequest>> list(const store::Snapshot& snapshot, const ListFilter& filter)
{
    std::vector<ApprovalRequest> requests;
    const auto visit = [&](const store::Row& row) -> Result<void> {
        EPHOR_TRY(requests.emplace_back(), requestOf(row, 0));
        return {};
    };
    const std::int64_t waitingOnly = filter.all ? 0 : 1;
    const std::string_view before = filter.before.empty() ? std::string_view("~") : std::string_view(filter.before);
    // Ids are UUIDv7, so their order is the order of request.
    EPHOR_TRY_VOID(
        snapshot.query("SELECT body FROM approval WHERE id < ? AND (? = 0 OR state = 0) AND (? = '' OR agent = ?)"
                       " ORDER BY id DESC LIMIT ?",
            {before, waitingOnly, std::string_view(filter.agent), std::string_view(filter.agent),
                std::int64_t(filter.limit)},
            visit));
    return requests;
}

Result<std::uint64_t> countWaiting(const store::Snapshot& snapshot)
{
    EPHOR_TRY(const auto count, snapshot.integer("SELECT count(*) FROM approval WHERE state = 0", {}));
    return std::uint64_t(count.value_or(0));
}

std::uint64_t approvalsGiven(const ApprovalRequest& request)
{
    return std::uint64_t(std::ranges::count_if(request.decisions, [&](const ApprovalDecision& each) {
        return each.approved && (request.stepUp.empty() || each.person != request.confirmer);
    }));
}

Result<ApprovalRequest> decide(store::Transaction& transaction, const std::string& id, const std::string& digest,
    const ApprovalDecision& decision, Instant now)
{
    EPHOR_TRY(ApprovalRequest request, get(transaction, id));
    if (request.state != ApprovalState::Waiting)
        return notWaiting(request);
    if (request.expiresAt <= now)
        return fail(ErrorKind::Conflict, "approval.expired", "The request's time is over: the call is denied.",
            "The agent must ask again.");
    if (request.digest != digest)
        return movedOn();
    const bool confirms = !request.stepUp.empty() && request.confirmer == decision.person;
    if (request.requester == decision.person && !confirms)
        return fail(ErrorKind::Forbidden, "approval.requester", "Whoever started the run cannot decide what it asks.",
            "Ask somebody else.");
    if (std::ranges::any_of(
            request.decisions, [&](const ApprovalDecision& earlier) { return earlier.person == decision.person; }))
        return fail(
            ErrorKind::Conflict, "approval.twice", "You have decided this already.", "It waits for somebody else.");
    request.decisions.push_back(decision);
    request.confirmed = request.confirmed || (confirms && decision.approved);
    if (!decision.approved)
        request.state = ApprovalState::Denied;
    else if (approvalsGiven(request) >= request.needed && (request.stepUp.empty() || request.confirmed))
        request.state = ApprovalState::Approved;
    EPHOR_TRY_VOID(update(transaction, request));
    return request;
}

Result<void> consume(store::Transaction& transaction, const std::string& id, const std::string& digest, Instant now)
{
    EPHOR_TRY(ApprovalRequest request, get(transaction, id));
    if (request.digest != digest)
        return movedOn();
    if (request.state != ApprovalState::Approved)
        return fail(
            Error(ErrorKind::Conflict, "approval.not-approved", "The request is not approved, or was used already.")
                .with("state", wordOf(request.state)));
    if (request.expiresAt <= now)
        return fail(
            ErrorKind::Conflict, "approval.expired", "The approval's time is over.", "The agent must ask again.");
    request.state = ApprovalState::Consumed;
    return update(transaction, request);
}

Result<std::vector<ApprovalRequest>> expire(store::Transaction& transaction, Instant now, std::uint64_t limit)
{
    std::vector<ApprovalRequest> expired;
    EPHOR_TRY_VOID(
        transaction.query("SELECT body FROM approval WHERE state = 0 AND expires_at <= ? ORDER BY expires_at LIMIT ?",
            {micros(now), std::int64_t(limit)}, [&](const store::Row& row) -> Result<void> {
                EPHOR_TRY(expired.emplace_back(), requestOf(row, 0));
                return {};
            }));
    for (ApprovalRequest& request : expired) {
        request.state = ApprovalState::Expired;
        EPHOR_TRY_VOID(update(transaction, request));
    }
    return expired;
}

Result<std::optional<ApprovalRequest>> voidByRule(store::Transaction& transaction, const std::string& id)
{
    EPHOR_TRY(ApprovalRequest request, get(transaction, id));
    if (request.state != ApprovalState::Waiting)
        return std::nullopt;
    request.state = ApprovalState::Void;
    EPHOR_TRY_VOID(update(transaction, request));
    return request;
}

Result<std::vector<std::string>> voidForRun(store::Transaction& transaction, const std::string& run)
{
    std::vector<ApprovalRequest> open;
    EPHOR_TRY_VOID(transaction.query("SELECT body FROM approval WHERE run = ? AND state IN (0, 1)",
        {std::string_view(run)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(open.emplace_back(), requestOf(row, 0));
            return {};
        }));
    std::vector<std::string> voided;
    for (ApprovalRequest& request : open) {
        request.state = ApprovalState::Void;
        EPHOR_TRY_VOID(update(transaction, request));
        voided.push_back(request.id);
    }
    return voided;
}

Result<Similar> similar(
    const store::Snapshot& snapshot, const std::string& agent, const std::string& tool, Instant since)
{
    Similar counts;
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT state, count(*) FROM approval WHERE agent = ? AND tool = ? AND requested_at >= ? GROUP BY state",
        {std::string_view(agent), std::string_view(tool), micros(since)}, [&](const store::Row& row) -> Result<void> {
            const auto state = ApprovalState(row.integer(0));
            const auto count = std::uint64_t(row.integer(1));
            if (state == ApprovalState::Approved || state == ApprovalState::Consumed)
                counts.approved += count;
            else if (state == ApprovalState::Denied)
                counts.denied += count;
            return {};
        }));
    return counts;
}

}

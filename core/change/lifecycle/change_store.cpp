#include "core/change/lifecycle/change_store.h"

#include "core/base/hash.h"
#include "core/domain/reflect.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

namespace ephor::lifecycle {

namespace {

constexpr store::Migration changeMigrations[] = {
    {"change/lifecycle", 1, "changes",
        "CREATE TABLE change(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agent TEXT NOT NULL,"
        " team TEXT NOT NULL, environment TEXT NOT NULL, state TEXT NOT NULL, author TEXT NOT NULL,"
        " self_approved INTEGER NOT NULL, created_at INTEGER NOT NULL, moved_at INTEGER NOT NULL, body TEXT NOT NULL)"
        " STRICT;"
        "CREATE INDEX change_agent ON change(agent, number);"
        "CREATE INDEX change_state ON change(state, number);"},
};

std::int64_t changeMicros(Instant instant)
{
    return instant.time_since_epoch().count();
}

Result<StoredChange> storedChangeFrom(std::string_view body)
{
    EPHOR_TRY(const Json json, parseJson(body));
    return fromJson<StoredChange>(json, UnknownMembers::Ignore);
}

// The number that the next page begins below; a cursor is the number of the last row of the page before.
Result<std::int64_t> beginBelow(const std::string& cursor)
{
    if (cursor.empty())
        return INT64_MAX;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), number);
    if (error != std::errc() || end != cursor.data() + cursor.size())
        return fail(
            ErrorKind::Invalid, "page.cursor", "This is not a cursor of this list.", "Begin at the first page.");
    return number;
}

}

std::span<const store::Migration> migrations()
{
    return changeMigrations;
}

Result<void> addChange(store::Transaction& transaction, StoredChange& stored)
{
    ChangeSummary& summary = stored.change.summary;
    EPHOR_TRY(const auto last, transaction.integer("SELECT max(number) FROM change", {}));
    const std::int64_t number = last.value_or(0) + 1;
    summary.id = "CH-" + std::to_string(number);
    const std::string body = compactJson(toJson(stored));
    EPHOR_TRY_VOID(
        transaction.run("INSERT INTO change(number, id, agent, team, environment, state, author,"
                        " self_approved, created_at, moved_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            {number, std::string_view(summary.id), std::string_view(summary.agent), std::string_view(summary.team),
                std::string_view(summary.environment), std::string_view(wordOf(summary.state)),
                std::string_view(summary.author), std::int64_t(summary.selfApproved), changeMicros(summary.createdAt),
                changeMicros(summary.movedAt), std::string_view(body)}));
    return {};
}

Result<void> saveChange(store::Transaction& transaction, const StoredChange& stored)
{
    const ChangeSummary& summary = stored.change.summary;
    const std::string body = compactJson(toJson(stored));
    EPHOR_TRY_VOID(
        transaction.run("UPDATE change SET state = ?, self_approved = ?, moved_at = ?, body = ? WHERE id = ?",
            {std::string_view(wordOf(summary.state)), std::int64_t(summary.selfApproved), changeMicros(summary.movedAt),
                std::string_view(body), std::string_view(summary.id)}));
    return {};
}

Result<StoredChange> findChange(const store::Snapshot& snapshot, const std::string& id)
{
    EPHOR_TRY(const auto body, snapshot.text("SELECT body FROM change WHERE id = ?", {std::string_view(id)}));
    if (!body)
        return fail(Error(ErrorKind::NotFound, "change.unknown", "There is no such change.", "See the list of changes.")
                .with("id", id));
    return storedChangeFrom(*body);
}

Result<ListChanges::Response> listChanges(const store::Snapshot& snapshot, const ListChanges::Request& request,
    const std::function<bool(const ChangeSummary&)>& visible)
{
    ListChanges::Response response;
    EPHOR_TRY(const std::int64_t below, beginBelow(request.page.cursor));
    const auto limit = std::size_t(std::clamp<std::uint64_t>(request.page.limit, 1, largestPage));
    const std::string state = request.state ? wordOf(*request.state) : std::string();
    std::int64_t last = 0;
    bool more = false;
    // Ends the visit early without being a failure: a page never reads the whole history.
    constexpr std::string_view enough = "change.page-full";
    auto visited = snapshot.query(
        "SELECT number, body FROM change WHERE number < ?1 AND (?2 = '' OR state = ?2) AND (?3 = '' OR agent = ?3)"
        " ORDER BY number DESC",
        {below, std::string_view(state), std::string_view(request.agent)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(StoredChange stored, storedChangeFrom(row.text(1)));
            if (!visible(stored.change.summary))
                return {};
            if (response.changes.size() == limit) {
                more = true;
                return fail(ErrorKind::Cancelled, std::string(enough), "");
            }
            last = row.integer(0);
            response.changes.push_back(std::move(stored.change.summary));
            return {};
        });
    if (!visited && visited.error().code != enough)
        return fail(std::move(visited).error());
    if (more)
        response.page.next = std::to_string(last);
    else if (request.page.cursor.empty())
        response.page.total = response.changes.size();
    return response;
}

Result<std::string> changeDigest(const Change& change)
{
    Json items = Json::array();
    for (const ChangeItem& item : change.items)
        items.push_back(toJson(item));
    Json grants = Json::array();
    for (const GrantEdit& edit : change.grants)
        grants.push_back(toJson(edit.after));
    EPHOR_TRY(const std::string canonical,
        canonicalJson(Json{{"agent", change.summary.agent}, {"items", items}, {"grants", grants}}));
    return "sha256:" + toHex(sha256(canonical));
}

}

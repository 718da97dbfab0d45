#include "core/run/route/releases.h"

#include "core/base/hash.h"
#include "core/domain/reflect.h"
#include "core/trust/policy/grant_policy.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::route {

namespace {

constexpr store::Migration routeMigrations[] = {
    {"run/route", 1, "releases, what serves, rollouts",
        "CREATE TABLE release(id TEXT PRIMARY KEY, agent TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL,"
        " body TEXT NOT NULL, UNIQUE(agent, number)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE serving(agent TEXT NOT NULL, environment TEXT NOT NULL, release TEXT NOT NULL,"
        " PRIMARY KEY(agent, environment)) STRICT, WITHOUT ROWID;"
        "CREATE TABLE rollout(id TEXT PRIMARY KEY, change TEXT NOT NULL, agent TEXT NOT NULL, environment TEXT NOT "
        "NULL,"
        " state INTEGER NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE UNIQUE INDEX rollout_open ON rollout(agent, environment) WHERE state IN (0, 1);"
        "CREATE INDEX rollout_change ON rollout(change);"},
};

// What binds are the policies; a release made before there were any is read as the policies its grants come to.
Result<void> complete(Release& release)
{
    if (release.policies.empty()) {
        EPHOR_TRY(release.policies, policiesOf(release));
    } else {
        release.grants = policy::grantsOf(release.policies);
    }
    return {};
}

template <class T> Result<void> complete(T&)
{
    return {};
}

template <class T>
Result<std::optional<T>> oneBody(
    const store::Snapshot& snapshot, std::string_view sql, std::initializer_list<store::Value> values)
{
    std::optional<T> found;
    EPHOR_TRY_VOID(snapshot.query(sql, values, [&](const store::Row& row) -> Result<void> {
        EPHOR_TRY(const Json body, parseJson(row.text(0)));
        EPHOR_TRY(T read, fromJson<T>(body, UnknownMembers::Ignore));
        EPHOR_TRY_VOID(complete(read));
        found = std::move(read);
        return {};
    }));
    return found;
}

// As it is stored: the forms are read from the policies each time, so that there is one truth.
Json bodyOf(Release release)
{
    release.grants.clear();
    return toJson(release);
}

bool open(RolloutState state)
{
    return state == RolloutState::Running || state == RolloutState::Paused;
}

}

std::span<const store::Migration> migrations()
{
    return routeMigrations;
}

Result<std::vector<PolicyText>> policiesOf(const Release& release)
{
    EPHOR_TRY(std::vector<PolicyText> policies, policy::policiesOf(release.grants));
    for (const PolicyText& other : release.policies) {
        if (!policy::isGrant(other.id))
            policies.push_back(other);
    }
    return policies;
}

Result<std::string> releaseId(const Release& release)
{
    Json pins = Json::array();
    for (const DefinitionRef& pin : release.pins)
        pins.push_back(toJson(pin));
    Json policies = Json::array();
    EPHOR_TRY(const auto binding, policiesOf(release));
    for (const PolicyText& policy : binding)
        policies.push_back(toJson(policy));
    EPHOR_TRY(const std::string canonical,
        canonicalJson(Json{{"agent", release.agent}, {"pins", pins}, {"policies", policies}}));
    return "sha256:" + toHex(sha256(canonical));
}

Result<Release> addRelease(store::Transaction& transaction, Release release)
{
    const auto pinOrder = [](const DefinitionRef& pin) { return std::pair(pin.kind, std::string_view(pin.name)); };
    std::ranges::sort(release.pins, {}, pinOrder);
    std::ranges::sort(release.grants, {}, [](const GrantRule& grant) { return std::string_view(grant.tool); });
    EPHOR_TRY(release.policies, policiesOf(release));
    EPHOR_TRY(release.id, releaseId(release));
    EPHOR_TRY(const auto known,
        oneBody<Release>(transaction, "SELECT body FROM release WHERE id = ?", {std::string_view(release.id)}));
    if (known)
        return *known;
    EPHOR_TRY(const auto last,
        transaction.integer("SELECT max(number) FROM release WHERE agent = ?", {std::string_view(release.agent)}));
    release.number = std::uint64_t(last.value_or(0)) + 1;
    const std::string body = compactJson(bodyOf(release));
    EPHOR_TRY([[maybe_unused]] auto added,
        transaction.run("INSERT INTO release(id, agent, number, at, body) VALUES (?, ?, ?, ?, ?)",
            {std::string_view(release.id), std::string_view(release.agent), std::int64_t(release.number),
                std::int64_t(release.at.time_since_epoch().count()), std::string_view(body)}));
    return release;
}

Result<Release> release(const store::Snapshot& snapshot, const std::string& id)
{
    EPHOR_TRY(auto found, oneBody<Release>(snapshot, "SELECT body FROM release WHERE id = ?", {std::string_view(id)}));
    if (!found)
        return fail(
            Error(ErrorKind::NotFound, "release.unknown", "There is no such release.", "See the agent's versions.")
                .with("id", id));
    return std::move(*found);
}

Result<std::vector<Release>> releases(const store::Snapshot& snapshot, const std::string& agent)
{
    std::vector<Release> list;
    EPHOR_TRY_VOID(snapshot.query("SELECT body FROM release WHERE agent = ? ORDER BY number DESC",
        {std::string_view(agent)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Json body, parseJson(row.text(0)));
            EPHOR_TRY(list.emplace_back(), fromJson<Release>(body, UnknownMembers::Ignore));
            return complete(list.back());
        }));
    return list;
}

Result<std::vector<Serving>> serving(const store::Snapshot& snapshot)
{
    std::vector<Serving> list;
    EPHOR_TRY_VOID(snapshot.query("SELECT agent, environment, release FROM serving ORDER BY agent, environment", {},
        [&](const store::Row& row) -> Result<void> {
            list.push_back({row.string(0), row.string(1), row.string(2), {}});
            return {};
        }));
    EPHOR_TRY_VOID(snapshot.query(
        "SELECT body FROM rollout WHERE state IN (0, 1)", {}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(const Json body, parseJson(row.text(0)));
            EPHOR_TRY(Rollout running, fromJson<Rollout>(body, UnknownMembers::Ignore));
            const auto place = std::ranges::find_if(list, [&](const Serving& serving) {
                return serving.agent == running.agent && serving.environment == running.environment;
            });
            Serving& target
                = place != list.end() ? *place : list.emplace_back(Serving{running.agent, running.environment, {}, {}});
            target.rollout = std::move(running);
            return {};
        }));
    return list;
}

Result<std::optional<Serving>> servingOf(
    const store::Snapshot& snapshot, const std::string& agent, const std::string& environment)
{
    Serving found{agent, environment, {}, {}};
    EPHOR_TRY(const auto production,
        snapshot.text("SELECT release FROM serving WHERE agent = ? AND environment = ?",
            {std::string_view(agent), std::string_view(environment)}));
    found.production = production.value_or("");
    EPHOR_TRY(found.rollout,
        oneBody<Rollout>(snapshot, "SELECT body FROM rollout WHERE agent = ? AND environment = ? AND state IN (0, 1)",
            {std::string_view(agent), std::string_view(environment)}));
    if (!production && !found.rollout)
        return std::nullopt;
    return found;
}

Result<void> setProduction(store::Transaction& transaction, const std::string& agent, const std::string& environment,
    const std::string& releaseId)
{
    EPHOR_TRY([[maybe_unused]] auto changed,
        transaction.run("INSERT INTO serving(agent, environment, release) VALUES (?, ?, ?)"
                        " ON CONFLICT(agent, environment) DO UPDATE SET release = excluded.release",
            {std::string_view(agent), std::string_view(environment), std::string_view(releaseId)}));
    return {};
}

Result<void> saveRollout(store::Transaction& transaction, const Rollout& rollout)
{
    const std::string body = compactJson(toJson(rollout));
    auto saved
        = transaction.run("INSERT INTO rollout(id, change, agent, environment, state, body) VALUES (?, ?, ?, ?, ?, ?)"
                          " ON CONFLICT(id) DO UPDATE SET state = excluded.state, body = excluded.body",
            {std::string_view(rollout.id), std::string_view(rollout.change), std::string_view(rollout.agent),
                std::string_view(rollout.environment), std::int64_t(rollout.state), std::string_view(body)});
    if (!saved && open(rollout.state) && saved.error().code == "store.constraint")
        return fail(Error(ErrorKind::Conflict, "rollout.another", "Another rollout of this agent is under way.",
            "Promote it to the end or roll it back first.")
                .with("agent", rollout.agent));
    return saved ? Result<void>() : fail(std::move(saved).error());
}

Result<Rollout> rollout(const store::Snapshot& snapshot, const std::string& id)
{
    EPHOR_TRY(auto found, oneBody<Rollout>(snapshot, "SELECT body FROM rollout WHERE id = ?", {std::string_view(id)}));
    if (!found)
        return fail(
            Error(ErrorKind::NotFound, "rollout.unknown", "There is no such rollout.", "See the list of changes.")
                .with("id", id));
    return std::move(*found);
}

Result<std::optional<Rollout>> rolloutOfChange(const store::Snapshot& snapshot, const std::string& change)
{
    return oneBody<Rollout>(
        snapshot, "SELECT body FROM rollout WHERE change = ? ORDER BY id DESC LIMIT 1", {std::string_view(change)});
}

}

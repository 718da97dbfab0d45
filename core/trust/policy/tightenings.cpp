#include "core/trust/policy/tightenings.h"

namespace ephor::policy {

namespace {

constexpr store::Migration policyMigrations[] = {
    {"trust/policy", 1, "tightenings",
        "CREATE TABLE tightening(agent TEXT NOT NULL, tool TEXT NOT NULL, access INTEGER NOT NULL, by TEXT NOT NULL,"
        " reason TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(agent, tool)) STRICT, WITHOUT ROWID;"},
    {"trust/policy", 2, "stops",
        "CREATE TABLE stop_order(id TEXT PRIMARY KEY, mode INTEGER NOT NULL, agent TEXT NOT NULL, tool TEXT NOT NULL,"
        " by TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"},
    {"trust/policy", 3, "house rules",
        "CREATE TABLE house_rule(name TEXT PRIMARY KEY, text TEXT NOT NULL, mode INTEGER NOT NULL, by TEXT NOT NULL,"
        " reason TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE TABLE house_rule_retirement(rule TEXT PRIMARY KEY, by TEXT NOT NULL, by_name TEXT NOT NULL,"
        " reason TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;"},
};

}

std::span<const store::Migration> migrations()
{
    return policyMigrations;
}

Result<std::vector<Tightening>> Tightenings::list(const store::Snapshot& snapshot)
{
    std::vector<Tightening> list;
    EPHOR_TRY_VOID(snapshot.query("SELECT agent, tool, access, by, reason, at FROM tightening ORDER BY agent, tool", {},
        [&](const store::Row& row) -> Result<void> {
            list.push_back({row.string(0), row.string(1), Access(row.integer(2)), row.string(3), row.string(4),
                Instant(Duration(row.integer(5)))});
            return {};
        }));
    return list;
}

Result<void> Tightenings::load(const store::Database& database)
{
    return database.read([this](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto tightenings, list(snapshot));
        EPHOR_TRY(const auto rules, listRules(snapshot));
        publish(std::make_shared<const TighteningTable>(tightenings, rules));
        return {};
    });
}

Result<void> Tightenings::add(store::Transaction& transaction, const Tightening& tightening)
{
    EPHOR_TRY([[maybe_unused]] auto changed,
        transaction.run("INSERT INTO tightening(agent, tool, access, by, reason, at) VALUES (?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT(agent, tool) DO UPDATE SET access = excluded.access, by = excluded.by,"
                        " reason = excluded.reason, at = excluded.at",
            {std::string_view(tightening.agent), std::string_view(tightening.tool), std::int64_t(tightening.access),
                std::string_view(tightening.by), std::string_view(tightening.reason),
                std::int64_t(tightening.at.time_since_epoch().count())}));
    return publishAfter(transaction);
}

Result<void> Tightenings::remove(store::Transaction& transaction, const std::string& agent, const std::string& tool)
{
    EPHOR_TRY([[maybe_unused]] auto changed,
        transaction.run(
            "DELETE FROM tightening WHERE agent = ? AND tool = ?", {std::string_view(agent), std::string_view(tool)}));
    return publishAfter(transaction);
}

Result<std::vector<HouseRule>> Tightenings::listRules(const store::Snapshot& snapshot)
{
    std::vector<HouseRule> list;
    EPHOR_TRY_VOID(snapshot.query("SELECT name, text, mode, by, reason, at FROM house_rule ORDER BY name", {},
        [&](const store::Row& row) -> Result<void> {
            list.push_back({row.string(0), row.string(1), RuleMode(row.integer(2)), row.string(3), row.string(4),
                Instant(Duration(row.integer(5)))});
            return {};
        }));
    return list;
}

Result<void> Tightenings::addRule(store::Transaction& transaction, const HouseRule& rule)
{
    EPHOR_TRY_VOID(transaction.run("INSERT INTO house_rule(name, text, mode, by, reason, at) VALUES (?, ?, ?, ?, ?, ?)"
                                   " ON CONFLICT(name) DO UPDATE SET text = excluded.text, mode = excluded.mode,"
                                   " by = excluded.by, reason = excluded.reason, at = excluded.at",
        {std::string_view(rule.name), std::string_view(rule.text), std::int64_t(rule.mode), std::string_view(rule.by),
            std::string_view(rule.reason), std::int64_t(rule.at.time_since_epoch().count())}));
    return publishAfter(transaction);
}

Result<HouseRule> Tightenings::removeRule(store::Transaction& transaction, const std::string& name)
{
    EPHOR_TRY(const auto rules, listRules(transaction));
    for (const HouseRule& rule : rules) {
        if (rule.name != name)
            continue;
        EPHOR_TRY_VOID(transaction.run("DELETE FROM house_rule WHERE name = ?", {std::string_view(name)}));
        EPHOR_TRY_VOID(publishAfter(transaction));
        return rule;
    }
    return fail(Error(
        ErrorKind::NotFound, "policy.unknown-rule", "There is no house rule of that name.", "See the list of rules.")
            .with("name", name));
}

Result<void> Tightenings::publishAfter(store::Transaction& transaction)
{
    EPHOR_TRY(const auto tightenings, list(transaction));
    EPHOR_TRY(const auto rules, listRules(transaction));
    auto table = std::make_shared<const TighteningTable>(tightenings, rules);
    transaction.onOutcome([this, table = std::move(table)](bool committed) {
        if (committed)
            publish(table);
    });
    return {};
}

std::shared_ptr<const TighteningTable> Tightenings::table() const
{
    const std::lock_guard lock(m_mutex);
    return m_table;
}

void Tightenings::publish(std::shared_ptr<const TighteningTable> table)
{
    {
        const std::lock_guard lock(m_mutex);
        m_table = std::move(table);
    }
    m_generation.fetch_add(1, std::memory_order_release);
}

}

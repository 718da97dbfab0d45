#include "core/trust/policy/stop_orders.h"

#include <algorithm>

namespace ephor::policy {

namespace {

bool matches(const StopOrder& order, std::string_view agent)
{
    return order.agent.empty() || order.agent == agent;
}

Result<StopOrder> stopOf(const store::Row& row)
{
    return StopOrder{row.string(0), StopMode(row.integer(1)), row.string(2), row.string(3), row.string(4),
        row.string(5), Instant(Duration(row.integer(6)))};
}

}

StopTable::StopTable(std::vector<StopOrder> orders)
    : m_orders(std::move(orders))
{
}

const StopOrder* StopTable::refusesRun(std::string_view agent) const
{
    const auto found = std::ranges::find_if(m_orders, [&](const StopOrder& order) {
        return order.mode != StopMode::NoWrites && order.tool.empty() && matches(order, agent);
    });
    return found == m_orders.end() ? nullptr : &*found;
}

const StopOrder* StopTable::endsRun(std::string_view agent) const
{
    const auto found = std::ranges::find_if(m_orders, [&](const StopOrder& order) {
        return order.mode == StopMode::Now && order.tool.empty() && matches(order, agent);
    });
    return found == m_orders.end() ? nullptr : &*found;
}

const StopOrder* StopTable::refusesCall(std::string_view agent, std::string_view tool, SideEffect effect) const
{
    const auto found = std::ranges::find_if(m_orders, [&](const StopOrder& order) {
        const bool covers = matches(order, agent) && (order.tool.empty() || order.tool == tool);
        // A stop of one tool stops that tool whatever the mode; without a tool "no writes" spares the reads.
        const bool bites = order.mode == StopMode::Now || !order.tool.empty()
            || (order.mode == StopMode::NoWrites && effect != SideEffect::Read);
        return covers && bites;
    });
    return found == m_orders.end() ? nullptr : &*found;
}

Result<std::vector<StopOrder>> StopOrders::list(const store::Snapshot& snapshot)
{
    std::vector<StopOrder> orders;
    EPHOR_TRY_VOID(snapshot.query("SELECT id, mode, agent, tool, by, reason, at FROM stop_order ORDER BY at", {},
        [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(orders.emplace_back(), stopOf(row));
            return {};
        }));
    return orders;
}

Result<void> StopOrders::load(const store::Database& database)
{
    return database.read([this](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(auto orders, list(snapshot));
        publish(std::make_shared<const StopTable>(std::move(orders)));
        return {};
    });
}

Result<void> StopOrders::set(store::Transaction& transaction, const StopOrder& order)
{
    EPHOR_TRY([[maybe_unused]] auto added,
        transaction.run("INSERT INTO stop_order(id, mode, agent, tool, by, reason, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            {std::string_view(order.id), std::int64_t(order.mode), std::string_view(order.agent),
                std::string_view(order.tool), std::string_view(order.by), std::string_view(order.reason),
                std::int64_t(order.at.time_since_epoch().count())}));
    return publishAfter(transaction);
}

Result<StopOrder> StopOrders::lift(store::Transaction& transaction, const std::string& id)
{
    std::optional<StopOrder> lifted;
    EPHOR_TRY_VOID(transaction.query("SELECT id, mode, agent, tool, by, reason, at FROM stop_order WHERE id = ?",
        {std::string_view(id)}, [&](const store::Row& row) -> Result<void> {
            EPHOR_TRY(lifted, stopOf(row));
            return {};
        }));
    if (!lifted)
        return fail(
            Error(ErrorKind::NotFound, "stop.unknown", "There is no such stop in force.", "See the list of stops.")
                .with("id", id));
    EPHOR_TRY(
        [[maybe_unused]] auto removed, transaction.run("DELETE FROM stop_order WHERE id = ?", {std::string_view(id)}));
    EPHOR_TRY_VOID(publishAfter(transaction));
    return *lifted;
}

Result<void> StopOrders::publishAfter(store::Transaction& transaction)
{
    EPHOR_TRY(auto orders, list(transaction));
    transaction.onOutcome([this, table = std::make_shared<const StopTable>(std::move(orders))](bool committed) {
        if (committed)
            publish(table);
    });
    return {};
}

std::shared_ptr<const StopTable> StopOrders::table() const
{
    const std::lock_guard lock(m_mutex);
    return m_table;
}

void StopOrders::publish(std::shared_ptr<const StopTable> table)
{
    {
        const std::lock_guard lock(m_mutex);
        m_table = std::move(table);
    }
    m_generation.fetch_add(1, std::memory_order_release);
}

}

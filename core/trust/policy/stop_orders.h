#pragma once

#include "core/domain/run.h"
#include "core/store/database.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

namespace ephor::policy {

/// Every stop in force, immutable and shared.
class StopTable {
public:
    explicit StopTable(std::vector<StopOrder> orders = {});
    bool empty() const { return m_orders.empty(); }
    /// The order that refuses a new run of this agent, or null. An order for one tool never does.
    const StopOrder* refusesRun(std::string_view agent) const;
    /// The order that ends a run of this agent at its next gate, or null.
    const StopOrder* endsRun(std::string_view agent) const;
    /// The order that refuses this call, or null.
    const StopOrder* refusesCall(std::string_view agent, std::string_view tool, SideEffect effect) const;
    const std::vector<StopOrder>& orders() const { return m_orders; }

private:
    std::vector<StopOrder> m_orders;
};

/// Keeps the stops in the database and publishes them to every run, like Tightenings does.
class StopOrders {
public:
    Result<void> load(const store::Database& database);
    Result<void> set(store::Transaction& transaction, const StopOrder& order);
    /// Code stop.unknown when there is none of that id.
    Result<StopOrder> lift(store::Transaction& transaction, const std::string& id);
    std::shared_ptr<const StopTable> table() const;
    std::uint64_t generation() const { return m_generation.load(std::memory_order_acquire); }
    static Result<std::vector<StopOrder>> list(const store::Snapshot& snapshot);

private:
    Result<void> publishAfter(store::Transaction& transaction);
    void publish(std::shared_ptr<const StopTable> table);

    mutable std::mutex m_mutex;
    std::shared_ptr<const StopTable> m_table = std::make_shared<const StopTable>();
    std::atomic<std::uint64_t> m_generation{1};
};

}

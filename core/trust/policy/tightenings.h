#pragma once

#include "core/store/database.h"
#include "core/trust/policy/tightening_table.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <span>

namespace ephor::policy {

std::span<const store::Migration> migrations();

/// The tightenings and house rules in force, kept in the database and published to every run as one immutable table. A
/// run asks at each gate: `generation` is one atomic load, so a tightening binds at the next gate without a lock on the
/// hot path.
class Tightenings {
public:
    Result<void> load(const store::Database& database);
    /// Adds or replaces the tightening of its pair; published once it is durable.
    Result<void> add(store::Transaction& transaction, const Tightening& tightening);
    /// Removes what stands over these pairs: done when a change that loosens them goes live. Published once durable.
    Result<void> remove(store::Transaction& transaction, const std::string& agent, const std::string& tool);

    /// Adds or replaces the house rule of its name; published once it is durable.
    Result<void> addRule(store::Transaction& transaction, const HouseRule& rule);
    /// Code policy.unknown-rule when there is none of that name.
    Result<HouseRule> removeRule(store::Transaction& transaction, const std::string& name);

    std::shared_ptr<const TighteningTable> table() const;
    std::uint64_t generation() const { return m_generation.load(std::memory_order_acquire); }
    static Result<std::vector<Tightening>> list(const store::Snapshot& snapshot);
    static Result<std::vector<HouseRule>> listRules(const store::Snapshot& snapshot);

private:
    Result<void> publishAfter(store::Transaction& transaction);
    void publish(std::shared_ptr<const TighteningTable> table);

    mutable std::mutex m_mutex;
    std::shared_ptr<const TighteningTable> m_table = std::make_shared<const TighteningTable>();
    std::atomic<std::uint64_t> m_generation{1};
};

}

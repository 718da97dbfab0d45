#pragma once

#include "core/run/connector/connector.h"

namespace ephor {
class Clock;
}

namespace ephor::connector {

/// Threads for calls that block. Destroying it waits until all that was posted is done.
class BlockingPool {
public:
    explicit BlockingPool(unsigned threads = 2);
    ~BlockingPool();
    BlockingPool(const BlockingPool&) = delete;
    BlockingPool& operator=(const BlockingPool&) = delete;
    void post(std::function<void()> work);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// A tool that is one SQL statement over a SQLite file inside `folder`. `pool` and `clock` outlive it.
std::shared_ptr<Connector> makeSqlConnector(
    const ToolBody& tool, std::string folder, BlockingPool& pool, const Clock& clock);

}

#pragma once

#include "tests/bench/load.h"

#include <memory>
#include <string>

namespace ephor::bench {

/// The floor under every durable answer: SQLite alone, with the settings of Ephor's store (WAL, FULL sync, a thread
/// that commits all that waits in one transaction, at most 256, and checkpoints between commits from 1,000 pages on
/// when idle). A request is two commits after one another, each of one row with a body of `bodyBytes` and its hash.
class RawCommits {
public:
    RawCommits(const std::string& path, std::size_t bodyBytes);
    ~RawCommits();
    /// At fixed moments, as the load over HTTP; a latency ends when the second commit is durable.
    LoadResult openLoop(double perSecond, double seconds);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}

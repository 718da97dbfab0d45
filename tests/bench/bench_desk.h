#pragma once

#include "core/http/server.h"
#include "core/workspace/workspace.h"
#include "tests/bench/scratch_folder.h"

#include <memory>
#include <stdexcept>
#include <string>

namespace ephor::bench {

/// The value of a result, or a std::runtime_error that says why there is none: a benchmark of something broken ends.
template <class T> T take(Result<T> result)
{
    if (!result)
        throw std::runtime_error(describe(result.error()));
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

/// A real workspace on disk, as `ephor serve` opens it (every commit synced), with one released agent "parcels": a
/// template, an input contract, a grant, and a model at the given port of this machine. Served over loopback HTTP.
class BenchDesk {
public:
    explicit BenchDesk(std::uint16_t modelPort);
    ~BenchDesk();
    BenchDesk(const BenchDesk&) = delete;
    BenchDesk& operator=(const BenchDesk&) = delete;

    std::uint16_t port() const { return m_server->port(); }
    /// Of a service key that may start runs.
    const std::string& key() const { return m_key; }
    const std::string& databasePath() const { return m_workspace->paths().database; }

private:
    void makeAgent(std::uint16_t modelPort);
    CallContext signIn();

    ScratchFolder m_folder;
    std::unique_ptr<workspace::Workspace> m_workspace;
    std::unique_ptr<http::Server> m_server;
    std::string m_key;
};

}

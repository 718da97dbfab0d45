#pragma once

#include "core/store/connection.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace ephor::store {

/// Connections that only read; a caller past the last of them waits for one. Thread-safe.
class ReaderPool {
public:
    static Result<std::unique_ptr<ReaderPool>> open(const std::string& path, std::size_t count, const std::string& vfs);

    using Reading = std::function<Result<void>(Connection&)>;
    /// Runs `reading` inside one deferred transaction: everything it sees is of one moment.
    Result<void> read(const Reading& reading);

private:
    std::unique_ptr<Connection> take();
    void giveBack(std::unique_ptr<Connection> connection);

    std::mutex m_mutex;
    std::condition_variable m_free;
    std::vector<std::unique_ptr<Connection>> m_idle;
};

}

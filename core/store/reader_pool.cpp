#include "core/store/reader_pool.h"

namespace ephor::store {

Result<std::unique_ptr<ReaderPool>> ReaderPool::open(const std::string& path, std::size_t count, const std::string& vfs)
{
    auto pool = std::make_unique<ReaderPool>();
    for (std::size_t i = 0; i < count; ++i) {
        EPHOR_TRY(auto connection, Connection::open(path, Access::Read, vfs));
        pool->m_idle.push_back(std::move(connection));
    }
    return pool;
}

std::unique_ptr<Connection> ReaderPool::take()
{
    std::unique_lock lock(m_mutex);
    m_free.wait(lock, [this] { return !m_idle.empty(); });
    auto connection = std::move(m_idle.back());
    m_idle.pop_back();
    return connection;
}

void ReaderPool::giveBack(std::unique_ptr<Connection> connection)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_idle.push_back(std::move(connection));
    }
    m_free.notify_one();
}

Result<void> ReaderPool::read(const Reading& reading)
{
    struct Lease {
        ReaderPool& pool;
        std::unique_ptr<Connection> connection;
        // A read that ended by an exception must not leave its snapshot open: the WAL could never be folded again.
        ~Lease()
        {
            if (connection->inTransaction())
                (void)connection->perform("ROLLBACK");
            pool.giveBack(std::move(connection));
        }
    };
    const Lease lease{*this, take()};
    EPHOR_TRY_VOID(lease.connection->perform("BEGIN"));
    return reading(*lease.connection);
}

}

#include "core/store/backfill.h"

#include "core/base/background_thread.h"

namespace ephor::store {

Backfill::Backfill(std::unique_ptr<Connection> connection)
    : m_connection(std::move(connection))
    , m_thread([this] { runLoop(); })
{
}

Backfill::~Backfill()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_stage = Stage::Stopping;
    }
    m_wake.notify_all();
    m_thread.join();
}

void Backfill::begin()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (m_stage != Stage::Resting)
            return;
        m_stage = Stage::Asked;
    }
    m_wake.notify_all();
}

bool Backfill::ended()
{
    const std::scoped_lock lock(m_mutex);
    if (m_stage != Stage::Ended)
        return false;
    m_stage = Stage::Resting;
    return true;
}

void Backfill::runLoop()
{
    letOthersInterrupt();
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stage == Stage::Asked || m_stage == Stage::Stopping; });
        if (m_stage == Stage::Stopping)
            return;
        lock.unlock();
        // Passive: it waits for nobody, and nobody for it.
        (void)sqlite3_wal_checkpoint_v2(m_connection->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        lock.lock();
        if (m_stage == Stage::Asked)
            m_stage = Stage::Ended;
    }
}

}

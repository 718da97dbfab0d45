#pragma once

#include "core/net/await_callback.h"
#include "core/store/database.h"

namespace ephor::runtime {

/// Begins a write for `awaitCallback`: the coroutine goes on once its group is durable.
class DurableWrite {
public:
    DurableWrite(store::Database& database, store::Database::Work work)
        : m_database(&database)
        , m_work(std::move(work))
    {
    }
    std::shared_ptr<net::Cancellable> operator()(std::function<void(Result<void>)> done)
    {
        m_database->submit(std::move(m_work), std::move(done));
        // What may be on its way to the disk is not taken back.
        return nullptr;
    }

private:
    store::Database* m_database;
    store::Database::Work m_work;
};

}

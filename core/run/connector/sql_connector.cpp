#include "core/run/connector/sql_connector.h"

#include "core/domain/reflect.h"
#include "core/run/connector/sql_call.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

namespace ephor::connector {

struct BlockingPool::State {
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<std::function<void()>> work;
    bool stopping = false;
    std::vector<std::thread> threads;

    void serve()
    {
        std::unique_lock lock(mutex);
        for (;;) {
            wake.wait(lock, [this] { return stopping || !work.empty(); });
            if (work.empty())
                return;
            const auto next = std::move(work.front());
            work.pop_front();
            lock.unlock();
            next();
            lock.lock();
        }
    }
};

BlockingPool::BlockingPool(unsigned threads)
    : m_state(std::make_unique<State>())
{
    for (unsigned i = 0; i < threads; ++i)
        m_state->threads.emplace_back([state = m_state.get()] { state->serve(); });
}

BlockingPool::~BlockingPool()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->stopping = true;
    }
    m_state->wake.notify_all();
    for (std::thread& thread : m_state->threads)
        thread.join();
}

void BlockingPool::post(std::function<void()> work)
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->work.push_back(std::move(work));
    }
    m_state->wake.notify_one();
}

namespace {

class SqlCancel final : public net::Cancellable {
public:
    void cancel() override { flag.store(true); }
    std::atomic<bool> flag{false};
};

class SqlConnector final : public Connector {
public:
    SqlConnector(const ToolBody& tool, std::string folder, BlockingPool& pool, const Clock& clock)
        : m_tool(std::make_shared<const ToolBody>(tool))
        , m_folder(std::move(folder))
        , m_pool(pool)
        , m_clock(clock)
    {
    }

    std::shared_ptr<net::Cancellable> start(
        ToolInvocation invocation, std::function<void(Result<ToolAnswer>)> done) override
    {
        auto cancel = std::make_shared<SqlCancel>();
        m_pool.post([tool = m_tool, folder = m_folder, arguments = std::move(invocation.arguments),
                        done = std::move(done), cancel, &clock = m_clock] {
            const Duration began = clock.steady();
            Result<SqlOutcome> outcome = runSql(*tool, folder, jsonOf(arguments), cancel->flag);
            if (outcome) {
                done(ToolAnswer{
                    std::move(outcome->text), outcome->failed, clock.steady() - began, std::move(outcome->detail)});
            } else if (outcome.error().kind == ErrorKind::Invalid || outcome.error().kind == ErrorKind::Forbidden) {
                const Json text{{"error", outcome.error().code}, {"reason", outcome.error().message}};
                done(ToolAnswer{compactJson(text), true, clock.steady() - began, outcome.error().code});
            } else {
                done(fail(std::move(outcome).error()));
            }
        });
        return cancel;
    }

private:
    std::shared_ptr<const ToolBody> m_tool;
    std::string m_folder;
    BlockingPool& m_pool;
    const Clock& m_clock;
};

}

std::shared_ptr<Connector> makeSqlConnector(
    const ToolBody& tool, std::string folder, BlockingPool& pool, const Clock& clock)
{
    return std::make_shared<SqlConnector>(tool, std::move(folder), pool, clock);
}

}

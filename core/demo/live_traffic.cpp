#include "core/demo/live_traffic.h"

#include "core/api/runs.h"

#include <algorithm>

namespace ephor::demo {

namespace {

// More at once than any rate here needs; beyond it something hangs, and more of the same would not help.
constexpr std::size_t mostAtOnce = 64;
constexpr auto firstLookAfter = std::chrono::seconds(3);
constexpr auto lookForWaitingEvery = std::chrono::minutes(5);

}

LiveTraffic::LiveTraffic(
    workspace::Workspace& workspace, const Bank& bank, std::string key, std::uint64_t seed, std::uint64_t perMinute)
    : m_workspace(workspace)
    , m_key(std::move(key))
    , m_requests(bank, seed)
    , m_perMinute(perMinute)
    , m_thread([this] { work(); })
{
}

LiveTraffic::~LiveTraffic()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void LiveTraffic::setRate(std::uint64_t perMinute)
{
    {
        const std::lock_guard lock(m_mutex);
        m_perMinute = perMinute;
    }
    m_wake.notify_all();
}

std::uint64_t LiveTraffic::rate() const
{
    const std::lock_guard lock(m_mutex);
    return m_perMinute;
}

void LiveTraffic::startOne()
{
    if (m_workspace.activeRuns() >= mostAtOnce)
        return;
    CallContext context;
    context.credential = m_key;
    context.surface = Surface::Http;
    // A refused start (a stop, a halted store) is recorded by the workspace itself; the next one tries again.
    (void)m_workspace.backend().start(m_requests.next(Asking::Never), context, [](const RunEvent&) { });
}

void LiveTraffic::keepOneWaiting()
{
    CallContext context;
    context.credential = m_key;
    context.surface = Surface::Http;
    ListApprovals::Request request;
    request.page.limit = 1;
    const auto waiting = m_workspace.backend().call<ListApprovals>(request, context);
    if (waiting && waiting->requests.empty())
        (void)m_workspace.backend().start(ledgerAccess(), context, [](const RunEvent&) { });
}

void LiveTraffic::work()
{
    using SteadyClock = std::chrono::steady_clock;
    // By then the workspace has turned what is past its time into denials.
    auto lookAt = SteadyClock::now() + firstLookAfter;
    auto next = SteadyClock::now();
    std::unique_lock lock(m_mutex);
    while (!m_ending) {
        const std::uint64_t perMinute = m_perMinute;
        if (SteadyClock::now() >= lookAt) {
            lookAt = SteadyClock::now() + lookForWaitingEvery;
            lock.unlock();
            keepOneWaiting();
            lock.lock();
            continue;
        }
        const auto until = perMinute == 0 ? lookAt : std::min(next, lookAt);
        m_wake.wait_until(lock, until, [&] { return m_ending || m_perMinute != perMinute; });
        if (m_ending || m_perMinute != perMinute || perMinute == 0 || SteadyClock::now() < next)
            continue;
        // Behind (the machine slept): go on from here instead of making up for it.
        next = std::max(next, SteadyClock::now() - std::chrono::seconds(1))
            + std::chrono::nanoseconds(std::chrono::minutes(1)) / std::int64_t(perMinute);
        lock.unlock();
        startOne();
        lock.lock();
    }
}

}

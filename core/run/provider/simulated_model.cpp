#include "core/run/provider/simulated_model.h"

#include "core/run/provider/provider_error.h"

#include <algorithm>
#include <mutex>

namespace ephor::provider {

namespace {

// Waiting between every two events would cost a timer each; people see no difference from this many on.
constexpr std::size_t burstsPerAnswer = 12;

/// One simulated call with its retries: a chain of waits, one after the other.
class SimulatedCall final : public net::Cancellable, public std::enable_shared_from_this<SimulatedCall> {
public:
    SimulatedCall(std::shared_ptr<const Scenario> scenario, std::uint64_t seed, net::Timer& timer, const Clock& clock,
        RetryPolicy retry, ChatRequest request, OnModelEvent onEvent, OnModelOutcome onDone)
        : m_scenario(std::move(scenario))
        , m_seed(seed)
        , m_timer(timer)
        , m_clock(clock)
        , m_retry(retry)
        , m_request(std::move(request))
        , m_onEvent(std::move(onEvent))
        , m_onDone(std::move(onDone))
    {
    }

    void send()
    {
        ++m_attempt;
        m_next = 0;
        m_reply = simulate(*m_scenario, m_request, SimulationMoment{m_seed, m_clock.now(), m_attempt});
        waitFor(m_reply.firstToken, &SimulatedCall::burst);
    }

    void cancel() override
    {
        std::shared_ptr<net::Cancellable> waiting;
        {
            const std::lock_guard lock(m_mutex);
            if (m_cancelled)
                return;
            m_cancelled = true;
            waiting = m_waiting;
        }
        if (waiting)
            waiting->cancel();
        // The call ends on the timer's thread, as it would have without the cancel.
        m_timer.after(Duration(0), [self = shared_from_this()] { self->endCancelled(); });
    }

private:
    void waitFor(Duration wait, void (SimulatedCall::*then)())
    {
        auto waiting = m_timer.after(wait, [self = shared_from_this(), then] {
            const std::unique_lock turn(self->m_turn);
            if (!self->isCancelled())
                (self.get()->*then)();
        });
        const std::lock_guard lock(m_mutex);
        m_waiting = std::move(waiting);
    }

    void burst()
    {
        const std::size_t total = m_reply.events.size();
        const std::size_t size = std::max<std::size_t>((total + burstsPerAnswer - 1) / burstsPerAnswer, 1);
        const std::size_t bursts = std::max<std::size_t>((total + size - 1) / size, 1);
        const std::size_t last = std::min(m_next + size, total);
        while (m_next < last && !isCancelled()) {
            const ModelEvent& event = m_reply.events[m_next++];
            if (m_onEvent)
                m_onEvent(event);
        }
        if (isCancelled())
            return;
        const Duration pause = (m_reply.latency - m_reply.firstToken) / std::int64_t(bursts);
        waitFor(pause, m_next < total ? &SimulatedCall::burst : &SimulatedCall::attemptEnded);
    }

    void attemptEnded()
    {
        if (m_reply.result) {
            end(std::move(m_reply.result));
            return;
        }
        // The middle of the spread, so that the same call always takes the same time.
        const auto delay = retryDelay(m_retry, m_attempt, m_reply.result.error(), 0.5);
        if (delay)
            waitFor(*delay, &SimulatedCall::send);
        else
            end(std::move(m_reply.result));
    }

    void endCancelled()
    {
        const std::unique_lock turn(m_turn);
        end(std::unexpected(providerFailure(FailureKind::Cancelled, "The model call was cancelled.")));
    }

    void end(ProviderResult<ModelResult> result)
    {
        const OnModelOutcome onDone = std::exchange(m_onDone, nullptr);
        if (onDone)
            onDone(ModelOutcome(std::move(result), m_attempt));
    }

    bool isCancelled()
    {
        const std::lock_guard lock(m_mutex);
        return m_cancelled;
    }

    std::shared_ptr<const Scenario> m_scenario;
    std::uint64_t m_seed;
    net::Timer& m_timer;
    const Clock& m_clock;
    RetryPolicy m_retry;
    ChatRequest m_request;
    OnModelEvent m_onEvent;
    OnModelOutcome m_onDone;
    SimulatedReply m_reply;
    int m_attempt = 0;
    std::size_t m_next = 0;

    std::recursive_mutex
        m_turn; ///< one callback at a time; recursive, since a timer of made-up time calls back at once
    std::mutex m_mutex;
    std::shared_ptr<net::Cancellable> m_waiting;
    bool m_cancelled = false;
};

}

SimulatedModel::SimulatedModel(std::shared_ptr<const Scenario> scenario, std::uint64_t seed, net::Timer& timer,
    const Clock& clock, RetryPolicy retry)
    : m_scenario(std::move(scenario))
    , m_seed(seed)
    , m_timer(timer)
    , m_clock(clock)
    , m_retry(retry)
{
}

std::shared_ptr<net::Cancellable> SimulatedModel::start(
    ChatRequest request, OnModelEvent onEvent, OnModelOutcome onDone)
{
    auto call = std::make_shared<SimulatedCall>(m_scenario.load(), m_seed, m_timer, m_clock, m_retry,
        std::move(request), std::move(onEvent), std::move(onDone));
    call->send();
    return call;
}

void SimulatedModel::setScenario(std::shared_ptr<const Scenario> scenario)
{
    m_scenario.store(std::move(scenario));
}

}

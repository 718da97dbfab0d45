#include "core/run/runtime/engine.h"

#include "core/api/run_event_data.h"
#include "core/domain/json_text.h"
#include "core/domain/reflect.h"
#include "core/net/event_loop.h"
#include "core/run/runtime/durable_write.h"
#include "core/run/runtime/outcome.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/policy/call_history.h"
#include "core/trust/policy/stop_orders.h"
#include "core/trust/policy/tightenings.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <future>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace asio = boost::asio;

Runtime::Engine::Engine(const RuntimeServices& services)
    : m_services(services)
    , m_recorder(services.ledger, services.clock)
    , m_sessions(services.database, services.ledger)
    , m_texts(m_recorder)
    , m_vault(services.database, services.ledger)
    , m_gates(
          m_recorder, m_texts, m_vault, m_sessions, services.clock, [this](const Run& run) { return confirmerOf(run); })
{
}

std::size_t Runtime::Engine::active() const
{
    const std::lock_guard lock(m_mutex);
    return m_active.size();
}

void Runtime::Engine::drain()
{
    {
        std::unique_lock lock(m_mutex);
        m_draining = true;
        m_idle.wait(lock, [this] { return m_active.empty(); });
    }
    // The writer may still be inside the loop's queue, where it put the last answer; it has left once it takes its next
    // work. Who drains may take the loop down.
    (void)m_services.database.write([](store::Transaction&) -> Result<void> { return {}; });
}

void Runtime::Engine::spawn(const RunPointer& run)
{
    // The engine is kept alive by the completion handler until the last coroutine has ended.
    asio::co_spawn(run->strand, execute(run),
        asio::bind_cancellation_slot(
            run->cancellation.slot(), [self = shared_from_this(), run](std::exception_ptr) { self->finished(run); }));
}

void Runtime::Engine::finished(const RunPointer& run)
{
    const bool rests = run->summary.state == RunState::Waiting;
    if (run->unrecorded) {
        const std::lock_guard lock(m_mutex);
        m_unrecorded.push_back(run->summary.id);
    }
    forget(run->summary.id);
    // The store may have found room before this run was in the list.
    if (run->unrecorded && !m_services.database.halted())
        asio::post(m_services.loop.context(), [weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->goOnAfterHalt();
        });
    // A person may have decided before this coroutine was gone; that wake-up found the run busy.
    // So may somebody have told it to end.
    if (rests)
        asio::post(m_services.loop.context(), [weak = weak_from_this(), id = run->summary.id, order = run->ordered()] {
            if (const auto self = weak.lock())
                (void)self->resume(id, order);
        });
}

void Runtime::Engine::forget(const std::string& run)
{
    const std::lock_guard lock(m_mutex);
    m_active.erase(run);
    m_idle.notify_all();
}

void Runtime::Engine::forgetEnded(const std::vector<RunSummary>& runs)
{
    for (const RunSummary& run : runs) {
        m_channels.forget(run.id);
        m_sessions.forget(run);
    }
}

void Runtime::Engine::announce(const Run& run, const char* kind) const
{
    if (!m_services.publish)
        return;
    Event event;
    event.topic = Topic::Runs;
    event.kind = kind;
    event.id = run.summary.id;
    m_services.publish(std::move(event));
}

void Runtime::Engine::announceApprovals(const std::string& id, const char* kind) const
{
    if (!m_services.publish)
        return;
    Event event;
    event.topic = Topic::Approvals;
    event.kind = kind;
    event.id = id;
    m_services.publish(std::move(event));
}

void Runtime::Engine::report(Run& run, bool ended)
{
    insight::RunReport report;
    report.summary = run.summary;
    report.model = run.plan->modelName;
    report.spans = run.spans;
    report.stretch = run.stretch;
    report.toolVerdicts = std::exchange(run.toolVerdicts, {});
    report.inspected = std::exchange(run.uncountedTexts, {});
    report.ended = ended;
    m_services.reports.report(std::move(report));
}

// False where no coroutine has it: it rests, or has ended.
bool Runtime::Engine::tellToEnd(const std::string& id, const EndOrder& order)
{
    RunPointer run;
    {
        const std::lock_guard lock(m_mutex);
        const auto found = m_active.find(id);
        if (found == m_active.end())
            return false;
        run = found->second;
        const std::lock_guard ordering(run->mutex);
        if (!run->endOrder)
            run->endOrder = order;
    }
    asio::post(run->strand, [run] { run->cancellation.emit(asio::cancellation_type::terminal); });
    return true;
}

void Runtime::Engine::cancel(const std::string& id, const std::string& by, const std::string& reason)
{
    EndOrder order{by, reason};
    if (tellToEnd(id, order))
        return;
    // Called on the writer's thread: reading and compiling belong to another.
    asio::post(m_services.loop.context(), [weak = weak_from_this(), id, order = std::move(order)] {
        if (const auto self = weak.lock())
            (void)self->resume(id, order);
    });
}

void Runtime::Engine::enforceStops()
{
    const auto stops = m_services.stops.table();
    std::vector<std::pair<std::string, StopOrder>> ending;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [id, run] : m_active) {
            if (const StopOrder* const stop = stops->endsRun(run->plan->agentName))
                ending.emplace_back(id, *stop);
        }
    }
    for (const auto& [id, stop] : ending)
        (void)tellToEnd(id, {stop.by, stop.reason});
}

asio::awaitable<Result<void>> Runtime::Engine::settle(
    RunPointer run, Recorder::Point point, std::function<Result<void>(store::Transaction&, std::uint64_t)> more)
{
    std::uint64_t entry = 0;
    auto prepared = m_recorder.prepare(*run, point);
    if (!prepared)
        co_return std::unexpected<Error>(std::move(prepared).error());
    DurableWrite write(m_services.database, [&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY(entry, m_recorder.write(transaction, *run, *prepared));
        return more ? more(transaction, entry) : Result<void>();
    });
    auto waiting = net::awaitCallback<Result<void>>(std::move(write));
    Result<void> written = co_await std::move(waiting);
    if (written) {
        m_recorder.settled(*run, entry);
        // Only now what a session reads of the run has it.
        if (run->history)
            run->history->recorded(run->summary.id);
    }
    co_return written;
}

asio::awaitable<void> Runtime::Engine::execute(RunPointer run)
{
    // A cancelled run still has an outcome to record, so cancelling ends what is waited for and never the coroutine
    // itself.
    co_await asio::this_coro::throw_if_cancelled(false);
    if (run->step == 1 && run->summary.denied > 0) {
        std::string reason = run->refusal ? run->refusal->message : "The request was not let in.";
        for (const Span& span : run->spans)
            reason = span.verdict && span.verdict->word == VerdictWord::Deny ? span.verdict->reason : reason;
        auto ending = end(run, RunState::Denied, std::move(reason));
        co_await std::move(ending);
        co_return;
    }
    for (;;) {
        Next next = Next::GoOn;
        if (nextUnanswered(run->messages) != nullptr) {
            auto answering = answerCalls(run);
            next = co_await std::move(answering);
        } else {
            auto asking = callModel(run);
            next = co_await std::move(asking);
        }
        if (next == Next::Rest)
            co_return;
    }
}

asio::awaitable<Runtime::Engine::Next> Runtime::Engine::answerCalls(RunPointer run)
{
    while (const provider::ToolCall* const unanswered = nextUnanswered(run->messages)) {
        const provider::ToolCall call = *unanswered;
        if (auto ordered = run->ordered()) {
            auto ending = end(run, RunState::Stopped, "Ended by " + ordered->by + ": " + ordered->reason);
            co_return co_await std::move(ending);
        }
        const auto stops = m_services.stops.table();
        const auto tightenings = m_services.tightenings.table();
        CallRuling ruling = m_gates.rule(*run, call, *stops, *tightenings, PersonsWord());
        if (ruling.word == VerdictWord::Deny) {
            const Json refusal{{"error", "denied"}, {"reason", ruling.reason}};
            run->messages.push_back(answerTo(call, compactJson(refusal)));
            continue;
        }
        if (ruling.word == VerdictWord::Ask) {
            std::string why = ruling.reason;
            auto asking = askPerson(run, call, std::move(ruling), std::move(why));
            co_return co_await std::move(asking);
        }
        auto performing = performCall(run, call, std::move(ruling), std::string());
        const Next next = co_await std::move(performing);
        if (next == Next::Rest)
            co_return next;
    }
    co_return Next::GoOn;
}

asio::awaitable<Runtime::Engine::Next> Runtime::Engine::end(RunPointer run, RunState state, std::string reason)
{
    run->summary.state = state;
    run->summary.reason = reason;
    m_recorder.measure(*run);
    run->summary.decision = decisionOf(run->plan->agent, run->summary, run->messages);
    Recorder::Point point;
    point.kind = JournalKind::Ended;
    point.entry = ledger::EntryKind::Outcome;
    point.operation = "run.end";
    point.outcome = wordOf(state);
    point.reason = reason;
    std::vector<std::string> voided;
    auto settling = settle(run, std::move(point),
        [id = run->summary.id, &voided](store::Transaction& transaction, std::uint64_t) -> Result<void> {
            EPHOR_TRY(voided, approval::voidForRun(transaction, id));
            return {};
        });
    const Result<void> settled = co_await std::move(settling);
    for (const std::string& request : voided)
        announceApprovals(request, "void");
    // The reply ends only after its outcome is durable: when it cannot be, the caller hears that instead of an answer.
    if (!settled) {
        run->channel->emit(RunEventKind::Failed, {}, documentOf(toJson(runFailedOf(settled.error()))));
        run->unrecorded = settled.error().code == "store.halted";
    } else if (state == RunState::Done || state == RunState::Denied) {
        if (state == RunState::Denied)
            run->channel->emit(RunEventKind::Text, reason);
        RunFinished finished{run->summary.usage, state == RunState::Denied ? "content_filter" : run->finishReason,
            run->summary.decision, {}};
        // Places are of the text as it was measured, not of one with values put back.
        const bool asMeasured = !run->plan->protection->reveals() || run->vault.empty();
        if (state == RunState::Done && asMeasured)
            finished.citations = run->citations;
        run->channel->emit(RunEventKind::Finished, {}, {jsonTextOf(finished)});
    } else {
        const bool stopped = state == RunState::Stopped;
        const Error error(stopped ? ErrorKind::Cancelled : ErrorKind::Unavailable,
            stopped ? "run.stopped" : "run.failed", reason, stopped ? "Ask who stopped it." : run->mend);
        run->channel->emit(RunEventKind::Failed, {}, documentOf(toJson(runFailedOf(error))));
    }
    report(*run, true);
    announce(*run, "finished");
    m_channels.retire(run->summary.id);
    co_return Next::Rest;
}

Runtime::Runtime(const RuntimeServices& services)
    : m_engine(std::make_shared<Engine>(services))
{
}

Runtime::~Runtime()
{
    m_engine->drain();
}

Result<std::unique_ptr<RunHandle>> Runtime::start(
    const StartRun::Request& request, const Principal& principal, std::function<void(const RunEvent&)> onEvent)
{
    const auto promise = std::make_shared<std::promise<Result<std::unique_ptr<RunHandle>>>>();
    auto answer = promise->get_future();
    m_engine->begin(request, principal, std::move(onEvent),
        [promise](Result<std::unique_ptr<RunHandle>> started) { promise->set_value(std::move(started)); });
    return answer.get();
}

void Runtime::begin(const StartRun::Request& request, const Principal& principal,
    std::function<void(const RunEvent&)> onEvent, const Backend::OnStarted& onStarted)
{
    m_engine->begin(request, principal, std::move(onEvent), onStarted);
}

Result<std::unique_ptr<Subscription>> Runtime::follow(const std::string& run, std::uint64_t after,
    const Principal& principal, std::function<void(const RunEvent&)> onEvent)
{
    return m_engine->follow(run, after, principal, std::move(onEvent));
}

void Runtime::cancel(const std::string& run, const std::string& by, const std::string& reason)
{
    m_engine->cancel(run, by, reason);
}

void Runtime::decided(const ApprovalRequest& request)
{
    m_engine->decided(request);
}

void Runtime::forget(const std::vector<RunSummary>& runs)
{
    m_engine->forgetEnded(runs);
}

void Runtime::enforceStops()
{
    m_engine->enforceStops();
}

std::function<void()> Runtime::rulesCheck() const
{
    return [engine = m_engine] { engine->enforceRules(); };
}

Result<void> Runtime::recover()
{
    return m_engine->recover();
}

void Runtime::goOnAfterHalt()
{
    m_engine->goOnAfterHalt();
}

std::size_t Runtime::active() const
{
    return m_engine->active();
}

}

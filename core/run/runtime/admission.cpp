#include "core/run/runtime/engine.h"

#include "core/api/run_event_data.h"
#include "core/base/id.h"
#include "core/base/text.h"
#include "core/domain/json_text.h"
#include "core/domain/reflect.h"
#include "core/net/event_loop.h"
#include "core/run/runtime/sealing_subject.h"
#include "core/trust/access/authority.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/policy/stop_orders.h"

#include <boost/asio/post.hpp>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace asio = boost::asio;

namespace {

class EngineHandle final : public RunHandle {
public:
    EngineHandle(std::string id, std::unique_ptr<Subscription> listening, std::function<void()> onCancel)
        : m_id(std::move(id))
        , m_listening(std::move(listening))
        , m_onCancel(std::move(onCancel))
    {
    }
    const std::string& id() const override { return m_id; }
    void cancel() override { m_onCancel(); }

private:
    std::string m_id;
    std::unique_ptr<Subscription> m_listening;
    std::function<void()> m_onCancel;
};

std::string unitOf(const StartRun::Request& request)
{
    return request.person.empty() ? std::string(request.conversation) : std::string(request.person);
}

}

Result<Route::Choice> Runtime::Engine::choose(const StartRun::Request& request, const Principal& principal) const
{
    const auto route = m_services.routing.find(request.agent);
    if (!route)
        return fail(Error(ErrorKind::NotFound, "agent.unknown", "There is no agent of that name in production.",
            "See the list of agents, or release the agent by a change.")
                .with("agent", request.agent));
    Route::Choice choice = route->choose(unitOf(request));
    if (!choice.plan)
        return fail(Error(ErrorKind::Unavailable, "agent.unreleased", "The agent's release cannot run: " + route->fault,
            "Release a version whose parts are all there.")
                .with("agent", request.agent));
    const access::Act start{.principal = principal,
        .operation = StartRun::operation.name,
        .permission = StartRun::operation.permission,
        .effect = StartRun::operation.effect,
        .scope = {choice.plan->team, m_services.routing.environment(), request.agent}};
    if (const auto verdict = m_services.authority.judge(start); !verdict.permitted)
        return fail(access::refusalOf(start, verdict).with("agent", request.agent));
    const auto stops = m_services.stops.table();
    if (const StopOrder* const stop = stops->refusesRun(request.agent))
        return fail(Error(ErrorKind::Unavailable, "stop.in-force",
            "New runs are stopped by " + stop->by + ": " + stop->reason, "Ask " + stop->by + " to lift the stop.")
                .with("stop", stop->id));
    return choice;
}

void Runtime::Engine::refuseInput(Run& run, const char* gate, std::string rule, Error error)
{
    m_recorder.verdict(run, gate, VerdictWord::Deny, error.message, std::move(rule), "the agent's owner");
    run.refusal = std::move(error);
}

void Runtime::Engine::checkContract(Run& run, const Json& variables)
{
    if (!run.plan->input)
        return;
    const contract::Validation validation = run.plan->input->validate(completeVariables(*run.plan, variables));
    if (validation.valid)
        return;
    const std::string what = validation.errors.empty() ? std::string() : ": " + validation.errors.front().message;
    refuseInput(run, "contract-in", "contract:" + run.plan->agentName,
        Error(ErrorKind::Invalid, "contract.input", "The variables do not fit the agent's input contract" + what,
            "Send what the contract asks for.")
            .with("at", validation.errors.empty() ? "/" : validation.errors.front().instancePath));
}

Result<void> Runtime::Engine::checkInput(Run& run, const StartRun::Request& request)
{
    const std::size_t contractSpan = m_recorder.openSpan(run, SpanKind::Contract, "Contract in", "the caller's input");
    const Json variables = jsonOf(request.variables);
    checkContract(run, variables);
    m_recorder.closeSpan(run, contractSpan);
    EPHOR_TRY(CallerMessages caller, readCallerMessages(request.messages));
    const std::size_t guardSpan
        = m_recorder.openSpan(run, SpanKind::Guard, "Guard in", countWords(caller.messages.size(), "message"));
    if (caller.demoted)
        m_recorder.verdict(run, "roles", VerdictWord::Transform,
            "A caller's system message was read as a user message.", "roles:one-prompt");
    const std::size_t promptSpan = m_recorder.openSpan(
        run, SpanKind::Prompt, run.plan->promptName, "v" + std::to_string(run.plan->promptVersion));
    Json passed = m_texts.passVariables(run, variables);
    run.variables = documentOf(passed);
    auto rendered = renderPrompt(*run.plan, std::move(passed));
    m_recorder.closeSpan(run, promptSpan);
    // Of variables that may not pass nothing is left to render.
    if (!rendered && run.summary.denied == 0)
        refuseInput(run, "prompt", "prompt:" + run.plan->promptName, rendered.error());
    std::string system = rendered ? std::move(*rendered) : std::string();
    provider::ChatMessage first;
    first.role = "system";
    first.content = std::move(system);
    run.messages.push_back(std::move(first));
    for (provider::ChatMessage& message : caller.messages) {
        const Label source = message.role == "user" ? guard::callerLabel : guard::hearsayLabel;
        guard::Inspection inspection = m_texts.pass(run, {guard::Hook::Input, message.content, {}, source}, "guard-in");
        // What must not pass is not kept either: the record says that it was there.
        if (inspection.word == VerdictWord::Deny)
            message.content.clear();
        else if (inspection.replacement)
            message.content = std::move(*inspection.replacement);
        run.messages.push_back(std::move(message));
    }
    m_recorder.closeSpan(run, guardSpan);
    return {};
}

Result<Runtime::Engine::RunPointer> Runtime::Engine::prepare(
    const StartRun::Request& request, const Principal& principal)
{
    EPHOR_TRY(const Route::Choice choice, choose(request, principal));
    auto run = std::make_shared<Run>(choice.plan, m_services.loop.context());
    RunSummary& summary = run->summary;
    summary.id = newId(m_services.clock);
    summary.agent = run->plan->agentName;
    summary.agentTitle = run->plan->agent.title.empty() ? summary.agent : std::string(run->plan->agent.title);
    summary.team = run->plan->team;
    summary.environment = m_services.routing.environment();
    summary.release = run->plan->release.id;
    summary.releaseNumber = run->plan->release.number;
    summary.variant = choice.variant;
    summary.startedAt = m_services.clock.now();
    summary.caller = principal.name;
    summary.simulated = run->plan->client->simulated();
    run->requester = principal.id;
    run->requesterName = principal.name;
    run->principal = principal;
    run->maxOutputTokens = request.maxOutputTokens;
    run->streamed = request.stream;
    run->began = m_services.clock.steady();
    run->channel = m_channels.open(summary.id);
    const std::size_t route = m_recorder.openSpan(
        *run, SpanKind::Route, "Route", wordOf(choice.variant) + ", v" + std::to_string(summary.releaseNumber));
    m_recorder.closeSpan(*run, route);
    m_recorder.verdict(*run, "route", VerdictWord::Allow,
        "Served by release v" + std::to_string(summary.releaseNumber) + ".", "release:" + summary.release);
    summary.person = m_texts.passClaim(*run, "person", request.person);
    run->person = guard::Protection::isHiddenName(summary.person) ? std::string(request.person) : summary.person;
    run->subject = sealingSubject(*run->plan->protection, summary);
    summary.conversation = m_texts.passClaim(*run, "conversation", request.conversation);
    summary.decision.reference = m_texts.passClaim(*run, "reference", request.reference);
    if (auto checked = checkInput(*run, request); !checked) {
        m_channels.retire(summary.id);
        return std::unexpected<Error>(std::move(checked).error());
    }
    return run;
}

/// What a run waits for before it begins: its first entry and, made meanwhile on the thread that let it in, its first
/// call of the model. Whichever comes second starts it.
struct Runtime::Engine::Admission {
    std::function<void(Result<void>)> admitted;
    Result<void> written;
    std::uint64_t entry = 0;
    std::atomic<int> awaited{2};
};

void Runtime::Engine::arrive(const RunPointer& run, const std::shared_ptr<Admission>& admission)
{
    if (--admission->awaited > 0)
        return;
    asio::post(run->strand, [this, run, admission] {
        if (admission->written)
            m_recorder.settled(*run, admission->entry);
        const auto admitted = std::exchange(admission->admitted, nullptr);
        admitted(std::move(admission->written));
    });
}

// `admitted` is called on the run's strand once its first entry is durable, or why it is not.
void Runtime::Engine::admit(const RunPointer& run, std::function<void(Result<void>)> admitted)
{
    Recorder::Point point;
    point.operation = StartRun::operation.name;
    point.refs = {{"model", run->plan->modelName}};
    point.outcome = run->summary.denied > 0 ? "deny" : "allow";
    point.kind = JournalKind::Admitted;
    if (const std::string& given = run->variables.text; !given.empty() && given != "{}" && given != "null")
        point.sealed.push_back({variablesPath, run->subject, run->variables});
    auto prepared = m_recorder.prepare(*run, point);
    if (!prepared) {
        asio::post(run->strand, [admitted, error = std::move(prepared).error()] { admitted(fail(error)); });
        return;
    }
    const auto admission = std::make_shared<Admission>();
    admission->admitted = std::move(admitted);
    m_services.database.submit(
        [this, run, admission, point = std::move(*prepared)](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY(admission->entry, m_recorder.write(transaction, *run, point));
            return {};
        },
        [this, run, admission](Result<void> written) {
            admission->written = std::move(written);
            arrive(run, admission);
        });
    makeFirstCallReady(*run);
    arrive(run, admission);
}

// A start refused before a release was asked leaves no run, but it is a decision about somebody, so the record has it.
// Messages nobody can read are none.
void Runtime::Engine::refused(const StartRun::Request& request, const Principal& principal, const Error& error)
{
    if (error.kind != ErrorKind::Forbidden && error.code != "stop.in-force")
        return;
    ledger::NewEntry entry;
    entry.kind = ledger::EntryKind::Operation;
    entry.actor = principal.id;
    entry.operation = StartRun::operation.name;
    entry.subject = "agent:" + request.agent;
    entry.outcome = "denied";
    entry.reason = error.message;
    entry.refs = {{"code", error.code}};
    m_services.database.submit(
        [ledger = &m_services.ledger, entry](store::Transaction& transaction) -> Result<void> {
            EPHOR_TRY([[maybe_unused]] auto reference, ledger->append(transaction, entry));
            return {};
        },
        {});
}

void Runtime::Engine::begin(const StartRun::Request& request, const Principal& principal,
    std::function<void(const RunEvent&)> onEvent, const Backend::OnStarted& onStarted)
{
    auto prepared = prepare(request, principal);
    if (!prepared) {
        refused(request, principal, prepared.error());
        return onStarted(fail(std::move(prepared).error()));
    }
    const RunPointer run = std::move(*prepared);
    {
        const std::lock_guard lock(m_mutex);
        m_active[run->summary.id] = run;
    }
    admit(run,
        [self = shared_from_this(), run, caller = principal.name, onEvent = std::move(onEvent), onStarted](
            Result<void> admitted) {
            if (admitted && run->refusal) {
                // It is recorded as a run all the same: a release that refuses what another takes must not look well.
                self->announce(*run, "started");
                self->spawn(run);
                return onStarted(fail(*run->refusal));
            }
            if (admitted)
                return onStarted(self->launch(run, caller, onEvent));
            self->m_channels.retire(run->summary.id);
            onStarted(fail(std::move(admitted).error()));
            self->forget(run->summary.id);
        });
}

std::unique_ptr<RunHandle> Runtime::Engine::launch(
    const RunPointer& run, const std::string& caller, std::function<void(const RunEvent&)> onEvent)
{
    auto listening = run->channel->listen(run->channel, 0, std::move(onEvent));
    const RunStarted started{run->summary.release, run->summary.releaseNumber, run->summary.variant};
    run->channel->emit(RunEventKind::Started, {}, {jsonTextOf(started)});
    announce(*run, "started");
    spawn(run);
    return std::make_unique<EngineHandle>(
        run->summary.id, std::move(listening), [weak = weak_from_this(), id = run->summary.id, caller] {
            if (const auto engine = weak.lock())
                engine->cancel(id, caller, "The caller ended it.");
        });
}

Result<std::unique_ptr<Subscription>> Runtime::Engine::follow(const std::string& run, std::uint64_t after,
    const Principal& principal, std::function<void(const RunEvent&)> onEvent)
{
    std::optional<RunSummary> summary;
    std::string requester;
    EPHOR_TRY_VOID(m_services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(summary, findRun(snapshot, run));
        EPHOR_TRY(requester, requesterOf(snapshot, summary->id));
        return {};
    }));
    // The events carry the answer itself: they are the caller's own, or for who may open sealed content.
    if (requester != principal.id
        && !m_services.authority.permits(principal, Permission::OpenSealed, {summary->team, summary->environment}))
        return fail(ErrorKind::Forbidden, "run.not-yours", "Only who started a run may follow its answer.",
            "Ask a governance officer to open it.");
    const bool hasEnded = summary->state != RunState::Running && summary->state != RunState::Waiting;
    // A run that rests since before a restart has no channel yet; it gets the one it will go on with.
    const auto channel = hasEnded ? m_channels.find(summary->id) : m_channels.open(summary->id);
    if (channel)
        return channel->listen(channel, after, std::move(onEvent));
    const auto ended = std::make_shared<RunChannel>(summary->id);
    const RunFinished finished{summary->usage, "stop", summary->decision, {}};
    ended->emit(RunEventKind::Finished, summary->reason, documentOf(toJson(finished)));
    return ended->listen(ended, 0, std::move(onEvent));
}

}

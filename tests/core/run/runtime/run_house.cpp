#include "tests/core/run/runtime/run_house.h"

#include "core/definition/definitions.h"
#include "core/definition/migrations.h"
#include "core/domain/reflect.h"
#include "core/run/route/releases.h"
#include "core/run/runtime/run_store.h"
#include "core/trust/approval/approvals.h"
#include "core/trust/identity/migrations.h"
#include "core/trust/identity/setup.h"
#include "core/trust/ledger/migrations.h"

#include <nlohmann/json.hpp>
#include <algorithm>
#include <stdexcept>

namespace ephor::runtime::testing {

namespace {

constexpr auto patience = std::chrono::minutes(1);

void require(const Result<void>& result)
{
    if (!result)
        throw std::runtime_error(describe(result.error()));
}

template <class T> T take(Result<T> result)
{
    if (!result)
        throw std::runtime_error(describe(result.error()));
    return std::move(*result);
}

std::vector<store::Migration> migrationsOfAll()
{
    std::vector<store::Migration> all;
    for (const auto room : {ledger::migrations(), identity::migrations(), definition::migrations(),
             policy::migrations(), approval::migrations(), route::migrations(), runtime::migrations()})
        all.insert(all.end(), room.begin(), room.end());
    return all;
}

class HangingCall final : public net::Cancellable {
public:
    explicit HangingCall(provider::OnModelOutcome done)
        : m_done(std::move(done))
    {
    }
    void cancel() override
    {
        provider::OnModelOutcome done;
        {
            const std::lock_guard lock(m_mutex);
            done = std::exchange(m_done, {});
        }
        if (!done)
            return;
        provider::ProviderError error;
        error.kind = provider::FailureKind::Cancelled;
        done(provider::ModelOutcome(std::unexpected(error)));
    }

private:
    std::mutex m_mutex;
    provider::OnModelOutcome m_done;
};

ToolBody toolBody(SideEffect effect)
{
    ToolBody body;
    body.title = "A tool";
    body.description = "For tests.";
    body.effect = effect;
    body.input.text
        = R"({"type":"object","properties":{"amount":{"type":"integer"},"text":{"type":"string"}},"additionalProperties":false})";
    body.http.url = "http://127.0.0.1:9/tool";
    body.http.allowLoopback = true;
    return body;
}

}

std::shared_ptr<net::Cancellable> ScriptedModel::start(
    provider::ChatRequest request, provider::OnModelEvent onEvent, provider::OnModelOutcome onDone)
{
    Answer answer;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.push_back(std::move(request));
        if (!m_answers.empty()) {
            answer = std::move(m_answers.front());
            m_answers.pop_front();
        }
    }
    if (answer.hangs)
        return std::make_shared<HangingCall>(std::move(onDone));
    if (answer.failure) {
        provider::ProviderError error;
        error.kind = *answer.failure;
        error.status = answer.status;
        onDone(provider::ModelOutcome(std::unexpected(error)));
        return nullptr;
    }
    provider::ModelResult result = answer.result.value_or(provider::ModelResult{});
    if (!answer.result)
        result.text = "ready";
    result.usage = provider::Usage{.inputTokens = 100, .outputTokens = 10};
    if (!result.text.empty())
        onEvent(provider::TextDelta{result.text});
    onDone(provider::ModelOutcome(std::move(result)));
    return nullptr;
}

void ScriptedModel::say(std::string text)
{
    provider::ModelResult result;
    result.text = std::move(text);
    answer(std::move(result));
}

void ScriptedModel::answer(provider::ModelResult result)
{
    const std::lock_guard lock(m_mutex);
    m_answers.push_back({std::move(result), {}, {}});
}

void ScriptedModel::call(std::string tool, Json arguments)
{
    Answer answer;
    answer.result.emplace();
    provider::ToolCall call;
    call.name = std::move(tool);
    call.argumentsText = arguments.dump();
    call.arguments = std::move(arguments);
    answer.result->toolCalls.push_back(std::move(call));
    const std::lock_guard lock(m_mutex);
    m_answers.push_back(std::move(answer));
}

void ScriptedModel::failWith(provider::FailureKind kind, std::optional<int> status)
{
    Answer answer;
    answer.failure = kind;
    answer.status = status;
    const std::lock_guard lock(m_mutex);
    m_answers.push_back(std::move(answer));
}

void ScriptedModel::hang()
{
    Answer answer;
    answer.hangs = true;
    const std::lock_guard lock(m_mutex);
    m_answers.push_back(std::move(answer));
}

std::unique_ptr<provider::ReadyCall> ScriptedModel::makeReady(provider::ChatRequest request)
{
    {
        const std::lock_guard lock(m_mutex);
        ++m_madeReady;
    }
    return ModelClient::makeReady(std::move(request));
}

std::size_t ScriptedModel::madeReady() const
{
    const std::lock_guard lock(m_mutex);
    return m_madeReady;
}

std::vector<provider::ChatRequest> ScriptedModel::requests() const
{
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

std::shared_ptr<net::Cancellable> CountingTool::start(
    connector::ToolInvocation invocation, std::function<void(Result<connector::ToolAnswer>)> done)
{
    Result<connector::ToolAnswer> answer = connector::ToolAnswer{};
    {
        const std::lock_guard lock(m_mutex);
        m_arguments = invocation.arguments.text;
        ++m_calls;
        answer = m_answer;
    }
    done(std::move(answer));
    return nullptr;
}

std::string CountingTool::lastArguments() const
{
    const std::lock_guard lock(m_mutex);
    return m_arguments;
}

void CountingTool::answerWith(Result<connector::ToolAnswer> answer)
{
    const std::lock_guard lock(m_mutex);
    m_answer = std::move(answer);
}

std::size_t CountingTool::calls() const
{
    const std::lock_guard lock(m_mutex);
    return m_calls;
}

std::function<void(const RunEvent&)> Story::listener()
{
    return [state = m_state](const RunEvent& event) {
        const std::lock_guard lock(state->mutex);
        state->events.push_back(event);
        state->came.notify_all();
    };
}

bool Story::waitFor(RunEventKind kind)
{
    std::unique_lock lock(m_state->mutex);
    return m_state->came.wait_for(lock, patience, [&] {
        return std::ranges::any_of(m_state->events, [&](const RunEvent& event) { return event.kind == kind; });
    });
}

std::vector<RunEvent> Story::events() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->events;
}

std::string Story::text() const
{
    std::string text;
    for (const RunEvent& event : events())
        text += event.kind == RunEventKind::Text ? event.text : std::string();
    return text;
}

void KeptReports::report(insight::RunReport report)
{
    const std::lock_guard lock(m_mutex);
    m_reports.push_back(std::move(report));
}

std::vector<insight::RunReport> KeptReports::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_reports;
}

RunHouse::RunHouse(const Budget& budget)
{
    database = take(store::Database::open({}, migrationsOfAll()));
    keyStore = take(keys::KeyStore::inMemory("test"));
    ledger
        = take(ledger::openLedger({.database = *database, .keys = keyStore.get(), .clock = clock, .origin = "test"}));
    prices = take(insight::PriceTable::read(
        Json::parse(R"({"version":"t","currency":"USD","models":{"m":{"input":"1.00","output":"2.00"}}})")));
    for (const char* name : {"look", "pay", "wipe", "note"})
        tools[name] = std::make_shared<CountingTool>();
    caller.kind = PrincipalKind::Person;
    caller.id = "person:caller";
    caller.name = "Caller";
    caller.roles = {{"*", "*", Role::Owner}};
    define(budget);
    serve();
}

RunHouse::~RunHouse()
{
    runtime.reset();
    routing.reset();
    loop.reset();
}

void RunHouse::define(const Budget& budget)
{
    require(database->write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY_VOID(identity::addTeam(transaction, "desk", "Desk", clock));
        Release release;
        release.agent = "clerk";
        release.at = clock.now();
        const auto save
            = [&](const std::string& name, DefinitionKind kind, Result<definition::StoredBody> body) -> Result<void> {
            EPHOR_TRY(auto stored, std::move(body));
            EPHOR_TRY([[maybe_unused]] auto saved,
                definition::save(transaction,
                    {.name = name,
                        .team = "desk",
                        .body = stored,
                        .author = "person:caller",
                        .message = "",
                        .at = clock.now()}));
            release.pins.push_back({kind, name, 1});
            return {};
        };
        PromptBody prompt;
        prompt.text = "You are a clerk.";
        EPHOR_TRY_VOID(save("clerk-prompt", DefinitionKind::Prompt, definition::storedBody(prompt)));
        ModelBody modelBody;
        modelBody.model = "m";
        modelBody.scenario.text = R"({"name":"unused"})";
        EPHOR_TRY_VOID(save("large", DefinitionKind::Model, definition::storedBody(modelBody)));
        const std::pair<const char*, SideEffect> kinds[] = {{"look", SideEffect::Read},
            {"pay", SideEffect::Irreversible}, {"wipe", SideEffect::Irreversible}, {"note", SideEffect::Write}};
        AgentBody agent;
        agent.title = "Clerk";
        agent.prompt = "clerk-prompt";
        agent.budget = budget;
        agent.model = "large";
        agent.decision.outcomeTool = "pay";
        agent.decision.doneWord = "paid";
        agent.decision.amountPointer = "/amount";
        agent.inputSchema.text = R"({"type":"object","properties":{"desk":{"type":"integer","default":1}}})";
        for (const auto& [name, effect] : kinds) {
            EPHOR_TRY_VOID(save(name, DefinitionKind::Tool, definition::storedBody(toolBody(effect))));
            agent.tools.emplace_back(name);
        }
        EPHOR_TRY_VOID(save("clerk", DefinitionKind::Agent, definition::storedBody(agent)));
        release.grants
            = {{"clerk", "look", Access::Allow}, {"clerk", "pay", Access::Ask}, {"clerk", "wipe", Access::Deny}};
        EPHOR_TRY(const Release made, route::addRelease(transaction, release));
        return route::setProduction(transaction, "clerk", "production", made.id);
    }));
}

void RunHouse::serve()
{
    loop = std::make_unique<net::EventLoop>(2);
    PlanParts parts;
    parts.client = [this](const std::string&, const ModelBody&) -> Result<std::shared_ptr<provider::ModelClient>> {
        if (!model)
            return fail(ErrorKind::Unavailable, "test.no-model", "There is no model.", "Give the house one.");
        return model;
    };
    parts.connector = [this](const std::string& name,
                          const ToolBody&) -> Result<std::shared_ptr<connector::Connector>> { return tools.at(name); };
    parts.prices = &prices;
    parts.guards = {guard::makeWellFormedGuard()};
    parts.protection = [this](const std::string&, const ProtectionBody*) {
        return guard::Protection::compile("test", protection, {});
    };
    routing = std::make_unique<Routing>(*database, std::move(parts), "production");
    require(routing->refresh());
    runtime = std::make_unique<Runtime>(RuntimeServices{.database = *database,
        .ledger = *ledger,
        .clock = clock,
        .authority = authority,
        .loop = *loop,
        .routing = *routing,
        .tightenings = tightenings,
        .stops = stops,
        .reports = reports,
        .publish = {}});
}

void RunHouse::restart()
{
    runtime.reset();
    routing.reset();
    loop.reset();
    serve();
}

Result<std::unique_ptr<RunHandle>> RunHouse::start(Story& story, const std::string& text, StartRun::Request request)
{
    request.agent = "clerk";
    request.messages = documentOf(Json::array({Json{{"role", "user"}, {"content", text}}}));
    return runtime->start(request, caller, story.listener());
}

RunSummary RunHouse::run(const std::string& id)
{
    RunSummary found;
    require(database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(found, findRun(snapshot, id));
        return {};
    }));
    return found;
}

std::vector<ApprovalRequest> RunHouse::waiting()
{
    std::vector<ApprovalRequest> requests;
    require(database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(requests, approval::list(snapshot, {}));
        return {};
    }));
    return requests;
}

void RunHouse::decide(const ApprovalRequest& request, ApprovalState wanted)
{
    ApprovalRequest decided;
    require(database->write([&](store::Transaction& transaction) -> Result<void> {
        EPHOR_TRY(decided,
            approval::decide(transaction, request.id, request.digest,
                {"person:officer", "Officer", wanted == ApprovalState::Approved, "because", clock.now()}, clock.now()));
        return {};
    }));
    runtime->decided(decided);
}

std::vector<std::string> RunHouse::entryOutcomes(const std::string& run)
{
    std::vector<std::string> outcomes;
    require(database->read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto steps, journal(snapshot, run));
        for (const JournalStep& step : steps) {
            EPHOR_TRY(const std::string body, ledger->body(snapshot, step.entry));
            const Json entry = Json::parse(body);
            outcomes.push_back(entry["operation"].get<std::string>() + ":" + entry["outcome"].get<std::string>());
        }
        return {};
    }));
    return outcomes;
}

}

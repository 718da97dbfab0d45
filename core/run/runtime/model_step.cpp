#include "core/run/runtime/engine.h"

#include "core/base/text.h"
#include "core/domain/reflect.h"
#include "core/run/provider/model_client_awaitable.h"
#include "core/run/provider/provider_error.h"
#include "core/run/runtime/model_use.h"
#include "core/trust/guard/marker.h"
#include "core/trust/policy/stop_orders.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace asio = boost::asio;

namespace {

std::uint64_t bytesOfAll(const Messages& messages)
{
    std::uint64_t bytes = 0;
    for (const provider::ChatMessage& message : messages)
        bytes += message.content.size();
    return bytes;
}

provider::ChatRequest requestOf(const Run& run)
{
    provider::ChatRequest request;
    request.model = run.plan->model.model;
    request.messages = run.messages;
    for (const auto& [at, text] : run.modelTexts)
        request.messages[at].content = text;
    if (const std::string marker = TextGates::markerOf(run); !marker.empty() && !request.messages.empty())
        request.messages.front().content += "\n\n" + guard::markerLine(marker);
    for (const PlannedTool& tool : run.plan->tools)
        request.tools.push_back(tool.declaration);
    request.temperature = run.plan->agent.temperature;
    std::uint64_t most = run.plan->model.maxOutputTokens;
    if (run.maxOutputTokens)
        most = most == 0 ? *run.maxOutputTokens : std::min(most, *run.maxOutputTokens);
    if (most != 0)
        request.maxTokens = std::int64_t(most);
    request.stream = run.streamed;
    return request;
}

// The provider's own words may quote the conversation, so the record and the caller get the kind and the status only.
std::string failureOf(const provider::ProviderError& error)
{
    const std::string status = error.status ? " " + std::to_string(*error.status) : std::string();
    switch (error.kind) {
    case provider::FailureKind::Status:
        return "The model did not answer: its provider returned status" + status + ".";
    case provider::FailureKind::Reported:
        return "The model did not answer: its provider broke off with an error"
            + (status.empty() ? std::string(".") : ", status" + status + ".");
    case provider::FailureKind::Malformed:
        return "The model did not answer: what its provider sent is no chat completion.";
    case provider::FailureKind::Truncated:
        return "The model did not answer: what its provider sent ends before its end.";
    case provider::FailureKind::TooLarge:
        return "The model did not answer: what its provider sent is larger than the limit.";
    case provider::FailureKind::Transport:
        return "The model did not answer: the connection to its provider failed.";
    case provider::FailureKind::Timeout:
        return "The model did not answer: its provider took too long.";
    case provider::FailureKind::Denied:
        return "The model did not answer: the address rules do not let the call out.";
    case provider::FailureKind::Cancelled:
        break;
    }
    return "The model did not answer: the call was cancelled.";
}

// Whoever calls the agent cannot mend what its provider refuses, and sending the same again costs and does not help.
std::string mendOf(const provider::ProviderError& error)
{
    const bool refused = error.kind == provider::FailureKind::Status || error.kind == provider::FailureKind::Reported;
    if (refused && (error.status == 401 || error.status == 403))
        return "Ask who looks after the model to check its key; the run's page says more.";
    if (error.kind == provider::FailureKind::TooLarge)
        return "Ask for a shorter answer, or whoever looks after the model to limit its output.";
    if (error.kind == provider::FailureKind::Denied)
        return "Ask who looks after the model to allow its provider's address.";
    if (refused && error.status && !provider::isPassingStatus(*error.status))
        return "The same again would be refused again; the run's page says more.";
    return "Try again; the run's page says more.";
}

// Carries streamed text through the guards to whoever listens. Used by the client's thread while the coroutine waits.
class AnswerStream {
public:
    AnswerStream(const Run& run, const TextGates& texts, std::unique_ptr<guard::StreamInspector> inspector)
        : m_run(run)
        , m_texts(texts)
        , m_inspector(std::move(inspector))
    {
    }
    void take(const provider::ModelEvent& event)
    {
        const auto* const delta = std::get_if<provider::TextDelta>(&event);
        if (delta != nullptr && !m_fault)
            show(m_inspector->push(delta->text));
    }
    void finish()
    {
        if (!m_fault)
            show(m_inspector->finish());
    }
    const std::optional<Error>& fault() const { return m_fault; }

private:
    void show(Result<std::string> released)
    {
        if (!released)
            m_fault = released.error();
        else if (!released->empty())
            m_run.channel->emit(RunEventKind::Text, m_texts.revealed(m_run, std::move(*released)));
    }
    const Run& m_run;
    const TextGates& m_texts;
    std::unique_ptr<guard::StreamInspector> m_inspector;
    std::optional<Error> m_fault;
};

}

std::optional<std::string> Runtime::Engine::refusesNextStep(Run& run) const
{
    if (const auto ordered = run.ordered())
        return "Ended by " + ordered->by + ": " + ordered->reason;
    const auto stops = m_services.stops.table();
    if (const StopOrder* const stop = stops->endsRun(run.plan->agentName))
        return "Stopped by " + stop->by + ": " + stop->reason;
    return std::nullopt;
}

// Nothing leaves before the gates of `callModel` have had their say; where they may still change what the model reads,
// there is nothing to make ready. What the run says of itself is only read here, since the writer reads it too.
void Runtime::Engine::makeFirstCallReady(Run& run) const
{
    if (run.summary.denied == 0 && !run.plan->guards->replacesAt(guard::Hook::BeforeModel))
        run.firstCall = run.plan->client->makeReady(requestOf(run));
}

asio::awaitable<Runtime::Engine::Next> Runtime::Engine::callModel(RunPointer run)
{
    if (auto refusal = refusesNextStep(*run)) {
        auto ending = end(run, RunState::Stopped, std::move(*refusal));
        co_return co_await std::move(ending);
    }
    if (auto used = run->budget.refusesModelCall(m_recorder.elapsed(*run), bytesOfAll(run->messages))) {
        m_recorder.verdict(
            *run, "budget", VerdictWord::Deny, *used, "budget:" + run->plan->agentName, "the agent's owner");
        auto ending = end(run, RunState::Denied, std::move(*used));
        co_return co_await std::move(ending);
    }
    if (auto refusal = m_texts.passToModel(*run)) {
        auto ending = end(run, RunState::Denied, std::move(*refusal));
        co_return co_await std::move(ending);
    }
    // A refused tool call is recorded before the model hears of it: a call leaves only after its permit is durable.
    if (!run->verdicts.empty() || run->messages.size() > run->durableMessages) {
        Recorder::Point point;
        point.kind = JournalKind::Answered;
        point.operation = "model.call";
        point.refs = {{"model", run->plan->modelName}};
        point.outcome = "allow";
        auto settling = settle(run, std::move(point), {});
        const Result<void> settled = co_await std::move(settling);
        if (!settled) {
            auto ending = end(run, RunState::Failed, settled.error().message);
            co_return co_await std::move(ending);
        }
    }
    const std::size_t spanAt = m_recorder.openSpan(*run, SpanKind::Model, "Model call", run->plan->model.model);
    AnswerStream stream(*run, m_texts, TextGates::openStream(*run));
    provider::OnModelEvent onEvent;
    if (run->streamed)
        onEvent = [&stream](const provider::ModelEvent& event) { stream.take(event); };
    else
        onEvent = [](const provider::ModelEvent&) { };
    std::unique_ptr<provider::ReadyCall> call = std::exchange(run->firstCall, nullptr);
    if (!call)
        call = run->plan->client->makeReady(requestOf(*run));
    auto asking = provider::complete(std::move(call), std::move(onEvent));
    provider::ModelOutcome outcome = co_await std::move(asking);
    m_recorder.closeSpan(*run, spanAt);
    if (spanAt < run->spans.size())
        describeModelSpan(run->spans[spanAt], *run, {run->plan->model.model, *run->plan->client}, outcome);
    if (!outcome.result) {
        const auto ordered = run->ordered();
        std::string reason
            = ordered ? "Ended by " + ordered->by + ": " + ordered->reason : failureOf(outcome.result.error());
        run->mend = mendOf(outcome.result.error());
        ++run->summary.modelCalls;
        run->summary.cost.reset();
        auto ending = end(run, ordered ? RunState::Stopped : RunState::Failed, std::move(reason));
        co_return co_await std::move(ending);
    }
    stream.finish();
    provider::ModelResult& result = *outcome.result;
    provider::completeToolCallIds(result);
    const Usage usage = usageOf(result);
    const std::optional<Money> cost = insight::costOf(run->plan->price, usage);
    run->budget.countModelCall(usage, cost);
    addUsage(run->summary, usage, cost);
    auto taking = takeAnswer(run, std::move(result), stream.fault());
    co_return co_await std::move(taking);
}

asio::awaitable<Runtime::Engine::Next> Runtime::Engine::takeAnswer(
    RunPointer run, provider::ModelResult result, std::optional<Error> streamFault)
{
    const guard::Hook hook = result.toolCalls.empty() ? guard::Hook::Output : guard::Hook::AfterModel;
    const bool refuses = result.refusal && result.text.empty();
    std::string text = refuses ? *result.refusal : result.text;
    // Whoever reads an answer that the model could not finish, or did not give, must be able to tell.
    if (result.finishReason == "length" || result.finishReason == "content_filter")
        run->finishReason = *result.finishReason;
    const guard::Inspection inspection = m_texts.inspect(*run, {hook, text, {}, run->label});
    std::string denial = streamFault ? streamFault->message : std::string();
    if (inspection.word == VerdictWord::Deny)
        denial = inspection.reason;
    if (!denial.empty()) {
        guard::Inspection denied = inspection;
        denied.word = VerdictWord::Deny;
        denied.reason = denial;
        m_texts.report(*run, denied, "guard-out");
        auto ending = end(run, RunState::Denied, std::move(denial));
        co_return co_await std::move(ending);
    }
    m_texts.report(*run, inspection, "guard-out");
    if (inspection.replacement)
        text = *inspection.replacement;
    if (hook == guard::Hook::Output) {
        auto checking = checkGrounds(run, text);
        if (auto ungrounded = co_await std::move(checking)) {
            auto ending = end(run, RunState::Denied, std::move(*ungrounded));
            co_return co_await std::move(ending);
        }
    }
    provider::ChatMessage answer;
    answer.role = "assistant";
    answer.content = text;
    answer.toolCalls = m_texts.passCalls(*run, std::move(result.toolCalls));
    const bool isFinal = answer.toolCalls.empty();
    run->messages.push_back(std::move(answer));
    if (!isFinal)
        co_return Next::GoOn;
    if (auto broken = breaksOutputContract(*run, text)) {
        m_recorder.verdict(
            *run, "contract-out", VerdictWord::Deny, *broken, "contract:" + run->plan->agentName, "the agent's owner");
        auto ending = end(run, RunState::Failed, std::move(*broken));
        co_return co_await std::move(ending);
    }
    // What was not streamed is shown only now that every gate has passed it.
    if ((!run->streamed || refuses || run->plan->protection->holdsAnswers()) && !text.empty())
        run->channel->emit(RunEventKind::Text, m_texts.revealed(*run, text));
    auto ending = end(run, RunState::Done, std::string());
    co_return co_await std::move(ending);
}

std::optional<std::string> Runtime::Engine::breaksOutputContract(Run& run, const std::string& text) const
{
    if (!run.plan->output)
        return std::nullopt;
    const std::size_t span = m_recorder.openSpan(run, SpanKind::Contract, "Contract out", "the agent's answer");
    const auto answer = parseJson(text);
    std::optional<std::string> broken;
    if (!answer)
        broken = "The answer is not the JSON that the agent's contract asks for.";
    else if (const contract::Validation validation = run.plan->output->validate(*answer); !validation.valid)
        broken = "The answer does not fit the agent's output contract.";
    m_recorder.closeSpan(run, span);
    return broken;
}

}

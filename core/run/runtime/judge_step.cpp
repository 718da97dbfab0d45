#include "core/run/runtime/engine.h"

#include "core/run/provider/model_client_awaitable.h"
#include "core/run/runtime/model_use.h"

namespace ephor::runtime {

namespace asio = boost::asio;

// Why the answer may not be shown. A judge that cannot be asked leaves every doubt standing.
asio::awaitable<std::optional<std::string>> Runtime::Engine::checkGrounds(RunPointer run, std::string answer)
{
    std::optional<Grounds> grounds = m_texts.groundsOf(*run, answer);
    if (!grounds)
        co_return std::nullopt;
    if (run->plan->judge && doubtedIn(*grounds) > 0) {
        auto asking = askJudge(run, answer, *grounds);
        Grounds judged = co_await std::move(asking);
        grounds = std::move(judged);
    }
    run->citations = grounds->citations;
    co_return m_texts.ungrounded(*run, *grounds);
}

asio::awaitable<Grounds> Runtime::Engine::askJudge(RunPointer run, std::string answer, Grounds grounds)
{
    const PlannedJudge& judge = *run->plan->judge;
    provider::ChatRequest request = judgeRequest(judge.body, answer, grounds, run->messages);
    std::uint64_t bytes = 0;
    for (const provider::ChatMessage& message : request.messages)
        bytes += message.content.size();
    if (auto refusal = refusesNextStep(*run))
        grounds.unjudged = std::move(*refusal);
    else if (auto used = run->budget.refusesModelCall(m_recorder.elapsed(*run), bytes))
        grounds.unjudged = std::move(*used);
    if (!grounds.unjudged.empty())
        co_return grounds;
    Recorder::Point permit;
    permit.kind = JournalKind::Answered;
    permit.operation = "model.call";
    permit.outcome = "allow";
    permit.reason = "a judge of what the answer rests on";
    permit.refs = {{"model", judge.name}};
    auto settling = settle(run, std::move(permit), {});
    const Result<void> permitted = co_await std::move(settling);
    if (!permitted) {
        grounds.unjudged = permitted.error().message;
        co_return grounds;
    }
    const std::size_t spanAt = m_recorder.openSpan(*run, SpanKind::Model, "Judge", judge.body.model);
    provider::OnModelEvent onEvent = [](const provider::ModelEvent&) { };
    auto asking = provider::complete(*judge.client, std::move(request), std::move(onEvent));
    provider::ModelOutcome outcome = co_await std::move(asking);
    m_recorder.closeSpan(*run, spanAt);
    if (spanAt < run->spans.size())
        describeModelSpan(run->spans[spanAt], *run, {judge.body.model, *judge.client}, outcome);
    if (!outcome.result) {
        // Whether it was paid for is not known.
        ++run->summary.modelCalls;
        run->summary.cost.reset();
        grounds.unjudged = "It did not answer (" + std::string(provider::toString(outcome.result.error().kind)) + ").";
        co_return grounds;
    }
    const Usage usage = usageOf(*outcome.result);
    const std::optional<Money> cost = insight::costOf(judge.price, usage);
    run->budget.countModelCall(usage, cost);
    addUsage(run->summary, usage, cost);
    if (const auto taken = takeJudgement(outcome.result->text, run->messages, grounds); !taken)
        grounds.unjudged = taken.error().message;
    co_return grounds;
}

}

#include "core/run/runtime/tries.h"

#include "core/base/clock.h"
#include "core/definition/body.h"
#include "core/definition/definitions.h"
#include "core/domain/reflect.h"
#include "core/run/provider/simulate.h"
#include "core/run/runtime/call_permission.h"
#include "core/run/runtime/conversation.h"
#include "core/run/runtime/recorder.h"
#include "core/run/runtime/routing.h"
#include "core/run/runtime/run_store.h"
#include "core/run/runtime/tried_texts.h"
#include "core/trust/ledger/ledger.h"
#include "core/trust/policy/tightenings.h"

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>

namespace ephor::runtime {

namespace {

constexpr int mostTryTurns = 6; // a try shows how a prompt begins; it is no run
constexpr int mostAskedVariables = 64; // more than a form could ask for
constexpr std::int64_t testTokens = 32;

provider::ModelOutcome askBlocking(provider::ModelClient& client, provider::ChatRequest request)
{
    const auto answered = std::make_shared<std::promise<provider::ModelOutcome>>();
    auto outcome = answered->get_future();
    client.start(
        std::move(request), [](const provider::ModelEvent&) {},
        [answered](provider::ModelOutcome ended) { answered->set_value(std::move(ended)); });
    return outcome.get();
}

connector::ToolAnswer callBlocking(const PlannedTool& tool, const std::string& id, const Json& arguments)
{
    const auto answered = std::make_shared<std::promise<Result<connector::ToolAnswer>>>();
    auto outcome = answered->get_future();
    tool.connector->start({"try", id, documentOf(arguments)},
        [answered](Result<connector::ToolAnswer> ended) { answered->set_value(std::move(ended)); });
    auto answer = outcome.get();
    if (answer)
        return std::move(*answer);
    return {compactJson(Json{{"error", "failed"}, {"reason", answer.error().message}}), true, Duration(0),
        answer.error().code};
}

Usage countsOf(const provider::ModelResult& result)
{
    Usage usage;
    if (result.usage && result.usage->inputTokens && result.usage->outputTokens) {
        usage.inputTokens = std::uint64_t(*result.usage->inputTokens);
        usage.outputTokens = std::uint64_t(*result.usage->outputTokens);
    }
    return usage;
}

struct TryInput {
    Messages messages;
    Json variables = Json::object(); ///< recorded ones; those of the request go before
};

// The recorded input of a run, if the caller may open it, else the message given. Needs OpenSealed for a recorded one.
Result<TryInput> inputOf(const OperationServices& services, const Call& call, const TryPrompt::Request& request)
{
    if (request.run.empty()) {
        provider::ChatMessage message;
        message.role = "user";
        message.content = request.message;
        return TryInput{{std::move(message)}, Json::object()};
    }
    TryInput input;
    EPHOR_TRY_VOID(services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const RunSummary run, findRun(snapshot, request.run));
        EPHOR_TRY_VOID(call.allow(Permission::OpenSealed, {run.team, run.environment}));
        EPHOR_TRY(const auto steps, journal(snapshot, run.id));
        if (steps.empty())
            return {};
        EPHOR_TRY(const auto fields, services.ledger.open(snapshot, steps.front().entry));
        for (const ledger::SealedField& field : fields) {
            if (field.path == variablesPath)
                input.variables = jsonOf(field.value);
            if (field.path != "/messages")
                continue;
            EPHOR_TRY(input.messages, fromStored(jsonOf(field.value)));
        }
        return {};
    }));
    std::erase_if(input.messages, [](const provider::ChatMessage& message) { return message.role != "user"; });
    if (input.messages.empty())
        return fail(
            ErrorKind::NotFound, "try.no-input", "The run's input is not there any more.", "Type a message instead.");
    return input;
}

// Puts a value at a dotted name; false where something that is no object stands in its way.
bool putAt(Json& data, std::string_view name, Json value)
{
    Json* at = &data;
    for (std::size_t dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.')) {
        at = &(*at)[std::string(name.substr(0, dot))];
        if (!at->is_object() && !at->is_null())
            return false;
        name.remove_prefix(dot + 1);
    }
    (*at)[std::string(name)] = std::move(value);
    return true;
}

Result<contract::Partials> partialsOf(const PromptBody& body)
{
    contract::Partials partials;
    for (const auto& [name, text] : body.partials) {
        EPHOR_TRY(auto parsed, contract::Template::parse(text));
        partials.emplace(name, std::move(parsed));
    }
    return partials;
}

// The system message of a try. Whoever tries stands in for the caller, so what a caller would have to send is asked for
// by all its names at once.
Result<std::string> systemOf(const Plan& plan, const TryPrompt::Request& request, const Document& variables)
{
    Json data = completeVariables(plan, jsonOf(variables));
    if (!data.is_object())
        return fail(Error(ErrorKind::Invalid, "try.variables", "The variables of a try are an object.",
            "Send {\"name\": value} for each."));
    const Json schema = jsonOf(request.body.variables);
    if (const auto properties = schema.is_object() ? schema.find("properties") : schema.end();
        properties != schema.end() && properties->is_object()) {
        for (const auto& [name, property] : properties->items()) {
            if (property.is_object() && property.contains("default") && !data.contains(name))
                data[name] = property["default"];
        }
    }
    EPHOR_TRY(const auto text, contract::Template::parse(request.body.text));
    EPHOR_TRY(const auto partials, partialsOf(request.body));
    std::string missing;
    for (int asked = 0; asked < mostAskedVariables; ++asked) {
        auto rendered = text.render(data, partials);
        if (rendered && missing.empty())
            return rendered;
        if (rendered || rendered.error().code != "template.undefined-variable") {
            if (!missing.empty())
                break;
            return rendered;
        }
        const auto name = std::ranges::find(
            rendered.error().fields, "name", [](const auto& field) { return std::string_view(field.first); });
        if (name == rendered.error().fields.end() || !putAt(data, name->second, ""))
            return rendered;
        missing += (missing.empty() ? "" : ", ") + name->second;
    }
    return fail(Error(ErrorKind::Invalid, "try.variables-missing", "The prompt needs values for: " + missing + ".",
        "Give them with the try, or a default in the schema.")
            .with("names", missing));
}

// What a try may do: call tools that only read, where the rules let the agent do it for whoever tries.
struct Trial {
    const Plan& plan;
    std::string environment;
    const Principal& person;
    std::shared_ptr<const policy::TighteningTable> standing;
    std::shared_ptr<const cedar::Entities> entities;
    Instant now;

    bool mayCall(const PlannedTool& tool, const Json& sent) const
    {
        if (tool.body.effect != SideEffect::Read || !tool.input.validate(sent).valid)
            return false;
        const policy::PermissionVerdict permission
            = permissionOf({plan, *entities, person, environment, {}, {}, {}, 0, now}, tool, sent, *standing);
        return permission.word == VerdictWord::Allow && permission.redact.empty() && !permission.stepUp;
    }
};

// What a call of a try comes to for the model; nothing where it was not made.
Result<std::optional<std::string>> answerOf(const Trial& trial, TriedTexts& texts, const provider::ToolCall& call)
{
    const PlannedTool* const tool = trial.plan.findTool(call.name);
    if (tool == nullptr || !call.arguments)
        return std::optional<std::string>();
    const Json sent = texts.revealedTo(*tool, *call.arguments);
    if (!trial.mayCall(*tool, sent))
        return std::optional<std::string>();
    const connector::ToolAnswer answer = callBlocking(*tool, call.id, sent);
    EPHOR_TRY(std::string text, texts.pass(guard::Hook::AfterTool, answer.text, tool->name));
    return std::optional(std::move(text));
}

// The calls that a model wants, with their arguments as they may leave; without, where they may not.
std::vector<provider::ToolCall> passedCalls(const Plan& plan, TriedTexts& texts, std::vector<provider::ToolCall> calls)
{
    for (provider::ToolCall& call : calls) {
        const PlannedTool* const tool = plan.findTool(call.name);
        if (tool == nullptr || !call.arguments)
            continue;
        call.arguments = texts.passArguments(*tool, *call.arguments);
        call.argumentsText = call.arguments ? compactJson(*call.arguments) : std::string("{}");
    }
    return calls;
}

// One try: the conversation goes on until the model answers in words or has asked too often.
Result<void> converse(const Trial& trial, TriedTexts& texts, Messages messages, TryPrompt::Response& response)
{
    const Plan& plan = trial.plan;
    Usage total{0, 0, {}};
    for (int turn = 0; turn < mostTryTurns; ++turn) {
        provider::ChatRequest chat;
        chat.model = plan.model.model;
        EPHOR_TRY(chat.messages, texts.forModel(messages));
        for (const PlannedTool& tool : plan.tools)
            chat.tools.push_back(tool.declaration);
        chat.maxTokens = std::int64_t(plan.model.maxOutputTokens);
        chat.stream = false;
        provider::ModelOutcome outcome = askBlocking(*plan.client, std::move(chat));
        if (!outcome.result)
            return fail(Error(
                ErrorKind::Unavailable, "try.model", "The model did not answer.", "Test the model in the library.")
                    .with("kind", std::string(provider::toString(outcome.result.error().kind))));
        provider::completeToolCallIds(*outcome.result);
        const Usage usage = countsOf(*outcome.result);
        total.inputTokens = total.inputTokens && usage.inputTokens
            ? std::optional(*total.inputTokens + *usage.inputTokens)
            : std::nullopt;
        total.outputTokens = total.outputTokens && usage.outputTokens
            ? std::optional(*total.outputTokens + *usage.outputTokens)
            : std::nullopt;
        response.cost = insight::costOf(plan.price, total);
        EPHOR_TRY(const std::string said, texts.pass(guard::Hook::Output, outcome.result->text));
        response.text = texts.revealed(said);
        if (outcome.result->toolCalls.empty())
            return {};
        provider::ChatMessage asking;
        asking.role = "assistant";
        asking.content = said;
        asking.toolCalls = passedCalls(plan, texts, std::move(outcome.result->toolCalls));
        messages.push_back(asking);
        for (const provider::ToolCall& toolCall : asking.toolCalls) {
            EPHOR_TRY(auto text, answerOf(trial, texts, toolCall));
            if (!text)
                response.withheldCalls.push_back(toolCall.name);
            messages.push_back(answerTo(toolCall, text ? std::move(*text) : R"({"note":"not called in a try"})"));
        }
    }
    return {};
}

}

Result<TestModel::Response> testModel(
    const OperationServices& services, const Call& call, const TestModel::Request& request, Note& note)
{
    note.subject = "model:" + request.name;
    ModelBody body;
    EPHOR_TRY_VOID(services.database.read([&](const store::Snapshot& snapshot) -> Result<void> {
        EPHOR_TRY(const auto summary, definition::get(snapshot, DefinitionKind::Model, request.name));
        EPHOR_TRY_VOID(call.allow({summary.team, {}}));
        EPHOR_TRY(const auto version,
            definition::verifiedBytes(snapshot, DefinitionKind::Model, request.name, request.version));
        EPHOR_TRY(body, definition::modelFrom(version.body));
        return {};
    }));
    EPHOR_TRY(const auto client, services.routing.parts().client(request.name, body));
    provider::ChatRequest chat;
    chat.model = body.model;
    provider::ChatMessage question;
    question.role = "user";
    question.content = "Answer with the one word: ready";
    chat.messages.push_back(std::move(question));
    chat.maxTokens = testTokens;
    chat.stream = false;
    const Duration began = services.clock.steady();
    const provider::ModelOutcome outcome = askBlocking(*client, std::move(chat));
    TestModel::Response response;
    response.latencyMicros = std::uint64_t((services.clock.steady() - began).count());
    response.simulated = client->simulated();
    response.ok = outcome.result.has_value();
    if (!outcome.result) {
        response.problem = outcome.result.error().message;
        return response;
    }
    const Usage usage = countsOf(*outcome.result);
    response.answer = outcome.result->text;
    if (usage.inputTokens && usage.outputTokens)
        response.tokens = *usage.inputTokens + *usage.outputTokens;
    const auto* const prices = services.routing.parts().prices;
    response.cost = insight::costOf(prices != nullptr ? prices->find(body.model) : std::nullopt, usage);
    return response;
}

Result<TryPrompt::Response> tryPrompt(
    const OperationServices& services, const Call& call, const TryPrompt::Request& request, Note& note)
{
    note.subject = "agent:" + request.agent;
    const auto route = services.routing.find(request.agent);
    if (!route || !route->production)
        return fail(Error(ErrorKind::NotFound, "agent.unreleased", "The agent has no release to try the prompt with.",
            "Release it first.")
                .with("agent", request.agent));
    EPHOR_TRY_VOID(call.allow({route->production->team, {}}));
    const Plan& plan = *route->production;
    EPHOR_TRY(TryInput recorded, inputOf(services, call, request));
    Messages& input = recorded.messages;
    TriedTexts texts(plan);
    for (provider::ChatMessage& message : input) {
        EPHOR_TRY(message.content, texts.pass(guard::Hook::Input, message.content));
    }
    if (const Json given = jsonOf(request.variables); given.is_object())
        recorded.variables.update(given);
    else if (!given.is_null())
        recorded.variables = given;
    EPHOR_TRY(const Document variables, texts.passVariables(documentOf(recorded.variables)));
    provider::ChatMessage first;
    first.role = "system";
    EPHOR_TRY(first.content, systemOf(plan, request, variables));
    input.insert(input.begin(), std::move(first));
    TryPrompt::Response response;
    response.simulated = plan.client->simulated();
    for (const provider::ChatMessage& message : input)
        response.estimatedInputTokens += std::uint64_t(provider::estimateTokens(message.content));
    response.estimatedCost
        = insight::costOf(plan.price, {response.estimatedInputTokens, plan.model.maxOutputTokens, {}});
    if (request.dryRun)
        return response;
    const Duration began = services.clock.steady();
    Trial trial{plan, services.routing.environment(), call.principal(), services.tightenings.table(), nullptr,
        services.clock.now()};
    EPHOR_TRY(trial.entities, sceneEntities(plan, trial.person, trial.environment));
    EPHOR_TRY_VOID(converse(trial, texts, std::move(input), response));
    response.latencyMicros = std::uint64_t((services.clock.steady() - began).count());
    return response;
}

}

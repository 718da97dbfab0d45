#include "core/api/definitions.h"
#include "core/api/resolve.h"
#include "core/api/workspace.h"
#include "core/base/text.h"
#include "core/domain/any_value.h"
#include "core/domain/reflect.h"
#include "core/http/exchange.h"
#include "core/http/prometheus.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace ephor::http {

namespace {

Json modelJson(const DefinitionSummary& agent)
{
    const auto created = std::chrono::floor<std::chrono::seconds>(agent.changedAt).time_since_epoch().count();
    return {{"id", agent.name}, {"object", "model"}, {"created", created}, {"owned_by", agent.team}};
}

/// The agents that can be called: those with a release.
Result<std::vector<DefinitionSummary>> callableAgents(Backend& backend, const CallContext& context)
{
    ListDefinitions::Request request;
    request.kind = DefinitionKind::Agent;
    EPHOR_TRY(ListDefinitions::Response listed, backend.call<ListDefinitions>(request, context));
    std::erase_if(listed.definitions, [](const DefinitionSummary& agent) { return !agent.production; });
    return std::move(listed.definitions);
}

// RFC 9110 §13.1.2: a list of tags or "*", compared weakly.
bool matchesTag(std::string_view field, std::string_view tag)
{
    for (std::string_view candidate : split(field, ',')) {
        candidate = trim(candidate);
        if (candidate.starts_with("W/"))
            candidate.remove_prefix(2);
        if (candidate == "*" || candidate == tag)
            return true;
    }
    return false;
}

// 202 when a write was taken but what it asks for still waits for people: its request is in the state "waiting".
bool stillWaits(const OperationType& operation, const Json& response)
{
    static const Json::json_pointer states[]{Json::json_pointer("/request/state"), Json::json_pointer("/state")};
    if (operation.operation->effect != Effect::Write)
        return false;
    return std::ranges::any_of(
        states, [&](const auto& state) { return response.contains(state) && response.at(state) == "waiting"; });
}

Result<AnyValue> operationRequest(const OperationType& operation, const std::string& body)
{
    AnyValue request(operation.request());
    Json json = Json::object();
    if (!trim(body).empty()) {
        EPHOR_TRY(json, parseJson(body));
    }
    EPHOR_TRY_VOID(fromJson(request.type(), request.get(), json, UnknownMembers::Refuse));
    return request;
}

}

Result<void> Service::listModels(const Exchange& exchange)
{
    EPHOR_TRY(const auto agents, callableAgents(m_backend, exchange.context));
    Json data = Json::array();
    for (const DefinitionSummary& agent : agents)
        data.push_back(modelJson(agent));
    exchange.writer->reply(jsonReply(200, compactJson({{"object", "list"}, {"data", std::move(data)}})));
    return {};
}

Result<void> Service::showModel(const Exchange& exchange, const std::string& name)
{
    EPHOR_TRY(const auto agents, callableAgents(m_backend, exchange.context));
    const auto found = std::ranges::find(agents, name, &DefinitionSummary::name);
    if (found == agents.end())
        return fail(Error(ErrorKind::NotFound, "model_not_found", "There is no agent of that name to call.",
            "GET /v1/models lists the agents.")
                .with("param", "model"));
    exchange.writer->reply(jsonReply(200, compactJson(modelJson(*found))));
    return {};
}

Result<void> Service::showPrompt(const Exchange& exchange, const std::string& name)
{
    Json asked{{"name", name}};
    for (const char* parameter : {"tag", "unit", "agent"}) {
        if (const std::string_view value = exchange.target.value(parameter); !value.empty())
            asked[parameter] = value;
    }
    EPHOR_TRY(const auto request, fromJson<ResolvePrompt::Request>(asked, UnknownMembers::Refuse));
    EPHOR_TRY(const auto resolved, m_backend.call<ResolvePrompt>(request, exchange.context));
    const std::string tag = "\"" + resolved.prompt.version.digest + "\"";
    Headers headers{{"ETag", tag}, {"x-ephor-version", std::to_string(resolved.prompt.version.number)},
        {"Cache-Control", "private, no-cache"}};
    if (const auto known = findHeader(exchange.request.headers, "if-none-match"); known && matchesTag(*known, tag)) {
        exchange.writer->reply({304, std::move(headers), {}});
        return {};
    }
    headers.push_back({"Content-Type", "application/json"});
    exchange.writer->reply({200, std::move(headers), compactJson(toJson(resolved))});
    return {};
}

Result<void> Service::runOperation(const Exchange& exchange, const std::string& name)
{
    const OperationType* const operation = findOperation(name);
    if (!operation)
        return fail(Error(ErrorKind::NotFound, "http.no-operation", "There is no operation of that name.",
            "GET /v1/openapi.json lists every operation.")
                .with("operation", shorten(name, 64)));
    EPHOR_TRY_VOID(needsJsonBody(exchange.request));
    EPHOR_TRY(const AnyValue request, operationRequest(*operation, exchange.request.body));
    AnyValue response(operation->response());
    EPHOR_TRY_VOID(m_backend.invoke(*operation, request.get(), response.get(), exchange.context));
    const Json json = toJson(response.type(), response.get());
    exchange.writer->reply(jsonReply(stillWaits(*operation, json) ? 202 : 200, compactJson(json)));
    return {};
}

// The server's own counters tell nothing about the workspace, so a local scraper without a key gets those alone.
Result<void> Service::showMetrics(const Exchange& exchange)
{
    std::map<std::string, double> values = m_counters.values();
    auto workspace = m_backend.call<ReadMetrics>({}, exchange.context);
    if (workspace)
        values.merge(workspace->values);
    else if (!exchange.context.localPeer || !exchange.context.credential.empty())
        return fail(std::move(workspace).error());
    exchange.writer->reply(
        {200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, prometheusText(values)});
    return {};
}

}

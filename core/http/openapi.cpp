#include "core/http/openapi.h"

#include "core/api/backend.h"
#include "core/api/resolve.h"
#include "core/domain/reflect.h"

#include <nlohmann/json.hpp>

namespace ephor::http {

namespace {

Json schemaReference(const char* name)
{
    return {{"$ref", std::string("#/components/schemas/") + name}};
}

Json content(const char* media, Json schema)
{
    return {{media, {{"schema", std::move(schema)}}}};
}

Json reply(const std::string& description, Json body)
{
    return {{"description", description}, {"content", std::move(body)}};
}

Json problemReply()
{
    return reply("What went wrong", content("application/problem+json", schemaReference("Problem")));
}

Json openAiErrorReply()
{
    return reply("What went wrong", content("application/json", schemaReference("OpenAiError")));
}

Json jsonBody(Json schema)
{
    return {{"required", true}, {"content", content("application/json", std::move(schema))}};
}

Json parameter(const char* name, const char* in, const char* description, const char* type = "string")
{
    return {{"name", name}, {"in", in}, {"required", std::string(in) == "path"}, {"description", description},
        {"schema", {{"type", type}}}};
}

Json operationPath(const OperationType& type)
{
    const Operation& operation = *type.operation;
    Json post{{"operationId", operation.name}, {"summary", operation.summary},
        {"tags", {std::string(operation.name.substr(0, operation.name.find('.')))}},
        {"requestBody", jsonBody(schemaOf(type.request()))},
        {"responses",
            {{"200", reply("Done", content("application/json", schemaOf(type.response())))},
                {"default", problemReply()}}},
        {"x-ephor-permission", wordOf(operation.permission)}, {"x-ephor-effect", wordOf(operation.effect)}};
    if (operation.permission == Permission::None)
        post["security"] = Json::array({Json::object()});
    if (operation.effect != Effect::Read)
        post["parameters"] = Json::array(
            {parameter("Idempotency-Key", "header", "A write with a key seen before answers what it answered then")});
    return {{"post", std::move(post)}};
}

Json chatPath()
{
    const Json messages{{"type", "array"}, {"minItems", 1}, {"items", schemaReference("ChatMessage")}};
    const Json request{{"type", "object"}, {"required", {"model", "messages"}},
        {"properties",
            {{"model", {{"type", "string"}, {"description", "Name of the agent"}}}, {"messages", messages},
                {"stream", {{"type", {"boolean", "null"}}}},
                {"stream_options",
                    {{"type", {"object", "null"}}, {"properties", {{"include_usage", {{"type", "boolean"}}}}}}},
                {"max_completion_tokens", {{"type", {"integer", "null"}}, {"minimum", 1}}},
                {"max_tokens", {{"type", {"integer", "null"}}, {"minimum", 1}}},
                {"user", {{"type", {"string", "null"}}}},
                {"variables", {{"type", {"object", "null"}}, {"description", "Of the prompt's template"}}}}}};
    Json answer = content("application/json", {{"type", "object"}});
    answer.update(content("text/event-stream", {{"type", "string"}}));
    return {{"post",
        {{"operationId", "chat.completions"}, {"summary", "Call an agent as if it were a model"}, {"tags", {"agents"}},
            {"parameters",
                {parameter("x-ephor-person", "header", "Whom the run is for: a claim that keeps them at one variant"),
                    parameter("x-ephor-conversation", "header", "Which conversation it belongs to"),
                    parameter("x-ephor-reference", "header", "A business reference to find the run by")}},
            {"requestBody", jsonBody(request)},
            {"responses",
                {{"200", reply("The answer; x-ephor-run names the run", std::move(answer))},
                    {"default", openAiErrorReply()}}}}}};
}

Json getPath(
    std::string_view id, std::string_view summary, std::string_view tag, Json parameters, Json success, Json failure)
{
    return {{"get",
        {{"operationId", id}, {"summary", summary}, {"tags", Json::array({tag})}, {"parameters", std::move(parameters)},
            {"responses", {{"200", std::move(success)}, {"default", std::move(failure)}}}}}};
}

Json eventStream(const char* description)
{
    return reply(description, content("text/event-stream", {{"type", "string"}}));
}

Json runPaths()
{
    Json paths = Json::object();
    paths["/v1/runs"] = {{"post",
        {{"operationId", "runs.start"}, {"summary", StartRun::operation.summary}, {"tags", {"runs"}},
            {"requestBody", jsonBody(schemaOf(typeOf<StartRun::Request>()))},
            {"responses", {{"200", eventStream("RunEvent after RunEvent")}, {"default", problemReply()}}}}}};
    paths["/v1/runs/{id}"] = {{"delete",
        {{"operationId", "runs.cancel-own"}, {"summary", "Ask a run to end at its next gate"}, {"tags", {"runs"}},
            {"parameters", Json::array({parameter("id", "path", "Of the run")})},
            {"responses",
                {{"202", reply("Asked", content("application/json", {{"type", "object"}}))},
                    {"default", problemReply()}}}}}};
    paths["/v1/runs/{id}/events"] = getPath("runs.events", "Follow a run from after an event", "runs",
        {parameter("id", "path", "Of the run"), parameter("after", "query", "seq of the last event seen", "integer")},
        eventStream("RunEvent after RunEvent"), problemReply());
    paths["/v1/events"] = getPath("events", "Hear what changes", "events",
        Json::array({parameter("topics", "query", "Some of the topics, separated by commas; absent: all")}),
        eventStream("Event after Event; kind \"resync\" says that some were missed"), problemReply());
    return paths;
}

Json otherPaths()
{
    Json paths = runPaths();
    paths["/v1/chat/completions"] = chatPath();
    paths["/v1/models"] = getPath("models", "List the agents", "agents", Json::array(),
        reply("The agents", content("application/json", {{"type", "object"}})), openAiErrorReply());
    paths["/v1/models/{id}"]
        = getPath("model", "Show one agent", "agents", Json::array({parameter("id", "path", "Name of the agent")}),
            reply("The agent", content("application/json", {{"type", "object"}})), openAiErrorReply());
    paths["/v1/prompts/{name}"] = getPath("prompt", ResolvePrompt::operation.summary, "prompts",
        {parameter("name", "path", "Of the prompt"), parameter("tag", "query", "\"production\" when absent"),
            parameter("unit", "query", "Person or conversation that sticks to one variant"),
            parameter("agent", "query", "Whose release decides"),
            parameter("If-None-Match", "header", "ETag of the version at hand: 304 when it is still the one")},
        reply("The version; ETag and x-ephor-version name it",
            content("application/json", schemaOf(typeOf<ResolvePrompt::Response>()))),
        problemReply());
    paths["/metrics"] = getPath("metrics", "Counters in the Prometheus text format", "server", Json::array(),
        reply("The counters", content("text/plain", {{"type", "string"}})), problemReply());
    for (const char* path : {"/healthz", "/v1/version", "/v1/openapi.json"}) {
        paths[path] = getPath(path[1] == 'h' ? "health"
                : path[4] == 'v'             ? "version"
                                             : "openapi",
            path[1] == 'h'       ? "Tell that the server answers and can record: 503 while it cannot"
                : path[4] == 'v' ? "Name the versions of server and protocol"
                                 : "This document",
            "server", Json::array(), reply("Done", content("application/json", {{"type", "object"}})), problemReply());
        paths[path]["get"]["security"] = Json::array({Json::object()});
    }
    return paths;
}

Json componentSchemas()
{
    const Json text{{"type", "string"}};
    const Json part{{"type", "object"}, {"required", {"type", "text"}},
        {"properties", {{"type", {{"const", "text"}}}, {"text", text}}}};
    const Json field{{"type", "object"}, {"properties", {{"name", text}, {"value", text}}}};
    return {{"Problem",
                {{"type", "object"}, {"description", "RFC 9457"},
                    {"required", {"type", "title", "status", "detail", "code"}},
                    {"properties",
                        {{"type", text}, {"title", text}, {"status", {{"type", "integer"}}}, {"detail", text},
                            {"code", text}, {"hint", text}, {"fields", {{"type", "array"}, {"items", field}}},
                            {"instance", text}}}}},
        {"OpenAiError",
            {{"type", "object"}, {"required", {"error"}},
                {"properties",
                    {{"error",
                        {{"type", "object"},
                            {"properties",
                                {{"message", text}, {"type", text}, {"param", {{"type", {"string", "null"}}}},
                                    {"code", {{"type", {"string", "null"}}}}}}}}}}}},
        {"ChatMessage",
            {{"type", "object"}, {"required", {"role", "content"}},
                {"properties",
                    {{"role", {{"type", "string"}, {"enum", {"system", "developer", "user", "assistant"}}}},
                        {"content", {{"anyOf", {text, {{"type", "array"}, {"items", part}}}}}}}}}}};
}

}

std::string openApiDocument(const std::string& version)
{
    Json paths = otherPaths();
    for (const OperationType& type : operationCatalogue())
        paths["/v1/operations/" + std::string(type.operation->name)] = operationPath(type);
    const Json document{{"openapi", "3.1.0"},
        {"info",
            {{"title", "Ephor"}, {"version", version},
                {"license", {{"name", "GNU General Public License, version 3"}}}}},
        {"jsonSchemaDialect", "https://json-schema.org/draft/2020-12/schema"},
        {"security", Json::array({Json{{"bearer", Json::array()}}})}, {"paths", std::move(paths)},
        {"components",
            {{"securitySchemes",
                 {{"bearer",
                     {{"type", "http"}, {"scheme", "bearer"}, {"description", "A service key or a session token"}}}}},
                {"schemas", componentSchemas()}}}};
    return compactJson(document);
}

}

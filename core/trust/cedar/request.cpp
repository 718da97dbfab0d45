#include "core/trust/cedar/request.h"

#include "core/trust/cedar/conformance.h"
#include "core/trust/cedar/value_builder.h"
#include "core/trust/cedar/value_json.h"

#include <nlohmann/json.hpp>

namespace ephor::cedar {

namespace {

std::unexpected<Error> requestFault(std::string message)
{
    return fail(ErrorKind::Invalid, "cedar.request", std::move(message),
        "A request has principal, action, resource and, if there is one, context.");
}

Result<const EntityUid*> partOf(const Json& json, const char* name, Arena& arena)
{
    const auto found = json.find(name);
    if (found == json.end())
        return requestFault("The request has no member \"" + std::string(name) + "\".");
    auto uid = readJsonUid(*found, arena);
    if (!uid)
        return fail(std::move(uid.error()).with("member", name));
    return uid;
}

Result<const RecordValue*> contextOf(const Json& json, Arena& arena, const Type* expected)
{
    const auto found = json.find("context");
    if (found == json.end())
        return makeRecord(arena, {}).record;
    auto context = readJsonValue(*found, arena, expected);
    if (!context)
        return fail(std::move(context.error()).with("member", "context"));
    if (context->kind != Kind::Record)
        return requestFault("The context is no object.");
    return context->record;
}

}

Request Request::of(std::unique_ptr<Arena> arena, const EntityUid* principal, const EntityUid* action,
    const EntityUid* resource, const RecordValue* context)
{
    Request request;
    request.m_arena = std::move(arena);
    request.m_principal = principal;
    request.m_action = action;
    request.m_resource = resource;
    request.m_context = context;
    return request;
}

Result<Request> Request::fromJson(const Json& json, const Schema* schema)
{
    if (!json.is_object())
        return requestFault("The request is no object.");
    auto arena = std::make_unique<Arena>();
    EPHOR_TRY(const EntityUid* principal, partOf(json, "principal", *arena));
    EPHOR_TRY(const EntityUid* action, partOf(json, "action", *arena));
    EPHOR_TRY(const EntityUid* resource, partOf(json, "resource", *arena));
    const SchemaAction* const declared = schema == nullptr ? nullptr : schema->findAction(*action);
    EPHOR_TRY(const RecordValue* context, contextOf(json, *arena, declared == nullptr ? nullptr : declared->context));
    Request request = of(std::move(arena), principal, action, resource, context);
    if (schema != nullptr)
        EPHOR_TRY_VOID(checkRequest(*schema, request));
    return request;
}

}

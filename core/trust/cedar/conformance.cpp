#include "core/trust/cedar/conformance.h"

#include "core/trust/cedar/name.h"

#include <algorithm>

namespace ephor::cedar {

namespace {

std::unexpected<Error> nonconforming(const EntityUid& entity, std::string message, std::string_view name = {})
{
    Error error = Error(ErrorKind::Invalid, "cedar.nonconforming", std::move(message)).with("entity", toText(entity));
    if (!name.empty())
        error.fields.emplace_back("attribute", std::string(name));
    return fail(std::move(error));
}

bool knowsEntity(const EntityUid& uid, const Schema& schema)
{
    if (isActionType(uid.type.view))
        return schema.findAction(uid) != nullptr;
    const SchemaEntityType* const type = schema.findType(uid.type);
    return type != nullptr && type->allows(uid.id);
}

bool conformingRecord(const RecordValue& record, const Type& type, const Schema& schema)
{
    for (const AttributeType& attribute : type.attributes) {
        if (attribute.required && record.find(attribute.name) == nullptr)
            return false;
    }
    return std::ranges::all_of(record.fields, [&](const Field& field) {
        const AttributeType* const attribute = type.find(field.name);
        return attribute != nullptr && conforms(field.value, *attribute->type, schema);
    });
}

Result<void> checkAttributes(
    const Schema& schema, const EntityUid& uid, const RecordValue& attributes, const Type& shape)
{
    for (const AttributeType& attribute : shape.attributes) {
        if (attribute.required && attributes.find(attribute.name) == nullptr)
            return nonconforming(uid, "An attribute that the schema requires is missing.", attribute.name.view);
    }
    for (const Field& field : attributes.fields) {
        const AttributeType* const attribute = shape.find(field.name);
        if (attribute == nullptr)
            return nonconforming(uid, "The schema has no such attribute for entities of this type.", field.name.view);
        if (!conforms(field.value, *attribute->type, schema))
            return nonconforming(
                uid, "An attribute is not of the type " + toText(*attribute->type) + ".", field.name.view);
    }
    return {};
}

Result<void> checkActionEntity(const Schema& schema, const EntityUid& uid, const RecordValue& attributes,
    std::span<const EntityUid* const> ancestors)
{
    const SchemaAction* const action = schema.findAction(uid);
    if (action == nullptr)
        return nonconforming(uid, "The schema declares no such action.");
    const bool same = ancestors.size() == action->ancestors.size() && attributes.fields.empty()
        && std::ranges::all_of(ancestors, [&](const EntityUid* ancestor) { return action->isIn(*ancestor); });
    return same ? Result<void>{} : nonconforming(uid, "The action is not as the schema declares it.");
}

Result<void> checkParty(
    const Schema& schema, const EntityUid& uid, const std::vector<Text>& allowed, std::string_view part)
{
    if (std::ranges::find(allowed, uid.type) == allowed.end())
        return nonconforming(uid, "The schema does not allow a " + std::string(part) + " of this type for the action.");
    if (!knowsEntity(uid, schema))
        return nonconforming(uid, "The entity's id is none of those its type enumerates.");
    return {};
}

}

bool conforms(const Value& value, const Type& type, const Schema& schema)
{
    if (type.isBoolean())
        return value.kind == Kind::Boolean;
    if (type.kind == TypeKind::Never || value.kind != kindOf(type.kind))
        return false;
    if (type.kind == TypeKind::Set)
        return std::ranges::all_of(
            value.set->members, [&](const SetMember& member) { return conforms(member.value, *type.element, schema); });
    if (type.kind == TypeKind::Record)
        return conformingRecord(*value.record, type, schema);
    if (type.kind == TypeKind::Entity)
        return value.entity->type == type.entity && knowsEntity(*value.entity, schema);
    return true;
}

Result<void> checkEntity(const Schema& schema, const EntityUid& uid, const RecordValue& attributes,
    const RecordValue& tags, std::span<const EntityUid* const> ancestors)
{
    if (isActionType(uid.type.view))
        return checkActionEntity(schema, uid, attributes, ancestors);
    const SchemaEntityType* const type = schema.findType(uid.type);
    if (type == nullptr)
        return nonconforming(uid, "The schema declares no entities of this type.");
    if (!type->allows(uid.id))
        return nonconforming(uid, "The entity's id is none of those its type enumerates.");
    EPHOR_TRY_VOID(checkAttributes(schema, uid, attributes, *type->attributes));
    for (const Field& tag : tags.fields) {
        if (type->tags == nullptr)
            return nonconforming(uid, "The schema has no tags for entities of this type.", tag.name.view);
        if (!conforms(tag.value, *type->tags, schema))
            return nonconforming(uid, "A tag is not of the type " + toText(*type->tags) + ".", tag.name.view);
    }
    for (const EntityUid* ancestor : ancestors) {
        if (!type->mayBeIn(ancestor->type))
            return nonconforming(uid, "The entity may not be in one of type " + std::string(ancestor->type.view) + ".");
        if (!knowsEntity(*ancestor, schema))
            return nonconforming(*ancestor, "The entity's id is none of those its type enumerates.");
    }
    return {};
}

Result<void> checkRequest(const Schema& schema, const Request& request)
{
    const SchemaAction* const action = schema.findAction(request.action());
    if (action == nullptr)
        return nonconforming(request.action(), "The schema declares no such action.");
    EPHOR_TRY_VOID(checkParty(schema, request.principal(), action->principals, "principal"));
    EPHOR_TRY_VOID(checkParty(schema, request.resource(), action->resources, "resource"));
    if (!conforms(Value(&request.context()), *action->context, schema))
        return nonconforming(request.action(), "The context is not of the type " + toText(*action->context) + ".");
    return {};
}

}

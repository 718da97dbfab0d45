#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/schema_draft.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>

namespace ephor::cedar {

namespace {

using Members = std::initializer_list<std::string_view>;

std::unexpected<Error> jsonFault(std::string message, std::string_view where)
{
    return fail(Error(ErrorKind::Invalid, "cedar.schema", std::move(message)).with("at", std::string(where)));
}

/// Walks the JSON form of a schema; `where` is told with a mistake.
class SchemaJsonReader {
public:
    Result<NamespaceDraft> readNamespace(const std::string& name, const Json& json)
    {
        NamespaceDraft draft;
        draft.name = name;
        if (!name.empty() && !isName(name))
            return jsonFault("A namespace is no name.", name);
        EPHOR_TRY_VOID(onlyMembers(json, {"commonTypes", "entityTypes", "actions", "annotations"}, name));
        if (name.empty() && json.contains("annotations"))
            return jsonFault("What lies in no namespace has no annotations.", name);
        for (const char* needed : {"entityTypes", "actions"}) {
            if (!json.contains(needed) || !json[needed].is_object())
                return jsonFault("A namespace wants the objects entityTypes and actions.", name);
        }
        if (json.contains("commonTypes"))
            EPHOR_TRY_VOID(readCommonTypes(json["commonTypes"], draft));
        for (const auto& [id, entity] : json["entityTypes"].get_ref<const Json::object_t&>()) {
            EPHOR_TRY(EntityDraft read, readEntity(id, entity));
            draft.entities.push_back(std::move(read));
        }
        for (const auto& [id, action] : json["actions"].get_ref<const Json::object_t&>()) {
            EPHOR_TRY(ActionDraft read, readAction(id, action));
            draft.actions.push_back(std::move(read));
        }
        return draft;
    }

private:
    Result<void> onlyMembers(const Json& json, Members members, std::string_view where)
    {
        if (!json.is_object())
            return jsonFault("Here an object is wanted.", where);
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
            if (std::ranges::find(members, std::string_view(name)) == members.end())
                return jsonFault("There is no member \"" + name + "\" here.", where);
        }
        return {};
    }

    Result<void> readCommonTypes(const Json& json, NamespaceDraft& draft)
    {
        if (!json.is_object())
            return jsonFault("The commonTypes are no object.", draft.name);
        for (const auto& [id, type] : json.get_ref<const Json::object_t&>()) {
            if (!isIdentifier(id) || isReservedWord(id) || isReservedTypeName(id))
                return jsonFault("A common type cannot have this name.", id);
            EPHOR_TRY(TypeDraft read, readType(type, id, Place::Common, 1));
            draft.types.emplace(id, std::move(read));
        }
        return {};
    }

    Result<std::vector<NameDraft>> readNames(const Json& json, std::string_view where)
    {
        std::vector<NameDraft> names;
        if (!json.is_array())
            return jsonFault("Here a list of types is wanted.", where);
        for (const Json& name : json) {
            if (!name.is_string() || !isName(name.get_ref<const std::string&>()))
                return jsonFault("A type is no name.", where);
            names.push_back({name.get<std::string>(), 0});
        }
        return names;
    }

    Result<EntityDraft> readEntity(const std::string& id, const Json& json)
    {
        if (!isIdentifier(id) || isReservedWord(id))
            return jsonFault("A type of entities cannot have this name.", id);
        EntityDraft draft;
        draft.name.name = id;
        if (json.is_object() && json.contains("enum")) {
            EPHOR_TRY_VOID(onlyMembers(json, {"enum", "annotations"}, id));
            return readChoices(std::move(draft), json["enum"]);
        }
        EPHOR_TRY_VOID(onlyMembers(json, {"memberOfTypes", "shape", "tags", "annotations"}, id));
        if (json.contains("memberOfTypes")) {
            EPHOR_TRY(draft.parents, readNames(json["memberOfTypes"], id));
        }
        if (json.contains("shape")) {
            EPHOR_TRY(draft.shape, readType(json["shape"], id, Place::Plain, 1));
        }
        if (json.contains("tags")) {
            EPHOR_TRY(draft.tags, readType(json["tags"], id, Place::Plain, 1));
        }
        return draft;
    }

    Result<EntityDraft> readChoices(EntityDraft draft, const Json& json)
    {
        if (!json.is_array() || json.empty())
            return jsonFault("An enumerated type wants a list of ids that is not empty.", draft.name.name);
        for (const Json& choice : json) {
            if (!choice.is_string())
                return jsonFault("An id is no text.", draft.name.name);
            draft.choices.push_back(choice.get<std::string>());
        }
        return draft;
    }

    Result<ActionDraft> readAction(const std::string& id, const Json& json)
    {
        ActionDraft draft;
        draft.name.name = id;
        EPHOR_TRY_VOID(onlyMembers(json, {"memberOf", "appliesTo", "annotations"}, id));
        if (const auto groups = json.find("memberOf"); groups != json.end() && !groups->is_null()) {
            if (!groups->is_array())
                return jsonFault("The groups of an action are no list.", id);
            for (const Json& group : *groups) {
                EPHOR_TRY(ActionReferenceDraft read, readGroup(group, id));
                draft.parents.push_back(std::move(read));
            }
        }
        const auto applies = json.find("appliesTo");
        if (applies == json.end() || applies->is_null())
            return draft;
        EPHOR_TRY_VOID(onlyMembers(*applies, {"principalTypes", "resourceTypes", "context"}, id));
        if (!applies->contains("principalTypes") || !applies->contains("resourceTypes"))
            return jsonFault("An action applies to principalTypes and resourceTypes.", id);
        EPHOR_TRY(draft.principals, readNames((*applies)["principalTypes"], id));
        EPHOR_TRY(draft.resources, readNames((*applies)["resourceTypes"], id));
        if (applies->contains("context")) {
            EPHOR_TRY(draft.context, readType((*applies)["context"], id, Place::Plain, 1));
        }
        return draft;
    }

    Result<ActionReferenceDraft> readGroup(const Json& json, std::string_view where)
    {
        EPHOR_TRY_VOID(onlyMembers(json, {"id", "type"}, where));
        ActionReferenceDraft draft;
        if (!json.contains("id") || !json["id"].is_string())
            return jsonFault("A group of actions has no id.", where);
        draft.id = json["id"].get<std::string>();
        if (const auto type = json.find("type"); type != json.end() && !type->is_null()) {
            if (!type->is_string() || !isName(type->get_ref<const std::string&>()))
                return jsonFault("The type of a group of actions is no name.", where);
            draft.type = type->get<std::string>();
        }
        return draft;
    }

    /// Where a type stands decides what may stand beside it.
    enum class Place : std::uint8_t { Plain, Common, Attribute };

    Result<void> onlyTypeMembers(const Json& json, Members members, std::string_view where, Place place)
    {
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
            const bool known = name == "type" || std::ranges::find(members, std::string_view(name)) != members.end()
                || (name == "annotations" && place != Place::Plain)
                || (name == "required" && place == Place::Attribute);
            if (!known)
                return jsonFault("There is no member \"" + name + "\" in a type like this.", where);
        }
        return {};
    }

    Result<TypeDraft> readType(const Json& json, std::string_view where, Place place, std::size_t depth)
    {
        if (depth > maximumDepth)
            return fail(ErrorKind::Invalid, "cedar.too-deep", "A type nests more than 200 deep.");
        if (!json.is_object() || !json.contains("type") || !json["type"].is_string())
            return jsonFault("A type is an object with a text \"type\".", where);
        const std::string& type = json["type"].get_ref<const std::string&>();
        TypeDraft draft;
        if (type == "Set") {
            EPHOR_TRY_VOID(onlyTypeMembers(json, {"element"}, where, place));
            if (!json.contains("element"))
                return jsonFault("A Set has no \"element\".", where);
            draft.form = TypeDraft::Form::Set;
            EPHOR_TRY(TypeDraft element, readType(json["element"], where, Place::Plain, depth + 1));
            draft.element = std::make_shared<const TypeDraft>(std::move(element));
            return draft;
        }
        if (type == "Record") {
            EPHOR_TRY_VOID(onlyTypeMembers(json, {"attributes", "additionalAttributes"}, where, place));
            return readRecordType(json, where, depth);
        }
        if (type == "Entity" || type == "EntityOrCommon" || type == "Extension") {
            EPHOR_TRY_VOID(onlyTypeMembers(json, {"name"}, where, place));
            if (!json.contains("name") || !json["name"].is_string())
                return jsonFault("A type of this kind has no \"name\".", where);
            draft.name = json["name"].get<std::string>();
            draft.form = type == "Entity"  ? TypeDraft::Form::EntityName
                : type == "EntityOrCommon" ? TypeDraft::Form::AnyName
                                           : TypeDraft::Form::Extension;
            return draft;
        }
        EPHOR_TRY_VOID(onlyTypeMembers(json, {}, where, place));
        draft.form = TypeDraft::Form::CommonName;
        draft.name = type == "Boolean"           ? "__cedar::Bool"
            : type == "Long" || type == "String" ? "__cedar::" + type
                                                 : type;
        return draft;
    }

    Result<TypeDraft> readRecordType(const Json& json, std::string_view where, std::size_t depth)
    {
        TypeDraft draft;
        if (!json.contains("attributes") || !json["attributes"].is_object())
            return jsonFault("A Record has no \"attributes\".", where);
        if (json.value("additionalAttributes", Json(false)) != Json(false))
            return jsonFault("A Record cannot have further attributes.", where);
        for (const auto& [name, attribute] : json["attributes"].get_ref<const Json::object_t&>()) {
            AttributeDraft read;
            read.name = name;
            EPHOR_TRY(read.type, readType(attribute, name, Place::Attribute, depth + 1));
            const Json required = attribute.value("required", Json(true));
            if (!required.is_boolean())
                return jsonFault("The member \"required\" is neither true nor false.", name);
            read.required = required.get<bool>();
            draft.attributes.push_back(std::move(read));
        }
        return draft;
    }
};

}

bool isReservedTypeName(std::string_view name)
{
    static constexpr std::array<std::string_view, 8> names{
        "Bool", "Boolean", "Entity", "Extension", "Long", "Record", "Set", "String"};
    return std::ranges::find(names, name) != names.end();
}

Result<SchemaDraft> readSchemaJson(const Json& document)
{
    SchemaDraft draft;
    if (!document.is_object())
        return jsonFault("A schema is an object of namespaces.", "");
    SchemaJsonReader reader;
    for (const auto& [name, content] : document.get_ref<const Json::object_t&>()) {
        EPHOR_TRY(NamespaceDraft read, reader.readNamespace(name, content));
        draft.namespaces.push_back(std::move(read));
    }
    return draft;
}

}

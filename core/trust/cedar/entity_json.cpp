#include "core/trust/cedar/conformance.h"
#include "core/trust/cedar/entities.h"
#include "core/trust/cedar/value_builder.h"
#include "core/trust/cedar/value_json.h"

#include <nlohmann/json.hpp>

namespace ephor::cedar {

namespace {

std::unexpected<Error> entityFault(std::string message)
{
    return fail(ErrorKind::Invalid, "cedar.entity", std::move(message),
        R"(An entity is {"uid": {"type", "id"}, "attrs": {…}, "parents": […]}, with "tags" if it has any.)");
}

/// Reads the list of entities into a builder.
class EntityListReader {
public:
    explicit EntityListReader(const Schema* schema)
        : m_schema(schema)
    {
    }

    Result<std::shared_ptr<const Entities>> read(const Json& list)
    {
        if (!list.is_array())
            return entityFault("Entities are no list.");
        for (std::size_t i = 0; i < list.size(); ++i) {
            auto done = readOne(list[i]);
            if (!done)
                return fail(std::move(done.error()).with("entities", std::to_string(i)));
        }
        if (m_schema != nullptr)
            EPHOR_TRY_VOID(addActions());
        EPHOR_TRY(std::shared_ptr<const Entities> entities, m_builder.build());
        if (m_schema != nullptr) {
            for (const Entity& entity : entities->all())
                EPHOR_TRY_VOID(checkEntity(*m_schema, *entity.uid, *entity.attributes, *entity.tags, entity.ancestors));
        }
        return entities;
    }

private:
    Result<void> readOne(const Json& json)
    {
        if (!json.is_object() || !json.contains("uid") || !json.contains("attrs") || !json.contains("parents"))
            return entityFault("An entity has no uid, no attrs or no parents.");
        EPHOR_TRY(const EntityUid* uid, readReference(json["uid"]));
        const SchemaEntityType* const type = m_schema == nullptr ? nullptr : m_schema->findType(uid->type);
        EPHOR_TRY(
            const RecordValue* attributes, readRecord(json["attrs"], type == nullptr ? nullptr : type->attributes));
        EPHOR_TRY(const RecordValue* tags, readTags(json, type));
        if (!json["parents"].is_array())
            return entityFault("The parents of an entity are no list.");
        std::vector<const EntityUid*> parents;
        for (const Json& parent : json["parents"]) {
            EPHOR_TRY(const EntityUid* read, readReference(parent));
            parents.push_back(read);
        }
        return m_builder.add(uid, attributes, tags, std::move(parents));
    }

    Result<const EntityUid*> readReference(const Json& json)
    {
        if (json.is_string())
            return entityFault("A reference is a text here.");
        return readJsonUid(json, m_builder.arena());
    }

    Result<const RecordValue*> readRecord(const Json& json, const Type* shape)
    {
        EPHOR_TRY(const Value value, readJsonValue(json, m_builder.arena(), shape));
        if (value.kind != Kind::Record)
            return entityFault("The attributes or tags of an entity are no object.");
        return value.record;
    }

    Result<const RecordValue*> readTags(const Json& json, const SchemaEntityType* type)
    {
        const auto found = json.find("tags");
        if (found == json.end())
            return makeRecord(m_builder.arena(), {}).record;
        if (!found->is_object())
            return entityFault("The attributes or tags of an entity are no object.");
        std::vector<Field> fields;
        for (const auto& [name, tag] : found->get_ref<const Json::object_t&>()) {
            EPHOR_TRY(const Value value, readJsonValue(tag, m_builder.arena(), type == nullptr ? nullptr : type->tags));
            fields.push_back({m_builder.arena().text(name), value});
        }
        return makeRecord(m_builder.arena(), fields).record;
    }

    Result<void> addActions()
    {
        Arena& arena = m_builder.arena();
        const RecordValue* const nothing = makeRecord(arena, {}).record;
        const auto own = [&](const EntityUid* uid) { return makeUid(arena, uid->type.view, uid->id.view); };
        for (const SchemaAction& action : m_schema->actions()) {
            std::vector<const EntityUid*> ancestors;
            for (const EntityUid* ancestor : action.ancestors)
                ancestors.push_back(own(ancestor));
            const EntityUid* const uid = own(action.uid);
            if (!m_builder.knows(*uid))
                EPHOR_TRY_VOID(m_builder.add(uid, nothing, nothing, std::move(ancestors)));
        }
        return {};
    }

    const Schema* m_schema;
    EntitiesBuilder m_builder;
};

}

Result<std::shared_ptr<const Entities>> Entities::fromJson(const Json& list, const Schema* schema)
{
    return EntityListReader(schema).read(list);
}

}

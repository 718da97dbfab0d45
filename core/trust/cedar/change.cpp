#include "core/trust/cedar/change.h"

#include "core/trust/cedar/escape.h"
#include "core/trust/cedar/name.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>
#include <array>
#include <map>

namespace ephor::cedar {

namespace {

const RecordValue* emptyRecord(Arena& arena)
{
    return makeRecord(arena, {}).record;
}

// A new record with one value put in, or taken out where `value` is null; what lies between is made where it lacks.
const RecordValue* withValue(Arena& arena, const RecordValue& record, std::span<const Text> path, const Value* value)
{
    std::vector<Field> fields;
    const Value* inner = nullptr;
    for (const Field& field : record.fields) {
        if (field.name == path.front())
            inner = &field.value;
        else
            fields.push_back(field);
    }
    if (path.size() > 1) {
        const RecordValue& below
            = inner != nullptr && inner->kind == Kind::Record ? *inner->record : *emptyRecord(arena);
        fields.push_back({path.front(), Value(withValue(arena, below, path.subspan(1), value))});
    } else if (value != nullptr) {
        fields.push_back({path.front(), *value});
    }
    return makeRecord(arena, fields).record;
}

/// What becomes of one entity.
struct EntityEdit {
    const RecordValue* attributes = nullptr;
    const RecordValue* tags = nullptr;
    std::vector<const EntityUid*> parents;
};

/// Works out changed entities.
class EntityEditor {
public:
    EntityEditor(const Entities& entities, Arena& arena)
        : m_entities(entities)
        , m_arena(arena)
    {
    }

    bool apply(const Change& change)
    {
        using Kind = ProposedChange::Kind;
        if (change.kind == Kind::Join) {
            editOf(*change.entity).parents.push_back(change.group);
            return true;
        }
        if (change.kind == Kind::Leave)
            return leave(change);
        EntityEdit& edit = editOf(*change.place.entity);
        const RecordValue*& record = change.place.root == ValuePlace::Root::Tags ? edit.tags : edit.attributes;
        record = withValue(m_arena, *record, change.place.path, change.kind == Kind::Set ? &change.value : nullptr);
        return true;
    }

    std::shared_ptr<const Entities> build()
    {
        EntitiesBuilder builder;
        for (const Entity& entity : m_entities.all()) {
            if (!m_edits.contains(key(*entity.uid)) && !keep(builder, entity))
                return nullptr;
        }
        for (const auto& [name, edit] : m_edits) {
            if (!builder.add(m_uids[name], edit.attributes, edit.tags, edit.parents))
                return nullptr;
        }
        auto built = builder.build();
        return built ? std::move(*built) : nullptr;
    }

private:
    using Key = std::pair<std::string_view, std::string_view>;
    static Key key(const EntityUid& uid) { return {uid.type.view, uid.id.view}; }

    static bool keep(EntitiesBuilder& builder, const Entity& entity)
    {
        return builder
            .add(entity.uid, entity.attributes, entity.tags, {entity.ancestors.begin(), entity.ancestors.end()})
            .has_value();
    }

    EntityEdit& editOf(const EntityUid& uid)
    {
        const auto [found, added] = m_edits.try_emplace(key(uid));
        EntityEdit& edit = found->second;
        if (!added)
            return edit;
        m_uids[key(uid)] = &uid;
        const Entity* const entity = m_entities.find(uid);
        edit.attributes = entity == nullptr ? emptyRecord(m_arena) : entity->attributes;
        edit.tags = entity == nullptr ? emptyRecord(m_arena) : entity->tags;
        if (entity != nullptr)
            edit.parents.assign(entity->ancestors.begin(), entity->ancestors.end());
        return edit;
    }

    // The store does not keep who is directly in whom, so what others are in through this entity cannot be told.
    bool leave(const Change& change)
    {
        for (const Entity& other : m_entities.all()) {
            if (*other.uid != *change.entity && other.isIn(*change.entity))
                return false;
        }
        std::erase_if(editOf(*change.entity).parents, [&](const EntityUid* parent) {
            const Entity* const entity = m_entities.find(*parent);
            return *parent == *change.group || (entity != nullptr && entity->isIn(*change.group));
        });
        return true;
    }

    const Entities& m_entities;
    Arena& m_arena;
    std::map<Key, EntityEdit> m_edits;
    std::map<Key, const EntityUid*> m_uids;
};

bool concernsEntities(const Change& change)
{
    using Kind = ProposedChange::Kind;
    return change.kind == Kind::Join || change.kind == Kind::Leave
        || (change.kind != Kind::Replace && change.place.root != ValuePlace::Root::Context);
}

bool sameEntity(const EntityUid* left, const EntityUid* right)
{
    return left == right || (left != nullptr && right != nullptr && *left == *right);
}

}

std::string_view nameOf(RequestPart part)
{
    return part == RequestPart::Principal ? "principal" : part == RequestPart::Action ? "action" : "resource";
}

bool ValuePlace::operator==(const ValuePlace& other) const
{
    return root == other.root && sameEntity(entity, other.entity) && path == other.path;
}

std::string ValuePlace::text() const
{
    std::string written = root == Root::Context ? "context" : toText(*entity);
    for (const Text& name : path) {
        const bool plain = isIdentifier(name.view) && !isReservedWord(name.view);
        if (root == Root::Tags)
            written += ".getTag(" + quoted(name.view) + ")";
        else
            written += plain ? "." + std::string(name.view) : "[" + quoted(name.view) + "]";
    }
    return written;
}

bool Change::concernsTheSame(const Change& other) const
{
    using Kind = ProposedChange::Kind;
    const auto aboutValues = [](Kind which) { return which == Kind::Set || which == Kind::Remove; };
    if (aboutValues(kind) || aboutValues(other.kind))
        return aboutValues(kind) && aboutValues(other.kind) && place == other.place;
    if (kind == Kind::Replace || other.kind == Kind::Replace)
        return kind == other.kind && part == other.part;
    return sameEntity(entity, other.entity) && sameEntity(group, other.group);
}

std::optional<ChangedCase> applied(std::span<const Change> changes, const std::shared_ptr<const Entities>& entities,
    const Request& request, Arena& arena)
{
    std::array<const EntityUid*, 3> parts{&request.principal(), &request.action(), &request.resource()};
    const RecordValue* context = &request.context();
    EntityEditor editor(*entities, arena);
    bool edited = false;
    for (const Change& change : changes) {
        if (concernsEntities(change)) {
            edited = true;
            if (!editor.apply(change))
                return std::nullopt;
        } else if (change.kind == ProposedChange::Kind::Replace) {
            parts[std::size_t(change.part)] = change.entity;
        } else {
            const bool sets = change.kind == ProposedChange::Kind::Set;
            context = withValue(arena, *context, change.place.path, sets ? &change.value : nullptr);
        }
    }
    std::shared_ptr<const Entities> changed = edited ? editor.build() : entities;
    if (changed == nullptr)
        return std::nullopt;
    return ChangedCase{
        std::move(changed), Request::of(std::make_unique<Arena>(), parts[0], parts[1], parts[2], context)};
}

const Value* valueAt(const ValuePlace& place, const Entities& entities, const Request& request)
{
    const RecordValue* record = &request.context();
    if (place.root != ValuePlace::Root::Context) {
        const Entity* const entity = entities.find(*place.entity);
        if (entity == nullptr)
            return nullptr;
        record = place.root == ValuePlace::Root::Tags ? entity->tags : entity->attributes;
    }
    const Value* value = nullptr;
    for (const Text& name : place.path) {
        if (value != nullptr)
            record = value->kind == Kind::Record ? value->record : nullptr;
        value = record == nullptr ? nullptr : record->find(name);
        if (value == nullptr)
            return nullptr;
    }
    return value;
}

}

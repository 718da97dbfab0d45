#include "core/trust/cedar/schema_builder.h"

#include "core/trust/cedar/limits.h"
#include "core/trust/cedar/parser.h"
#include "core/trust/cedar/value_builder.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

namespace ephor::cedar {

namespace {

std::string qualified(const NamespaceDraft& space, std::string_view name)
{
    return space.name.empty() ? std::string(name) : space.name + "::" + std::string(name);
}

// What a name may stand for, in the order in which it is looked for.
std::vector<std::string> meanings(const NamespaceDraft& space, const std::string& name)
{
    if (space.name.empty() || name.find("::") != std::string::npos)
        return {name};
    return {qualified(space, name), name};
}

std::optional<TypeKind> languageType(std::string_view name)
{
    using Pair = std::pair<std::string_view, TypeKind>;
    static constexpr std::array<Pair, 7> types{{{"Bool", TypeKind::Boolean}, {"Long", TypeKind::Long},
        {"String", TypeKind::String}, {"decimal", TypeKind::Decimal}, {"ipaddr", TypeKind::Ip},
        {"datetime", TypeKind::Datetime}, {"duration", TypeKind::Duration}}};
    static constexpr std::string_view own = "__cedar::";
    if (name.starts_with(own))
        name.remove_prefix(own.size());
    const auto found = std::ranges::find(types, name, &Pair::first);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

}

std::unexpected<Error> SchemaBuilder::fault(std::uint32_t offset, std::string message) const
{
    if (m_draft.source.empty())
        return fail(ErrorKind::Invalid, "cedar.schema", std::move(message));
    return fail(sourceError(m_draft.source, offset, "cedar.schema", std::move(message)));
}

Result<std::shared_ptr<const Schema>> SchemaBuilder::build()
{
    EPHOR_TRY_VOID(collect());
    EPHOR_TRY_VOID(refuseShadows());
    for (auto& [name, common] : m_common)
        EPHOR_TRY_VOID(resolveCommon(common, 1));
    EPHOR_TRY_VOID(makeTypes());
    EPHOR_TRY_VOID(makeActions());
    closeTypes();
    EPHOR_TRY_VOID(closeActions());
    return std::shared_ptr<const Schema>(std::move(m_schema));
}

Result<void> SchemaBuilder::collect()
{
    std::size_t names = 0;
    for (const NamespaceDraft& space : m_draft.namespaces) {
        names += space.types.size() + space.entities.size() + space.actions.size();
        if (names > maximumSchemaNames)
            return fail(ErrorKind::TooLarge, "cedar.too-large", "The schema has more than 5,000 types and actions.");
        EPHOR_TRY_VOID(collectNames(space));
    }
    return {};
}

Result<void> SchemaBuilder::collectNames(const NamespaceDraft& space)
{
    for (const auto& [name, type] : space.types)
        m_common[qualified(space, name)] = {&type, &space};
    for (const EntityDraft& entity : space.entities) {
        if (entity.name.name == "Action")
            return fault(entity.name.offset, "No type of entities can be called Action.");
        if (!m_entityNames.insert(qualified(space, entity.name.name)).second)
            return fault(entity.name.offset, "The type " + entity.name.name + " is declared twice.");
    }
    if (!space.actions.empty())
        m_actionTypes.insert(qualified(space, "Action"));
    return {};
}

// A name outside all namespaces must mean the same everywhere.
Result<void> SchemaBuilder::refuseShadows() const
{
    const auto outer = [&](const std::string& name) { return m_common.contains(name) || m_entityNames.contains(name); };
    std::unordered_set<std::string> outerActions;
    for (const NamespaceDraft& space : m_draft.namespaces) {
        for (const ActionDraft& action : space.actions) {
            if (space.name.empty())
                outerActions.insert(action.name.name);
        }
    }
    for (const NamespaceDraft& space : m_draft.namespaces) {
        if (space.name.empty())
            continue;
        for (const auto& [name, type] : space.types) {
            if (outer(name))
                return fault(type.offset, "The type " + name + " is declared outside the namespace too.");
        }
        for (const EntityDraft& entity : space.entities) {
            if (outer(entity.name.name))
                return fault(
                    entity.name.offset, "The type " + entity.name.name + " is declared outside the namespace too.");
        }
        for (const ActionDraft& action : space.actions) {
            if (outerActions.contains(action.name.name))
                return fault(
                    action.name.offset, "The action " + action.name.name + " is declared outside the namespace too.");
        }
    }
    return {};
}

Result<std::vector<Text>> SchemaBuilder::entityNames(const NamespaceDraft& space, const std::vector<NameDraft>& names)
{
    std::vector<Text> found;
    for (const NameDraft& name : names) {
        const std::vector<std::string> possible = meanings(space, name.name);
        const auto meant
            = std::ranges::find_if(possible, [&](const std::string& full) { return m_entityNames.contains(full); });
        if (meant == possible.end())
            return fault(name.offset, "The schema declares no type of entities called " + name.name + ".");
        const Text text = m_schema->m_arena.text(*meant);
        if (std::ranges::find(found, text) == found.end())
            found.push_back(text);
    }
    return found;
}

Result<const Type*> SchemaBuilder::resolve(const NamespaceDraft& space, const TypeDraft& draft, std::size_t depth)
{
    if (depth > maximumDepth)
        return fail(ErrorKind::Invalid, "cedar.too-deep", "A type nests more than 200 deep.");
    if (draft.form == TypeDraft::Form::Set) {
        EPHOR_TRY(const Type* element, resolve(space, *draft.element, depth + 1));
        return makeSetType(m_schema->m_arena, element);
    }
    if (draft.form == TypeDraft::Form::Record)
        return resolveRecord(space, draft, depth);
    if (draft.form == TypeDraft::Form::Extension) {
        const auto kind = languageType(draft.name);
        if (!kind || *kind < TypeKind::Decimal)
            return fault(draft.offset, "There is no extension type " + draft.name + ".");
        return &simpleType(*kind);
    }
    return resolveName(space, draft, depth);
}

Result<const Type*> SchemaBuilder::resolveRecord(const NamespaceDraft& space, const TypeDraft& draft, std::size_t depth)
{
    // Of an attribute that is declared twice the later holds.
    std::map<std::string_view, AttributeType> attributes;
    for (const AttributeDraft& attribute : draft.attributes) {
        EPHOR_TRY(const Type* type, resolve(space, attribute.type, depth + 1));
        attributes[attribute.name] = {m_schema->m_arena.text(attribute.name), type, attribute.required};
    }
    std::vector<AttributeType> list;
    for (const auto& [name, attribute] : attributes)
        list.push_back(attribute);
    return makeRecordType(m_schema->m_arena, list);
}

Result<const Type*> SchemaBuilder::resolveName(const NamespaceDraft& space, const TypeDraft& draft, std::size_t depth)
{
    for (const std::string& name : meanings(space, draft.name)) {
        if (draft.form != TypeDraft::Form::EntityName) {
            if (const auto common = m_common.find(name); common != m_common.end())
                return resolveCommon(common->second, depth + 1);
        }
        const bool entity = m_entityNames.contains(name) || m_actionTypes.contains(name);
        if (entity && draft.form != TypeDraft::Form::CommonName)
            return makeEntityType(m_schema->m_arena, m_schema->m_arena.text(name));
    }
    const auto kind = languageType(draft.name);
    if (!kind || draft.form == TypeDraft::Form::EntityName)
        return fault(draft.offset, "The schema declares no type " + draft.name + ".");
    return &simpleType(*kind);
}

Result<const Type*> SchemaBuilder::resolveCommon(CommonType& common, std::size_t depth)
{
    if (common.made != nullptr)
        return common.made;
    if (common.open)
        return fault(common.draft->offset, "A type is made of itself.");
    common.open = true;
    EPHOR_TRY(common.made, resolve(*common.space, *common.draft, depth));
    common.open = false;
    return common.made;
}

Result<SchemaEntityType> SchemaBuilder::makeType(const NamespaceDraft& space, const EntityDraft& draft)
{
    SchemaEntityType type;
    type.name = m_schema->m_arena.text(qualified(space, draft.name.name));
    EPHOR_TRY(type.parents, entityNames(space, draft.parents));
    EPHOR_TRY(type.attributes, resolve(space, draft.shape, 1));
    if (type.attributes->kind != TypeKind::Record)
        return fault(draft.name.offset, "The attributes of " + draft.name.name + " are no record.");
    if (draft.tags) {
        EPHOR_TRY(type.tags, resolve(space, *draft.tags, 1));
    }
    for (const std::string& choice : draft.choices)
        type.choices.push_back(m_schema->m_arena.text(choice));
    std::ranges::sort(type.choices, {}, &Text::hash);
    return type;
}

Result<void> SchemaBuilder::makeTypes()
{
    for (const NamespaceDraft& space : m_draft.namespaces) {
        for (const EntityDraft& draft : space.entities) {
            EPHOR_TRY(SchemaEntityType type, makeType(space, draft));
            m_schema->m_typePlaces.emplace(type.name, std::uint32_t(m_schema->m_types.size()));
            m_schema->m_types.push_back(std::move(type));
        }
    }
    return {};
}

Result<SchemaAction> SchemaBuilder::makeAction(const NamespaceDraft& space, const ActionDraft& draft)
{
    SchemaAction action;
    action.uid = makeUid(m_schema->m_arena, qualified(space, "Action"), draft.name.name);
    EPHOR_TRY(action.principals, entityNames(space, draft.principals));
    EPHOR_TRY(action.resources, entityNames(space, draft.resources));
    EPHOR_TRY(action.context, resolve(space, draft.context, 1));
    if (action.context->kind != TypeKind::Record)
        return fault(draft.name.offset, "The context of " + draft.name.name + " is no record.");
    return action;
}

Result<const EntityUid*> SchemaBuilder::groupOf(const NamespaceDraft& space, const ActionReferenceDraft& draft)
{
    const std::string type = draft.type.empty() ? "Action" : draft.type;
    for (const std::string& name : meanings(space, type)) {
        const EntityUid uid{Text(name), Text(draft.id)};
        if (const SchemaAction* const action = m_schema->findAction(uid))
            return action->uid;
    }
    return fault(draft.offset, "The schema declares no action " + draft.id + " to be in.");
}

Result<void> SchemaBuilder::makeActions()
{
    for (const NamespaceDraft& space : m_draft.namespaces) {
        for (const ActionDraft& draft : space.actions) {
            EPHOR_TRY(SchemaAction action, makeAction(space, draft));
            const auto place = std::uint32_t(m_schema->m_actions.size());
            if (m_schema->m_actionPlaces.insert(action.uid, place) != place)
                return fault(draft.name.offset, "The action " + draft.name.name + " is declared twice.");
            m_schema->m_actions.push_back(std::move(action));
        }
    }
    std::size_t place = 0;
    for (const NamespaceDraft& space : m_draft.namespaces) {
        for (const ActionDraft& draft : space.actions) {
            for (const ActionReferenceDraft& group : draft.parents) {
                EPHOR_TRY(const EntityUid* uid, groupOf(space, group));
                m_schema->m_actions[place].parents.push_back(uid);
            }
            ++place;
        }
    }
    return {};
}

// Types may be in themselves, as groups of groups are, so this walks from each and remembers where it was.
void SchemaBuilder::closeTypes()
{
    for (SchemaEntityType& type : m_schema->m_types) {
        std::unordered_set<Text, TextHash> seen;
        std::vector<Text> open = type.parents;
        while (!open.empty()) {
            const Text name = open.back();
            open.pop_back();
            if (!seen.insert(name).second)
                continue;
            type.ancestors.push_back(name);
            const std::vector<Text>& parents = m_schema->findType(name)->parents;
            open.insert(open.end(), parents.begin(), parents.end());
        }
        std::ranges::sort(type.ancestors, {}, &Text::hash);
    }
}

Result<void> SchemaBuilder::closeActions()
{
    for (SchemaAction& action : m_schema->m_actions) {
        std::unordered_set<std::uint64_t> seen;
        std::vector<const EntityUid*> open = action.parents;
        while (!open.empty()) {
            const EntityUid* const uid = open.back();
            open.pop_back();
            if (*uid == *action.uid)
                return fault(0, "The action " + toText(*uid) + " is in itself.");
            if (!seen.insert(uid->hash).second)
                continue;
            action.ancestors.push_back(uid);
            const std::vector<const EntityUid*>& parents = m_schema->findAction(*uid)->parents;
            open.insert(open.end(), parents.begin(), parents.end());
        }
        std::ranges::sort(action.ancestors, {}, &EntityUid::hash);
    }
    return {};
}

Result<std::shared_ptr<const Schema>> Schema::fromJson(const Json& document)
{
    EPHOR_TRY(const SchemaDraft draft, readSchemaJson(document));
    return SchemaBuilder(draft).build();
}

Result<std::shared_ptr<const Schema>> Schema::fromText(std::string_view text)
{
    EPHOR_TRY(const SchemaDraft draft, readSchemaText(text));
    return SchemaBuilder(draft).build();
}

}
